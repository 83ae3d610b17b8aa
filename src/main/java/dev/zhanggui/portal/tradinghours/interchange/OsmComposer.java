package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns rules whose order decides into a document whose layers decide. What a day is by the rules is asked day by day
 * ({@link #plan}); the document gets whatever its layers need to say the same: the week, seasons for parts of the year, one rule
 * for public holidays, dates for the rest. What cannot be said the same way is refused or, where only known holidays are
 * concerned, written out as dates.
 */
final class OsmComposer {

    private static final int LEAP_YEAR = 2024;
    private static final int MOST_DATED_DAYS = 3 * 366;
    /** Longer ranges of dates with a week's rhythm become a season. */
    private static final int MOST_SINGLE_DATES = 14;

    private static final int HOLIDAY_YEARS = 3;

    private final List<OsmRule> rules;
    private final Setting setting;
    private final List<Finding> warnings = new ArrayList<>();
    private final List<DatedRule> dates = new ArrayList<>();
    private final List<Season> seasons = new ArrayList<>();
    private @Nullable DayPlan holiday;
    private boolean merged;

    record Composed(HoursDocument document, List<Finding> warnings) {}

    OsmComposer(List<OsmRule> rules, Setting setting) {
        this.rules = rules;
        this.setting = setting;
    }

    Composed compose() {
        Predicate<OsmRule> always = rule -> rule.spans().isEmpty();
        var weekly = weekly(always, LocalDate.of(LEAP_YEAR, 1, 1), false);
        if (rules.stream()
                .noneMatch(rule ->
                        always.test(rule) && !(rule.holidays() && rule.days().isEmpty()))) {
            warn(Kind.REST_CLOSED);
        }
        holiday = holiday(weekly, always);
        yearly(weekly);
        dated(weekly);
        var document = HoursDocument.weekly(setting.zone(), weekly)
                .withDayKinds(
                        holiday == null ? DayKindRules.NONE : new DayKindRules(new DayRule.Own(holiday), null, null))
                .withSeasons(seasons)
                .withDates(joined());
        if (merged) {
            warn(Kind.MERGED);
        }
        return new Composed(document, warnings);
    }

    /** The shifts that start on the date, by the rules in their order. */
    DayPlan plan(LocalDate date, boolean isHoliday) {
        return plan(rule -> true, date, isHoliday);
    }

    private DayPlan plan(Predicate<OsmRule> asked, LocalDate date, boolean isHoliday) {
        var shifts = new ArrayList<int[]>();
        for (var shift : shifts(asked, date.minusDays(1), false)) {
            // A shift of a whole day and more goes on as a part of the next day.
            if (shift.isLong()) {
                add(shifts, 0, shift.end() - Period.DAY);
            }
        }
        for (var shift : shifts(asked, date, isHoliday)) {
            add(shifts, shift.start(), shift.isLong() ? Period.DAY : shift.end());
        }
        return new DayPlan(shifts.stream().map(it -> new Period(it[0], it[1])).toList());
    }

    private void add(List<int[]> shifts, int start, int end) {
        int from = start;
        int to = end;
        for (var it = shifts.iterator(); it.hasNext(); ) {
            var other = it.next();
            int first = Math.min(from, other[0]);
            int last = Math.max(to, other[1]);
            boolean overlap = other[0] < to && from < other[1];
            boolean touch = other[0] <= to && from <= other[1];
            if (overlap || touch && onePeriod(first, last)) {
                merged |= overlap;
                from = first;
                to = last;
                it.remove();
            }
        }
        if (!onePeriod(from, to)) {
            throw new Refusal(Finding.of(Kind.OVERLAP, ""));
        }
        shifts.add(new int[] {from, to});
    }

    private static boolean onePeriod(int from, int to) {
        return to - from < Period.DAY || from == 0 && to == Period.DAY;
    }

    private List<OsmRule.Shift> shifts(Predicate<OsmRule> asked, LocalDate date, boolean isHoliday) {
        List<OsmRule.Shift> now = new ArrayList<>();
        for (var rule : rules) {
            if (!asked.test(rule) || !rule.inSpan(date) || !rule.onDay(date.getDayOfWeek(), isHoliday)) {
                continue;
            }
            if (rule.off()) {
                now = rule.shifts().isEmpty() ? new ArrayList<>() : without(now, rule.shifts());
                continue;
            }
            if (!rule.additive()) {
                now = new ArrayList<>();
            }
            if (rule.shifts().isEmpty()) {
                now.add(new OsmRule.Shift(0, Period.DAY));
            }
            now.addAll(rule.shifts());
        }
        return now;
    }

    private static List<OsmRule.Shift> without(List<OsmRule.Shift> shifts, List<OsmRule.Shift> taken) {
        var left = shifts;
        for (var cut : taken) {
            var next = new ArrayList<OsmRule.Shift>();
            for (var shift : left) {
                if (cut.end() <= shift.start() || shift.end() <= cut.start()) {
                    next.add(shift);
                    continue;
                }
                if (shift.start() < cut.start()) {
                    next.add(new OsmRule.Shift(shift.start(), cut.start()));
                }
                if (cut.end() < shift.end() && cut.end() < Period.DAY) {
                    next.add(new OsmRule.Shift(cut.end(), shift.end()));
                }
            }
            left = next;
        }
        return new ArrayList<>(left);
    }

    // ---------- the layers ----------

    /** The seven days from the date on. */
    private Weekly weekly(Predicate<OsmRule> asked, LocalDate from, boolean isHoliday) {
        var days = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
        for (int i = 0; i < 7; i++) {
            var date = from.plusDays(i);
            days.put(date.getDayOfWeek(), plan(asked, date, isHoliday));
        }
        return new Weekly(days);
    }

    private @Nullable DayPlan holiday(Weekly weekly, Predicate<OsmRule> always) {
        var onHolidays = weekly(always, LocalDate.of(LEAP_YEAR, 1, 1), true);
        if (onHolidays.equals(weekly)) {
            boolean overridden = false;
            boolean named = false;
            for (var rule : rules) {
                overridden |= named && always.test(rule) && !rule.holidays();
                named |= always.test(rule) && rule.holidays() && rule.days().isEmpty();
            }
            if (overridden) {
                warn(Kind.HOLIDAY_OVERRIDDEN);
            }
            return null;
        }
        var plans = onHolidays.days().values().stream().distinct().toList();
        if (plans.size() > 1) {
            var rule = rules.stream()
                    .filter(it -> it.spans().isEmpty() && it.holidays())
                    .reduce((a, b) -> b)
                    .orElseThrow();
            throw new Refusal(new Finding(rule.place(), Kind.HOLIDAY_BY_WEEKDAY, ""));
        }
        return plans.getFirst();
    }

    /** Parts of the year, cut where any rule begins or ends, joined where the same holds. */
    private void yearly(Weekly weekly) {
        var cuts = new TreeSet<MonthDay>();
        for (var rule : rules) {
            for (var span : rule.spans()) {
                if (!rule.dated() && span instanceof OsmRule.Yearly(var from, var to)) {
                    cuts.add(from);
                    cuts.add(next(to));
                }
            }
        }
        if (cuts.isEmpty()) {
            return;
        }
        var starts = List.copyOf(cuts);
        Predicate<OsmRule> undated = rule -> !rule.dated();
        for (int i = 0; i < starts.size(); i++) {
            var from = starts.get(i);
            var to = previous(starts.get((i + 1) % starts.size()));
            var week = weeklyWithin(undated, from, false);
            if (!week.equals(weekly)) {
                var last = seasons.isEmpty() ? null : seasons.getLast();
                if (last != null
                        && last.weekly().equals(week)
                        && last.span() instanceof Season.Span.Yearly(var first, var end)
                        && next(end).equals(from)) {
                    seasons.removeLast();
                    from = first;
                }
                seasons.add(new Season(new Season.Span.Yearly(from, to), week));
            }
            holidaysWithin(week, weeklyWithin(undated, starts.get(i), true), new OsmRule.Yearly(starts.get(i), to));
        }
        if (seasons.size() > 1
                && seasons.getFirst().span() instanceof Season.Span.Yearly(var first, var firstEnd)
                && seasons.getLast().span() instanceof Season.Span.Yearly(var last, var lastEnd)
                && next(lastEnd).equals(first)
                && seasons.getFirst().weekly().equals(seasons.getLast().weekly())) {
            seasons.removeLast();
            seasons.set(
                    0,
                    new Season(
                            new Season.Span.Yearly(last, firstEnd),
                            seasons.getFirst().weekly()));
        }
    }

    /** The week of a part of the year, which may be shorter than seven days: every weekday is asked at its first day. */
    private Weekly weeklyWithin(Predicate<OsmRule> asked, MonthDay at, boolean isHoliday) {
        var days = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
        // Over 28 years a date falls on every day of the week; February 29 every fourth of them.
        for (int year = LEAP_YEAR; year < LEAP_YEAR + 28 && days.size() < 7; year++) {
            if (at.isValidYear(year)) {
                var date = at.atYear(year);
                days.putIfAbsent(date.getDayOfWeek(), plan(asked, date, isHoliday));
            }
        }
        return new Weekly(days);
    }

    /** Where the rules treat holidays otherwise in this part of the year, the known holidays become dates. */
    private void holidaysWithin(Weekly week, Weekly onHolidays, OsmRule.Yearly span) {
        var wanted = holiday == null ? week : Weekly.everyDay(holiday);
        if (onHolidays.equals(wanted)) {
            return;
        }
        var until = setting.today().plusYears(HOLIDAY_YEARS);
        boolean found = false;
        for (var date = setting.today(); date.isBefore(until); date = date.plusDays(1)) {
            var day = date;
            boolean elsewhere = rules.stream().anyMatch(rule -> rule.dated() && rule.inSpan(day));
            if (!elsewhere && span.covers(date) && setting.calendar().day(date).holiday()) {
                var plan = Objects.requireNonNull(onHolidays.on(date.getDayOfWeek()));
                if (!plan.equals(wanted.on(date.getDayOfWeek()))) {
                    dates.add(new DatedRule(date, date, plan, null));
                    found = true;
                }
            }
        }
        if (found) {
            warn(Kind.HOLIDAY_DATES);
        }
    }

    private void dated(Weekly weekly) {
        var cuts = new TreeSet<LocalDate>();
        for (var rule : rules) {
            if (rule.dated()) {
                for (var span : rule.spans()) {
                    switch (span) {
                        case OsmRule.Dated(var from, var to) -> {
                            cuts.add(from);
                            cuts.add(to.plusDays(1));
                        }
                        case OsmRule.Yearly it -> throw new Refusal(new Finding(rule.place(), Kind.NOT_A_DATE, ""));
                    }
                }
            }
        }
        long days = 0;
        var starts = List.copyOf(cuts);
        for (int i = 0; i + 1 < starts.size(); i++) {
            var from = starts.get(i);
            var to = starts.get(i + 1).minusDays(1);
            if (rules.stream().noneMatch(rule -> rule.dated() && rule.inSpan(from))) {
                continue;
            }
            days += ChronoUnit.DAYS.between(from, to) + 1;
            if (days > MOST_DATED_DAYS) {
                throw new Refusal(Finding.of(Kind.TOO_MANY, from + ".." + to));
            }
            range(weekly, from, to);
        }
    }

    private void range(Weekly weekly, LocalDate from, LocalDate to) {
        boolean steady = true;
        var first = plan(from, false);
        var week = new EnumMap<DayOfWeek, DayPlan>(DayOfWeek.class);
        boolean rhythm = true;
        for (var date = from; !date.isAfter(to); date = date.plusDays(1)) {
            var usual = plan(date, false);
            steady &= usual.equals(first) && plan(date, true).equals(first);
            var before = week.putIfAbsent(date.getDayOfWeek(), usual);
            rhythm &= before == null || before.equals(usual);
        }
        var reason = reason(from);
        if (steady) {
            dates.add(new DatedRule(from, to, first, reason));
            return;
        }
        boolean season = rhythm && ChronoUnit.DAYS.between(from, to) >= MOST_SINGLE_DATES;
        if (season) {
            seasons.add(new Season(new Season.Span.Dated(from, to), new Weekly(week)));
        }
        for (var date = from; !date.isAfter(to); date = date.plusDays(1)) {
            boolean isHoliday = setting.calendar().day(date).holiday();
            var wanted = plan(date, isHoliday);
            var usual = isHoliday && holiday != null
                    ? holiday
                    : season ? week.get(date.getDayOfWeek()) : undated(weekly, date);
            if (!wanted.equals(usual)) {
                dates.add(new DatedRule(date, date, wanted, reason));
                if (isHoliday) {
                    warn(Kind.HOLIDAY_DATES);
                }
            }
        }
    }

    private @Nullable DayPlan undated(Weekly weekly, LocalDate date) {
        for (int i = seasons.size() - 1; i >= 0; i--) {
            if (seasons.get(i).span() instanceof Season.Span.Yearly yearly && yearly.covers(date)) {
                return seasons.get(i).weekly().on(date.getDayOfWeek());
            }
        }
        return weekly.on(date.getDayOfWeek());
    }

    /** The comment of the last rule about the date itself. */
    private @Nullable String reason(LocalDate date) {
        String reason = null;
        for (var rule : rules) {
            if (rule.dated() && rule.inSpan(date)) {
                reason = rule.comment();
            }
        }
        return reason == null || reason.isBlank() ? null : reason;
    }

    /** Neighbours that say the same become one range. */
    private List<DatedRule> joined() {
        var sorted =
                dates.stream().sorted((a, b) -> a.from().compareTo(b.from())).toList();
        var joined = new ArrayList<DatedRule>();
        for (var rule : sorted) {
            var last = joined.isEmpty() ? null : joined.getLast();
            if (last != null
                    && last.to().plusDays(1).equals(rule.from())
                    && last.plan().equals(rule.plan())
                    && Objects.equals(last.reason(), rule.reason())) {
                joined.set(joined.size() - 1, new DatedRule(last.from(), rule.to(), last.plan(), last.reason()));
            } else {
                joined.add(rule);
            }
        }
        return joined;
    }

    private void warn(Kind kind) {
        if (warnings.stream().noneMatch(it -> it.kind() == kind)) {
            warnings.add(Finding.of(kind, ""));
        }
    }

    private static MonthDay next(MonthDay day) {
        return MonthDay.from(day.atYear(LEAP_YEAR).plusDays(1));
    }

    private static MonthDay previous(MonthDay day) {
        return MonthDay.from(day.atYear(LEAP_YEAR).minusDays(1));
    }
}
