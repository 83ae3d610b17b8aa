package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes acquirers' word for how payments ended. */
public interface AcquirerResults {

    /** How far the moment of signing may be from now, either way. */
    Duration WINDOW = Duration.ofMinutes(5);

    /** Who speaks. */
    enum Admission {
        /** No acquirer of this name is set up. */
        UNKNOWN,
        /** Not signed by any of its keys, or not within {@link #WINDOW}. */
        UNSIGNED,
        ADMITTED
    }

    /**
     * Whether the acquirer signed this, compared in constant time.
     *
     * @param signature {@code t=<seconds since 1970>,v1=<signature>}, with a {@code v1} for each key that signed: the lower-case
     *     hexadecimal HMAC-SHA-256 of the seconds, a full stop and the body; null when there is none
     */
    Admission admit(String acquirer, @Nullable String signature, byte[] body);

    /**
     * Records how a payment ended, without asking the rules: money that has moved is counted whatever they say, and where it
     * should not have moved, or the word contradicts an earlier one, people are told to look. Safe to repeat. For the system.
     */
    ResultOutcome settle(Actor actor, String acquirer, AcquirerResult result);
}
