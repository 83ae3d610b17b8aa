package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers for one place, one calendar and the closures and restrictions known: pure, immutable, time passed in.
 *
 * <p>Rules are asked by {@link Layer}, strongest first, and within a layer by {@link Level}, nearest first. A shift belongs to
 * the day it starts on, so a night that began on an open day is not cut by what the next day says. The wall clock of the place's
 * zone decides, minute by minute: where it jumps forward a shift starts at the jump, where an hour repeats it counts both times.
 * Everything that speaks of ranges is made from the answers at single instants and therefore agrees with them.
 */
public final class HoursEvaluator {

    /** How far ahead a next change is looked for: longer than any year's cycle of holidays. */
    public static final int HORIZON_DAYS = 400;

    /** Most changes are near; the far ones are looked for only when nothing nearer is found. */
    private static final int[] SEARCH_DAYS = {2, 9, 60, HORIZON_DAYS};

    /** While the network is in trouble: what would be allowed is confirmed by a person. */
    private static final Outside CONFIRM = Outside.of(Decision.CONFIRM);

    private final HoursChain chain;
    private final WorkCalendar calendar;
    private final List<Closure> closures;
    private final List<Restriction> restrictions;
    private final ZoneId zone;
    private final Outside outside;
    private final @Nullable NightSafety night;
    private final @Nullable IndustryPack pack;
    private final List<HoursChain.Link> weeklies;
    private final List<HoursChain.Link> seasons;
    private final List<HoursChain.Link> dayKinds;
    private final List<DatedRules> dates;
    private final List<DatedRules> events;

    /** Of a store that stands alone. */
    public HoursEvaluator(HoursDocument document, WorkCalendar calendar, List<Closure> closures) {
        this(HoursChain.of(document), calendar, closures, List.of());
    }

    public HoursEvaluator(
            HoursChain chain, WorkCalendar calendar, List<Closure> closures, List<Restriction> restrictions) {
        this.chain = chain;
        this.calendar = calendar;
        this.closures = closures.stream()
                .sorted(Comparator.comparing(Closure::kind).thenComparing(Closure::from, Comparator.reverseOrder()))
                .toList();
        this.restrictions = restrictions.stream()
                .sorted(Comparator.comparing(Restriction::kind)
                        .thenComparing(Restriction::from, Comparator.reverseOrder()))
                .toList();
        zone = chain.zone();
        outside = chain.outside();
        night = chain.night();
        pack = chain.reachingPack();
        weeklies = chain.reaching(Part.WEEKLY);
        seasons = chain.reaching(Part.SEASONS);
        dayKinds = chain.reaching(Part.DAY_KINDS);
        dates = chain.reaching(Part.DATES).stream()
                .map(link -> new DatedRules(link.level(), link.document().dates()))
                .toList();
        events = chain.reaching(Part.EVENTS).stream()
                .map(link -> new DatedRules(link.level(), link.document().events()))
                .toList();
    }

    /** Whether both answer alike, as far as their calendars do. */
    public boolean saysTheSameAs(HoursEvaluator other) {
        return chain.equals(other.chain) && closures.equals(other.closures) && restrictions.equals(other.restrictions);
    }

