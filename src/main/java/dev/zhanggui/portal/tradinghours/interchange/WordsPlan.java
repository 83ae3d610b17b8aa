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
import dev.zhanggui.portal.tradinghours.interchange.Finding.Place;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sentences say, in any language, and the document they come to. People name the rule first and the exception after it, or
 * the other way round: of two statements about a weekday the one about fewer days has the word.
 */
final class WordsPlan {

    /** Whom a statement is about. */
    sealed interface Subject {
        record Days(Set<DayOfWeek> days) implements Subject {}

        /** All weekdays that nobody else speaks of. */
        record Others() implements Subject {}

        record Holidays() implements Subject {}

        record TransferredRest() implements Subject {}

        record MakeUp() implements Subject {}

        record Dates(LocalDate from, LocalDate to) implements Subject {}

        /** @param days only these; empty for all */
        record Yearly(MonthDay from, MonthDay to, Set<DayOfWeek> days) implements Subject {}
    }

    enum Said {
        NOTHING,
        HOURS,
        CLOSED,
        AS_USUAL,
        NOT_SET,
        LIKE
    }

    static final class Statement {
        final List<Subject> subjects;
        final Place place;
        final String text;
        Said said = Said.NOTHING;
        final List<Period> periods = new ArrayList<>();
        final List<Period> breaks = new ArrayList<>();

        @Nullable
        DayOfWeek like;

        Statement(List<Subject> subjects, Place place, String text) {
            this.subjects = subjects;
            this.place = place;
            this.text = text;
        }

        /** Says something new; what contradicts the rest of the statement is refused. */
        void say(Said now, Place where, String words) {
            if (said != Said.NOTHING && (said != now || now != Said.HOURS)) {
                throw new Refusal(new Finding(where, Kind.CONTRADICTION, words));
            }
            said = now;
        }

        void open(Period period, Place where, String words) {
            say(Said.HOURS, where, words);
            if (periods.stream().anyMatch(period::overlaps)) {
                throw new Refusal(new Finding(where, Kind.OVERLAP, words));
            }
            periods.add(period);
        }

        /** Takes a break out of the hours said so far. */
        void pause(Period pause, Place where, String words) {
            for (int shift = 0; shift <= Period.DAY; shift += Period.DAY) {
                int from = pause.start() + shift;
                int to = pause.end() + shift;
                for (var period : periods) {
                    if (period.start() < from && to < period.end()) {
                        periods.remove(period);
                        periods.add(new Period(period.start(), from));
                        if (to >= Period.DAY) {
                            // What goes on after midnight would have to be a shift of the next day.
                            throw new Refusal(new Finding(where, Kind.CONTRADICTION, words));
                        }
                        periods.add(new Period(to, period.end()));
                        return;
                    }
                }
            }
            throw new Refusal(new Finding(where, Kind.CONTRADICTION, words));
        }

        DayPlan plan() {
            return said == Said.CLOSED ? DayPlan.CLOSED : new DayPlan(periods);
        }
    }

    private final Setting setting;
    private final List<Finding> warnings;
    private final List<Finding> errors = new ArrayList<>();

    WordsPlan(Setting setting, List<Finding> warnings) {
        this.setting = setting;
        this.warnings = warnings;
    }

    Read compose(List<Statement> statements) {
        for (var statement : statements) {
            if (statement.said == Said.NOTHING) {
                error(statement, Kind.NOT_A_PERIOD);
            }
        }
        if (!errors.isEmpty()) {
            return new Read.Invalid(errors);
        }
        var weekly = weekly(statements);
        @Nullable DayRule holiday = null;
        @Nullable DayRule rest = null;
        @Nullable DayRule makeUp = null;
        var holidays = new ArrayList<Statement>();
        var rests = new ArrayList<Statement>();
        var makeUps = new ArrayList<Statement>();
        var dates = new ArrayList<DatedRule>();
        var seasons = new ArrayList<Season>();
        for (var statement : statements) {
            for (var subject : statement.subjects) {
                switch (subject) {
                    case Subject.Days it -> {}
                    case Subject.Others it -> {}
                    case Subject.Holidays it -> holiday = rule(statement, holidays);
                    case Subject.TransferredRest it -> rest = rule(statement, rests);
                    case Subject.MakeUp it -> makeUp = rule(statement, makeUps);
                    case Subject.Dates(var from, var to) -> dates.addAll(dated(statement, from, to, weekly));
                    case Subject.Yearly(var from, var to, var days) -> {
                        var plan = fixed(statement, weekly);
                        if (plan != null) {
                            var week =
                                    Weekly.NOT_SET.with(days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days, plan);
                            seasons.add(new Season(new Season.Span.Yearly(from, to), week));
                        }
                    }
                }
            }
        }
        if (!errors.isEmpty()) {
            return new Read.Invalid(errors);
        }
        return new Read.Valid(
                HoursDocument.weekly(setting.zone(), weekly)
                        .withDayKinds(new DayKindRules(holiday, rest, makeUp))
                        .withDates(dates)
                        .withSeasons(seasons),
                warnings);
    }

