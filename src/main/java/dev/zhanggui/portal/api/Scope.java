package dev.zhanggui.portal.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may be used for, on top of what its role allows; the calendar's and the restrictions' are for staff's keys. */
public enum Scope {
    STORES_READ,
    HOURS_READ,
    HOURS_WRITE,
    QR_CODES_READ,
    QR_CODES_WRITE,
    TERMINALS_READ,
    APPLICATIONS_READ,
    APPLICATIONS_WRITE,
    CALENDAR_READ,
    CALENDAR_WRITE,
    RESTRICTIONS_READ,
    RESTRICTIONS_WRITE,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE;

    /** As written outside: {@code qr-codes:write}. */
    public String text() {
        int last = name().lastIndexOf('_');
        return name().substring(0, last).toLowerCase(Locale.ROOT).replace('_', '-')
                + ":"
                + name().substring(last + 1).toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst();
    }
}
