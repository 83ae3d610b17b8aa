package dev.zhanggui.wire;

import java.util.List;

/**
 * Answer to a {@link Query}: what could be found of it, perhaps in several messages. Trust comes from digest and signature, not from
 * this envelope.
 *
 * @param documents whole ones
 * @param chunks pieces, when pieces were asked for
 */
public record Answer(String tid, List<SignedDocument> documents, List<Chunk> chunks) {

    public Answer {
        Wire.required(tid, "tid");
        documents = Wire.list(documents);
        chunks = Wire.list(chunks);
    }
}
