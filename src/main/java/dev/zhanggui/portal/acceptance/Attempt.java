package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.Money;
import java.time.Instant;

/**
 * One line of the book of attempts.
 *
 * @param publicId its ULID
 * @param payment the payment's ULID; the attempt's own where it never became one
 * @param codeNumber as printed on the plate; 000 for order codes
 * @param place where the plate was put; for an order code its order's number
 * @param reason as {@link Answer#reason()}, {@link Collection#BY_STAFF} or an {@link AcquirerResult.Failure}
 * @param wasOpen whether the sign said open, or hours were not what mattered
 */
public record Attempt(
        String publicId,
        String payment,
        Instant at,
        String codeNumber,
        String place,
        Money amount,
        AttemptOutcome outcome,
        String reason,
        boolean wasOpen) {}
