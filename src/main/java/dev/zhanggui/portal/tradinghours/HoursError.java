package dev.zhanggui.portal.tradinghours;

/**
 * Why a document is refused.
 *
 * @param path where, as in {@code weekly.mon[1]} or {@code dates[0].to}; empty for the whole text
 * @param value the offending text, shortened
 */
public record HoursError(String path, Kind kind, String value) {

    public enum Kind {
        /** Not JSON, or a name given twice. */
        NOT_JSON,
        WRONG_TYPE,
        UNKNOWN_FIELD,
        MISSING,
        UNKNOWN_ZONE,
        /** Not {@code HH:MM-HH:MM}. */
        NOT_A_PERIOD,
        /** As 25:00 or 09:75; 24:00 only ends a period. */
        NOT_A_TIME,
        /** As 2026-02-30. */
        NOT_A_DATE,
        /** Start and end are the same; a whole day is 00:00-24:00. */
        ZERO_LENGTH,
        OVERLAP,
        /** A range ends before it begins. */
        REVERSED,
        UNKNOWN_DAY,
        UNKNOWN_POLICY,
        /** {@code capFen} is missing or out of range for ALLOW_CAPPED, or present without it. */
        CAP,
        /** Named more than once. */
        TWICE,
        TOO_MANY,
        TOO_LONG
    }

    @Override
    public String toString() {
        return (path.isEmpty() ? "document" : path) + ": " + kind + (value.isEmpty() ? "" : " (" + value + ")");
    }
}
