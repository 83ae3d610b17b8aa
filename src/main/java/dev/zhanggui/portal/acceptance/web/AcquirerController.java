package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.AcquirerResults;
import dev.zhanggui.portal.acceptance.Attention;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.ResultOutcome;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.DatabaseAway;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /acquirer/{acquirer}/results}: where acquirers say how payments ended. The signature is all that lets somebody in; what
 * was sent is never logged and never sent back.
 */
@RestController
class AcquirerController {

    static final String SIGNATURE = "Zhanggui-Signature";

    /** In bytes; a result has some 300. */
    static final int BODY_MOST = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(AcquirerController.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final AcquirerResults results;
    private final Throttle throttle;
    private final Clock clock;

    AcquirerController(AcquirerResults results, Throttle throttle, Clock clock) {
        this.results = results;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** @param repeated whether the same had been said before */
    record ResultJson(String order, CollectionState state, boolean repeated) {}

    /** As RFC 9457 has it, with a stable code and what to do. */
    record ProblemJson(String type, String title, int status, String code, String help) {}

    /** What can be wrong with a result. */
    private enum Wrong {
        ACQUIRER_UNKNOWN(
                HttpStatus.NOT_FOUND,
                "There is no such acquirer",
                "Post to the address that you were given; names are case-sensitive."),
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "A result has at most 16,384 bytes."),
        SIGNATURE_BAD(
                HttpStatus.UNAUTHORIZED,
                "The signature is missing, wrong or old",
                "Sign the seconds since 1970, a full stop and the very bytes of the body with HMAC-SHA256 under a result key, within"
                        + " five minutes of sending, and send " + SIGNATURE + ": t=<seconds>,v1=<lower-case hex>."),
        UNREADABLE(HttpStatus.BAD_REQUEST, "The body cannot be read", ""),
        PAYMENT_UNKNOWN(
                HttpStatus.NOT_FOUND,
                "No payment of yours has this order",
                "Send the order of the link that brought the payer, as it was."),
        AMOUNT_DIFFERS(
                HttpStatus.CONFLICT,
                "The payer agreed to another amount or currency",
                "Nothing was counted, and people were told to look. Do not repeat it; send a right result if this one was wrong."),
        PAID_UNDER_OTHER_NUMBER(
                HttpStatus.CONFLICT,
                "It was paid before, under another reference",
                "It was counted once, and people were told to look. Do not repeat it."),
        FAILED_AFTER_SUCCESS(
                HttpStatus.CONFLICT,
                "It was said to have succeeded",
                "It stays counted, and people were told to look. Do not repeat it."),
        TOO_OFTEN(HttpStatus.TOO_MANY_REQUESTS, "Too many at once", "Repeat it after Retry-After seconds."),
        DATABASE_AWAY(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The portal's database does not answer",
                "What was confirmed is safe. Repeat it after Retry-After seconds.");

        private final HttpStatus status;
        private final String title;
        private final String help;

        Wrong(HttpStatus status, String title, String help) {
            this.status = status;
            this.title = title;
            this.help = help;
        }
    }

    @PostMapping("/acquirer/{acquirer}/results")
    ResponseEntity<?> result(@PathVariable String acquirer, HttpServletRequest request) throws IOException {
        throttle.passSource(Throttle.Kind.RESULT, request, "");
        var body = request.getInputStream().readNBytes(BODY_MOST + 1);
        if (body.length > BODY_MOST) {
            return wrong(Wrong.TOO_LARGE);
        }
        return switch (results.admit(acquirer, request.getHeader(SIGNATURE), body)) {
            case UNKNOWN -> {
                throttle.passSource(Throttle.Kind.UNSIGNED, request, "");
                yield wrong(Wrong.ACQUIRER_UNKNOWN);
            }
            case UNSIGNED -> {
                throttle.passSource(Throttle.Kind.UNSIGNED, request, "");
                LOG.warn("A result for the acquirer {} came without a good signature", acquirer);
                yield wrong(Wrong.SIGNATURE_BAD);
            }
            case ADMITTED ->
                switch (ResultReader.read(body, clock.instant())) {
                    case ResultReader.Read.Unreadable(var help) -> wrong(Wrong.UNREADABLE, help);
                    case ResultReader.Read.Readable(var result) ->
                        answer(results.settle(Actor.system("acquirer " + acquirer), acquirer, result));
                };
        };
    }

    private static ResponseEntity<?> answer(ResultOutcome outcome) {
        return switch (outcome) {
            case ResultOutcome.Recorded(var payment, var repeated) ->
                ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore())
                        .body(new ResultJson(payment.publicId(), payment.state(), repeated));
            case ResultOutcome.NotTheirs() -> wrong(Wrong.PAYMENT_UNKNOWN);
            case ResultOutcome.Contradicts(var payment, var why) -> wrong(contradiction(why));
        };
    }

    private static Wrong contradiction(Attention why) {
        return switch (why) {
            case AMOUNT_DIFFERS -> Wrong.AMOUNT_DIFFERS;
            case PAID_UNDER_OTHER_NUMBER -> Wrong.PAID_UNDER_OTHER_NUMBER;
            case FAILED_AFTER_SUCCESS -> Wrong.FAILED_AFTER_SUCCESS;
            case ORDER_PAID_TWICE, AFTER_STOP, WHILE_FROZEN, AFTER_REFUSAL, AFTER_CANCEL, AFTER_EXPIRY ->
                throw new IllegalStateException(why + " is no contradiction");
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemJson> on(TooOftenException e) {
        return later(Wrong.TOO_OFTEN, Long.toString(e.seconds()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemJson> on(RuntimeException e) {
        if (!DatabaseAway.isCauseOf(e)) {
            throw e;
        }
        LOG.warn("An acquirer's result found no database: {}", e.getMessage());
        return later(Wrong.DATABASE_AWAY, RETRY_AFTER_SECONDS);
    }

    private static ResponseEntity<ProblemJson> later(Wrong wrong, String seconds) {
        return problem(wrong).header(HttpHeaders.RETRY_AFTER, seconds).body(json(wrong, wrong.help));
    }

    private static ResponseEntity<ProblemJson> wrong(Wrong wrong) {
        return wrong(wrong, wrong.help);
    }

    private static ResponseEntity<ProblemJson> wrong(Wrong wrong, String help) {
        return problem(wrong).body(json(wrong, help));
    }

    private static ResponseEntity.BodyBuilder problem(Wrong wrong) {
        return ResponseEntity.status(wrong.status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .cacheControl(CacheControl.noStore());
    }

    private static ProblemJson json(Wrong wrong, String help) {
        return new ProblemJson(
                "about:blank",
                wrong.title,
                wrong.status.value(),
                wrong.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                help);
    }
}
