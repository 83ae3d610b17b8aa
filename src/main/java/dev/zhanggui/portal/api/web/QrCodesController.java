package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.ConfirmOutcome;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.PlaceOutcome;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.ReplaceOutcome;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.terminal.Terminals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Codes of a store; their id is the text that the symbol's URL ends in. */
@RestController
@RequestMapping("/api/v1/qr-codes")
class QrCodesController {

    private static final int PAGE = 50;
    private static final String ONE = "/{id:[0-9a-z]+}";

    private final QrCodes codes;
    private final Merchants merchants;
    private final Terminals terminals;
    private final CurrentActor actor;

    QrCodesController(QrCodes codes, Merchants merchants, Terminals terminals, CurrentActor actor) {
        this.codes = codes;
        this.merchants = merchants;
        this.terminals = terminals;
        this.actor = actor;
    }

    private enum Status {
        ACTIVE,
        REVOKED
    }

    /**
     * Codes of the store, order codes too, newest first.
     *
     * @param kind STORE, TERMINAL, PROMOTION or ORDER; all when missing
     * @param status ACTIVE or REVOKED; both when missing
     * @param cursor next of the page before
     */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Codes of a store")
    @RequiresScope(Scope.QR_CODES_READ)
    CodeJson.CodesJson list(
            @RequestParam String store,
            @RequestParam @Nullable String kind,
            @RequestParam @Nullable String status,
            @RequestParam @Nullable String cursor) {
        var of = merchants.storeByPublicId(actor.get(), store);
        var wanted = Given.oneOrNone(Status.class, "status", status);
        var filter = new QrCodes.Filter(
                Given.oneOrNone(QrCodeKind.class, "kind", kind), wanted == null ? null : wanted == Status.ACTIVE);
        var after = cursor == null ? null : codes.byCode(actor.get(), cursor).id();
        var page = codes.page(actor.get(), of.id(), filter, after, PAGE);
        return new CodeJson.CodesJson(
                names(of).of(page), page.size() < PAGE ? null : page.getLast().code());
    }

    /** @param store for a code of the store; or {@code terminal}, whose code it becomes, with its seat as place when none is named */
    record NewCode(
            @Nullable String store,
            @Nullable String terminal,
            @Nullable String place) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Issue a code of a store or of a terminal")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.QR_CODES_WRITE)
    ResponseEntity<CodeJson> issue(@RequestBody NewCode wish) {
        if (wish.store() != null && wish.terminal() != null) {
            throw ApiException.invalid("terminal", "CONTRADICTION");
        }
        return switch (issued(wish, Objects.requireNonNullElse(wish.place(), ""))) {
            case IssueOutcome.Issued(var code) -> created(code);
            case IssueOutcome.PlaceMissing it -> throw ApiException.invalid("place", "MISSING");
            case IssueOutcome.PlaceTooLong it -> throw ApiException.invalid("place", "TOO_LONG");
            case IssueOutcome.NotBound it -> throw ApiException.invalid("terminal", "NOT_BOUND");
        };
    }

    private IssueOutcome issued(NewCode wish, String place) {
        if (wish.terminal() != null) {
            return codes.issueFor(
                    actor.get(),
                    terminals.byPublicId(actor.get(), wish.terminal()).id(),
                    place);
        }
        return codes.issue(actor.get(), store(wish.store()).id(), place);
    }

    /**
     * @param number the order's in the merchant's own books: 1 to 64 letters, digits, - _ . /
     * @param amountFen 1 to 100,000,000
     * @param flow BOOKED_ONLINE, paid in the store by scanning; or CONFIRMED_ONLINE, paid in the store and then confirmed here
     * @param minutes how long it can be paid, 1 to 129,600
     */
    record NewOrder(
            @Nullable String store,
            @Nullable String number,
            @Nullable Long amountFen,
            @Nullable String flow,
            @Nullable Integer minutes) {}

