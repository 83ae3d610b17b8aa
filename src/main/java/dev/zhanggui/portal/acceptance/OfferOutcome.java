package dev.zhanggui.portal.acceptance;

/** What became of the wish to pay. */
public sealed interface OfferOutcome {

    /** @param address where the payer goes on: a path of this portal, or an acquirer's page */
    record Offered(Collection collection, String address) implements OfferOutcome {}

    record Refused(Answer answer) implements OfferOutcome {}

    /** The store may collect, but no acquirer's cashier is connected for the payer's app. */
    record NoCashier(Answer.ByHours answer) implements OfferOutcome {}
}
