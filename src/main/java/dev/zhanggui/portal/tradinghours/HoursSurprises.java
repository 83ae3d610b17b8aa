package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at hours before they are saved. Pure: calendar and time are passed in. */
public final class HoursSurprises {

    /** How far ahead never being open is looked for, in days. */
    public static final int OPEN_WITHIN_DAYS = 30;

    /** A year that begins this soon has to be known, in days. */
    private static final int YEAR_AHEAD_DAYS = 60;

    private static final int MAKE_UP_AHEAD_DAYS = 400;
    private static final int LONGEST_RANGE_DAYS = 400;

    private final HoursEvaluator hours;
    private final WorkCalendar calendar;
    private final LocalDate today;

    private HoursSurprises(HoursEvaluator hours, WorkCalendar calendar, Instant now) {
        this.hours = hours;
        this.calendar = calendar;
        today = now.atZone(hours.zone()).toLocalDate();
    }

    /**
     * What a draft brings that was not so before; that it never opens is said each time.
     *
     * @param saved what holds, with its closures
     * @param draft what would hold
     */
    public static List<Surprise> between(
            HoursEvaluator saved, HoursEvaluator draft, WorkCalendar calendar, Instant now) {
        var surprises = new ArrayList<Surprise>();
        addNow(surprises, saved, draft, now);
        surprises.addAll(of(draft, calendar, now));
        var before = of(saved, calendar, now);
        surprises.removeIf(it -> !(it instanceof Surprise.NeverOpen) && before.contains(it));
        return List.copyOf(surprises);
    }

    /** All that is surprising about hours by themselves; of dates and events only those of the nearest level. */
    public static List<Surprise> of(HoursEvaluator hours, WorkCalendar calendar, Instant now) {
        var look = new HoursSurprises(hours, calendar, now);
        var surprises = new ArrayList<Surprise>();
        look.addNeverOpen(surprises, now);
        look.addCalendar(surprises);
        look.addMakeUpDays(surprises);
        var links = hours.chain().links();
        if (!links.isEmpty()) {
            var own = links.getFirst().document();
            Stream.concat(own.dates().stream(), own.events().stream())
                    .distinct()
                    .forEach(rule -> look.addDated(surprises, rule));
        }
        return List.copyOf(surprises);
    }

    private static void addNow(List<Surprise> surprises, HoursEvaluator saved, HoursEvaluator draft, Instant now) {
        var before = saved.stateAt(now);
        var after = draft.stateAt(now);
        if (before.phase() != Phase.OPEN) {
            return;
        }
        if (after.phase() == Phase.CLOSED) {
            surprises.add(new Surprise.ClosesAtOnce());
            return;
        }
        var told = before.next();
        var next = after.next();
        if (told != null
                && next != null
                && next.phase() == Phase.CLOSED
                && next.at().isBefore(told.at())) {
            surprises.add(new Surprise.ClosesEarlier(next.at(), told.at()));
        }
    }

    private void addNeverOpen(List<Surprise> surprises, Instant now) {
        boolean notSet =
                today.datesUntil(today.plusDays(OPEN_WITHIN_DAYS)).anyMatch(date -> hours.planOn(date) == null);
        if (!notSet
                && hours.openIntervals(now, now.plus(Duration.ofDays(OPEN_WITHIN_DAYS)))
                        .isEmpty()) {
            surprises.add(new Surprise.NeverOpen(OPEN_WITHIN_DAYS));
        }
    }

    private void addCalendar(List<Surprise> surprises) {
        boolean asked = hours.chain().reaching(Part.DAY_KINDS).stream()
                .anyMatch(link -> !link.document().dayKinds().equals(DayKindRules.NONE));
        if (!asked) {
            return;
        }
        for (int year = today.getYear(); year <= today.plusDays(YEAR_AHEAD_DAYS).getYear(); year++) {
            var state = calendar.state(year);
            if (state != YearState.PUBLISHED) {
                surprises.add(new Surprise.CalendarUnknown(year, state));
            }
        }
    }

    private void addMakeUpDays(List<Surprise> surprises) {
        var closed = calendar.specialDays(today, today.plusDays(MAKE_UP_AHEAD_DAYS))
                .filter(day -> day.kind() == DayKind.MAKE_UP_WORKDAY)
                .map(day -> day.date())
                .filter(date -> closedUnasked(date) && workdayNearIsOpen(date))
                .toList();
        if (!closed.isEmpty()) {
            surprises.add(new Surprise.MakeUpClosed(closed.getFirst(), closed.size()));
        }
    }

    /** Whoever named the date itself knows what they did. */
    private boolean closedUnasked(LocalDate date) {
        var rule = hours.rulesOn(date).getFirst();
        return rule.layer().compareTo(Layer.EVENT) > 0
                && rule.plan() != null
                && rule.plan().closed();
    }

    private boolean workdayNearIsOpen(LocalDate date) {
        return date.minusDays(7)
                .datesUntil(date.plusDays(8))
                .filter(near -> calendar.day(near).kind() == DayKind.WORKDAY)
                .map(hours::planOn)
                .anyMatch(plan -> plan != null && !plan.closed());
    }

    private void addDated(List<Surprise> surprises, DatedRule rule) {
        if (rule.to().isBefore(today)) {
            surprises.add(new Surprise.Past(rule));
            return;
        }
        if (withoutEffect(rule)) {
            surprises.add(new Surprise.NoEffect(rule));
            return;
        }
        var eve = rule.from().minusDays(1);
        var before = hours.planOn(eve);
        var night = night(before);
        if (night != null
                && rule.plan().closed()
                && decides(rule, rule.from())
                && !rule.from().isBefore(today)) {
            surprises.add(new Surprise.NightLeft(rule, eve, night));
        }
        var rules = hours.rulesOn(rule.to());
        if (decides(rule, rule.to()) && rules.size() > 1 && night(rule.plan()) == null) {
            var cut = night(rules.get(1).plan());
            if (cut != null) {
                surprises.add(new Surprise.NightCut(rule, rule.to(), cut));
            }
        }
    }

    private boolean withoutEffect(DatedRule rule) {
        var from = rule.from().isBefore(today) ? today : rule.from();
        for (var date = from;
                !date.isAfter(rule.to()) && date.isBefore(from.plusDays(LONGEST_RANGE_DAYS));
                date = date.plusDays(1)) {
            var rules = hours.rulesOn(date);
            if (!isOf(rules.getFirst(), rule)) {
                continue;
            }
            // Its reason is shown to customers, and that is an effect too.
            if (rule.reason() != null
                    || rules.size() == 1
                    || !rule.plan().equals(rules.get(1).plan())) {
                return false;
            }
        }
        return true;
    }

    private boolean decides(DatedRule rule, LocalDate date) {
        return isOf(hours.rulesOn(date).getFirst(), rule);
    }

    private static boolean isOf(Rule rule, DatedRule dated) {
        return switch (rule) {
            case Rule.ByDate it -> it.dated().equals(dated);
            case Rule.ByEvent it -> it.event().equals(dated);
            default -> false;
        };
    }

    private static @Nullable Period night(@Nullable DayPlan plan) {
        return plan == null
                ? null
                : plan.periods().stream().filter(Period::overnight).findFirst().orElse(null);
    }
}
