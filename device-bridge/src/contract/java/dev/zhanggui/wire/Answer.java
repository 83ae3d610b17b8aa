package dev.zhanggui.wire;

import java.util.List;

/** Answer to a {@link Query}: what could be found of it. Trust comes from digest and signature, not from this envelope. */
public record Answer(String tid, List<SignedDocument> documents) {

    public Answer {
        Wire.required(tid, "tid");
        documents = Wire.list(documents);
    }
}
