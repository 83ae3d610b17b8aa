package dev.zhanggui.wire;

/**
 * A key that the portal signs with; terminals pin it when they are activated.
 *
 * @param kid its name in the JWS header
 * @param publicKey the 32 bytes of an Ed25519 public key, base64url
 */
public record VerificationKey(String kid, String publicKey) {

    public VerificationKey {
        Wire.required(kid, "kid");
        Wire.required(publicKey, "publicKey");
    }
}