    /**
     * A number has one code at a time. The same order again answers 200 with the code that stands; with another amount, flow or
     * store, or after its time, 201 with a new one, and the old one is stopped.
     */
    @PostMapping(
            path = "/orders",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Issue the code of an order")
    @ApiResponse(responseCode = "200", description = "The code that stands", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "A new code", useReturnTypeSchema = true)
    @RequiresScope(Scope.QR_CODES_WRITE)
    @Refuses(ProblemCode.ORDER_PAID)
    ResponseEntity<CodeJson> order(@RequestBody NewOrder wish) {
        var store = store(wish.store());
        var order = new NewOrderCode(
                Given.present("number", wish.number()),
                new Money(Given.present("amountFen", wish.amountFen())),
                Given.one(OrderFlow.class, "flow", wish.flow()),
                Duration.ofMinutes(Given.present("minutes", wish.minutes())));
        return switch (codes.issueOrder(actor.get(), store.id(), order)) {
            case OrderCodeOutcome.Issued(var code, var replaced) -> created(code);
            case OrderCodeOutcome.Standing(var code) -> found(code);
            case OrderCodeOutcome.Paid(var code) ->
                throw new ApiException(ProblemCode.ORDER_PAID, "paid by " + code.code());
            case OrderCodeOutcome.NumberUnfit it -> throw ApiException.invalid("number", "UNFIT");
            case OrderCodeOutcome.AmountUnfit it -> throw ApiException.invalid("amountFen", "OUT_OF_RANGE");
            case OrderCodeOutcome.TimeUnfit it -> throw ApiException.invalid("minutes", "OUT_OF_RANGE");
        };
    }

    /** Its version is the ETag. */
    @GetMapping(path = ONE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "One code")
    @RequiresScope(Scope.QR_CODES_READ)
    ResponseEntity<CodeJson> get(@PathVariable String id) {
        return found(codes.byCode(actor.get(), id));
    }

    /** For OWNER and MANAGER keys; each download is on record. */
    @GetMapping(ONE + ".{format:png|svg|pdf}")
    @Operation(summary = "The plate as a picture")
    @RequiresScope(Scope.QR_CODES_READ)
    @Refuses({ProblemCode.CODE_STOPPED, ProblemCode.FONT_MISSING})
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
            case ArtefactOutcome.Unfit it -> throw ApiException.invalid("format", "UNFIT");
        };
    }

    /** @param shape what was made of it */
    record DownloadJson(String by, Printing.Shape shape, Artefact.Format format, Instant at) {}

    /** Newest first, at most 200. For OWNER and MANAGER keys. */
    @GetMapping(path = ONE + "/downloads", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Who took pictures of the code away")
    @RequiresScope(Scope.QR_CODES_READ)
    StoresController.Page<DownloadJson> downloads(@PathVariable String id) {
        var code = codes.byCode(actor.get(), id);
        return new StoresController.Page<>(codes.downloads(actor.get(), code.id()).stream()
                .map(it -> new DownloadJson(it.by(), it.shape(), it.shape().format(), it.at()))
                .toList());
    }

    /** @param holder who answers for the plate, may be missing */
    record Place(@Nullable String place, @Nullable String holder) {}

    @PutMapping(
            path = ONE + "/place",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Say where a plate hangs and who answers for it")
    @RequiresScope(Scope.QR_CODES_WRITE)
    @Refuses({ProblemCode.CODE_STOPPED, ProblemCode.NOT_A_PLATE})
    ResponseEntity<CodeJson> place(
            @PathVariable String id,
            @RequestBody Place wish,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var code = plate(id);
        if (ifMatch == null) {
            throw new ApiException(ProblemCode.IF_MATCH_REQUIRED, null);
        }
        return switch (codes.place(
                actor.get(),
                code.id(),
                Objects.requireNonNullElse(wish.place(), ""),
                Objects.requireNonNullElse(wish.holder(), ""),
                Versions.version(ifMatch))) {
            case PlaceOutcome.Placed(var placed) -> found(placed);
            case PlaceOutcome.Stopped it -> throw new ApiException(ProblemCode.CODE_STOPPED, null);
            case PlaceOutcome.PlaceMissing it -> throw ApiException.invalid("place", "MISSING");
            case PlaceOutcome.PlaceTooLong it -> throw ApiException.invalid("place", "TOO_LONG");
            case PlaceOutcome.HolderTooLong it -> throw ApiException.invalid("holder", "TOO_LONG");
        };
    }

    /**
     * @param reason LOST, DAMAGED, TAMPERED, REPLACED or NOT_NEEDED
     * @param note in the merchant's own words, may be missing
     */
    record Stop(@Nullable String reason, @Nullable String note) {}

    /** Stops the code for good; stopping it again answers with the first reason. */
    @PostMapping(
            path = ONE + "/revoke",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Stop a code for good")
    @RequiresScope(Scope.QR_CODES_WRITE)
    ResponseEntity<CodeJson> revoke(@PathVariable String id, @RequestBody Stop stop) {
        var code = codes.byCode(actor.get(), id);
        return found(codes.revoke(actor.get(), code.id(), reason(stop), Objects.requireNonNullElse(stop.note(), ""))
                .code());
    }

    /** Stops the plate and answers with its successor, which stands in the same place. */
    @PostMapping(
            path = ONE + "/replace",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Stop a plate and issue another in its place")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.QR_CODES_WRITE)
    @Refuses({ProblemCode.CODE_STOPPED, ProblemCode.NOT_A_PLATE})
    ResponseEntity<CodeJson> replace(@PathVariable String id, @RequestBody Stop stop) {
        var code = plate(id);
        return switch (codes.replace(
                actor.get(), code.id(), reason(stop), Objects.requireNonNullElse(stop.note(), ""))) {
            case ReplaceOutcome.Replaced(var old, var successor) -> created(successor);
            case ReplaceOutcome.StoppedBefore it -> throw new ApiException(ProblemCode.CODE_STOPPED, null);
        };
    }

    /** For orders that are paid in the store and then confirmed online; confirmed again, nothing changes. */
    @PostMapping(path = ONE + "/confirm", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Confirm a paid order")
    @RequiresScope(Scope.QR_CODES_WRITE)
    @Refuses({ProblemCode.ORDER_NOT_PAID, ProblemCode.CONFIRMATION_NOT_AWAITED})
    ResponseEntity<CodeJson> confirm(@PathVariable String id) {
        var code = codes.byCode(actor.get(), id);
        return switch (codes.confirmOrder(actor.get(), code.id())) {
            case ConfirmOutcome.Confirmed(var confirmed, var now) -> found(confirmed);
            case ConfirmOutcome.NotPaid it -> throw new ApiException(ProblemCode.ORDER_NOT_PAID, null);
            case ConfirmOutcome.NotAwaited it -> throw new ApiException(ProblemCode.CONFIRMATION_NOT_AWAITED, null);
        };
    }

    private QrCode plate(String id) {
        var code = codes.byCode(actor.get(), id);
        if (code.kind() == QrCodeKind.ORDER) {
            throw new ApiException(ProblemCode.NOT_A_PLATE, null);
        }
        return code;
    }

    private Store store(@Nullable String id) {
        return merchants.storeByPublicId(actor.get(), Objects.requireNonNullElse(id, ""));
    }

    private CodeJson.Names names(Store store) {
        return new CodeJson.Names(actor.get(), store, codes, terminals);
    }

    private CodeJson json(QrCode code) {
        return names(merchants.store(actor.get(), code.storeId()))
                .of(List.of(code))
                .getFirst();
    }

    private ResponseEntity<CodeJson> found(QrCode code) {
        return ResponseEntity.ok().eTag(Versions.etag(code.version())).body(json(code));
    }

    private ResponseEntity<CodeJson> created(QrCode code) {
        return ResponseEntity.created(URI.create("/api/v1/qr-codes/" + code.code()))
                .eTag(Versions.etag(code.version()))
                .body(json(code));
    }

    private static RevocationReason reason(Stop stop) {
        return Given.one(RevocationReason.class, "reason", stop.reason());
    }
}
