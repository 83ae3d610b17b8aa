package dev.zhanggui.portal.onboarding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recommended model with its frozen prices.
 *
 * @param seq 1 for the first offer of an application; a changed price is a new offer and needs a new consent
 * @param reasons why this model, in the words of staff; never empty
 * @param quoteSha256 64 lower-case hex digits over the stored bytes of the quote
 * @param agreementVersion the agreement in force when it was offered
 * @param agreementSha256 over the agreement's UTF-8 text
 * @param recommendedBy nickname of the member of staff
 * @param acceptedAt when the applicant signed; null before
 */
public record Offer(
        int seq,
        Quote quote,
        String quoteSha256,
        List<String> reasons,
        String agreementVersion,
        String agreementSha256,
        String recommendedBy,
        Instant offeredAt,
        @Nullable Instant acceptedAt) {}
