package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a terminal was given.
 *
 * @param revision of the binding that it belongs to
 * @param serialNumber hexadecimal, as it stands in the certificate
 * @param firstUsedAt its first connection; null before
 * @param withdrawn null while it is not
 */
public record TerminalCertificate(
        TerminalId terminal,
        int revision,
        String serialNumber,
        Instant notBefore,
        Instant notAfter,
        Instant issuedAt,
        @Nullable Instant firstUsedAt,
        @Nullable Withdrawn withdrawn) {

    /**
     * @param reason in the words of whoever did it; null when it followed from something else
     * @param by whoever did it, as the audit record names people; null likewise
     * @param mayReturn whether the terminal may be given another one while it stays bound
     */
    public record Withdrawn(
            Instant at,
            Withdrawal kind,
            @Nullable String reason,
            @Nullable String by,
            boolean mayReturn) {}

    /** Why a certificate is good no longer before its end. Texts: {@code terminal.certificate.withdrawal.<NAME>}. */
    public enum Withdrawal {
        /** A newer one of the same terminal was used. */
        SUPERSEDED,
        /** The terminal was unbound, lost or retired. */
        UNBOUND,
        /** Somebody withdrew it. */
        STAFF
    }

    public boolean isGood(Instant now) {
        return withdrawn == null && now.isBefore(notAfter);
    }
}
