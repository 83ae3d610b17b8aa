package dev.zhanggui.portal.tradinghours.interchange;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Something to say about a text: why it is refused, what was assumed, or what a format could not carry.
 *
 * @param value the offending or assumed text, shortened; empty where the place says all
 */
public record Finding(Place place, Kind kind, String value) {

    private static final int LONGEST_VALUE = 60;

    public Finding {
        value = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    }

    /** Where it is. */
    public sealed interface Place {

        Place WHOLE = new Path("");

        /** Characters of a plain text, {@code to} excluded. */
        record Text(int from, int to) implements Place {}

        /** As in {@code openingHoursSpecification[0].opens}; empty for the whole document. */
        record Path(String path) implements Place {}
    }

    static Finding of(Kind kind, String value) {
        return new Finding(Place.WHOLE, kind, value);
    }

    /** One plain sentence; Chinese unless the language is English. */
    public String words(Locale locale) {
        var pattern = ResourceBundle.getBundle(
                        "vaadin-i18n.translations",
                        locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE,
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("tradinghours.interchange." + kind);
        return new MessageFormat(pattern, locale).format(new Object[] {value});
    }

    /** What it is about. Names are stable: they are the codes of the HTTP API. */
    public enum Kind {
        // Refused.
        EMPTY,
        TOO_LONG,
        TOO_MANY,
        UNKNOWN_WORD,
        NOT_JSON,
        NOT_ICALENDAR,
        WRONG_TYPE,
        UNKNOWN_FIELD,
        MISSING,
        UNKNOWN_DAY,
        UNKNOWN_ZONE,
        UNKNOWN_POLICY,
        CAP,
        TWICE,
        NOT_A_PERIOD,
        /** As 25:00 or 9:75. */
        NOT_A_TIME,
        /** As Feb 30. */
        NOT_A_DATE,
        /** A range ends before it begins. */
        REVERSED,
        ZERO_LENGTH,
        OVERLAP,
        /** Two statements about the same day that cannot both hold. */
        CONTRADICTION,
        /** 9 to 6: evening, or the next morning? */
        AMBIGUOUS,
        /** {@code 18:00+} does not say when it ends. */
        OPEN_END,
        /** sunrise and sunset. */
        SUN,
        WEEK_NUMBER,
        NTH_WEEKDAY,
        EASTER,
        SCHOOL_HOLIDAY,
        DAY_OFFSET,
        TIME_STEPS,
        /** A comment or {@code unknown} where open or closed must be said. */
        UNKNOWN_STATE,
        FALLBACK,
        /** Public holidays with different hours by the day of the week. */
        HOLIDAY_BY_WEEKDAY,
        RECURRENCE,
        RECURRENCE_ZONE,
        NO_SUCH_FESTIVAL,
        // Assumed, or left out while reading.
        SPELLING,
        NEXT_DAY_ASSUMED,
        HOUR_ASSUMED,
        LUNCH_ASSUMED,
        YEAR_ASSUMED,
        WORKDAYS_ASSUMED,
        FESTIVAL_DATES,
        FESTIVAL_PROVISIONAL,
        REST_CLOSED,
        EVERY_DAY_ASSUMED,
        ALL_DAY_ASSUMED,
        EXTENDED_HOURS,
        LONG_SHIFT,
        MERGED,
        HOLIDAY_OVERRIDDEN,
        HOLIDAY_DATES,
        COMMENT_DROPPED,
        FALLBACK_DROPPED,
        FIELD_IGNORED,
        EVENT_IGNORED,
        // Could not be carried while writing.
        NO_NOT_SET,
        NO_MAKE_UP,
        NO_TRANSFERRED_REST,
        NO_HOLIDAY_LIKE_SEASON,
        NO_OUTSIDE,
        NO_NIGHT,
        NO_EVENTS,
        NO_REASON,
        NO_SEASONS,
        NO_YEAR,
        ONLY_DATES,
        CUT_AT_NOON,
        LAST_MINUTE
    }
}
