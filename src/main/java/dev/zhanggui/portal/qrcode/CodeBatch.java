package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.MerchantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Codes issued from one file.
 *
 * @param rows of the file, without its head and empty ones
 * @param refused rows that were wrong and get no code
 * @param issued rows whose codes exist and are in use
 * @param by who started it, as the audit record names them
 * @param finishedAt when it was done or stopped; null while it runs
 */
public record CodeBatch(
        CodeBatchId id,
        String publicId,
        MerchantId merchantId,
        String fileName,
        BatchState state,
        int rows,
        int refused,
        int issued,
        String by,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** Codes that the file asked for in rows that are right. */
    public int wanted() {
        return rows - refused;
    }

    /** Right rows without a code. */
    public int left() {
        return wanted() - issued;
    }
}
