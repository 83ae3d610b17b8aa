package dev.zhanggui.portal.ordering;

/** How a machine comes to the merchant. Texts: {@code ordering.delivery.<NAME>}. */
public enum Delivery {
    POST,
    PICK_UP,
    ON_SITE
}
