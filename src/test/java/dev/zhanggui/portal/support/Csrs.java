package dev.zhanggui.portal.support;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Requests for certificates as devices make them, with the JDK's own cryptography. */
public final class Csrs {

    private Csrs() {}

    public static KeyPair p256() {
        return ec("secp256r1");
    }

    public static KeyPair ec(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a new key. */
    public static String fresh() {
        return of(p256());
    }

    public static String of(KeyPair key) {
        return Base64.getEncoder().encodeToString(der(key, "SHA256withECDSA"));
    }

    public static byte[] der(KeyPair key, String algorithm) {
        return der(SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()), key, algorithm);
    }

    /** Says one key and is signed by another. */
    public static byte[] der(SubjectPublicKeyInfo said, KeyPair signer, String algorithm) {
        try {
            return new PKCS10CertificationRequestBuilder(new X500Name("CN=whatever,O=the portal does not read"), said)
                    .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
