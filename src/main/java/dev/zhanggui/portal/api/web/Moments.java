package dev.zhanggui.portal.api.web;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Moments with their offset. */
final class Moments {

    private Moments() {}

    static Instant parse(String path, String text) {
        try {
            // A plus sign in a query arrives as a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiException.invalid(path, "NOT_A_MOMENT");
        }
    }
}
