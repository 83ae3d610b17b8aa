package dev.zhanggui.portal.workcalendar;

/**
 * Something wrong or odd in the text of a notice.
 *
 * @param place where: {@code days[3].date} in JSON, {@code 12} for a line of an iCalendar file or of JSON that cannot be read;
 *     empty when it concerns the whole
 * @param value the offending text, shortened; or the date it is about
 */
public record NoticeFault(String place, Kind kind, String value) {

    private static final int MOST_SHOWN = 60;

    public NoticeFault {
        value = value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }

    public boolean isError() {
        return kind.error;
    }

    /** True when {@link #place} is the number of a line. */
    public boolean atLine() {
        return !place.isEmpty() && place.chars().allMatch(Character::isDigit);
    }

    /** Errors stop an import; warnings are for the eyes of the one who proposes and the one who approves. */
    public enum Kind {
        /** Neither JSON nor iCalendar. */
        UNKNOWN_FORMAT(true),
        TOO_LONG(true),
        TOO_MANY_DAYS(true),
        NOT_JSON(true),
        NOT_ICS(true),
        WRONG_TYPE(true),
        MISSING(true),
        UNKNOWN_FIELD(true),
        /** The file is of another year than the one it is imported for. */
        WRONG_YEAR(true),
        /** No such date: 2027-02-29. */
        NOT_A_DATE(true),
        /** A date that the notice of this year cannot speak of. */
        OUTSIDE_YEAR(true),
        /** A day off in the December before that does not run into 1 January. */
        NOT_JOINED(true),
        DUPLICATE(true),
        /** An event that ends before it begins, or on the same day. */
        REVERSED(true),
        /** An event longer than any block of days off. */
        TOO_LONG_EVENT(true),
        /** A rule of repetition, which no notice has. */
        REPEATED_EVENT(true),
        NO_DAYS(true),
        /** A day off by law that the notice does not give: the file is not whole. */
        STATUTORY_MISSING(true),
        /** A day off by law that the notice says is worked. */
        STATUTORY_WORKED(true),

        /** A Monday to Friday said to be worked: it is anyway. */
        WORKED_ON_WEEKDAY(false),
        /** A name that no festival is known by. */
        UNKNOWN_FESTIVAL(false),
        /** Weekdays given off and weekends taken for them do not balance: a day is missing, or was given on top. */
        UNBALANCED(false),
        /** An event with neither 休 nor 班, as feeds have for festivals that are no days off; it was left out. */
        NO_MARK(false),
        /** Events of other years, left out. */
        OTHER_YEARS(false);

        private final boolean error;

        Kind(boolean error) {
            this.error = error;
        }

        public boolean isError() {
            return error;
        }
    }
}
