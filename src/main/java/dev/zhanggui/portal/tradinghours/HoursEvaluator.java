package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers for one document, one calendar and the closures known: pure, immutable, time passed in.
 *
 * <p>Rules are asked by {@link Layer}, strongest first. A shift belongs to the day it starts on, so a night that began on
 * an open day is not cut by what the next day says. The wall clock of the document's zone decides, minute by minute: where
 * it jumps forward a shift starts at the jump, where an hour repeats it counts both times. Everything that speaks of ranges
 * is made from the answers at single instants and therefore agrees with them.
 */
public final class HoursEvaluator {

    /** How far ahead a next change is looked for: longer than any year's cycle of holidays. */
    public static final int HORIZON_DAYS = 400;

    /** Most changes are near; the far ones are looked for only when nothing nearer is found. */
    private static final int[] SEARCH_DAYS = {2, 9, 60, HORIZON_DAYS};

    private final HoursDocument document;
    private final WorkCalendar calendar;
    private final List<Closure> closures;

    public HoursEvaluator(HoursDocument document, WorkCalendar calendar, List<Closure> closures) {
        this.document = document;
        this.calendar = calendar;
        this.closures = closures.stream()
                .sorted(Comparator.comparing(Closure::from).reversed())
                .toList();
    }

    public TradingState stateAt(Instant at) {
        var point = point(at);
        var next = nextChange(at, point.phase);
        return new TradingState(
                at,
                point.phase,
                decision(point.phase),
                cap(point.phase),
                ReasonCode.of(point.winning(), point.phase),
                point.winning(),
                List.copyOf(point.rules.subList(1, point.rules.size())),
                next,
                alternatives(point.phase, next));
    }

    /** The rules for shifts that start on the date, the deciding one first; never empty. */
    public List<Rule> rulesOn(LocalDate date) {
        return List.copyOf(rules(date));
    }

    /** The shifts that start on the date; null if not set. */
    public @Nullable DayPlan planOn(LocalDate date) {
        return rules(date).getFirst().plan();
    }

    /** When the sign says open in [from, until): in order, apart from each other. */
    public List<Interval> openIntervals(Instant from, Instant until) {
        var intervals = new ArrayList<Interval>();
        Instant start = null;
        for (var instant : moments(from, until)) {
            boolean open = point(instant).phase == Phase.OPEN;
            if (open && start == null) {
                start = instant;
            } else if (!open && start != null) {
                intervals.add(new Interval(start, instant));
                start = null;
            }
        }
        if (start != null) {
            intervals.add(new Interval(start, until));
        }
        return intervals;
    }

