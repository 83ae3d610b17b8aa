package dev.zhanggui.portal.tradinghours.internal;

import static dev.zhanggui.db.Tables.HOURS_VERSION;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.workcalendar.CalendarDependents;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/**
 * Counts the stores whose hours have rules for holidays or make-up workdays, whoever made them: the store itself, told by the
 * canonical text of its latest version; its merchant; or what is usual in its industry.
 */
@Component
class CalendarStores implements CalendarDependents {

    private static final Actor SELF = Actor.system("calendar");
    private static final String WITH_RULES = "%\"dayKinds\":{\"%";
    private static final int AT_ONCE = 500;

    private final DSLContext sql;
    private final TradingHoursRepository hours;
    private final Merchants merchants;
    private final PackCatalogue catalogue;
    private final IndustryPacks packs;
    private final Clock clock;

    CalendarStores(
            DSLContext sql,
            TradingHoursRepository hours,
            Merchants merchants,
            PackCatalogue catalogue,
            IndustryPacks packs,
            Clock clock) {
        this.sql = sql;
        this.hours = hours;
        this.merchants = merchants;
        this.catalogue = catalogue;
        this.packs = packs;
        this.clock = clock;
    }

    @Override
    public int stores() {
        return own() + ofMerchants() + ofPacks();
    }

    private int own() {
        var latest = latest(Level.STORE);
        return sql.selectCount()
                .from(HOURS_VERSION)
                .join(latest)
                .on(isLatest(latest))
                .where(withRules(Level.STORE))
                .fetchSingle()
                .value1();
    }

    /** Stores without a rule of their own that take their merchant's. */
    private int ofMerchants() {
        var latest = latest(Level.MERCHANT);
        var withRules = sql.select(HOURS_VERSION.SCOPE_ID)
                .from(HOURS_VERSION)
                .join(latest)
                .on(isLatest(latest))
                .where(withRules(Level.MERCHANT))
                .orderBy(HOURS_VERSION.SCOPE_ID)
                .fetch(row -> new MerchantId(row.value1()));
        int count = 0;
        for (int i = 0; i < withRules.size(); i += AT_ONCE) {
            var some = withRules.subList(i, Math.min(i + AT_ONCE, withRules.size()));
            count += count(
                    after -> merchants.storesOf(SELF, some, after, AT_ONCE),
                    chain -> chain.reaching(Part.DAY_KINDS).stream()
                            .anyMatch(it -> !it.document().dayKinds().equals(DayKindRules.NONE)));
        }
        return count;
    }

    /** Stores that nobody made a rule for and whose industry has one, on a day that nobody spoke about. */
    private int ofPacks() {
        var now = clock.instant();
        var industries = catalogue.entries().stream()
                .filter(entry -> packs.at(entry.industry(), now)
                        .map(pack -> !pack.rules().dayKinds().equals(DayKindRules.NONE))
                        .orElse(false))
                .flatMap(entry -> entry.keys().stream())
                .toList();
        return count(
                after -> merchants.storesInIndustries(SELF, industries, after, AT_ONCE),
                chain -> chain.reaching(Part.DAY_KINDS).stream()
                                .allMatch(it -> it.document().dayKinds().equals(DayKindRules.NONE))
                        && packSpeaks(chain));
    }

    private static boolean packSpeaks(HoursChain chain) {
        var pack = chain.reachingPack();
        return pack != null
                && Arrays.stream(DayOfWeek.values())
                        .anyMatch(day -> pack.rules().weekly().on(day) != null
                                && chain.reaching(Part.WEEKLY).stream()
                                        .allMatch(it -> it.document().weekly().on(day) == null));
    }

    private interface Helping {
        List<Store> after(StoreId last);
    }

    /** Of those that can be read and have no rule of their own. */
    private int count(Helping helping, Predicate<HoursChain> counts) {
        var now = clock.instant();
        int count = 0;
        var last = new StoreId(0);
        for (var stores = helping.after(last); !stores.isEmpty(); stores = helping.after(last)) {
            var own = hours.latest(
                    Level.STORE, stores.stream().map(it -> it.id().value()).toList());
            var above = hours.latest(
                    Level.MERCHANT,
                    stores.stream()
                            .map(it -> it.merchantId().value())
                            .distinct()
                            .toList());
            for (var store : stores) {
                var id = store.id().value();
                var merchant = store.merchantId().value();
                if (own.readable(id) && above.readable(merchant)) {
                    var chain = TradingHoursService.chain(
                            store,
                            own.get(id),
                            above.get(merchant),
                            packs.at(store.industry(), now).orElse(null));
                    var mine = chain.at(Level.STORE);
                    boolean inherits = mine == null || mine.dayKinds().equals(DayKindRules.NONE);
                    count += inherits && counts.test(chain) ? 1 : 0;
                }
            }
            last = stores.getLast().id();
        }
        return count;
    }

    private static Condition withRules(Level level) {
        return HOURS_VERSION.SCOPE_KIND.eq(level.name()).and(HOURS_VERSION.DOCUMENT.like(WITH_RULES));
    }

    private static Table<? extends Record> latest(Level level) {
        return DSL.select(HOURS_VERSION.SCOPE_ID, DSL.max(HOURS_VERSION.VERSION).as("latest"))
                .from(HOURS_VERSION)
                .where(HOURS_VERSION.SCOPE_KIND.eq(level.name()))
                .groupBy(HOURS_VERSION.SCOPE_ID)
                .asTable("newest");
    }

    private static Condition isLatest(Table<? extends Record> latest) {
        return HOURS_VERSION
                .SCOPE_ID
                .eq(latest.field(HOURS_VERSION.SCOPE_ID))
                .and(HOURS_VERSION.VERSION.eq(latest.field("latest", Integer.class)));
    }
}
