package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.acceptance.CodeChecks;
import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.acceptance.CodeVerdict.Standing;
import dev.zhanggui.portal.acceptance.PhotoCheck;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.QrCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whose is a code, by its text or by a photo of it. */
@RestController
@RequestMapping("/api/v1/qr-codes/check")
class CodeChecksController {

    private final CodeChecks checks;
    private final CurrentActor actor;

    CodeChecksController(CodeChecks checks, CurrentActor actor) {
        this.checks = checks;
        this.actor = actor;
    }

    enum Verdict {
        /** The key's merchant's own, in use. */
        YOURS,
        /** The merchant's own, stopped for good. */
        YOURS_STOPPED,
        /** The merchant's own, and not good for a payment now; standing says why. */
        YOURS_ENDED,
        /** Another shop's; standing says whether it is in use. */
        ANOTHERS,
        /** The sign with a store's hours. */
        HOURS_SIGN,
        /** Looks like one of ours with a false signature. */
        FORGED,
        /** Leads away; never open what it says. */
        NOT_OURS
    }

    record CodeToCheck(@Nullable String text) {}

    /** In shares of the photo's width and height as it is stored, before EXIF turns it. */
    record FoundBox(double x, double y, double width, double height) {}

    record WhoseStore(String id, String name) {}

    /** A code of the key's own merchant. */
    record WhoseCode(
            String id,
            String number,
            String place,
            @Nullable String holder,
            @Nullable Instant lastScanAt,
            @Nullable String replacedBy) {}

    record CheckedText(
            String text,
            Verdict verdict,
            @Nullable Standing standing,
            @Nullable Instant at,
            @Nullable WhoseStore store,
            @Nullable WhoseCode code,

            @Schema(description = "The host or scheme that a foreign code leads to, to be shown and never to be opened")
            @Nullable
            String to,

            @Nullable FoundBox box) {}

    record CheckedCodes(List<CheckedText> codes) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Whose is this code?", description = """
            By its text, or by a photo as the body: image/jpeg, image/png or image/webp, at most 8 MiB. What a code says is
            never opened, and nothing of a photo is kept. A good photo without a code gives an empty list.""")
    @RequiresScope(Scope.QR_CODES_READ)
    CheckedCodes text(@RequestBody CodeToCheck wish) {
        var text = wish.text();
        if (text == null || text.isBlank()) {
            throw ApiException.invalid("text", "MISSING");
        }
        if (text.length() > CodeChecks.TEXT_MOST) {
            throw ApiException.invalid("text", "TOO_LONG");
        }
        return new CheckedCodes(List.of(json(text, checks.text(actor.get(), text), null)));
    }

    @PostMapping(
            // Whatever its type says: the bytes are judged.
            consumes = {MediaType.IMAGE_JPEG_VALUE, MediaType.IMAGE_PNG_VALUE, "image/webp", MediaType.ALL_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Whose is this code?")
    @RequiresScope(Scope.QR_CODES_READ)
    CheckedCodes photo(@RequestBody byte[] photo) {
        return switch (checks.photo(actor.get(), photo)) {
            case PhotoCheck.Checked(var codes) ->
                new CheckedCodes(codes.stream()
                        .map(code -> json(code.found().text(), code.verdict(), box(code.found())))
                        .toList());
            case PhotoCheck.NothingFound() -> new CheckedCodes(List.of());
            case PhotoCheck.Refused(var reason) ->
                throw new ApiException(ProblemCode.INVALID, null, List.of(fault(reason)));
        };
    }

    private static Problem.Fault fault(Reason reason) {
        var words = new Problem.Words(reason.words(Locale.SIMPLIFIED_CHINESE), reason.words(Locale.ENGLISH));
        return new Problem.Fault("photo", reason.name(), null, null, null, words);
    }

    private static FoundBox box(FoundCode found) {
        return new FoundBox(found.x(), found.y(), found.width(), found.height());
    }

    private static CheckedText json(String text, CodeVerdict verdict, @Nullable FoundBox box) {
        return switch (verdict) {
            case CodeVerdict.Yours(var code, var store, var last) ->
                new CheckedText(
                        text, Verdict.YOURS, Standing.IN_USE, null, json(store), json(code, last, null), null, box);
            case CodeVerdict.YoursStopped(var code, var store, var successor) ->
                new CheckedText(
                        text,
                        Verdict.YOURS_STOPPED,
                        Standing.CODE_REVOKED,
                        code.revocation() == null ? null : code.revocation().at(),
                        json(store),
                        json(code, null, successor),
                        null,
                        box);
            case CodeVerdict.YoursEnded(var code, var store, var standing, var at) ->
                new CheckedText(
                        text, Verdict.YOURS_ENDED, standing, at, json(store), json(code, null, null), null, box);
            case CodeVerdict.Genuine(var store, var standing, var at) ->
                new CheckedText(text, Verdict.ANOTHERS, standing, at, json(store), null, null, box);
            case CodeVerdict.HoursSign(var store) ->
                new CheckedText(text, Verdict.HOURS_SIGN, null, null, json(store), null, null, box);
            case CodeVerdict.Forged() -> new CheckedText(text, Verdict.FORGED, null, null, null, null, null, box);
            case CodeVerdict.NotOurs(var to) ->
                new CheckedText(text, Verdict.NOT_OURS, null, null, null, null, to.isEmpty() ? null : to, box);
        };
    }

    private static WhoseStore json(Store store) {
        return new WhoseStore(store.publicId(), store.name());
    }

    private static WhoseCode json(QrCode code, @Nullable Instant lastScan, @Nullable QrCode successor) {
        return new WhoseCode(
                code.code(),
                code.numberText(),
                code.place(),
                code.holder(),
                lastScan,
                successor == null ? null : successor.code());
    }
}
