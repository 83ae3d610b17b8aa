package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the hours of a Google Business Profile location. Google knows neither seasons nor holidays nor make-up workdays: for a
 * year ahead every day that differs from the week is written as a special day.
 */
final class GoogleWriter {

    private static final int DAYS_AHEAD = 365;
    private static final int LATEST_SPECIAL_END = Period.DAY + 12 * 60 - 1;

    private final HoursDocument document;
    private final Setting setting;
    private final List<Finding> lost = new ArrayList<>();

    GoogleWriter(HoursDocument document, Setting setting) {
        this.document = document;
        this.setting = setting;
    }

    Written write() {
        var root = JsonReading.MAPPER.createObjectNode();
        if (!document.weekly().notSet()) {
            var periods = root.putObject("regularHours").putArray("periods");
            if (document.weekly().days().size() < DayOfWeek.values().length) {
                lost.add(Finding.of(Kind.NO_NOT_SET, ""));
            }
            document.weekly()
                    .days()
                    .forEach((day, plan) -> plan.periods().forEach(period -> {
                        var object = periods.addObject();
                        object.put("openDay", day.name());
                        time(object.putObject("openTime"), period.start());
                        object.put("closeDay", (period.overnight() ? day.plus(1) : day).name());
                        time(
                                object.putObject("closeTime"),
                                period.overnight() ? period.end() - Period.DAY : period.end());
                    }));
        } else {
            lost.add(Finding.of(Kind.NO_NOT_SET, ""));
        }
        special(root.putObject("specialHours").putArray("specialHourPeriods"));
        lost.addAll(Lost.always(document));
        return new Written(JsonReading.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root), lost);
    }

    private void special(ArrayNode list) {
        var evaluator = new HoursEvaluator(document, setting.calendar(), List.of());
        var last = setting.today().plusDays(DAYS_AHEAD);
        boolean layered = !document.seasons().isEmpty()
                || document.dayKinds().holiday() != null
                || document.dayKinds().transferredRest() != null
                || document.dayKinds().makeUpWorkday() != null;
        boolean later = document.dates().stream().map(DatedRule::to).anyMatch(last::isBefore);
        for (var date = setting.today(); !date.isAfter(last); date = date.plusDays(1)) {
            var plan = evaluator.planOn(date);
            if (plan == null || plan.equals(document.weekly().on(date.getDayOfWeek()))) {
                continue;
            }
            special(list, date, plan);
        }
        if (layered || later) {
            lost.add(Finding.of(Kind.ONLY_DATES, last.toString()));
        }
        if (document.dates().stream().anyMatch(it -> it.reason() != null)) {
            lost.add(Finding.of(Kind.NO_REASON, ""));
        }
    }

    private void special(ArrayNode list, LocalDate date, DayPlan plan) {
        if (plan.closed()) {
            var object = list.addObject();
            date(object.putObject("startDate"), date);
            object.put("closed", true);
        }
        for (var period : plan.periods()) {
            int end = Math.min(period.end(), LATEST_SPECIAL_END);
            if (end < period.end()) {
                lost.add(Finding.of(Kind.CUT_AT_NOON, date + " " + period.text()));
            }
            var object = list.addObject();
            date(object.putObject("startDate"), date);
            time(object.putObject("openTime"), period.start());
            date(object.putObject("endDate"), end > Period.DAY ? date.plusDays(1) : date);
            time(object.putObject("closeTime"), end > Period.DAY ? end - Period.DAY : end);
        }
    }

    private static void time(ObjectNode object, int minute) {
        object.put("hours", minute / 60);
        object.put("minutes", minute % 60);
    }

    private static void date(ObjectNode object, LocalDate date) {
        object.put("year", date.getYear());
        object.put("month", date.getMonthValue());
        object.put("day", date.getDayOfMonth());
    }
}
