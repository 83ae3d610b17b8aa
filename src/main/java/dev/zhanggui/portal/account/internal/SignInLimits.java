package dev.zhanggui.portal.account.internal;

import java.time.Duration;

/**
 * How often one may ask and try.
 *
 * @param interval between two codes for one phone
 * @param codesPerPhone in an hour
 * @param codesPerAddress in an hour
 * @param triesPerLogin wrong passwords or second factors of one login in a quarter of an hour
 * @param triesPerAddress wrong codes and passwords from one address in a quarter of an hour
 */
record SignInLimits(Duration interval, int codesPerPhone, int codesPerAddress, int triesPerLogin, int triesPerAddress) {

    static final SignInLimits STRICT = new SignInLimits(Duration.ofSeconds(60), 5, 60, 8, 60);

    /** The same rules with room for a visitor who tries everything; the codes are open in the demo outbox anyway. */
    static final SignInLimits DEMO = new SignInLimits(Duration.ZERO, 500, 5_000, 50, 5_000);
}
