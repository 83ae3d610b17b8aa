package dev.zhanggui.portal.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The authority that all certificates of terminals and brokers lead back to: P-256 and SHA-256, which every TLS library takes
 * (BoringSSL refuses Ed25519 here). Of several keys the first one signs and all are told: a new key is told long before it signs.
 */
@Component
public final class DeviceAuthority {

    static final byte[] DEVELOPMENT_SEED =
            P256.sha256("zhanggui development device authority, never for production".getBytes(StandardCharsets.UTF_8));

    private static final int SEED_BYTES = 32;
    private static final int SERIAL_BITS = 128;
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(825);

    /** A broker's is renewed without anybody; whoever steals one has it for less long. */
    private static final Duration LISTENER = Duration.ofDays(30);

    /** So that a holder whose clock is a little behind does not take it for one of the future. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private final List<AuthorityKey> keys;
    private final Duration valid;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param configured the base64 text of 32 random bytes ({@code openssl rand -base64 32}), several with commas; empty only in demo
     *     mode, where a development key stands in
     * @param valid how long certificates are good, between an hour and 825 days
     */
    DeviceAuthority(
            @Value("${zhanggui.devices.authority-key:}") String configured,
            @Value("${zhanggui.devices.certificate-valid:90d}") Duration valid,
            @Value("${zhanggui.demo:false}") boolean demo) {
        var seeds = configured.isBlank() ? List.of(DEVELOPMENT_SEED) : decode(configured);
        if (!demo && seeds.stream().anyMatch(seed -> Arrays.equals(seed, DEVELOPMENT_SEED))) {
            throw new IllegalStateException(
                    "ZHANGGUI_DEVICE_AUTHORITY_KEY is missing: set it to the base64 text of 32 random bytes"
                            + " (openssl rand -base64 32). The development key signs in demo mode only.");
        }
        if (valid.compareTo(SHORTEST) < 0 || valid.compareTo(LONGEST) > 0) {
            throw new IllegalStateException("ZHANGGUI_DEVICE_CERTIFICATE_VALID is between 1h and 825d; it is " + valid);
        }
        this.keys = seeds.stream().map(AuthorityKey::new).toList();
        this.valid = valid;
    }

    private static List<byte[]> decode(String configured) {
        var seeds = new ArrayList<byte[]>();
        for (var text : configured.split(",", -1)) {
            byte[] seed;
            try {
                seed = Base64.getDecoder().decode(text.strip());
            } catch (IllegalArgumentException e) {
                // The same advice as for a wrong length; the text itself must not get into a log.
                seed = new byte[0];
            }
            if (seed.length != SEED_BYTES) {
                throw new IllegalStateException("ZHANGGUI_DEVICE_AUTHORITY_KEY is not the base64 text of 32 bytes");
            }
            seeds.add(seed);
        }
        return seeds;
    }

    /** The authority's own certificates, DER, the one that signs first. */
    public List<byte[]> certificates() {
        return keys.stream().map(AuthorityKey::certificate).toList();
    }

    /** Names the key that signs now. */
    public byte[] signingKeyId() {
        return keys.getFirst().keyId();
    }

    /** For a terminal to connect with: client authentication, nothing else. */
    public Issued forTerminal(RequestedKey key, String publicId, Instant now) {
        return issue(key, publicId, now, valid, KeyPurposeId.id_kp_clientAuth, null);
    }

    /** For a broker's TLS listener: server authentication under these names, at least one, for 30 days at most. */
    public Issued forListener(RequestedKey key, String name, List<ListenerHost> hosts, Instant now) {
        var names = new GeneralNames(hosts.stream()
                .map(host ->
                        new GeneralName(host.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName, host.value()))
                .toArray(GeneralName[]::new));
        var time = valid.compareTo(LISTENER) < 0 ? valid : LISTENER;
        return issue(key, name, now, time, KeyPurposeId.id_kp_serverAuth, names);
    }

    private Issued issue(
            RequestedKey key,
            String commonName,
            Instant now,
            Duration time,
            KeyPurposeId purpose,
            @Nullable GeneralNames names) {
        var authority = keys.getFirst();
        var notBefore = now.minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
        var notAfter = now.plus(time).truncatedTo(ChronoUnit.SECONDS);
        var serial = new BigInteger(SERIAL_BITS, random);
        var builder = new X509v3CertificateBuilder(
                authority.name(),
                serial,
                Date.from(notBefore),
                Date.from(notAfter),
                new X500NameBuilder().addRDN(BCStyle.CN, commonName).build(),
                key.info());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(authority.keyId()));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(AuthorityKey.keyId(key.info())));
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            var der = builder.build(authority.signer()).getEncoded();
            return new Issued(der, serial.toString(16), P256.sha256(der), notBefore, notAfter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
