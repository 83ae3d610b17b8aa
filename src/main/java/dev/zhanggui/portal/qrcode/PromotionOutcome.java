package dev.zhanggui.portal.qrcode;

import java.util.List;

/** What became of the wish for a promotion or of a change to one. */
public sealed interface PromotionOutcome {

    /** @param codes one a store, in the order of the wish */
    record Started(Promotion promotion, List<QrCode> codes) implements PromotionOutcome {}

    record Unfit(Flaw flaw) implements PromotionOutcome {}

    enum Flaw {
        TITLE_MISSING,
        TITLE_TOO_LONG,
        DISCOUNT_MISSING,
        DISCOUNT_TOO_LONG,
        /** It ends before it begins, or at once. */
        WINDOW_EMPTY,
        /** It was over before it was wished for. */
        WINDOW_PAST,
        CAP_UNFIT,
        NO_STORE,
        TOO_MANY_STORES
    }
}
