package dev.zhanggui.portal.account;

/** The names of the factors as authorities. */
public final class SecondFactor {

    /** A code from the staff member's authenticator was right in this session. */
    public static final String AUTHORITY = "FACTOR_TOTP";

    private SecondFactor() {}
}
