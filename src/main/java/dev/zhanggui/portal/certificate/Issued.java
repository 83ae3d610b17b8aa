package dev.zhanggui.portal.certificate;

import java.time.Instant;

/**
 * A certificate that was just signed.
 *
 * @param der the certificate
 * @param serialNumber hexadecimal
 * @param thumbprint SHA-256 over {@code der}, 32 bytes
 */
public record Issued(byte[] der, String serialNumber, byte[] thumbprint, Instant notBefore, Instant notAfter) {

    /** When its holder should ask for the next one: after two thirds of the time. */
    public Instant renewAt() {
        return renewAt(notBefore, notAfter);
    }

    public static Instant renewAt(Instant notBefore, Instant notAfter) {
        return notAfter.minusSeconds((notAfter.getEpochSecond() - notBefore.getEpochSecond()) / 3);
    }
}
