package dev.zhanggui.terminal.trust;

import dev.zhanggui.wire.Provision;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/** The device's own key, made at its first start; it never leaves the device. */
public final class DeviceKey {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Ed25519PrivateKeyParameters key;

    private DeviceKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
    }

    public static DeviceKey make(SecureRandom random) {
        return new DeviceKey(new Ed25519PrivateKeyParameters(random));
    }

    /** From {@link #secret()}. */
    public static DeviceKey of(String secret) {
        return new DeviceKey(
                new Ed25519PrivateKeyParameters(Base64.getUrlDecoder().decode(secret)));
    }

    /** For the state folder only. */
    public String secret() {
        return ENCODER.encodeToString(key.getEncoded());
    }

    /** For a device that shows a token. */
    public Provision.Request sign(String call, String serial, String deviceClass, SecureRandom random) {
        return sign(call, serial, deviceClass, null, random);
    }

    /** @param csr for a certificate to connect with; null for none */
    public Provision.Request sign(
            String call, String serial, String deviceClass, @Nullable String csr, SecureRandom random) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String nonceText = ENCODER.encodeToString(nonce);
        String publicKey = ENCODER.encodeToString(key.generatePublicKey().getEncoded());
        byte[] input = Provision.Request.signingInput(call, serial, deviceClass, publicKey, nonceText, csr)
                .getBytes(StandardCharsets.UTF_8);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(input, 0, input.length);
        return new Provision.Request(
                serial, deviceClass, publicKey, nonceText, ENCODER.encodeToString(signer.generateSignature()), csr);
    }
}
