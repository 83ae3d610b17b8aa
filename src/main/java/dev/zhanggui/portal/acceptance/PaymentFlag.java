package dev.zhanggui.portal.acceptance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something an acquirer said that people must look at.
 *
 * @param publicId its ULID
 * @param payment as it is now
 * @param told what was said
 * @param settled null while nobody has looked at it
 */
public record PaymentFlag(
        String publicId,
        Collection payment,
        AcquirerResult told,
        Attention why,
        Instant receivedAt,
        @Nullable Settled settled) {

    /** @param by a member of staff, by label */
    public record Settled(String by, Instant at, String note) {}
}
