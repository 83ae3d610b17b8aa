package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a machine out of the box becomes a merchant's terminal: it announces itself and shows a code; the merchant types the
 * code; it asks again and is given its name and credential. Every step may be repeated: the same question gets the same answer.
 */
public interface Activations {

    Duration CODE_VALID_FOR = Duration.ofMinutes(15);

    /** Wrong codes one person may type within {@link #TRIES_WITHIN}. */
    int TRIES = 8;

    Duration TRIES_WITHIN = Duration.ofMinutes(15);

    /** A machine that goes on claiming to be another is written down once within this time. */
    Duration CONTEST_TOLD_AGAIN = Duration.ofHours(1);

    /**
     * For the system, on a device's behalf. The same device key gets the same code while it is valid, and a new one after.
     *
     * @param publicKey the device's key as on the wire, at most 200 characters; that the device holds the private half is
     *     checked by the caller
     */
    Announcement announce(Actor actor, String serial, DeviceClass deviceClass, String publicKey);

    /** For the system: what became of an announcement. */
    Progress poll(Actor actor, String serial, String publicKey);

    /** For a MANAGER or OWNER of the store's merchant, and the system. */
    Outcome activate(Actor actor, String code, StoreId store, String seat);

    /**
     * True while this terminal is bound, this is its present token, and it has not connected with a certificate yet
     * ({@link TerminalCertificates}); takes the same time for every wrong one.
     */
    boolean credentialValid(String publicId, String token);

    /** As {@link #credentialValid}, for some hundreds at a time; in the order of the questions. */
    List<Boolean> credentialsValid(List<Shown> shown);

    /**
     * What somebody shows who claims to be a terminal.
     *
     * @param token null when it showed none
     */
    record Shown(String publicId, @Nullable String token) {}

    /**
     * How many terminals another machine claimed to be at or after the moment: refused with {@link Refusal#IN_USE} or
     * {@link Refusal#TOO_MANY}. For staff of SERVICE, ADMIN and AUDITOR, and the system.
     */
    int contestedSince(Actor actor, Instant since);

    /** Answer to {@link #announce}. */
    sealed interface Announcement {

        /** @param code eight characters for people, "ABCD-EFGH" */
        record ShowCode(String code, Instant expiresAt) implements Announcement {}

        /** This key is bound already: poll for name and credential. */
        record AlreadyActive() implements Announcement {}

        /** Try again later ({@code retryable}) or never with this serial. */
        record Refused(Refusal reason) implements Announcement {}
    }

    /** Why a machine may not show a code. */
    enum Refusal {
        /** Not stocked in, or not yet: worth another try in a while. */
        UNKNOWN_SERIAL(true),
        WRONG_CLASS(false),
        RETIRED(false),
        /** Bound with another key: somebody must unbind it first. */
        IN_USE(false),
        /** Too many different keys for one serial within fifteen minutes. */
        TOO_MANY(true),
        MALFORMED(false);

        private final boolean retryable;

        Refusal(boolean retryable) {
            this.retryable = retryable;
        }

        public boolean retryable() {
            return retryable;
        }
    }

    /** Answer to {@link #poll}. */
    sealed interface Progress {

        record Waiting(Instant expiresAt) implements Progress {}

        /**
         * @param publicId the tid
         * @param token the credential, the same at every poll
         */
        record Activated(TerminalId terminal, String publicId, StoreId store, String token) implements Progress {}

        /** The code ran out or the device was never announced: announce again. */
        record AnnounceAgain() implements Progress {}
    }

    /** Answer to {@link #activate}. Texts: {@code terminal.activation.<record name>}. */
    sealed interface Outcome {

        /** Also the answer to a repeated code of a terminal that is already bound to this very store. */
        record Activated(TerminalId terminal, String publicId, DeviceClass deviceClass, String seat)
                implements Outcome {}

        /** No machine shows this code: a typing error. */
        record UnknownCode() implements Outcome {}

        /** The machine shows a new code by now. */
        record Expired() implements Outcome {}

        /** It belongs to another store or merchant. */
        record BoundElsewhere() implements Outcome {}

        /** It was not sent to this merchant. */
        record NotShippedToYou() implements Outcome {}

        /** It is on its way to this merchant, and the receipt is not confirmed yet. */
        record NotReceived(Serial serial) implements Outcome {}

        /** The merchant is frozen. */
        record Frozen() implements Outcome {}

        record TooManyTries(Instant until) implements Outcome {}
    }
}
