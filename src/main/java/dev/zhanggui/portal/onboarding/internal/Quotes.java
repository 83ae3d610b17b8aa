package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.db.tables.records.ApplicationOfferRecord;
import dev.zhanggui.portal.onboarding.Offer;
import dev.zhanggui.portal.onboarding.Quote;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How a quote is written down for ever: as JSON, whose very bytes are fingerprinted and signed. */
final class Quotes {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Quotes() {}

    static String json(Quote quote) {
        return JSON.writeValueAsString(quote);
    }

    static String json(List<String> reasons) {
        return JSON.writeValueAsString(reasons);
    }

    /** @throws IllegalStateException when the stored bytes are not the ones that were fingerprinted */
    static Offer read(ApplicationOfferRecord r) {
        if (!Digests.sha256(r.getQuote()).equals(r.getQuoteSha256())) {
            throw new IllegalStateException("The stored quote was altered: application " + r.getApplicationId());
        }
        return new Offer(
                r.getSeq(),
                JSON.readValue(r.getQuote(), Quote.class),
                r.getQuoteSha256(),
                JSON.readValue(r.getReasons(), new TypeReference<List<String>>() {}),
                r.getAgreementVersion(),
                r.getAgreementSha256(),
                r.getOfferedLabel(),
                r.getOfferedAt(),
                r.getAcceptedAt());
    }
}
