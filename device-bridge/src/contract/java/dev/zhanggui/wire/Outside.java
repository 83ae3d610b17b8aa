package dev.zhanggui.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a terminal does with a payment outside trading hours.
 *
 * @param policy one of the constants here; a terminal treats an unknown policy as {@link #DENY}
 * @param capFen with {@link #ALLOW_CAPPED} the most per payment, in fen
 */
public record Outside(String policy, @Nullable Long capFen) {

    public static final String ALLOW = "ALLOW";
    public static final String ALLOW_CAPPED = "ALLOW_CAPPED";
    public static final String CONFIRM = "CONFIRM";
    public static final String BOOKING_ONLY = "BOOKING_ONLY";
    public static final String DENY = "DENY";

    public Outside {
        Wire.required(policy, "policy");
    }
}
