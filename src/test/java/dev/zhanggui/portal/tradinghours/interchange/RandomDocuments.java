package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Documents of every shape that others' formats may meet, the same for the same seed. */
final class RandomDocuments {

    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final Random random;
    private final LocalDate today;

    RandomDocuments(long seed, LocalDate today) {
        this.random = new Random(seed);
        this.today = today;
    }

    /** Week, dates, seasons and the rule for holidays; no make-up workdays. */
    HoursDocument layered() {
        var seasons = new ArrayList<Season>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var from = date();
            seasons.add(new Season(
                    random.nextBoolean()
                            ? new Season.Span.Dated(from, from.plusDays(random.nextInt(90)))
                            : new Season.Span.Yearly(MonthDay.from(from), MonthDay.from(date())),
                    weekly(true)));
        }
        return HoursDocument.weekly(SHANGHAI, weekly(true))
                .withDayKinds(new DayKindRules(rule(), null, null))
                .withDates(dates(true))
                .withSeasons(seasons);
    }

    /** What one sentence can say: week, rules for day kinds, dates within the coming year that do not repeat a date. */
    HoursDocument sayable() {
        return HoursDocument.weekly(SHANGHAI, weekly(random.nextInt(4) == 0))
                .withDayKinds(new DayKindRules(rule(), rule(), rule()))
                .withDates(dates(false));
    }

    private List<DatedRule> dates(boolean reasons) {
        var dates = new ArrayList<DatedRule>();
        for (int i = random.nextInt(5); i > 0; i--) {
            var from = today.plusDays(random.nextInt(300));
            dates.add(new DatedRule(
                    from, from.plusDays(random.nextInt(9)), plan(), reasons && random.nextBoolean() ? "原因" + i : null));
        }
        return dates;
    }

    private LocalDate date() {
        return today.plusDays(random.nextInt(365));
    }

    private @Nullable DayRule rule() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new DayRule.Own(plan());
            default -> new DayRule.Like(DayOfWeek.of(1 + random.nextInt(7)));
        };
    }

    private Weekly weekly(boolean gaps) {
        var weekly = Weekly.NOT_SET;
        var plans = List.of(plan(), plan(), plan());
        for (var day : DayOfWeek.values()) {
            if (!gaps || random.nextInt(8) > 0) {
                weekly = weekly.with(day, plans.get(random.nextInt(plans.size())));
            }
        }
        return weekly;
    }

    DayPlan plan() {
        int kind = random.nextInt(12);
        if (kind < 2) {
            return kind == 0 ? DayPlan.ALL_DAY : DayPlan.CLOSED;
        }
        var periods = new ArrayList<Period>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int start = random.nextBoolean() ? 30 * random.nextInt(48) : random.nextInt(1440);
            int length = random.nextBoolean() ? 60 * (1 + random.nextInt(10)) : 1 + random.nextInt(700);
            var period = new Period(start, start + length);
            boolean apart = periods.stream().noneMatch(it -> it.start() <= period.end() && period.start() <= it.end());
            if (apart && !(start == 0 && length == 1439)) {
                periods.add(period);
            }
        }
        return new DayPlan(periods);
    }
}
