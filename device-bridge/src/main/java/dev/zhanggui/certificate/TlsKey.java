package dev.zhanggui.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A P-256 key, which every TLS library takes; it never leaves the machine that made it. */
public final class TlsKey {

    private final PrivateKey secret;
    private final PublicKey open;

    private TlsKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
    }

    public static TlsKey make(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            return new TlsKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has P-256", e);
        }
    }

    /**
     * From {@link #secret()}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static TlsKey of(String text) {
        String[] parts = text.split("\\.", -1);
        try {
            KeyFactory factory = KeyFactory.getInstance("EC");
            Base64.Decoder decoder = Base64.getDecoder();
            return new TlsKey(
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(parts[0]))),
                    factory.generatePublic(new X509EncodedKeySpec(decoder.decode(parts[parts.length - 1]))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a key", e);
        }
    }

    /** For the owner's memory only: PKCS#8 and X.509 form, base64, with a dot between. */
    public String secret() {
        Base64.Encoder encoder = Base64.getEncoder();
        return encoder.encodeToString(secret.getEncoded()) + "." + encoder.encodeToString(open.getEncoded());
    }

    public PrivateKey privateKey() {
        return secret;
    }

    public PublicKey publicKey() {
        return open;
    }

    public boolean isOf(X509Certificate certificate) {
        return certificate.getPublicKey().equals(open);
    }

    /** PKCS#10 request for a certificate, as the base64 text of its DER; another text each time. */
    public String request(String commonName) {
        try {
            var subject = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
            var request = new JcaPKCS10CertificationRequestBuilder(subject, open)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(secret));
            return Base64.getEncoder().encodeToString(request.getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("Every JDK signs with P-256", e);
        }
    }
}
