package dev.zhanggui.portal.configuration;

/** Identifies a rollout. */
public record RolloutId(long value) {

    @Override
    public String toString() {
        return "rollout:" + value;
    }
}