    public TradingState stateAt(Instant at) {
        var days = new Days();
        var point = point(at, days);
        var next = nextChange(at, point.phase, days);
        return new TradingState(
                at,
                point.phase,
                point.terms.policy(),
                point.terms.capFen(),
                ReasonCode.of(point.winning(), point.phase),
                point.winning(),
                List.copyOf(point.rules.subList(1, point.rules.size())),
                next,
                alternatives(point, next));
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
        var days = new Days();
        var intervals = new ArrayList<Interval>();
        Instant start = null;
        for (var instant : moments(from, until, days)) {
            boolean open = point(instant, days).phase == Phase.OPEN;
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
     * before it in phase, decision, reason or note.
     */
    public List<Transition> transitions(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("empty range: " + from + " to " + until);
        }
        var days = new Days();
        var samples = new ArrayList<Sample>();
        for (var instant : moments(from, until, days)) {
            var point = point(instant, days);
            var sample = new Sample(
                    instant,
                    point.phase,
                    point.terms,
                    ReasonCode.of(point.winning(), point.phase),
                    point.winning().note());
            if (samples.isEmpty() || !samples.getLast().says(sample)) {
                samples.add(sample);
            }
        }
        var last = samples.getLast();
        var beyond = nextChange(last.at, last.phase, days);
        var nextChange = beyond == null ? null : beyond.at();
        var phase = last.phase;
        var transitions = new ArrayList<Transition>(samples.size());
        for (int i = samples.size() - 1; i >= 0; i--) {
            var sample = samples.get(i);
            if (sample.phase != phase) {
                nextChange = samples.get(i + 1).at;
                phase = sample.phase;
            }
            transitions.add(new Transition(
                    sample.at,
                    sample.phase,
                    sample.terms.policy(),
                    sample.terms.capFen(),
                    sample.reason,
                    sample.note,
                    nextChange));
        }
        return transitions.reversed();
    }

    /** The answers for [from, until), made once to be asked often. */
    public CompiledHours compile(Instant from, Instant until) {
        return new CompiledHours(transitions(from, until), until);
    }

    /** When the sign turns to open the next time; null if it does not within {@link #HORIZON_DAYS} days. */
    public @Nullable Instant nextOpening(Instant at) {
        var days = new Days();
        var phase = point(at, days).phase;
        for (var change = nextChange(at, phase, days);
                change != null;
                change = nextChange(change.at(), change.phase(), days)) {
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
        var local = at.atZone(zone).toLocalDateTime();
        var lastNight = planOn(local.toLocalDate().minusDays(1));
        boolean tonight = lastNight != null && lastNight.covers(local.getHour() * 60 + local.getMinute() + Period.DAY);
        var first = local.toLocalDate().plusDays(tonight ? 0 : 1);
        for (var date = first; date.isBefore(first.plusDays(HORIZON_DAYS)); date = date.plusDays(1)) {
            var plan = planOn(date);
            if (plan != null) {
                for (var period : plan.periods()) {
                    var opening = date.atStartOfDay()
                            .plusMinutes(period.start())
                            .atZone(zone)
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
            Outside terms,
            ReasonCode reason,
            @Nullable String note) {
        boolean says(Sample other) {
            return phase == other.phase
                    && reason == other.reason
                    && terms.equals(other.terms)
                    && Objects.equals(note, other.note);
        }
    }

    /** @param terms what a collection may do at this moment, whatever the phase */
    private record Point(Phase phase, Outside terms, List<Rule> rules) {
        Rule winning() {
            return rules.getFirst();
        }
    }

    /** The rules of the dates asked so far: an answer for a range asks for each date many times. */
    private final class Days {
        private final Map<LocalDate, List<Rule>> known = new HashMap<>();

        List<Rule> on(LocalDate date) {
            return known.computeIfAbsent(date, HoursEvaluator.this::rules);
        }
    }

    private Point point(Instant at, Days days) {
        var local = at.atZone(zone).toLocalDateTime();
        var rules = momentary(at, local);
        var scheduled = scheduled(local, days);
        if (rules.isEmpty()) {
            return scheduled;
        }
        rules.addAll(scheduled.rules);
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var decided = switch (rule) {
                case Rule.ByClosure it ->
                    switch (it.closure().kind()) {
                        case EMERGENCY_STOP -> new Point(Phase.CLOSED, Outside.DENY, rules);
                        case CLOSE_NOW -> new Point(Phase.CLOSED, outside, rules);
                        case OPEN_NOW -> new Point(Phase.OPEN, Outside.ALLOW, rules);
                    };
                case Rule.ByRestriction it ->
                    it.restriction().kind().closes() ? new Point(Phase.CLOSED, Outside.DENY, rules) : null;
                case Rule.ByNight it -> new Point(Phase.CLOSED, it.night().terms(), rules);
                case Rule.ByDate it -> scheduled;
                case Rule.ByEvent it -> scheduled;
                case Rule.ByDayKind it -> scheduled;
                case Rule.BySeason it -> scheduled;
                case Rule.ByWeek it -> scheduled;
                case Rule.ByPack it -> scheduled;
                case Rule.NotSet it -> scheduled;
            };
            if (decided != null) {
                return warned(decided, rules, i);
            }
        }
        return scheduled;
    }

    /**
     * The rules before {@code first} only warn. They have the word while the sign does not say closed; while it does, that is
     * what there is to say.
     */
    private static Point warned(Point decided, List<Rule> rules, int first) {
        if (first == 0) {
            return new Point(decided.phase, decided.terms, rules);
        }
        return decided.phase != Phase.CLOSED
                ? new Point(decided.phase, CONFIRM, rules)
                : new Point(decided.phase, decided.terms, rules.subList(first, rules.size()));
    }

    /** What stands above the plan at the moment, strongest first; a new list. */
    private List<Rule> momentary(Instant at, LocalDateTime local) {
        var rules = new ArrayList<Rule>(8);
        for (var closure : closures) {
            if (closure.kind().layer() == Layer.CLOSURE && closure.covers(at)) {
                rules.add(new Rule.ByClosure(closure));
            }
        }
        for (var restriction : restrictions) {
            if (restriction.covers(at)) {
                rules.add(new Rule.ByRestriction(restriction));
            }
        }
        if (night != null && night.covers(local.getHour() * 60 + local.getMinute())) {
            rules.add(new Rule.ByNight(night));
        }
        for (var closure : closures) {
            if (closure.kind().layer() == Layer.OVERRIDE && closure.covers(at)) {
                rules.add(new Rule.ByClosure(closure));
            }
        }
        return rules;
    }

    private Point scheduled(LocalDateTime local, Days days) {
        int minute = local.getHour() * 60 + local.getMinute();
        var today = days.on(local.toLocalDate());
        var plan = today.getFirst().plan();
        if (plan != null && plan.covers(minute)) {
            return new Point(Phase.OPEN, Outside.ALLOW, today);
        }
        var lastNight = days.on(local.toLocalDate().minusDays(1));
        var nightPlan = lastNight.getFirst().plan();
        if (nightPlan != null && nightPlan.covers(minute + Period.DAY)) {
            var rules = new ArrayList<>(lastNight);
            rules.addAll(today);
            return new Point(Phase.OPEN, Outside.ALLOW, rules);
        }
        return plan == null ? new Point(Phase.NOT_SET, Outside.ALLOW, today) : new Point(Phase.CLOSED, outside, today);
    }

    /** What speaks about shifts starting on the date, strongest first. */
    private List<Rule> rules(LocalDate date) {
        var rules = new ArrayList<Rule>(6);
        for (var ofLevel : dates) {
            for (var dated : ofLevel.on(date)) {
                rules.add(new Rule.ByDate(date, dated, ofLevel.level()));
            }
        }
        for (var ofLevel : events) {
            for (var event : ofLevel.on(date)) {
                rules.add(new Rule.ByEvent(date, event, ofLevel.level()));
            }
        }
        var day = calendar.day(date);
        for (var link : dayKinds) {
            var dayRule = link.document().dayKinds().on(day);
            if (dayRule != null) {
                var plan = switch (dayRule) {
                    case DayRule.Own own -> own.plan();
                    case DayRule.Like like -> planLike(date, like.day());
                };
                if (plan != null) {
                    rules.add(new Rule.ByDayKind(day, dayRule, plan, link.level()));
                }
            }
        }
        for (var link : seasons) {
            for (var season : link.document().seasons().reversed()) {
                var plan = season.span().covers(date) ? season.weekly().on(date.getDayOfWeek()) : null;
                if (plan != null) {
                    rules.add(new Rule.BySeason(date, season, plan, link.level()));
                }
            }
        }
        for (var link : weeklies) {
            var plan = link.document().weekly().on(date.getDayOfWeek());
            if (plan != null) {
                rules.add(new Rule.ByWeek(date, plan, link.level()));
            }
        }
        if (pack != null) {
            var plan = usual(pack.rules(), date);
            if (plan != null) {
                rules.add(new Rule.ByPack(date, pack, plan));
            }
        }
        if (rules.isEmpty()) {
            rules.add(new Rule.NotSet(date));
        }
        return rules;
    }

    private @Nullable DayPlan planLike(LocalDate date, DayOfWeek like) {
        for (var link : seasons) {
            for (var season : link.document().seasons().reversed()) {
                var plan = season.span().covers(date) ? season.weekly().on(like) : null;
                if (plan != null) {
                    return plan;
                }
            }
        }
        for (var link : weeklies) {
            var plan = link.document().weekly().on(like);
            if (plan != null) {
                return plan;
            }
        }
        return pack == null ? null : pack.rules().weekly().on(like);
    }

    /** A pack is one layer: its own holidays beat its own week and nothing else. */
    private @Nullable DayPlan usual(HoursDocument rules, LocalDate date) {
        var plan = rules.weekly().on(date.getDayOfWeek());
        return plan == null
                ? null
                : switch (rules.dayKinds().on(calendar.day(date))) {
                    case null -> plan;
                    case DayRule.Own own -> own.plan();
                    case DayRule.Like like ->
                        Objects.requireNonNullElse(rules.weekly().on(like.day()), plan);
                };
    }

    private TradingState.@Nullable NextChange nextChange(Instant at, Phase phase, Days days) {
        var from = at;
        for (int reach : SEARCH_DAYS) {
            var until = at.plus(Duration.ofDays(reach));
            for (var instant : moments(from, until, days)) {
                var then = point(instant, days).phase;
                if (then != phase) {
                    return new TradingState.NextChange(instant, then);
                }
            }
            from = until;
        }
        return null;
    }

    /** {@code from} and every moment in [from, until) at which the answer may change, in order. */
    private SortedSet<Instant> moments(Instant from, Instant until, Days days) {
        var moments = new TreeSet<Instant>();
        if (!from.isBefore(until)) {
            return moments;
        }
        moments.add(from);
        // A day more at either end: where clocks go back over midnight a date comes twice.
        var last = until.atZone(zone).toLocalDate().plusDays(1);
        for (var date = from.atZone(zone).toLocalDate().minusDays(2); !date.isAfter(last); date = date.plusDays(1)) {
            var midnight = date.atStartOfDay();
            add(moments, midnight);
            var plan = days.on(date).getFirst().plan();
            if (plan != null) {
                for (var period : plan.periods()) {
                    add(moments, midnight.plusMinutes(period.start()));
                    add(moments, midnight.plusMinutes(period.end()));
                }
            }
            if (night != null) {
                add(moments, midnight.plusMinutes(night.hours().start()));
                add(moments, midnight.plusMinutes(night.hours().end()));
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
        for (var restriction : restrictions) {
            moments.add(restriction.from());
            if (restriction.until() != null) {
                moments.add(restriction.until());
            }
        }
        return moments.subSet(from, until);
    }

    private void add(TreeSet<Instant> moments, LocalDateTime local) {
        for (var offset : zone.getRules().getValidOffsets(local)) {
            moments.add(local.toInstant(offset));
        }
    }

    private static List<Alternative> alternatives(Point point, TradingState.@Nullable NextChange next) {
        var alternatives = new ArrayList<>(List.of(Alternative.CASH, Alternative.CARD));
        switch (point.terms.policy()) {
            case CONFIRM -> alternatives.add(Alternative.ASK_STAFF);
            case BOOKING_ONLY -> alternatives.add(Alternative.BOOKING);
            case ALLOW, ALLOW_CAPPED, DENY -> {}
        }
        if (point.phase == Phase.CLOSED && next != null) {
            alternatives.add(Alternative.LATER);
        }
        return List.copyOf(alternatives);
    }

    public HoursChain chain() {
        return chain;
    }

    /** The same calendar, closures and restrictions over other words: what would be if those were saved. */
    public HoursEvaluator with(HoursChain changed) {
        return new HoursEvaluator(changed, calendar, closures, restrictions);
    }

    /** The same words, closures and restrictions by another calendar and with another pack. */
    public HoursEvaluator by(WorkCalendar other, @Nullable IndustryPack usual) {
        return new HoursEvaluator(chain.withPack(usual), other, closures, restrictions);
    }

    /** What holds while closed, as long as nothing stronger says otherwise. */
    public Outside outside() {
        return outside;
    }

    public ZoneId zone() {
        return zone;
    }
}
