package dev.zhanggui.portal.tradinghours;

/** Whom a {@link Restriction} concerns, and what its value is. */
public enum RestrictionScope {
    ALL,
    /** The first two, four or six digits of GB/T 2260. */
    REGION,
    MERCHANT,
    STORE,
    /** All terminals of a model, wherever they stand. */
    MODEL,
    TERMINAL
}
