package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.StoreId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Codes of a store; their id is the text that the symbol's URL ends in. */
@RestController
@RequestMapping("/api/v1/qr-codes")
class QrCodesController {

    private final QrCodes codes;
    private final Merchants merchants;
    private final CurrentActor actor;

    QrCodesController(QrCodes codes, Merchants merchants, CurrentActor actor) {
        this.codes = codes;
        this.merchants = merchants;
        this.actor = actor;
    }

    record Revoked(String reason, @Nullable String note, Instant at) {}

    record CodeJson(
            String id,
            String url,
            QrCodeKind kind,
            String store,
            String number,
            String place,
            Instant issuedAt,
            boolean active,
            @Nullable Revoked revoked) {}

    record NewCode(@Nullable String store, @Nullable String place) {}

    record Stop(@Nullable String reason, @Nullable String note) {}

    /** All codes of the store, stopped ones too. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Codes of a store")
    @RequiresScope(Scope.QR_CODES_READ)
    StoresController.Page<CodeJson> list(@RequestParam String store) {
        var id = merchants.storeByPublicId(actor.get(), store).id();
        return new StoresController.Page<>(codes.list(actor.get(), id).stream()
                .map(code -> json(code, store))
                .toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Issue a code")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.QR_CODES_WRITE)
    ResponseEntity<CodeJson> issue(@RequestBody NewCode wish) {
        var store = merchants.storeByPublicId(actor.get(), Objects.requireNonNullElse(wish.store(), ""));
        return switch (codes.issue(actor.get(), store.id(), Objects.requireNonNullElse(wish.place(), ""))) {
            case IssueOutcome.Issued(var code) ->
                ResponseEntity.created(URI.create("/api/v1/qr-codes/" + code.code()))
                        .body(json(code, store.publicId()));
            case IssueOutcome.PlaceMissing it -> throw ApiException.invalid("place", "MISSING");
            case IssueOutcome.PlaceTooLong it -> throw ApiException.invalid("place", "TOO_LONG");
            case IssueOutcome.NotBound it -> throw ApiException.invalid("terminal", "NOT_BOUND");
        };
    }

    @GetMapping(path = "/{id:[0-9a-z]+}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "One code")
    @RequiresScope(Scope.QR_CODES_READ)
    CodeJson get(@PathVariable String id) {
        return json(codes.byCode(actor.get(), id));
    }

    /** For OWNER and MANAGER keys; each download is on record. */
    @GetMapping("/{id:[0-9a-z]+}.{format:png|svg|pdf}")
    @Operation(summary = "The plate as a picture")
    @RequiresScope(Scope.QR_CODES_READ)
    ResponseEntity<byte[]> picture(@PathVariable String id, @PathVariable String format) {
        var wanted = Artefact.Format.valueOf(format.toUpperCase(Locale.ROOT));
        var code = codes.byCode(actor.get(), id);
        return switch (codes.artefact(actor.get(), code.id(), wanted)) {
            case ArtefactOutcome.Ready(var artefact) ->
                ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(wanted.contentType()))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + artefact.fileName())
                        .cacheControl(CacheControl.noStore())
                        .body(artefact.content());
            case ArtefactOutcome.Stopped it -> throw new ApiException(ProblemCode.CODE_STOPPED, null);
            case ArtefactOutcome.FontMissing it -> throw new ApiException(ProblemCode.FONT_MISSING, null);
        };
    }

    /** Stops the code for good; stopping it again answers with the first reason. */
    @PostMapping(
            path = "/{id:[0-9a-z]+}/revoke",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Stop a code for good")
    @RequiresScope(Scope.QR_CODES_WRITE)
    CodeJson revoke(@PathVariable String id, @RequestBody Stop stop) {
        var code = codes.byCode(actor.get(), id);
        var reason = Arrays.stream(RevocationReason.values())
                .filter(it -> it.name().equals(stop.reason()))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("reason", stop.reason() == null ? "MISSING" : "UNKNOWN"));
        return json(codes.revoke(actor.get(), code.id(), reason, Objects.requireNonNullElse(stop.note(), ""))
                .code());
    }

    private CodeJson json(QrCode code) {
        StoreId store = code.storeId();
        return json(code, merchants.store(actor.get(), store).publicId());
    }

    private static CodeJson json(QrCode code, String store) {
        var end = code.revocation();
        return new CodeJson(
                code.code(),
                code.url(),
                code.kind(),
                store,
                code.numberText(),
                code.place(),
                code.issuedAt(),
                code.isActive(),
                end == null ? null : new Revoked(end.reason().name(), end.note(), end.at()));
    }
}