    /**
     * All that a terminal needs for [from, until): the first holds at {@code from}, each of the others differs from the one
     * before it in phase, reason or note.
     */
    public List<Transition> transitions(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("empty range: " + from + " to " + until);
        }
        var samples = new ArrayList<Sample>();
        for (var instant : moments(from, until)) {
            var point = point(instant);
            var sample = new Sample(
                    instant,
                    point.phase,
                    ReasonCode.of(point.winning(), point.phase),
                    point.winning().note());
            if (samples.isEmpty() || !samples.getLast().says(sample)) {
                samples.add(sample);
            }
        }
        var last = samples.getLast();
        var beyond = nextChange(last.at, last.phase);
        var nextChange = beyond == null ? null : beyond.at();
        var phase = last.phase;
        var transitions = new ArrayList<Transition>();
        for (int i = samples.size() - 1; i >= 0; i--) {
            var sample = samples.get(i);
            if (sample.phase != phase) {
                nextChange = samples.get(i + 1).at;
                phase = sample.phase;
            }
            transitions.addFirst(new Transition(
                    sample.at,
                    sample.phase,
                    decision(sample.phase),
                    cap(sample.phase),
                    sample.reason,
                    sample.note,
                    nextChange));
        }
        return transitions;
    }

    /** When the sign turns to open the next time; null if it does not within {@link #HORIZON_DAYS} days. */
    public @Nullable Instant nextOpening(Instant at) {
        var phase = point(at).phase;
        for (var change = nextChange(at, phase); change != null; change = nextChange(change.at(), change.phase())) {
            if (change.phase() == Phase.OPEN) {
                return change.at();
            }
            if (Duration.between(at, change.at()).toDays() > HORIZON_DAYS) {
                break;
            }
        }
        return null;
    }

    /**
     * When the first shift of the next day of business starts. At one in the morning of a night that began yesterday, that is
     * today's shift. Null if there is none within {@link #HORIZON_DAYS} days.
     */
    public @Nullable Instant openingOfNextBusinessDay(Instant at) {
        var local = at.atZone(document.zone()).toLocalDateTime();
        var lastNight = planOn(local.toLocalDate().minusDays(1));
        boolean night = lastNight != null && lastNight.covers(local.getHour() * 60 + local.getMinute() + Period.DAY);
        var first = local.toLocalDate().plusDays(night ? 0 : 1);
        for (var date = first; date.isBefore(first.plusDays(HORIZON_DAYS)); date = date.plusDays(1)) {
            var plan = planOn(date);
            if (plan != null) {
                for (var period : plan.periods()) {
                    var opening = date.atStartOfDay()
                            .plusMinutes(period.start())
                            .atZone(document.zone())
                            .toInstant();
                    if (opening.isAfter(at)) {
                        return opening;
                    }
                }
            }
        }
        return null;
    }

    private record Sample(
            Instant at,
            Phase phase,
            ReasonCode reason,
            @Nullable String note) {
        boolean says(Sample other) {
            return phase == other.phase && reason == other.reason && Objects.equals(note, other.note);
        }
    }

    private record Point(Phase phase, List<Rule> rules) {
        Rule winning() {
            return rules.getFirst();
        }
    }

    private Point point(Instant at) {
        var scheduled = scheduled(at.atZone(document.zone()).toLocalDateTime());
        List<Rule> rules = null;
        for (var closure : closures) {
            if (closure.covers(at)) {
                rules = rules == null ? new ArrayList<>() : rules;
                rules.add(new Rule.ByClosure(closure));
            }
        }
        if (rules == null) {
            return scheduled;
        }
        rules.addAll(scheduled.rules);
        var phase = switch (((Rule.ByClosure) rules.getFirst()).closure().kind()) {
            case CLOSE_NOW -> Phase.CLOSED;
            case OPEN_NOW -> Phase.OPEN;
        };
        return new Point(phase, rules);
    }

    private Point scheduled(LocalDateTime local) {
        int minute = local.getHour() * 60 + local.getMinute();
        var today = rules(local.toLocalDate());
        var plan = today.getFirst().plan();
        if (plan != null && plan.covers(minute)) {
            return new Point(Phase.OPEN, today);
        }
        var lastNight = rules(local.toLocalDate().minusDays(1));
        var nightPlan = lastNight.getFirst().plan();
        if (nightPlan != null && nightPlan.covers(minute + Period.DAY)) {
            var rules = new ArrayList<>(lastNight);
            rules.addAll(today);
            return new Point(Phase.OPEN, rules);
        }
        return new Point(plan == null ? Phase.NOT_SET : Phase.CLOSED, today);
    }

    /** What speaks about shifts starting on the date, strongest first. */
    private List<Rule> rules(LocalDate date) {
        var rules = new ArrayList<Rule>(4);
        var dated = document.dates();
        for (int i = dated.size() - 1; i >= 0; i--) {
            if (dated.get(i).covers(date)) {
                rules.add(new Rule.ByDate(date, dated.get(i)));
            }
        }
        if (rules.size() > 1) {
            rules.sort(Comparator.comparingLong(
                    rule -> rule instanceof Rule.ByDate it ? it.dated().days() : 0));
        }
        var day = calendar.day(date);
        var dayRule = document.dayKinds().on(day);
        if (dayRule != null) {
            var plan = switch (dayRule) {
                case DayRule.Own own -> own.plan();
                case DayRule.Like like -> planLike(date, like);
            };
            if (plan != null) {
                rules.add(new Rule.ByDayKind(day, dayRule, plan));
            }
        }
        var seasons = document.seasons();
        for (int i = seasons.size() - 1; i >= 0; i--) {
            var plan =
                    seasons.get(i).span().covers(date) ? seasons.get(i).weekly().on(date.getDayOfWeek()) : null;
            if (plan != null) {
                rules.add(new Rule.BySeason(date, seasons.get(i), plan));
            }
        }
        var weekly = document.weekly().on(date.getDayOfWeek());
        if (weekly != null) {
            rules.add(new Rule.ByWeek(date, weekly));
        }
        if (rules.isEmpty()) {
            rules.add(new Rule.NotSet(date));
        }
        return rules;
    }

    private @Nullable DayPlan planLike(LocalDate date, DayRule.Like like) {
        var seasons = document.seasons();
        for (int i = seasons.size() - 1; i >= 0; i--) {
            var plan =
                    seasons.get(i).span().covers(date) ? seasons.get(i).weekly().on(like.day()) : null;
            if (plan != null) {
                return plan;
            }
        }
        return document.weekly().on(like.day());
    }

    private TradingState.@Nullable NextChange nextChange(Instant at, Phase phase) {
        var from = at;
        for (int days : SEARCH_DAYS) {
            var until = at.plus(Duration.ofDays(days));
            for (var instant : moments(from, until)) {
                var then = point(instant).phase;
                if (then != phase) {
                    return new TradingState.NextChange(instant, then);
                }
            }
            from = until;
        }
        return null;
    }

    /** {@code from} and every moment in [from, until) at which the answer may change, in order. */
    private SortedSet<Instant> moments(Instant from, Instant until) {
        var moments = new TreeSet<Instant>();
        if (!from.isBefore(until)) {
            return moments;
        }
        moments.add(from);
        var zone = document.zone();
        // A day more at either end: where clocks go back over midnight a date comes twice.
        var last = until.atZone(zone).toLocalDate().plusDays(1);
        for (var date = from.atZone(zone).toLocalDate().minusDays(2); !date.isAfter(last); date = date.plusDays(1)) {
            var midnight = date.atStartOfDay();
            add(moments, midnight);
            var plan = planOn(date);
            if (plan != null) {
                for (var period : plan.periods()) {
                    add(moments, midnight.plusMinutes(period.start()));
                    add(moments, midnight.plusMinutes(period.end()));
                }
            }
        }
        for (var jump = zone.getRules().nextTransition(from);
                jump != null && jump.getInstant().isBefore(until);
                jump = zone.getRules().nextTransition(jump.getInstant())) {
            moments.add(jump.getInstant());
        }
        for (var closure : closures) {
            moments.add(closure.from());
            if (closure.until() != null) {
                moments.add(closure.until());
            }
        }
        return moments.subSet(from, until);
    }

    private void add(TreeSet<Instant> moments, LocalDateTime local) {
        for (var offset : document.zone().getRules().getValidOffsets(local)) {
            moments.add(local.toInstant(offset));
        }
    }

    private Decision decision(Phase phase) {
        return phase == Phase.CLOSED ? document.outside().policy() : Decision.ALLOW;
    }

    private long cap(Phase phase) {
        return phase == Phase.CLOSED ? document.outside().capFen() : 0;
    }

    private List<Alternative> alternatives(Phase phase, TradingState.@Nullable NextChange next) {
        var alternatives = new ArrayList<>(List.of(Alternative.CASH, Alternative.CARD));
        switch (decision(phase)) {
            case CONFIRM -> alternatives.add(Alternative.ASK_STAFF);
            case BOOKING_ONLY -> alternatives.add(Alternative.BOOKING);
            case ALLOW, ALLOW_CAPPED, DENY -> {}
        }
        if (phase == Phase.CLOSED && next != null) {
            alternatives.add(Alternative.LATER);
        }
        return List.copyOf(alternatives);
    }

    public HoursDocument document() {
        return document;
    }

    /** What holds while closed, as long as nothing stronger says otherwise. */
    public Outside outside() {
        return document.outside();
    }

    public ZoneId zone() {
        return document.zone();
    }
}
