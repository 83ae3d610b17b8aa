package dev.zhanggui.portal.api.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a request gives; what is missing or unreadable is a problem at its path. */
final class Given {

    private Given() {}

    static <T> T present(String path, @Nullable T value) {
        if (value == null) {
            throw ApiException.invalid(path, "MISSING");
        }
        return value;
    }

    /** The constant of that name. */
    static <E extends Enum<E>> E one(Class<E> of, String path, @Nullable String text) {
        return Arrays.stream(of.getEnumConstants())
                .filter(it -> it.name().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(path, text == null ? "MISSING" : "UNKNOWN"));
    }

    /** As {@link #one}; null where nothing was chosen. */
    static <E extends Enum<E>> @Nullable E oneOrNone(Class<E> of, String path, @Nullable String text) {
        return text == null ? null : one(of, path, text);
    }

    /** A date such as 2026-03-16. */
    static LocalDate day(String path, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ApiException.invalid(path, "NOT_A_DATE");
        }
    }
}
