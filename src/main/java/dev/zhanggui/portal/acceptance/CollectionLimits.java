package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;

/** How much a store may collect by codes. Members read, OWNER and MANAGER choose. */
public interface CollectionLimits {

    /**
     * @param perPayment the most that one payment may be
     * @param perDay the most of one calendar day of the store
     * @param version what a change must name; 0 before the first one
     */
    record Limits(Money perPayment, Money perDay, int version) {}

    /**
     * What a merchant may collect in each store, by how well it is known: the tiers that acquirers use (rules.md 8, mylakala): a
     * person without a licence 2,000 a payment and 10,000 a day, an individually-owned business 5,000 and 50,000, a company or
     * institution 10,000 and 100,000 yuan.
     */
    static Limits ofKind(MerchantKind kind) {
        return switch (kind) {
            case INDIVIDUAL -> new Limits(Money.yuan(2_000), Money.yuan(10_000), 0);
            case SOLE_TRADER -> new Limits(Money.yuan(5_000), Money.yuan(50_000), 0);
            case COMPANY, INSTITUTION -> new Limits(Money.yuan(10_000), Money.yuan(100_000), 0);
        };
    }

    /** What holds in the store. */
    Limits get(Actor actor, StoreId store);

    /** {@link dev.zhanggui.portal.shared.LostUpdateException} when the version is not the current one. */
    LimitsOutcome choose(Actor actor, StoreId store, Money perPayment, Money perDay, int version);

    /** What became of the choice. */
    sealed interface LimitsOutcome {

        record Chosen(Limits limits) implements LimitsOutcome {}

        /** More than the merchant may. */
        record Above(Limits most) implements LimitsOutcome {}

        /** Nothing, or a day's limit below that of one payment. */
        record Unfit() implements LimitsOutcome {}
    }
}
