package dev.zhanggui.portal.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.BatchState;
import dev.zhanggui.portal.qrcode.CancelOutcome;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.RowError;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.shared.MerchantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Codes by the thousand, issued in the background. For OWNER and MANAGER keys. */
@RestController
@RequestMapping(path = "/api/v1/qr-code-batches", produces = MediaType.APPLICATION_JSON_VALUE)
class QrCodeBatchesController {

    private static final int PAGE = 500;
    private static final int FAULTS_MOST = 100;
    private static final String ONE = "/{id:[0-9A-Z]+}";
    private static final String CSV = "csv";

    private final CodeBatches batches;
    private final Merchants merchants;
    private final CurrentActor actor;

    QrCodeBatchesController(CodeBatches batches, Merchants merchants, CurrentActor actor) {
        this.batches = batches;
        this.merchants = merchants;
        this.actor = actor;
    }

    /**
     * @param merchant whose stores the rows name
     * @param csv a head line with store, place and, if wanted, holder; then 1 to 10,000 rows, each a code. A store is named by its
     *     name or its id
     * @param name for people, at most 100 characters
     * @param again also when codes were issued from the same text before
     */
    record NewBatch(
            @Nullable String merchant,
            @Nullable String csv,
            @Nullable String name,
            @Nullable Boolean again) {}

    /**
     * @param rows of the text, without its head and empty ones
     * @param refused rows that were wrong and get no code
     * @param issued codes that exist and are in use
     * @param left codes that are still to be issued; of a cancelled batch, that never will be
     */
    record BatchJson(
            String id,
            String name,
            BatchState state,
            int rows,
            int refused,
            int issued,
            int left,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        static BatchJson of(CodeBatch batch) {
            return new BatchJson(
                    batch.publicId(),
                    batch.fileName(),
                    batch.state(),
                    batch.rows(),
                    batch.refused(),
                    batch.issued(),
                    batch.left(),
                    batch.startedAt(),
                    batch.finishedAt());
        }
    }

    /**
     * @param row of the text, its head is 1
     * @param result WAITING, ISSUED, REFUSED or CANCELLED
     * @param error why it is refused
     * @param otherRow for DOUBLE, the row that says the same
     * @param code the id of the code
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchRowJson(
            int row,
            String store,
            String place,
            @Nullable String holder,
            BatchRow.Result result,
            RowError.@Nullable Kind error,
            @Nullable Integer otherRow,
            @Nullable String code,
            @Nullable String number,
            @Nullable String url) {

        static BatchRowJson of(BatchRow row) {
            var code = row.code();
            return new BatchRowJson(
                    row.number(),
                    row.storeText(),
                    row.place(),
                    shown(row.holder()),
                    row.result(),
                    kind(row.error()),
                    other(row.error()),
                    code == null ? null : code.code(),
                    code == null ? null : code.numberText(),
                    code == null ? null : code.url());
        }

        static BatchRowJson of(BatchReading.Row row) {
            var refused = row.error() != null;
            return new BatchRowJson(
                    row.number(),
                    row.storeText(),
                    row.place(),
                    shown(row.holder()),
                    refused ? BatchRow.Result.REFUSED : BatchRow.Result.WAITING,
                    kind(row.error()),
                    other(row.error()),
                    null,
                    null,
                    null);
        }

        private static @Nullable String shown(String holder) {
            return holder.isEmpty() ? null : holder;
        }

        private static RowError.@Nullable Kind kind(@Nullable RowError error) {
            return error == null ? null : error.kind();
        }

        private static @Nullable Integer other(@Nullable RowError error) {
            return error == null || error.otherRow() == 0 ? null : error.otherRow();
        }
    }

    /**
     * @param right rows that would become codes
     * @param wrong all rows that would not
     * @param before the latest batch from the same text
     */
    record BatchCheckJson(
            int rows,
            int right,
            int stores,
            List<BatchRowJson> wrong,
            @Nullable BatchJson before) {}

    record BatchesJson(List<BatchJson> items) {}

    /** @param next what the next page is asked for with; missing on the last */
    record BatchRowsJson(List<BatchRowJson> items, @Nullable String next) {}

    /** The latest hundred, newest first. */
    @GetMapping
    @Operation(summary = "Batches of a merchant")
    @RequiresScope(Scope.QR_CODES_READ)
    BatchesJson list(@RequestParam String merchant) {
        return new BatchesJson(batches.list(actor.get(), merchant(merchant)).stream()
                .map(BatchJson::of)
                .toList());
    }

