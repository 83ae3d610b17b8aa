package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.i18n.I18NProvider;
import dev.zhanggui.portal.tradinghours.Impact;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.uikit.HumanTime;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Restrictions as staff read them. */
record RestrictionWords(Locale locale, HumanTime time) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    /** 维护 · 巷口牛肉面 */
    String title(PlannedRestriction planned) {
        return kind(planned.restriction().kind()) + " · "
                + target(planned.target().scope(), planned.label());
    }

    String kind(Restriction.Kind kind) {
        return say("tradinghours.restrict.kind." + kind);
    }

    /** 商户 巷口牛肉面, 所有门店 */
    String target(RestrictionScope scope, String label) {
        return say("tradinghours.restrict.target." + scope, label);
    }

    /** 3月18日 周三 03:00–04:00, or from when on without an end. */
    String span(Instant from, @Nullable Instant until) {
        if (until == null) {
            return say("tradinghours.restrict.openEnded", moment(from));
        }
        var start = from.atZone(time.zone());
        var end = until.atZone(time.zone());
        return start.toLocalDate().equals(end.toLocalDate())
                ? moment(from) + "–" + CLOCK.format(end)
                : moment(from) + " – " + moment(until);
    }

    String span(Interval window) {
        return span(window.start(), window.end());
    }

    private String moment(Instant at) {
        var local = at.atZone(time.zone());
        var date = local.toLocalDate();
        return time.day(date) + " " + time.weekday(date) + " " + CLOCK.format(local);
    }

    /** 1 小时 30 分 */
    String lasting(Duration duration) {
        long hours = duration.toHours();
        int minutes = duration.toMinutesPart();
        return hours == 0
                ? say("tradinghours.restrict.minutes", minutes)
                : minutes == 0
                        ? say("tradinghours.restrict.hours", hours)
                        : say("tradinghours.restrict.hoursAndMinutes", hours, minutes);
    }

    /** 3 家店里 2 家打烊，1 家在营业, and how many of how many were looked at. */
    String impact(Impact impact) {
        var sentence = say(
                impact.conflicting() == 0 ? "tradinghours.restrict.allFree" : "tradinghours.restrict.someOpen",
                impact.free(),
                impact.conflicting());
        var unknown = impact.unknown() == 0 ? "" : " " + say("tradinghours.restrict.unknown", impact.unknown());
        var sample = impact.examined() == impact.stores()
                ? ""
                : " " + say("tradinghours.restrict.sample", impact.stores(), impact.examined());
        return sentence + unknown + sample;
    }

    /** 少收 1 小时（今天 12:00–13:00）；离 13:20 开门太近 */
    String conflict(Impact.Conflict conflict) {
        var lost = conflict.when().isEmpty()
                ? ""
                : say(
                        "tradinghours.restrict.lost",
                        lasting(conflict.lost()),
                        conflict.when().stream()
                                .map(this::span)
                                .collect(Collectors.joining(say("tradinghours.restrict.and"))));
        var opening = conflict.opening();
        var near = opening == null ? "" : say("tradinghours.restrict.nearOpening", time.moment(opening));
        return List.of(lost, near).stream()
                .filter(it -> !it.isEmpty())
                .collect(Collectors.joining(say("tradinghours.restrict.then")));
    }

    String say(String key, Object... arguments) {
        return I18NProvider.translate(locale, key, arguments);
    }
}
