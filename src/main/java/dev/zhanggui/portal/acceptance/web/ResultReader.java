package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResult.Failure;
import dev.zhanggui.portal.acceptance.AcquirerResult.Outcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what an acquirer says. Fields that are not known are passed over, so that acquirers may say more than we read; what is
 * read must be right to the letter.
 */
final class ResultReader {

    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration LATE = Duration.ofDays(400);
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1," + AcquirerResult.REFERENCE_MOST + "}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final ObjectReader JSON = JsonMapper.shared()
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ResultReader() {}

    /** A body, read. */
    sealed interface Read {

        record Readable(AcquirerResult result) implements Read {}

        /** @param help what is expected where something else is; nothing of what was sent */
        record Unreadable(String help) implements Read {}
    }

    private static final class UnfitException extends Exception {

        private static final long serialVersionUID = 1;

        UnfitException(String help) {
            super(help, null, false, false);
        }
    }

    static Read read(byte[] body, Instant now) {
        try {
            var json = JSON.readTree(body);
            if (!json.isObject()) {
                throw new UnfitException("Send one JSON object.");
            }
            var outcome = oneOf(Outcome.class, json, "outcome");
            return new Read.Readable(new AcquirerResult(
                    matching(VISIBLE, json, "order", "the order of the link, as it was"),
                    matching(
                            VISIBLE,
                            json,
                            "reference",
                            "your own number of the payment, 1 to 64 visible ASCII characters"),
                    outcome,
                    amount(json),
                    matching(CURRENCY, json, "currency", "three capital letters of ISO 4217, such as CNY"),
                    failure(outcome, json),
                    at(json, now)));
        } catch (JacksonException e) {
            return new Read.Unreadable("Send one JSON object in UTF-8, with each field once.");
        } catch (UnfitException e) {
            return new Read.Unreadable(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static @Nullable Failure failure(Outcome outcome, JsonNode json) throws UnfitException {
        if (outcome == Outcome.FAILED) {
            return oneOf(Failure.class, json, "reason");
        }
        if (json.hasNonNull("reason")) {
            throw new UnfitException("reason: only what FAILED has one.");
        }
        return null;
    }

    private static long amount(JsonNode json) throws UnfitException {
        var node = json.path("amountFen");
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() <= 0) {
            throw new UnfitException("amountFen: a whole number above 0 is expected, in hundredths.");
        }
        return node.longValue();
    }

    private static Instant at(JsonNode json, Instant now) throws UnfitException {
        var text = text(json, "at").orElse("");
        try {
            var at = Instant.parse(text);
            if (!at.isAfter(now.plus(EARLY)) && at.isAfter(now.minus(LATE))) {
                return at;
            }
            throw new UnfitException("at: not in the future, and not more than 400 days ago.");
        } catch (DateTimeException e) {
            throw new UnfitException("at: a moment with its offset is expected, such as 2026-11-25T18:00:00+08:00.");
        }
    }

    private static String matching(Pattern pattern, JsonNode json, String field, String expected)
            throws UnfitException {
        return text(json, field)
                .filter(it -> pattern.matcher(it).matches())
                .orElseThrow(() -> new UnfitException(field + ": " + expected + ", is expected."));
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, JsonNode json, String field) throws UnfitException {
        var text = text(json, field).orElse("");
        return Arrays.stream(type.getEnumConstants())
                .filter(it -> it.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new UnfitException(field + ": one of "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))
                        + " is expected."));
    }

    private static Optional<String> text(JsonNode json, String field) {
        var node = json.path(field);
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