    /** Issues nothing. */
    @PostMapping(path = "/check", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "What a text would lead to")
    @RequiresScope(Scope.QR_CODES_WRITE)
    BatchCheckJson check(@RequestBody NewBatch wish) {
        var merchant = merchant(wish.merchant());
        return switch (batches.check(actor.get(), merchant, csv(wish))) {
            case BatchReading.Unreadable(var flaw, int row) -> throw unreadable(flaw, row);
            case BatchReading.Readable reading ->
                new BatchCheckJson(
                        reading.rows().size(),
                        reading.right(),
                        reading.stores(),
                        reading.wrong().stream().map(BatchRowJson::of).toList(),
                        reading.before().map(BatchJson::of).orElse(null));
        };
    }

    /** All right rows become codes, in the background; rows that are wrong are kept with their error. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Issue codes by the thousand")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.QR_CODES_WRITE)
    @Refuses(ProblemCode.BATCH_SAME_TEXT)
    ResponseEntity<BatchJson> start(@RequestBody NewBatch wish) {
        var merchant = merchant(wish.merchant());
        var name = Objects.requireNonNullElse(wish.name(), "");
        boolean again = Boolean.TRUE.equals(wish.again());
        return switch (batches.start(actor.get(), merchant, name, csv(wish), again)) {
            case StartOutcome.Started(var batch) ->
                ResponseEntity.created(URI.create("/api/v1/qr-code-batches/" + batch.publicId()))
                        .body(BatchJson.of(batch));
            case StartOutcome.Unreadable(var flaw, int row) -> throw unreadable(flaw, row);
            case StartOutcome.NothingRight(var reading) -> throw nothingRight(reading);
            case StartOutcome.SameFile(var before) ->
                throw new ApiException(ProblemCode.BATCH_SAME_TEXT, before.publicId());
        };
    }

    @GetMapping(ONE)
    @Operation(summary = "How far a batch is")
    @RequiresScope(Scope.QR_CODES_READ)
    BatchJson get(@PathVariable String id) {
        return BatchJson.of(batches.byPublicId(actor.get(), id));
    }

    /**
     * In the order of the text.
     *
     * @param result WAITING, ISSUED, REFUSED or CANCELLED; all when missing
     * @param cursor next of the page before
     */
    @GetMapping(ONE + "/rows")
    @Operation(summary = "What became of each row")
    @RequiresScope(Scope.QR_CODES_READ)
    BatchRowsJson rows(
            @PathVariable String id, @RequestParam @Nullable String result, @RequestParam @Nullable String cursor) {
        var batch = batches.byPublicId(actor.get(), id);
        var filter = new BatchRow.Filter(Given.oneOrNone(BatchRow.Result.class, "result", result), null, "");
        if (cursor != null && !cursor.matches("[0-9]{1,9}")) {
            throw ApiException.invalid("cursor", "UNKNOWN");
        }
        int after = cursor == null ? 0 : Integer.parseInt(cursor);
        var page = batches.rows(actor.get(), batch.id(), filter, after, PAGE);
        return new BatchRowsJson(
                page.stream().map(BatchRowJson::of).toList(),
                page.size() < PAGE ? null : Integer.toString(page.getLast().number()));
    }

    /** From the answer on nothing more is issued; what was issued stays in use. Cancelling what is over changes nothing. */
    @PostMapping(ONE + "/cancel")
    @Operation(summary = "Issue no more of a batch")
    @RequiresScope(Scope.QR_CODES_WRITE)
    BatchJson cancel(@PathVariable String id) {
        CancelOutcome outcome =
                batches.cancel(actor.get(), batches.byPublicId(actor.get(), id).id());
        return BatchJson.of(outcome.batch());
    }

    private MerchantId merchant(@Nullable String id) {
        return merchants
                .merchantByPublicId(actor.get(), Given.present("merchant", id))
                .id();
    }

    private static byte[] csv(NewBatch wish) {
        return Given.present(CSV, wish.csv()).getBytes(StandardCharsets.UTF_8);
    }

    private static ApiException unreadable(BatchReading.Flaw flaw, int row) {
        return ApiException.invalid(row == 0 ? CSV : CSV + "[" + row + "]", flaw.name());
    }

    private static ApiException nothingRight(BatchReading.Readable reading) {
        return new ApiException(
                ProblemCode.INVALID,
                null,
                reading.wrong().stream()
                        .limit(FAULTS_MOST)
                        .map(row -> new Problem.Fault(
                                CSV + "[" + row.number() + "]",
                                Objects.requireNonNull(row.error()).kind().name(),
                                null))
                        .toList());
    }
}
