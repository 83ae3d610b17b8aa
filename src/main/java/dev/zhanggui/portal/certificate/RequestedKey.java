package dev.zhanggui.portal.certificate;

import dev.zhanggui.portal.shared.Checked;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * The key of a request for a certificate (PKCS#10, RFC 2986), whose sender has proved to hold the private half. Nothing else of the
 * request is taken: what a certificate says is decided by whoever issues it.
 */
public final class RequestedKey {

    /** Characters of base64; a request with a P-256 key takes some 300. */
    public static final int LONGEST = 2_000;

    private final SubjectPublicKeyInfo info;
    private final byte[] digest;

    private RequestedKey(ECPoint point) throws IOException {
        info = P256.info(point);
        digest = P256.sha256(info.getEncoded(ASN1Encoding.DER));
    }

    /**
     * Reads a request. Reasons: {@code length}, {@code base64} (in its one canonical spelling), {@code form}, {@code key} (not an
     * uncompressed P-256 point that names its curve), {@code signature} (not ECDSA with SHA-256 by that very key).
     *
     * @param text base64 of the DER
     */
    public static Checked<RequestedKey> check(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Checked.invalid("length");
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Checked.invalid("base64");
        }
        if (!Base64.getEncoder().encodeToString(der).equals(text)) {
            return Checked.invalid("base64");
        }
        try {
            var request = new PKCS10CertificationRequest(der);
            if (!Arrays.equals(der, request.toASN1Structure().getEncoded(ASN1Encoding.DER))) {
                return Checked.invalid("form");
            }
            return check(request);
        } catch (IOException | RuntimeException e) {
            // The parser meets nonsense with exceptions of many kinds.
            return Checked.invalid("form");
        }
    }

    private static Checked<RequestedKey> check(PKCS10CertificationRequest request) throws IOException {
        var info = request.getSubjectPublicKeyInfo();
        var encoded = info.getPublicKeyData().getBytes();
        if (!P256.KEY.equals(info.getAlgorithm())
                || info.getPublicKeyData().getPadBits() != 0
                || encoded.length != P256.UNCOMPRESSED_BYTES
                || encoded[0] != 4) {
            return Checked.invalid("key");
        }
        ECPoint point;
        try {
            point = P256.CURVE.validatePublicPoint(P256.CURVE.getCurve().decodePoint(encoded));
        } catch (IllegalArgumentException e) {
            return Checked.invalid("key");
        }
        return isSigned(request, point) ? Checked.valid(new RequestedKey(point)) : Checked.invalid("signature");
    }

    private static boolean isSigned(PKCS10CertificationRequest request, ECPoint point) throws IOException {
        var algorithm = request.getSignatureAlgorithm();
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.ecdsa_with_SHA256)
                || algorithm.getParameters() != null) {
            return false;
        }
        BigInteger[] rs;
        try {
            rs = StandardDSAEncoding.INSTANCE.decode(P256.CURVE.getN(), request.getSignature());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
        var signed = request.toASN1Structure().getCertificationRequestInfo().getEncoded(ASN1Encoding.DER);
        var ecdsa = new ECDSASigner();
        ecdsa.init(false, new ECPublicKeyParameters(point, P256.CURVE));
        return ecdsa.verifySignature(P256.sha256(signed), rs[0], rs[1]);
    }

    /** SHA-256 over the key as it stands in a certificate (its subject public key info), 32 bytes. */
    public byte[] digest() {
        return digest.clone();
    }

    SubjectPublicKeyInfo info() {
        return info;
    }
}
