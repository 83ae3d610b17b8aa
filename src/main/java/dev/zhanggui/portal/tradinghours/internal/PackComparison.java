package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDifference;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.packs.PackEffect;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Compares what holds with what would, store by store, a helping at a time. */
@Component
class PackComparison {

    private static final Actor SELF = Actor.system("packs");
    private static final int STORES_AT_ONCE = 200;

    private final Merchants merchants;
    private final TradingHoursRepository hours;
    private final WorkCalendar calendar;

    PackComparison(Merchants merchants, TradingHoursRepository hours, WorkCalendar calendar) {
        this.merchants = merchants;
        this.hours = hours;
        this.calendar = calendar;
    }

    /** What becomes otherwise, and whether it does so at once. */
    private record Outcome(HoursDifference difference, boolean atOnce) {}

    /** @param keys of the stores that the pack speaks for */
    PackEffect between(List<String> keys, IndustryPack before, IndustryPack after, Instant now) {
        int compared = 0;
        int changing = 0;
        var shown = new ArrayList<PackEffect.OfStore>();
        // Most stores of an industry that said nothing are alike.
        var known = new HashMap<HoursChain, Outcome>();
        var last = new StoreId(0);
        for (var stores = next(keys, last); !stores.isEmpty(); stores = next(keys, last)) {
            var chains = chains(stores, before);
            for (var store : stores) {
                var said = chains.get(store.id());
                if (said == null) {
                    continue;
                }
                var outcome = known.computeIfAbsent(said, chain -> compare(chain, after, now));
                compared++;
                if (!outcome.difference().none()) {
                    changing++;
                    if (shown.size() < PackEffect.MOST_SHOWN) {
                        shown.add(ofStore(store, outcome));
                    }
                }
            }
            last = stores.getLast().id();
            known.keySet().removeIf(chain -> !chain.links().isEmpty());
            if (compared >= PackEffect.MOST_COMPARED) {
                break;
            }
        }
        return new PackEffect(count(keys), compared, changing, shown);
    }

    int count(List<String> keys) {
        var counts = merchants.storesByIndustry(SELF);
        return keys.stream().mapToInt(key -> counts.getOrDefault(key, 0)).sum();
    }

    private List<Store> next(List<String> keys, StoreId after) {
        return merchants.storesInIndustries(SELF, keys, after, STORES_AT_ONCE);
    }

    /** Without stores whose hours cannot be read. */
    private Map<StoreId, HoursChain> chains(List<Store> stores, IndustryPack pack) {
        var own = hours.latest(
                Level.STORE, stores.stream().map(it -> it.id().value()).toList());
        var above = hours.latest(
                Level.MERCHANT,
                stores.stream().map(it -> it.merchantId().value()).distinct().toList());
        var chains = new HashMap<StoreId, HoursChain>();
        for (var store : stores) {
            var id = store.id().value();
            var merchant = store.merchantId().value();
            if (own.readable(id) && above.readable(merchant)) {
                chains.put(store.id(), TradingHoursService.chain(store, own.get(id), above.get(merchant), pack));
            }
        }
        return chains;
    }

    private Outcome compare(HoursChain chain, IndustryPack pack, Instant now) {
        var before = new HoursEvaluator(chain, calendar, List.of(), List.of());
        var after = new HoursEvaluator(chain.withPack(pack), calendar, List.of(), List.of());
        var difference = HoursDifference.between(before, after, now, now.plus(Duration.ofDays(PackEffect.DAYS)));
        boolean atOnce = !difference.none()
                && before.stateAt(now).decision() != after.stateAt(now).decision();
        return new Outcome(difference, atOnce);
    }

    private static PackEffect.OfStore ofStore(Store store, Outcome outcome) {
        var difference = outcome.difference();
        return new PackEffect.OfStore(
                store.id(),
                store.merchantName(),
                store.name(),
                difference.gainedTime(),
                difference.lostTime(),
                difference.otherwise().stream().map(PackComparison::length).reduce(Duration.ZERO, Duration::plus),
                outcome.atOnce());
    }

    private static Duration length(Interval interval) {
        return Duration.between(interval.start(), interval.end());
    }
}
