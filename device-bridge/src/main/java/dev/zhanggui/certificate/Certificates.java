package dev.zhanggui.certificate;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Certificates as the contract has them. */
public final class Certificates {

    /** RFC 5280, 4.2.1.12. */
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private Certificates() {}

    /**
     * @param text base64 of the DER
     * @throws CertificateException for anything else
     */
    public static X509Certificate read(String text) throws CertificateException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("Not base64", e);
        }
    }

    /** @throws CertificateException when one of them is none */
    public static List<X509Certificate> readAll(List<String> texts) throws CertificateException {
        List<X509Certificate> all = new ArrayList<>();
        for (String text : texts) {
            all.add(read(text));
        }
        return all;
    }

    /** Base64url of the SHA-256 of the DER. */
    public static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("It was read, and every JDK has SHA-256", e);
        }
    }

    /** Whether the subject is this common name and nothing else. */
    public static boolean names(X509Certificate certificate, String commonName) {
        return certificate
                .getSubjectX500Principal()
                .getName(X500Principal.RFC2253)
                .equals("CN=" + commonName);
    }

    /** Whether it says that it is for TLS clients; one that says nothing is for none. */
    public static boolean isForClients(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(CLIENT_AUTH);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    public static boolean isValid(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }
}