    private Weekly weekly(List<Statement> statements) {
        var deciding = new EnumMap<DayOfWeek, Statement>(DayOfWeek.class);
        var widths = new EnumMap<DayOfWeek, Integer>(DayOfWeek.class);
        Statement others = null;
        for (var statement : statements) {
            var days = EnumSet.noneOf(DayOfWeek.class);
            for (var subject : statement.subjects) {
                if (subject instanceof Subject.Days it) {
                    days.addAll(it.days());
                } else if (subject instanceof Subject.Others) {
                    if (others != null) {
                        error(statement, Kind.CONTRADICTION);
                    }
                    others = statement;
                }
            }
            if (statement.said == Said.AS_USUAL) {
                continue;
            }
            for (var day : days) {
                var before = deciding.get(day);
                int width = widths.getOrDefault(day, Integer.MAX_VALUE);
                if (before == null || days.size() < width) {
                    deciding.put(day, statement);
                    widths.put(day, days.size());
                } else if (days.size() == width && !together(before, statement)) {
                    error(statement, Kind.CONTRADICTION);
                }
            }
        }
        if (deciding.isEmpty() && others == null) {
            for (var statement : statements) {
                if (statement.said == Said.AS_USUAL
                        && statement.subjects.stream().anyMatch(Subject.Days.class::isInstance)) {
                    error(statement, Kind.NOT_A_PERIOD);
                }
            }
            return Weekly.NOT_SET;
        }
        var weekly = Weekly.NOT_SET;
        boolean silent = false;
        for (var day : DayOfWeek.values()) {
            var statement = deciding.getOrDefault(day, others);
            if (statement == null) {
                silent = true;
                weekly = weekly.with(day, DayPlan.CLOSED);
            } else if (statement.said == Said.HOURS || statement.said == Said.CLOSED) {
                weekly = weekly.with(day, statement.plan());
            }
        }
        for (var day : DayOfWeek.values()) {
            var statement = deciding.getOrDefault(day, others);
            if (statement != null && statement.said == Said.LIKE && statement.like != null) {
                var model = deciding.getOrDefault(statement.like, others);
                var plan = weekly.on(statement.like);
                if (plan == null || model != null && model.said == Said.LIKE) {
                    error(statement, Kind.CONTRADICTION);
                } else {
                    weekly = weekly.with(day, plan);
                }
            }
        }
        for (var statement : statements) {
            for (var subject : statement.subjects) {
                if (statement.said == Said.AS_USUAL
                        && subject instanceof Subject.Days it
                        && it.days().stream().anyMatch(day -> !deciding.containsKey(day))) {
                    error(statement, Kind.NOT_A_PERIOD);
                }
            }
        }
        if (silent) {
            warnings.add(Finding.of(Kind.REST_CLOSED, ""));
        }
        return weekly;
    }

    /** Two statements about the same days: morning hours and evening hours go together. */
    private static boolean together(Statement before, Statement more) {
        if (before.said != Said.HOURS || more.said != Said.HOURS || !before.subjects.equals(more.subjects)) {
            return false;
        }
        for (var period : more.periods) {
            if (before.periods.contains(period)) {
                continue;
            }
            if (before.periods.stream().anyMatch(period::overlaps)) {
                return false;
            }
            before.periods.add(period);
        }
        return true;
    }

    private @Nullable DayRule rule(Statement statement, List<Statement> before) {
        before.add(statement);
        if (before.size() > 1) {
            error(statement, Kind.CONTRADICTION);
        }
        return switch (statement.said) {
            case HOURS, CLOSED -> new DayRule.Own(statement.plan());
            case LIKE -> statement.like == null ? null : new DayRule.Like(statement.like);
            case AS_USUAL, NOT_SET, NOTHING -> null;
        };
    }

    private List<DatedRule> dated(Statement statement, LocalDate from, LocalDate to, Weekly weekly) {
        if (statement.said != Said.AS_USUAL) {
            var plan = fixed(statement, weekly);
            return plan == null ? List.of() : List.of(new DatedRule(from, to, plan, null));
        }
        // As usual on a holiday: the week's own hours, day by day.
        var rules = new ArrayList<DatedRule>();
        for (var date = from; !date.isAfter(to); date = date.plusDays(1)) {
            var plan = weekly.on(date.getDayOfWeek());
            if (plan == null) {
                error(statement, Kind.NOT_A_PERIOD);
                return List.of();
            }
            var last = rules.isEmpty() ? null : rules.getLast();
            if (last != null && last.plan().equals(plan)) {
                rules.set(rules.size() - 1, new DatedRule(last.from(), date, plan, null));
            } else {
                rules.add(new DatedRule(date, date, plan, null));
            }
        }
        return rules;
    }

    private @Nullable DayPlan fixed(Statement statement, Weekly weekly) {
        return switch (statement.said) {
            case HOURS, CLOSED -> statement.plan();
            case LIKE -> {
                var plan = statement.like == null ? null : weekly.on(statement.like);
                if (plan == null) {
                    error(statement, Kind.NOT_A_PERIOD);
                }
                yield plan;
            }
            case AS_USUAL, NOT_SET, NOTHING -> {
                error(statement, Kind.NOT_A_PERIOD);
                yield null;
            }
        };
    }

    private void error(Statement statement, Kind kind) {
        errors.add(new Finding(statement.place, kind, statement.text));
    }
}
