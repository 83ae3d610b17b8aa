package dev.zhanggui.support;

import dev.zhanggui.certificate.Certificates;
import dev.zhanggui.certificate.TlsKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Issues certificates as the portal does, and such as it never would. */
public final class Authority {

    private static final char[] PASSWORD = "for-this-test".toCharArray();

    /** What a certificate is for. */
    public static final List<KeyPurposeId> CLIENT = List.of(KeyPurposeId.id_kp_clientAuth);

    public static final List<KeyPurposeId> SERVER = List.of(KeyPurposeId.id_kp_serverAuth);

    private final TlsKey key = TlsKey.make(new SecureRandom());
    private final X500Name name;
    private final X509Certificate own;
    private long serial;

    public Authority(String commonName) {
        name = new X500Name("CN=" + commonName);
        Instant now = Instant.now();
        own = sign(
                name,
                key.publicKey(),
                now.minusSeconds(60),
                now.plus(Duration.ofDays(3650)),
                true,
                List.of(),
                List.of());
    }

    public X509Certificate certificate() {
        return own;
    }

    public TlsKey key() {
        return key;
    }

    /** The key in a request, whose signature must be right. */
    public static PublicKey keyOf(String csr) {
        try {
            var request = new JcaPKCS10CertificationRequest(Base64.getDecoder().decode(csr));
            PublicKey key = request.getPublicKey();
            if (!request.isSignatureValid(
                    new org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException("The request is not signed by its key");
            }
            return key;
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new IllegalArgumentException("Not a request", e);
        }
    }

    /** To connect with, from a minute ago. */
    public X509Certificate issue(PublicKey to, String tid, Duration life) {
        return issue(to, tid, Instant.now().minusSeconds(60), Instant.now().plus(life), CLIENT, List.of());
    }

    public synchronized X509Certificate issue(
            PublicKey to,
            String commonName,
            Instant from,
            Instant until,
            List<KeyPurposeId> purposes,
            List<String> hosts) {
        return sign(new X500Name("CN=" + commonName), to, from, until, false, purposes, hosts);
    }

    private X509Certificate sign(
            X500Name subject,
            PublicKey to,
            Instant from,
            Instant until,
            boolean authority,
            List<KeyPurposeId> purposes,
            List<String> hosts) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(System.nanoTime()).shiftLeft(16).add(BigInteger.valueOf(++serial)),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    to);
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (!purposes.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
            }
            if (!hosts.isEmpty()) {
                GeneralName[] names = hosts.stream()
                        .map(host -> new GeneralName(
                                host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.privateKey())));
        } catch (OperatorCreationException | CertIOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    // As those who use them want them

    public static String text(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyManagerFactory keys(TlsKey key, X509Certificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key.privateKey(), PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public TrustManagerFactory trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", own);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The three files that other clients want. */
    public record Pem(Path authority, Path certificate, Path key) {}

    public Pem pem(Path folder, TlsKey of, X509Certificate certificate) throws IOException {
        return new Pem(
                pem(folder.resolve("authority.pem"), "CERTIFICATE", text(own)),
                pem(folder.resolve("certificate.pem"), "CERTIFICATE", text(certificate)),
                pem(
                        folder.resolve("key.pem"),
                        "PRIVATE KEY",
                        Base64.getEncoder().encodeToString(of.privateKey().getEncoded())));
    }

    private static Path pem(Path file, String type, String base64) throws IOException {
        String lines = base64.replaceAll("(.{64})", "$1\n").strip();
        return Files.write(
                file,
                List.of("-----BEGIN " + type + "-----", lines, "-----END " + type + "-----"),
                StandardCharsets.US_ASCII);
    }

    /** As the contract names it to the portal. */
    public static String thumbprint(X509Certificate certificate) {
        return Certificates.thumbprint(certificate);
    }
}
