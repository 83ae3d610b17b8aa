package dev.zhanggui.portal.account;

import java.time.Duration;
import java.time.Instant;

/** Signing in: customers by phone and one-time code, staff by password and second factor. Callers are not signed in yet. */
public interface SignIn {

    /** What asking for a code led to; the same whether the phone has an account or not. */
    sealed interface CodeRequest {
        record Sent(Duration validFor) implements CodeRequest {}

        /** @param reason as in {@code Phone.check} */
        record NotAPhone(String reason) implements CodeRequest {}

        record Wait(Duration retryAfter) implements CodeRequest {}
    }

    /** What a typed code led to. */
    sealed interface CodeAnswer {
        record Welcome(LiveAuthentication authentication) implements CodeAnswer {}

        record Wrong(int triesLeft) implements CodeAnswer {}

        /** Too old, tried too often, used, or never sent: ask for a new one. */
        record Expired() implements CodeAnswer {}

        record Wait(Duration retryAfter) implements CodeAnswer {}

        /** The account is closed; the service desk can help. */
        record Disabled() implements CodeAnswer {}
    }

    /** What a staff password led to. */
    sealed interface PasswordAnswer {
        /** No second factor is due. */
        record Welcome(LiveAuthentication authentication) implements PasswordAnswer {}

        record NeedsSecondFactor(HalfSignedIn half) implements PasswordAnswer {}

        /** A second factor is due and there is none yet: it is set up now, before anything opens. */
        record NeedsEnrolment(HalfSignedIn half) implements PasswordAnswer {}

        /** Wrong login, wrong password, or a closed account: never said which. */
        record Wrong() implements PasswordAnswer {}

        record Wait(Duration retryAfter) implements PasswordAnswer {}
    }

    /** What a code from the authenticator led to. */
    sealed interface FactorAnswer {
        record Welcome(LiveAuthentication authentication) implements FactorAnswer {}

        record Wrong() implements FactorAnswer {}

        /** The password was too long ago: start over. */
        record StartOver() implements FactorAnswer {}

        record Wait(Duration retryAfter) implements FactorAnswer {}
    }

    /** The password was right; nothing is open before the second factor. Kept on the server, never sent to a browser. */
    record HalfSignedIn(AccountId account, Instant since) {}

    /**
     * A secret to be typed into, or opened by, an authenticator.
     *
     * @param secret base 32 in groups of four
     * @param uri {@code otpauth://totp/…}
     */
    record Enrolment(String secret, String uri) {}

    /** @param address of the caller, for the throttle */
    CodeRequest requestCode(String phone, String address);

    CodeAnswer enterCode(String phone, String code, String address);

    PasswordAnswer enterPassword(String login, String password, String address);

    FactorAnswer enterSecondFactor(HalfSignedIn half, String code);

    /** A fresh secret for an account that has none; valid only once {@link #confirmEnrolment} has seen a right code. */
    Enrolment startEnrolment(HalfSignedIn half);

    FactorAnswer confirmEnrolment(HalfSignedIn half, String code);
}
