package dev.zhanggui.portal.certificate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;

/**
 * One key of the authority and its own certificate. All of it follows from the 32 bytes: every portal has the same one without any of
 * them keeping it, so names, serial number and dates are fixed and signatures are those of RFC 6979.
 */
final class AuthorityKey {

    /** Ends by the key's rotation, not by a date. */
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    private static final Instant UNTIL = Instant.parse("2056-01-01T00:00:00Z");

    private static final int KEY_ID_BYTES = 20;

    private final ECPrivateKeyParameters privateKey;
    private final X500Name name;
    private final byte[] keyId;
    private final byte[] certificate;

    AuthorityKey(byte[] seed) {
        // 512 bits brought down to 256: no scalar is noticeably likelier than another (FIPS 186-5, A.2.1).
        var order = P256.CURVE.getN();
        var scalar = new BigInteger(1, expand(seed))
                .mod(order.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
        privateKey = new ECPrivateKeyParameters(scalar, P256.CURVE);
        var info = P256.info(P256.CURVE.getG().multiply(scalar).normalize());
        keyId = keyId(info);
        var fingerprint = P256.sha256(info.getPublicKeyData().getBytes());
        name = new X500NameBuilder()
                .addRDN(
                        BCStyle.CN,
                        "Zhanggui device authority " + HexFormat.of().formatHex(fingerprint, 0, 6))
                .build();
        certificate = selfSigned(info, new BigInteger(1, Arrays.copyOf(fingerprint, 16)));
    }

    private static byte[] expand(byte[] seed) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(seed, "HmacSHA512"));
            return mac.doFinal("zg-device-authority-1".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA512", e);
        }
    }

    private byte[] selfSigned(SubjectPublicKeyInfo info, BigInteger serial) {
        var builder = new X509v3CertificateBuilder(name, serial, Date.from(FROM), Date.from(UNTIL), name, info);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId));
            return builder.build(signer()).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first 160 bits of SHA-256 over the key (RFC 7093, method 1). */
    static byte[] keyId(SubjectPublicKeyInfo info) {
        return Arrays.copyOf(P256.sha256(info.getPublicKeyData().getBytes()), KEY_ID_BYTES);
    }

    X500Name name() {
        return name;
    }

    byte[] keyId() {
        return keyId.clone();
    }

    /** DER. */
    byte[] certificate() {
        return certificate.clone();
    }

    /** ECDSA with SHA-256; a new one for each certificate. */
    ContentSigner signer() {
        return new Signer(privateKey);
    }

    private static final class Signer implements ContentSigner {

        private final ECPrivateKeyParameters key;
        private final ByteArrayOutputStream signed = new ByteArrayOutputStream();

        Signer(ECPrivateKeyParameters key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return signed;
        }

        @Override
        public byte[] getSignature() {
            var ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            ecdsa.init(true, key);
            var rs = ecdsa.generateSignature(P256.sha256(signed.toByteArray()));
            try {
                return StandardDSAEncoding.INSTANCE.encode(P256.CURVE.getN(), rs[0], rs[1]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
