package dev.zhanggui.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A terminal asks for documents that its manifest pins and that were not inline. A small one is asked for whole; of one larger than
 * {@link Wire#CHUNK_BYTES} one piece at a time, going on after what has arrived. A bridge that does not know {@code offset} answers
 * with the whole document, which is as good.
 *
 * @param offset bytes of each document's compact JWS to leave out at its start; absent: the whole documents are wanted
 * @param length most bytes wanted of each; absent with {@code offset}: {@link Wire#CHUNK_BYTES}
 */
public record Query(
        String tid,
        List<String> digests,
        @Nullable Integer offset,
        @Nullable Integer length) {

    public Query {
        Wire.required(tid, "tid");
        digests = Wire.list(digests);
    }

    /** For whole documents. */
    public static Query whole(String tid, List<String> digests) {
        return new Query(tid, digests, null, null);
    }
}
