package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** The stores that a restriction's target means now: counted all, read a helping at a time. */
@Component
class ConcernedStores {

    private static final Actor SELF = Actor.system("restrictions");

    private final Merchants merchants;
    private final Terminals terminals;

    ConcernedStores(Merchants merchants, Terminals terminals) {
        this.merchants = merchants;
        this.terminals = terminals;
    }

    int count(RestrictionTarget target) {
        return switch (target.scope()) {
            case ALL -> merchants.countStoresIn(SELF, "");
            case REGION -> merchants.countStoresIn(SELF, target.value());
            case MODEL -> terminals.countStoresWith(SELF, new ModelId(target.value()));
            case MERCHANT ->
                merchants.storesOf(SELF, new MerchantId(target.id())).size();
            case STORE -> 1;
            case TERMINAL ->
                terminals.terminal(SELF, new TerminalId(target.id())).storeId() == null ? 0 : 1;
        };
    }

    /** By id, after the one given. */
    List<Store> after(RestrictionTarget target, StoreId after, int limit) {
        return switch (target.scope()) {
            case ALL -> merchants.storesIn(SELF, "", after, limit);
            case REGION -> merchants.storesIn(SELF, target.value(), after, limit);
            case MODEL ->
                merchants.stores(SELF, terminals.storesWith(SELF, new ModelId(target.value()), after, limit)).stream()
                        .sorted(Comparator.comparingLong(store -> store.id().value()))
                        .toList();
            case MERCHANT ->
                merchants.storesOf(SELF, new MerchantId(target.id())).stream()
                        .filter(store -> store.id().value() > after.value())
                        .limit(limit)
                        .toList();
            case STORE -> only(new StoreId(target.id()), after);
            case TERMINAL -> {
                var store =
                        terminals.terminal(SELF, new TerminalId(target.id())).storeId();
                yield store == null ? List.of() : only(store, after);
            }
        };
    }

    private List<Store> only(StoreId store, StoreId after) {
        return store.value() > after.value() ? List.of(merchants.store(SELF, store)) : List.of();
    }
}
