package dev.zhanggui.portal.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be told. The texts are stable. */
public enum EventType {
    /** A code was stopped for good. */
    QR_REVOKED,
    /** Money was collected. */
    COLLECTION_SUCCEEDED,
    /** Somebody wanted to pay and was not let. */
    COLLECTION_REFUSED,
    /** A try, sent when somebody asks for it and to whoever it is asked for. */
    PING;

    /** Those an endpoint chooses among. */
    public static final List<EventType> CHOICES = List.of(QR_REVOKED, COLLECTION_SUCCEEDED, COLLECTION_REFUSED);

    /** As written outside: {@code qr.revoked}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Of {@link #CHOICES}. */
    public static Optional<EventType> choice(String text) {
        return CHOICES.stream().filter(type -> type.text().equals(text)).findFirst();
    }

    /** Of all; {@link IllegalArgumentException} for a text nobody wrote. */
    public static EventType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
