package dev.zhanggui.portal.account;

/** Identifies a person's account. */
public record AccountId(long value) {

    @Override
    public String toString() {
        return "account:" + value;
    }
}
