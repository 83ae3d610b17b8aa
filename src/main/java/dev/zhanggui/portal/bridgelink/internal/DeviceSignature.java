package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.wire.Provision;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/** Whether a device holds the key that it names. */
final class DeviceSignature {

    private DeviceSignature() {}

    static boolean isGenuine(Provision.Request request, String call) {
        return fits(
                request.publicKey(), request.signingInput(call).getBytes(StandardCharsets.UTF_8), request.signature());
    }

    /** Key and signature in base64url. */
    static boolean fits(String publicKey, byte[] message, String signatureText) {
        var key = decode(publicKey);
        var signature = decode(signatureText);
        if (key == null || signature == null || !isKey(key)) {
            return false;
        }
        var verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(key));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    /** In base64url. */
    static boolean isKey(String publicKey) {
        var key = decode(publicKey);
        return key != null && isKey(key);
    }

    /** Outside the group of prime order verifiers disagree, and with a key of small order anybody signs for its owner. */
    private static boolean isKey(byte[] key) {
        return key.length == Ed25519.PUBLIC_KEY_SIZE && Ed25519.validatePublicKeyFull(key, 0);
    }

    /** Null for text that is not the one canonical spelling of its bytes: a device must not have two names. */
    private static byte @Nullable [] decode(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
