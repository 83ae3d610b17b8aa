package dev.zhanggui.wire;

import java.util.List;

/** A terminal asks for documents that its manifest pins and that were not inline. */
public record Query(String tid, List<String> digests) {

    public Query {
        Wire.required(tid, "tid");
        digests = Wire.list(digests);
    }
}
