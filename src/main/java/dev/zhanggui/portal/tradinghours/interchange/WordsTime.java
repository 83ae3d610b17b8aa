package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time as people say it: "8 at night" is 20:00, "2 in the small hours" of an evening's end is tomorrow.
 *
 * @param hour as said, 0 to 24
 * @param part of the day, where said
 * @param nextDay whether "the next day" was said
 */
record WordsTime(int hour, int minute, @Nullable Part part, boolean nextDay) {

    enum Part {
        NIGHT,
        MORNING,
        NOON,
        AFTERNOON,
        EVENING
    }

    /** Minutes since midnight of the first day; null if there is no such time, as 13 in the morning. */
    @Nullable
    Integer minutes() {
        if (hour > 24 || minute > 59 || hour == 24 && minute > 0) {
            return null;
        }
        Integer said = switch (part) {
            case null -> hour;
            case NIGHT -> hour == 12 ? Integer.valueOf(0) : hour <= 6 ? Integer.valueOf(hour) : null;
            case MORNING -> hour >= 4 && hour <= 12 ? Integer.valueOf(hour) : null;
            case NOON ->
                hour >= 1 && hour <= 3
                        ? Integer.valueOf(hour + 12)
                        : hour >= 10 && hour <= 15 ? Integer.valueOf(hour) : null;
            case AFTERNOON ->
                hour >= 1 && hour <= 7
                        ? Integer.valueOf(hour + 12)
                        : hour >= 12 && hour <= 19 ? Integer.valueOf(hour) : null;
            case EVENING ->
                hour == 12
                        ? Integer.valueOf(24)
                        : hour <= 4
                                ? Integer.valueOf(hour + 24)
                                : hour <= 11 ? Integer.valueOf(hour + 12) : hour >= 17 ? Integer.valueOf(hour) : null;
        };
        return said == null ? null : said * 60 + minute + (nextDay && said < 24 ? Period.DAY : 0);
    }

    /** The shift from this time to the other. */
    Period until(WordsTime end, Place place, String text, List<Finding> warnings) {
        Integer from = minutes();
        Integer to = end.minutes();
        if (from == null || to == null || from >= Period.DAY) {
            throw new Refusal(new Finding(place, Kind.NOT_A_TIME, text));
        }
        boolean late = part == Part.NOON || part == Part.AFTERNOON || part == Part.EVENING;
        if (end.part == null && !end.nextDay && late && end.hour <= 12) {
            // "2 in the afternoon to 6" stays in the afternoon, "8 at night to 2" goes on.
            int later = end.hour % 12 * 60 + end.minute + Period.DAY / 2;
            to = later > from ? later : part == Part.EVENING ? later + Period.DAY / 2 : from;
            warnings.add(new Finding(place, Kind.HOUR_ASSUMED, clock(from) + "–" + clock(to)));
        } else if (to < from && (end.part == Part.NIGHT || end.part == Part.MORNING)) {
            to += Period.DAY;
        } else if (to < from && end.part == null && !end.nextDay && from >= Period.DAY / 2) {
            to += Period.DAY;
            warnings.add(new Finding(place, Kind.NEXT_DAY_ASSUMED, clock(to)));
        }
        if (to.equals(from)) {
            throw new Refusal(new Finding(place, Kind.ZERO_LENGTH, text));
        }
        if (to < from) {
            throw new Refusal(new Finding(place, end.part == null ? Kind.AMBIGUOUS : Kind.REVERSED, text));
        }
        if (to - from >= Period.DAY && !(from == 0 && to == Period.DAY)) {
            throw new Refusal(new Finding(place, Kind.OVERLAP, text));
        }
        return new Period(from, to);
    }

    private static String clock(int minute) {
        return Period.clock(minute > Period.DAY ? minute - Period.DAY : minute);
    }
}
