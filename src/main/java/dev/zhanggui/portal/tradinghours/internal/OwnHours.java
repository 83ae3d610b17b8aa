package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hours of stores of any merchants at once as they would be if nobody restricted them: what maintenance is planned around. */
@Component
class OwnHours {

    private final TradingHoursRepository hours;
    private final IndustryPacks packs;
    private final WorkCalendar calendar;

    OwnHours(TradingHoursRepository hours, IndustryPacks packs, WorkCalendar calendar) {
        this.hours = hours;
        this.packs = packs;
        this.calendar = calendar;
    }

    /** In the order of the stores; without those whose hours cannot be read. */
    Map<StoreId, HoursEvaluator> of(Collection<Store> stores, Instant now) {
        if (stores.isEmpty()) {
            return Map.of();
        }
        var ids = stores.stream().map(store -> store.id().value()).toList();
        var merchants = stores.stream()
                .map(store -> store.merchantId().value())
                .distinct()
                .toList();
        var ofMerchants = hours.latest(Level.MERCHANT, merchants);
        var ofStores = hours.latest(Level.STORE, ids);
        var closures = hours.closures(ids, now);
        var usual = new HashMap<String, Optional<IndustryPack>>();
        var evaluators = new LinkedHashMap<StoreId, HoursEvaluator>();
        for (var store : stores) {
            var id = store.id().value();
            var merchant = store.merchantId().value();
            if (!ofStores.readable(id) || !ofMerchants.readable(merchant)) {
                continue;
            }
            var pack = usual.computeIfAbsent(store.industry(), industry -> packs.at(industry, now));
            var chain =
                    TradingHoursService.chain(store, ofStores.get(id), ofMerchants.get(merchant), pack.orElse(null));
            evaluators.put(
                    store.id(),
                    new HoursEvaluator(chain, calendar, closures.getOrDefault(id, List.<Closure>of()), List.of()));
        }
        return evaluators;
    }
}
