package dev.zhanggui.portal.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;

/** The one curve of all certificates (NIST P-256), which every TLS library takes. */
final class P256 {

    static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

    /** Names the curve; other ways of saying the same are not taken. */
    static final AlgorithmIdentifier KEY =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

    /** A point as 04 | x | y. */
    static final int UNCOMPRESSED_BYTES = 65;

    private P256() {}

    static SubjectPublicKeyInfo info(ECPoint point) {
        return new SubjectPublicKeyInfo(KEY, point.getEncoded(false));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
