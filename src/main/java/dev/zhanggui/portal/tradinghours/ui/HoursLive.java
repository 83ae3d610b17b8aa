package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.HoursChanged;
import dev.zhanggui.portal.tradinghours.IndustryPackPublished;
import dev.zhanggui.portal.tradinghours.RestrictionChanged;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.packs.PackMoved;
import dev.zhanggui.portal.uikit.LiveUpdates;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages about a store that its hours changed, once the change is certain. */
@Component
class HoursLive {

    /** Of pages that show what is usual in the industries. */
    static final String PACKS = "packs";

    /** Staff who look at all restrictions. */
    static final String RESTRICTIONS = "restrictions";

    private static final Actor SELF = Actor.system("live");
    private static final int STORES_AT_ONCE = 500;

    private final LiveUpdates live;
    private final Merchants merchants;

    HoursLive(LiveUpdates live, Merchants merchants) {
        this.live = live;
        this.merchants = merchants;
    }

    @TransactionalEventListener
    void on(HoursChanged event) {
        event.stores().forEach(this::publish);
    }

    @TransactionalEventListener
    void on(ClosureChanged event) {
        publish(event.store());
    }

    @TransactionalEventListener
    void on(PackMoved event) {
        live.publish(PACKS);
    }

    /** On a thread of its own: the one who published does not wait for the stores to be counted off. */
    @TransactionalEventListener
    void on(IndustryPackPublished event) {
        Thread.ofVirtual().name("live-pack").start(() -> publishStores(event));
    }

    private void publishStores(IndustryPackPublished event) {
        var last = new StoreId(0);
        for (var stores = next(event, last); !stores.isEmpty(); stores = next(event, last)) {
            stores.forEach(store -> publish(store.id()));
            last = stores.getLast().id();
        }
    }

    private List<Store> next(IndustryPackPublished event, StoreId after) {
        return merchants.storesInIndustries(SELF, event.storeIndustries(), after, STORES_AT_ONCE);
    }

    /** A page finds out by reading whether one wider than its store concerns it. */
    @TransactionalEventListener
    void on(RestrictionChanged event) {
        live.publish(RESTRICTIONS);
        if (event.target().scope() == RestrictionScope.STORE) {
            publish(new StoreId(event.target().id()));
        } else {
            live.publishAll("store:");
        }
    }

    private void publish(StoreId store) {
        live.publish(store.toString());
    }
}
