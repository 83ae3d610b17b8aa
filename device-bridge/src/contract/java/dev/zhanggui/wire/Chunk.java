package dev.zhanggui.wire;

/**
 * A piece of a document's compact JWS, which is ASCII, so that a byte is a character.
 *
 * @param digest of the whole document
 * @param offset of the first byte of {@code data}
 * @param total bytes of the whole document; the manifest pins the same number
 * @param data empty at or beyond the end
 */
public record Chunk(String digest, int offset, int total, String data) {

    public Chunk {
        Wire.required(digest, "digest");
        Wire.required(data, "data");
    }
}
