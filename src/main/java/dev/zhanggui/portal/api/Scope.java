package dev.zhanggui.portal.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a key may be used for, on top of what its role allows. */
public enum Scope {
    STORES_READ,
    HOURS_READ,
    HOURS_WRITE,
    QR_CODES_READ,
    QR_CODES_WRITE,
    PROMOTIONS_READ,
    PROMOTIONS_WRITE,
    ACCEPTANCE_READ,
    COLLECTIONS_READ,
    COLLECTIONS_WRITE,
    TERMINALS_READ,
    APPLICATIONS_READ,
    APPLICATIONS_WRITE,
    CALENDAR_READ,
    CALENDAR_WRITE,
    RESTRICTIONS_READ,
    RESTRICTIONS_WRITE,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE;

    /** What a merchant may give to its keys: the rest concerns more than one merchant. */
    public static final Set<Scope> OF_MERCHANTS = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(
            APPLICATIONS_READ,
            APPLICATIONS_WRITE,
            CALENDAR_READ,
            CALENDAR_WRITE,
            RESTRICTIONS_READ,
            RESTRICTIONS_WRITE)));

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
