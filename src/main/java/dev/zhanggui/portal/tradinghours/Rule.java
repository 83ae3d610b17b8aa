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

    /** A reason given by people; null if none. */
    default @Nullable String note() {
        return null;
    }

    /** Where it was written; null for what no merchant wrote. */
    default @Nullable Level level() {
        return null;
    }

    record ByClosure(Closure closure) implements Rule {
        @Override
        public Layer layer() {
            return closure.kind().layer();
        }

        @Override
        public @Nullable String note() {
            return closure.reason();
        }
    }

    record ByRestriction(Restriction restriction) implements Rule {
        @Override
        public Layer layer() {
            return restriction.kind().layer();
        }

        @Override
        public @Nullable String note() {
            return restriction.reason();
        }
    }

    record ByNight(NightSafety night) implements Rule {
        @Override
        public Layer layer() {
            return Layer.NIGHT_SAFETY;
        }
    }

    record ByDate(LocalDate day, DatedRule dated, Level level) implements Rule {
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

    record ByEvent(LocalDate day, DatedRule event, Level level) implements Rule {
        @Override
        public Layer layer() {
            return Layer.EVENT;
        }

        @Override
        public DayPlan plan() {
            return event.plan();
        }

        @Override
        public @Nullable String note() {
            return event.reason();
        }
    }

    record ByDayKind(CalendarDay day, DayRule rule, DayPlan plan, Level level) implements Rule {
        @Override
        public Layer layer() {
            return Layer.DAY_KIND;
        }
    }

    record BySeason(LocalDate day, Season season, DayPlan plan, Level level) implements Rule {
        @Override
        public Layer layer() {
            return Layer.SEASON;
        }
    }

    record ByWeek(LocalDate day, DayPlan plan, Level level) implements Rule {
        @Override
        public Layer layer() {
            return Layer.WEEKLY;
        }
    }

    record ByPack(LocalDate day, IndustryPack pack, DayPlan plan) implements Rule {
        @Override
        public Layer layer() {
            return Layer.PACK;
        }
    }

    record NotSet(LocalDate day) implements Rule {
        @Override
        public Layer layer() {
            return Layer.NOT_SET;
        }
    }
}
