package dev.zhanggui.portal.shared;

/** Identifies a terminal inside the portal; outside it is known by its ULID. */
public record TerminalId(long value) {

    @Override
    public String toString() {
        return "terminal:" + value;
    }
}
