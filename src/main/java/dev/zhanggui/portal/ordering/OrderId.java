package dev.zhanggui.portal.ordering;

/** Identifies an order inside the portal; outside it is known by its number, ZO26110312. */
public record OrderId(long value) {

    @Override
    public String toString() {
        return "order:" + value;
    }
}
