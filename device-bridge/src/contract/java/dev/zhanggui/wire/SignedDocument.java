package dev.zhanggui.wire;

/**
 * @param digest {@link Wire#digest(String)} of {@code jws}
 * @param jws compact JWS
 */
public record SignedDocument(String digest, String jws) {

    public SignedDocument {
        Wire.required(digest, "digest");
        Wire.required(jws, "jws");
    }
}
