package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.util.Collection;
import java.util.Map;

/**
 * The same hours for many stores of one merchant. For MANAGER of the merchant and the system; a store that is not the merchant's
 * meets {@link dev.zhanggui.portal.shared.NotFoundException} before anything is written.
 */
public interface ManyStores {

    /** What would become of each store, in the order given; nothing is kept. */
    Map<StoreId, WhatIf> preview(Actor actor, MerchantId merchant, Collection<StoreId> stores, HoursCopy copy);

    /**
     * Changes store after store, each in a transaction of its own, in the order given: what becomes of one does not touch the
     * others. Repeating it is safe: whoever says it already is {@link StoreOutcome.Unchanged}.
     */
    Map<StoreId, StoreOutcome> apply(Actor actor, ApplyHours command);
}
