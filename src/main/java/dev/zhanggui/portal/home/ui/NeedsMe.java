package dev.zhanggui.portal.home.ui;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What waits for the merchant, most pressing first, at most three. */
@Component
class NeedsMe {

    private static final int MOST = 3;
    private static final int NOVEMBER = 11;

    private final Merchants merchants;
    private final TradingHours hours;
    private final TerminalConfigurations configurations;
    private final QrCodes codes;
    private final WorkCalendar calendar;
    private final Clock clock;

    /**
     * One thing.
     *
     * @param key of its texts: key, key.more, key.action
     * @param argument for the texts
     * @param path where it is done; empty when there is nothing to do yet
     */
    record Need(String key, String argument, String path) {}

    NeedsMe(
            Merchants merchants,
            TradingHours hours,
            TerminalConfigurations configurations,
            QrCodes codes,
            WorkCalendar calendar,
            Clock clock) {
        this.merchants = merchants;
        this.hours = hours;
        this.configurations = configurations;
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
        long refused = configurations.ofStore(actor, store.id()).stream()
                .filter(it -> it.status() instanceof SyncStatus.Rejected)
                .count();
        if (refused > 0) {
            needs.add(new Need("home.need.refused", String.valueOf(refused), "merchant/terminals"));
        }
        if (hours.current(actor, store.id()).version() == 0) {
            needs.add(new Need("home.need.hours", "", "merchant/hours"));
        }
        if (codes.list(actor, store.id()).stream().noneMatch(QrCode::isActive)) {
            needs.add(new Need("home.need.codes", "", "merchant/codes"));
        }
        var today = clock.instant().atZone(store.zone());
        int nextYear = today.getYear() + 1;
        // The notice comes in October or November; before that nobody misses it.
        if (today.getMonthValue() >= NOVEMBER && calendar.state(nextYear) != YearState.PUBLISHED) {
            needs.add(new Need("home.need.calendar", String.valueOf(nextYear), ""));
        }
        return needs.subList(0, Math.min(MOST, needs.size()));
    }
}
