package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
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
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes opening_hours: the weakest layer first, because a later rule overrides the earlier ones. */
final class OsmWriter {

    private final HoursDocument document;
    private final List<String> rules = new ArrayList<>();
    private final List<Finding> lost = new ArrayList<>();

    OsmWriter(HoursDocument document) {
        this.document = document;
    }

    Written write() {
        if (document.weekly().days().size() < DayOfWeek.values().length) {
            lost.add(Finding.of(Kind.NO_NOT_SET, ""));
        }
        if (document.weekly().equals(Weekly.everyDay(DayPlan.ALL_DAY))) {
            rules.add("24/7");
        } else {
            week("", document.weekly());
        }
        for (var season : document.seasons()) {
            week(
                    switch (season.span()) {
                        case Season.Span.Yearly(var from, var to) -> yearly(from, to);
                        case Season.Span.Dated(var from, var to) -> dated(from, to);
                    },
                    season.weekly());
        }
        holidays();
        dates(document.events());
        dates(document.dates());
        lost.addAll(Lost.always(document));
        return new Written(String.join("; ", rules), lost);
    }

    private void week(String span, Weekly weekly) {
        var days = DayOfWeek.values();
        for (int first = 0; first < days.length; ) {
            var plan = weekly.on(days[first]);
            int last = first;
            while (last + 1 < days.length && plan != null && plan.equals(weekly.on(days[last + 1]))) {
                last++;
            }
            if (plan != null) {
                var named = name(days[first]) + (last == first ? "" : "-" + name(days[last]));
                rules.add((span.isEmpty() ? "" : span + " ") + named + " " + plan(plan));
            }
            first = last + 1;
        }
    }

    private void holidays() {
        var kinds = document.dayKinds();
        var holiday = kinds.holiday();
        var plan = switch (holiday) {
            case null -> null;
            case DayRule.Own own -> own.plan();
            case DayRule.Like like -> {
                if (document.seasons().stream().anyMatch(it -> it.weekly().on(like.day()) != null)) {
                    lost.add(Finding.of(Kind.NO_HOLIDAY_LIKE_SEASON, ""));
                }
                yield document.weekly().on(like.day());
            }
        };
        if (plan != null) {
            rules.add("PH " + plan(plan));
        }
        if (kinds.transferredRest() != null && !kinds.transferredRest().equals(holiday)) {
            lost.add(Finding.of(Kind.NO_TRANSFERRED_REST, ""));
        }
        if (kinds.makeUpWorkday() != null) {
            lost.add(Finding.of(Kind.NO_MAKE_UP, ""));
        }
    }

    private void dates(List<DatedRule> dates) {
        dates.stream()
                .sorted(Comparator.comparingLong(DatedRule::days).reversed())
                .forEach(this::date);
    }

    private void date(DatedRule rule) {
        var text = dated(rule.from(), rule.to()) + " " + plan(rule.plan());
        rules.add(text + comment(rule));
    }

    private String comment(DatedRule rule) {
        var reason = rule.reason();
        if (reason == null || reason.isBlank()) {
            return "";
        }
        if (reason.indexOf('"') >= 0) {
            lost.add(Finding.of(Kind.NO_REASON, reason));
            return "";
        }
        return (rule.plan().closed() ? "" : " open") + " \"" + reason + "\"";
    }

    private static String plan(DayPlan plan) {
        return plan.closed() ? "off" : plan.periods().stream().map(Period::text).collect(Collectors.joining(","));
    }

    private static String yearly(MonthDay from, MonthDay to) {
        boolean months =
                from.getDayOfMonth() == 1 && to.getDayOfMonth() == to.getMonth().maxLength();
        if (months) {
            return from.getMonth() == to.getMonth() ? name(from) : name(from) + "-" + name(to);
        }
        if (from.getMonth() == to.getMonth() && from.isAfter(to)) {
            // Nearly a year; "Jun 15-Jun 10" reads like a slip.
            return day(from) + "-Dec 31,Jan 01-" + day(to);
        }
        return from.equals(to) ? day(from) : range(from, to);
    }

    private static String dated(LocalDate from, LocalDate to) {
        var first = from.getYear() + " " + day(MonthDay.from(from));
        if (from.equals(to)) {
            return first;
        }
        return from.getYear() == to.getYear() && from.getMonth() == to.getMonth()
                ? from.getYear() + " " + range(MonthDay.from(from), MonthDay.from(to))
                : first + "-" + to.getYear() + " " + day(MonthDay.from(to));
    }

    private static String range(MonthDay from, MonthDay to) {
        return day(from) + "-" + (from.getMonth() == to.getMonth() ? number(to) : day(to));
    }

    private static String day(MonthDay day) {
        return name(day) + " " + number(day);
    }

    private static String number(MonthDay day) {
        return (day.getDayOfMonth() < 10 ? "0" : "") + day.getDayOfMonth();
    }

    private static String name(MonthDay day) {
        return day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH).substring(0, 3);
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).substring(0, 2);
    }
}
