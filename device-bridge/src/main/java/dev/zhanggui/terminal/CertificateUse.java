package dev.zhanggui.terminal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the terminals of a kit do about certificates.
 *
 * @param wanted whether those that can ask for one; with a fleet of thousands on one machine TLS is what is measured
 * @param renewAfter a new one so long after each connection, to see it happen; null for two thirds of its life
 */
public record CertificateUse(boolean wanted, @Nullable Duration renewAfter) {

    /** As in a shop. */
    public static final CertificateUse USUAL = new CertificateUse(true, null);

    /** All show tokens. */
    public static final CertificateUse NONE = new CertificateUse(false, null);
}
