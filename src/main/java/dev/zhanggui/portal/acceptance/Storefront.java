package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Layer;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store tells everybody about its hours, as known at one moment; nothing about people, and nothing that the sign on the
 * door does not say.
 *
 * @param frozen the merchant may not collect at all; why is not the customer's business
 * @param version how often the hours were changed; 0 while nothing was ever set
 * @param changedAt when they were last changed; null for version 0
 */
public record Storefront(
        Store store,
        boolean frozen,
        int version,
        @Nullable Instant changedAt,
        HoursEvaluator hours,
        WorkCalendar calendar) {

    /** What holds in an ordinary week of the season that the date lies in: dates, holidays and exchanges left aside. */
    public Weekly week(LocalDate from) {
        var week = Weekly.NOT_SET;
        for (int i = 0; i < 7; i++) {
            var date = from.plusDays(i);
            var usual = hours.rulesOn(date).stream()
                    .filter(rule -> !isSpecial(rule))
                    .findFirst()
                    .map(Rule::plan);
            if (usual.isPresent()) {
                week = week.with(date.getDayOfWeek(), usual.get());
            }
        }
        return week;
    }

    /** Holidays, make-up workdays and dates with a rule of their own, from {@code from} for so many days, in order. */
    public List<SpecialDay> specialDays(LocalDate from, int days) {
        return from.datesUntil(from.plusDays(days))
                .map(date ->
                        new SpecialDay(calendar.day(date), hours.rulesOn(date).getFirst()))
                .filter(day -> day.isInTheCalendar() || isSpecial(day.rule()))
                .toList();
    }

    /** What holds outside hours; meaningful only while {@link #week} says something. */
    public Outside outside() {
        return hours.outside();
    }

    /** Whether nothing at all is collected by code outside hours. */
    public boolean deniesOutside() {
        return outside().policy() == Decision.DENY;
    }

    private static boolean isSpecial(Rule rule) {
        return rule.layer().compareTo(Layer.SEASON) < 0;
    }
}
