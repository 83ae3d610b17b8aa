package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.CalendarDay;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A rule that has something to say about a moment: the one that decides, or one that it beat. */
public sealed interface Rule {

    Layer layer();

    /** The shifts it gives to the day it is asked about; null where it gives none of its own. */
    default @Nullable DayPlan plan() {
        return null;
    }

    /** A reason given by the merchant; null if none. */
    default @Nullable String note() {
        return null;
    }

    record ByClosure(Closure closure) implements Rule {
        @Override
        public Layer layer() {
            return Layer.CLOSURE;
        }

        @Override
        public @Nullable String note() {
            return closure.reason();
        }
    }

    record ByDate(LocalDate day, DatedRule dated) implements Rule {
        @Override
        public Layer layer() {
            return Layer.DATED;
        }

        @Override
        public DayPlan plan() {
            return dated.plan();
        }

        @Override
        public @Nullable String note() {
            return dated.reason();
        }
    }

    record ByDayKind(CalendarDay day, DayRule rule, DayPlan plan) implements Rule {
        @Override
        public Layer layer() {
            return Layer.DAY_KIND;
        }
    }

    record BySeason(LocalDate day, Season season, DayPlan plan) implements Rule {
        @Override
        public Layer layer() {
            return Layer.SEASON;
        }
    }

    record ByWeek(LocalDate day, DayPlan plan) implements Rule {
        @Override
        public Layer layer() {
            return Layer.WEEKLY;
        }
    }

    record NotSet(LocalDate day) implements Rule {
        @Override
        public Layer layer() {
            return Layer.NOT_SET;
        }
    }
}
