package dev.zhanggui.portal.home.ui;

import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What waits for the merchant, most pressing first, at most three. */
@Component
class NeedsMe {

    private static final int MOST = 3;
    /** So long before a year its days off begin to matter: terminals hold hours as far ahead. */
    private static final Period AHEAD = Period.ofDays(60);
    /** So long before it maintenance is told. */
    private static final Duration SOON = Duration.ofDays(7);
    /** So long a publication is news. */
    private static final Duration FRESH = Duration.ofDays(14);

    private final Merchants merchants;
    private final TradingHours hours;
    private final Restrictions restrictions;
    private final TerminalConfigurations configurations;
    private final PaymentFlags flags;
    private final QrCodes codes;
    private final WorkCalendar calendar;
    private final Clock clock;

    /**
     * One thing.
     *
     * @param key of its texts: key, key.more, key.action
     * @param argument for the texts
     * @param path where it is done; empty when there is nothing to do yet
     * @param when its time, which is then the argument; null for none
     * @param calm to be known only
     */
    record Need(
            String key,
            String argument,
            String path,
            @Nullable Interval when,
            boolean calm) {
        Need(String key, String argument, String path) {
            this(key, argument, path, null, false);
        }
    }

    NeedsMe(
            Merchants merchants,
            TradingHours hours,
            Restrictions restrictions,
            TerminalConfigurations configurations,
            PaymentFlags flags,
            QrCodes codes,
            WorkCalendar calendar,
            Clock clock) {
        this.merchants = merchants;
        this.hours = hours;
        this.restrictions = restrictions;
        this.configurations = configurations;
        this.flags = flags;
        this.codes = codes;
        this.calendar = calendar;
        this.clock = clock;
    }

    List<Need> of(Actor actor, Store store) {
        var needs = new ArrayList<Need>();
        var frozen = merchants.merchant(actor, store.merchantId()).frozenReason();
        if (frozen != null) {
            needs.add(new Need("home.need.frozen", frozen, ""));
        }
        long flagged = flags.ofStore(actor, store.id()).stream()
                .filter(it -> it.settled() == null)
                .count();
        if (flagged > 0) {
            needs.add(new Need("home.need.flagged", String.valueOf(flagged), "merchant/collections"));
        }
        long refused = configurations.ofStore(actor, store.id()).stream()
                .filter(it -> it.status() instanceof SyncStatus.Rejected)
                .count();
        if (refused > 0) {
            needs.add(new Need("home.need.refused", String.valueOf(refused), "merchant/terminals"));
        }
        var current = hours.current(actor, store.id());
        if (current.version() == 0) {
            needs.add(new Need("home.need.hours", "", "merchant/hours"));
        }
        if (codes.list(actor, store.id()).stream().noneMatch(QrCode::isActive)) {
            needs.add(new Need("home.need.codes", "", "merchant/codes"));
        }
        addRestrictions(needs, actor, store);
        if (followsHolidays(hours.evaluator(actor, store.id()).chain())) {
            addCalendar(needs, store, current);
        }
        return needs.subList(0, Math.min(MOST, needs.size()));
    }

    /** Network trouble as long as it lasts, and the next maintenance within a week. */
    private void addRestrictions(List<Need> needs, Actor actor, Store store) {
        var now = clock.instant();
        var concerning = restrictions.ofStore(actor, store.id(), now.plus(SOON));
        if (concerning.stream()
                .map(Restrictions.OfStore::restriction)
                .anyMatch(it -> it.kind() == Restriction.Kind.NETWORK_TROUBLE && it.covers(now))) {
            needs.add(new Need("home.need.network", "", ""));
        }
        concerning.stream()
                .filter(it -> it.restriction().kind() == Restriction.Kind.MAINTENANCE)
                .filter(it -> it.restriction().from().isAfter(now))
                .findFirst()
                .ifPresent(it -> {
                    boolean closed = it.lost().isZero();
                    needs.add(new Need(
                            closed ? "home.need.maintenance.closed" : "home.need.maintenance.open",
                            "",
                            "",
                            new Interval(
                                    it.restriction().from(),
                                    Objects.requireNonNull(it.restriction().until())),
                            closed));
                });
    }

    /**
     * A year that begins soon and whose days off nobody knows yet; or one that was published since the hours were last looked
     * at.
     */
    private void addCalendar(List<Need> needs, Store store, HoursVersion current) {
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, store.zone());
        for (int year = today.getYear(); year <= today.plus(AHEAD).getYear(); year++) {
            var published = calendar.publication(year);
            if (calendar.state(year) != YearState.PUBLISHED) {
                needs.add(new Need("home.need.calendar", String.valueOf(year), ""));
            } else if (published != null
                    && now.isBefore(published.at().plus(FRESH))
                    && (current.changedAt() == null || current.changedAt().isBefore(published.at()))) {
                needs.add(new Need("home.need.calendarOut", String.valueOf(year), "merchant/hours"));
            }
        }
    }

    /** Whether somebody, for the store or for all stores of the merchant, set a rule for holidays or make-up workdays. */
    private static boolean followsHolidays(HoursChain chain) {
        return chain.reaching(Part.DAY_KINDS).stream()
                .anyMatch(link -> !link.document().dayKinds().equals(DayKindRules.NONE));
    }
}
