package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that terminals connect with.
 *
 * <pre>
 * given ──first connection──> used ──a newer one is used──> SUPERSEDED
 *   │                          │
 *   └──────────────────────────┴── unbound, lost, retired ──> UNBOUND
 *                              └── by staff ───────────────> STAFF
 * </pre>
 *
 * The first connection also ends the token of that binding: who can connect with a certificate never falls back.
 */
public interface TerminalCertificates {

    /** New keys of one terminal within a day. */
    int MOST_A_DAY = 4;

    /** A certificate is renewed long before: after two thirds of its time. */
    Duration ENDING_WITHIN = Duration.ofDays(7);

    /** Characters of a reason. */
    int LONGEST_REASON = 200;

    /**
     * For the system: a certificate for the key, for a terminal that is bound with this device key. The same key is given the same
     * certificate again while it is good.
     */
    Given give(Actor actor, TerminalId terminal, String deviceKey, RequestedKey key);

    /**
     * For the system: whether the terminal may connect with the certificate: its own, of its present binding, not withdrawn and not
     * over. The first time is written down.
     *
     * @param thumbprint SHA-256 of the certificate, 43 characters of base64url
     */
    boolean accepts(Actor actor, String publicId, String thumbprint);

    /** The terminal's certificates that are still remembered, newest first; at most 100. For staff and the system. */
    List<TerminalCertificate> of(Actor actor, TerminalId terminal);

    /**
     * For SERVICE, ADMIN and the system: ends the terminal's certificates and its token while it stays bound.
     *
     * @param reason 1 to {@link #LONGEST_REASON} characters
     * @param mayReturn it may ask for a new one, with a new key, by the device key that it was bound with; otherwise only after it
     *     was unbound and activated anew
     */
    Withdrawn withdraw(Actor actor, TerminalId terminal, String reason, boolean mayReturn);

    /**
     * For the system: certificates that staff withdrew from terminals that stayed bound, at or after the moment, oldest first. Whoever
     * still lets such a terminal in must stop. Superseded ones are not among them: their terminal is connected with a newer one.
     */
    List<Ended> endedSince(Actor actor, Instant since);

    /**
     * How many terminals that were seen within {@link #ENDING_WITHIN} have a certificate that ends within that time, or has ended within a
     * month, and no newer one. For staff of SERVICE, ADMIN and AUDITOR, and the system.
     */
    int notRenewed(Actor actor);

    /** Characters of {@link Filter#text}. */
    int LONGEST_TEXT = 60;

    /** Bound terminals by id, after the one given; at most {@code limit}, which is at most 100. For staff of SERVICE, ADMIN and AUDITOR. */
    Page list(Actor actor, Filter filter, @Nullable TerminalId after, int limit);

    /** Which to list. Texts: {@code terminal.certificate.show.<NAME>}. */
    enum Show {
        /** Of a class that connects with a certificate. */
        ALL,
        /** The newest ends within {@link #ENDING_WITHIN}, or has ended. */
        ENDING,
        /** The newest was withdrawn. */
        WITHDRAWN,
        /** Should have one by its class and has none. */
        WITHOUT,
        /** Another machine may use its credential: {@link CloneWatch}. */
        SUSPECTED
    }

    /** @param text how the store's name begins, or a whole serial number; empty for all */
    record Filter(Show show, String text) {}

    /** @param next what to go on after; null when there are no more */
    record Page(List<Row> rows, @Nullable TerminalId next) {

        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param newest of its present binding; null when it has none
     * @param suspectedAt the last sign of a copy within {@link CloneWatch#SHOWN_FOR}; null when there is none
     */
    record Row(
            Terminal terminal,
            Store store,
            @Nullable TerminalCertificate newest,
            @Nullable Instant suspectedAt,
            Set<CloneWatch.Sign> signs) {

        public Row {
            signs = Set.copyOf(signs);
        }
    }

    record Ended(String publicId, Instant at) {}

    /** Answer to {@link #give}. */
    sealed interface Given {

        /** @param der the certificate */
        record Certificate(byte[] der, Instant notAfter) implements Given {}

        /** It connects with its token, or with the certificate that it has. */
        record Nothing(Why why) implements Given {}
    }

    enum Why {
        /** Devices of its class connect with a token: {@link dev.zhanggui.portal.shared.DeviceClass#connectsWithCertificate()}. */
        TOKEN_CLASS,
        /** Not bound, or with another device key. */
        NOT_BOUND,
        /** The certificate for this key is withdrawn or over: a new one needs a new key. */
        KEY_ENDED,
        /** Another device has a certificate for this very key. */
        KEY_OF_ANOTHER,
        /** More than {@link #MOST_A_DAY}. */
        TOO_MANY,
        /** Withdrawn by staff, for good. */
        WITHDRAWN
    }

    /** Answer to {@link #withdraw}. */
    enum Withdrawn {
        DONE,
        /** Not bound, or without a certificate that is good. */
        NOTHING_GOOD
    }
}
