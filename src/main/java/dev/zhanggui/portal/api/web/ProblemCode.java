package dev.zhanggui.portal.api.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Everything that can go wrong with a request, with what to do about it. The codes are stable. */
enum ProblemCode {
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read", "Compare it with /api/v1/openapi.json."),
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            "No valid key",
            "Send the header Authorization: Bearer <key>. A merchant's owner makes keys; a revoked key never works again."),
    SCOPE_MISSING(HttpStatus.FORBIDDEN, "The key lacks a scope", "Make a key with the scope that the detail names."),
    NOT_ALLOWED(
            HttpStatus.FORBIDDEN,
            "The key's role does not allow this",
            "Use a key with a higher role, or ask the merchant's owner."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "There is no such thing for this key",
            "Check the id, and that the key belongs to the merchant who owns it."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No such representation", "Ask for application/json."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body's type is not understood",
            "Send Content-Type: application/json."),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "Send at most 8 MiB."),
    INVALID(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "A value is not right",
            "Correct what errors names; nothing was changed."),
    HOURS_INVALID(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The hours contradict themselves or cannot be read",
            "Correct what errors names; the hours in force were not touched."),
    NOTICE_INVALID(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The notice cannot be read, or cannot be true",
            "Correct what errors names; nothing was proposed."),
    NOTHING_NEW(
            HttpStatus.CONFLICT,
            "The approved notice says the same of every day",
            "There is nothing to approve; GET the year to see what holds."),
    PROPOSAL_WAITING(
            HttpStatus.CONFLICT,
            "Another proposal waits for its decision",
            "One waits at a time: have the one that the detail names approved, rejected or withdrawn first."),
    TAKES_OPEN_TIME(
            HttpStatus.CONFLICT,
            "Stores are open then, or open too soon after it",
            "Choose a window in which the stores that errors names are closed, or say why it must be then, in the field why."),
    RESTRICTION_OVER(
            HttpStatus.CONFLICT,
            "The restriction is over already",
            "What is over stays as it was; nothing was changed."),
    NO_OPENING_AHEAD(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The plan has no opening ahead",
            "Give minutes or until, or set hours first."),
    END_NOT_AHEAD(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The end has passed or is too far away",
            "Choose an end within the next 31 days."),
    SECOND_PERSON_NEEDED(
            HttpStatus.CONFLICT,
            "Somebody else has to lift this emergency stop",
            "Ask another member of the store, or the platform's staff."),
    IF_MATCH_REQUIRED(
            HttpStatus.PRECONDITION_REQUIRED,
            "Say which version you change",
            "GET first, and send its ETag as If-Match: nobody's change gets lost that way."),
    VERSION_CONFLICT(
            HttpStatus.PRECONDITION_FAILED,
            "Somebody changed it meanwhile",
            "GET again, apply your change to the new version, and PUT with its ETag."),
    IDEMPOTENCY_KEY_BAD(
            HttpStatus.BAD_REQUEST, "The Idempotency-Key is not usable", "Use 1 to 100 visible ASCII characters."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The Idempotency-Key belongs to another request",
            "Use a new key for a new request; a repeat must be the same to the byte."),
    IDEMPOTENCY_KEY_BUSY(
            HttpStatus.CONFLICT, "The first request with this key is still at work", "Repeat it in a few seconds."),
    APPLICATION_OPEN(
            HttpStatus.CONFLICT,
            "This person has an open application",
            "Go on with the one that the detail names; there is one at a time."),
    CODE_STOPPED(HttpStatus.GONE, "The code was stopped", "Issue a new one: a stopped code is not printed again."),
    NOT_A_PLATE(
            HttpStatus.CONFLICT,
            "An order's code is no plate",
            "It has no place. Where another amount or time is wanted, POST /api/v1/qr-codes/orders again."),
    BATCH_SAME_TEXT(
            HttpStatus.CONFLICT,
            "Codes were issued from this very text before",
            "Look at the batch that the detail names; to issue them all once more, send again: true."),
    ORDER_PAID(HttpStatus.CONFLICT, "The order is paid", "Nobody may pay it twice; the detail names its code."),
    ORDER_NOT_PAID(
            HttpStatus.CONFLICT,
            "The order is not paid yet",
            "Confirm it after collection.succeeded has come for its code."),
    CONFIRMATION_NOT_AWAITED(
            HttpStatus.CONFLICT,
            "Nothing waits for a confirmation",
            "Only orders with the flow CONFIRMED_ONLINE are confirmed."),
    COLLECTION_NOT_WAITING(
            HttpStatus.CONFLICT,
            "The payment does not wait for a word",
            "It came to another end, or the payer has not pressed pay yet; the detail says which."),
    LIMIT_TOO_HIGH(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "That is more than the merchant may collect",
            "Stay within what the detail names."),
    WEBHOOKS_ENOUGH(HttpStatus.CONFLICT, "The merchant has ten endpoints", "Remove one, or change one with PUT."),
    WEBHOOK_STOPPED(
            HttpStatus.CONFLICT,
            "Nothing is sent to this endpoint",
            "Start it with PUT and active: true, then repeat this."),
    FONT_MISSING(
            HttpStatus.SERVICE_UNAVAILABLE,
            "This server lacks a Chinese font",
            "Take .png or .svg, and have fonts-wqy-microhei installed."),
    DATABASE_AWAY(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The database does not answer for now",
            "What was confirmed is safe. Repeat after Retry-After seconds; a POST only with the same Idempotency-Key."),
    INTERNAL(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something broke on our side",
            "Repeat later; a POST only with the same Idempotency-Key.");

    final HttpStatus status;
    final String title;
    final String help;

    ProblemCode(HttpStatus status, String title, String help) {
        this.status = status;
        this.title = title;
        this.help = help;
    }

    /** As written outside: {@code scope-missing}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where the code is explained. */
    String type() {
        return "/api/v1/problems/" + text();
    }

    static Optional<ProblemCode> of(String text) {
        return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
    }
}
