package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.db.tables.records.QrBatchRowRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.BatchPrintOutcome;
import dev.zhanggui.portal.qrcode.BatchProgressed;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.CancelOutcome;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatchId;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RowError;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.shared.Csv;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Takes files of wishes in, and says what became of them. The codes themselves are {@link BatchWorker}'s. */
@Service
class StoredBatches implements CodeBatches {

    private static final String FIRST_PLACE = "柜台";

    private static final Duration PRESS_WAIT = Duration.ofSeconds(60);

    private final BatchRows rows;
    private final CodeRegister register;
    private final LabelSheets labels;
    private final Semaphore press = new Semaphore(1);
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final Clock clock;

    StoredBatches(
            BatchRows rows,
            CodeRegister register,
            LabelSheets labels,
            Merchants merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionOperations transaction,
            Clock clock) {
        this.rows = rows;
        this.register = register;
        this.labels = labels;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public BatchReading check(Actor actor, MerchantId merchant, byte[] file) {
        access.requireMember(actor, merchant, Role.MANAGER);
        return switch (read(actor, merchant, file)) {
            case BatchReading.Readable(var read, var none) ->
                new BatchReading.Readable(
                        read, rows.fromFile(merchant, digest(file)).map(Map.Entry::getValue));
            case BatchReading.Unreadable unreadable -> unreadable;
        };
    }

    private BatchReading read(Actor actor, MerchantId merchant, byte[] file) {
        var stores = merchants.storesOf(actor, merchant);
        var plates = rows.plates(stores.stream().map(Store::id).toList());
        return new BatchFile(stores, plates, QrCodes.PLATES_MOST).read(file);
    }

    @Override
    @Transactional
    public StartOutcome start(Actor actor, MerchantId merchant, String name, byte[] file, boolean again) {
        access.requireMember(actor, merchant, Role.MANAGER);
        return switch (read(actor, merchant, file)) {
            case BatchReading.Unreadable(var flaw, int row) -> new StartOutcome.Unreadable(flaw, row);
            case BatchReading.Readable reading when reading.right() == 0 -> new StartOutcome.NothingRight(reading);
            case BatchReading.Readable reading -> start(actor, merchant, name, digest(file), reading, again);
        };
    }

    private StartOutcome start(
            Actor actor,
            MerchantId merchant,
            String name,
            String digest,
            BatchReading.Readable reading,
            boolean again) {
        var before = rows.fromFile(merchant, digest);
        if (before.isPresent() && !again) {
            return new StartOutcome.SameFile(before.get().getValue());
        }
        int copy = before.map(it -> it.getKey() + 1).orElse(0);
        CodeBatch batch;
        try {
            batch = rows.insert(merchant, actor, shortened(name), digest, copy, reading, now());
        } catch (DuplicateKeyException e) {
            // Somebody pressed twice, or two people at once: the one that came later is told of the other.
            return new StartOutcome.SameFile(
                    rows.fromFile(merchant, digest).orElseThrow(() -> e).getValue());
        }
        audit.record(actor, "qrcode.batch.started", batch.id().toString(), merchant, null, json(batch), null);
        events.publishEvent(new BatchProgressed(merchant, batch.id()));
        return new StartOutcome.Started(batch);
    }

    @Override
    public List<CodeBatch> list(Actor actor, MerchantId merchant) {
        access.requireMember(actor, merchant, Role.MANAGER);
        return rows.list(merchant);
    }

    @Override
    public CodeBatch get(Actor actor, CodeBatchId id) {
        return owned(actor, rows.find(id), id.toString());
    }

    @Override
    public CodeBatch byPublicId(Actor actor, String publicId) {
        return owned(actor, rows.find(publicId), "batch");
    }

    @Override
    public List<BatchRow> rows(Actor actor, CodeBatchId id, BatchRow.Filter filter, int after, int most) {
        var batch = get(actor, id);
        var found = rows.rows(batch, filter, after, Math.clamp(most, 1, PAGE));
        var codes = register.byId(found.stream().map(QrBatchRowRecord::getId).toList());
        return found.stream()
                .map(row -> row(batch, row, codes.get(row.getId())))
                .toList();
    }

    private static BatchRow row(CodeBatch batch, QrBatchRowRecord row, @Nullable QrCode code) {
        var kind = row.getError();
        var other = row.getOtherLine();
        var error = kind == null ? null : new RowError(RowError.Kind.valueOf(kind), other == null ? 0 : other);
        var result = error != null
                ? BatchRow.Result.REFUSED
                : code != null ? BatchRow.Result.ISSUED : BatchRows.unissued(batch);
        return new BatchRow(
                row.getLine(),
                row.getStoreText(),
                row.getStoreId() == null ? null : new StoreId(row.getStoreId()),
                row.getPlace(),
                row.getHolder(),
                result,
                error,
                code);
    }

    @Override
    public List<BatchRow> export(Actor actor, CodeBatchId id) {
        var batch = get(actor, id);
        var all = all(actor, id, BatchRow.Filter.ALL);
        transaction.executeWithoutResult(status -> audit.record(
                actor, "qrcode.batch.exported", id.toString(), batch.merchantId(), null, json(batch), null));
        return all;
    }

    private List<BatchRow> all(Actor actor, CodeBatchId id, BatchRow.Filter filter) {
        var all = new ArrayList<BatchRow>();
        List<BatchRow> page;
        do {
            int after = all.isEmpty() ? 0 : all.getLast().number();
            page = rows(actor, id, filter, after, PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    @Override
    public BatchPrintOutcome print(Actor actor, CodeBatchId id, Printing.Shape shape) {
        if (shape.labelWidth() == 0) {
            throw new IllegalArgumentException(shape + " is no sheet of labels");
        }
        var batch = get(actor, id);
        var codes = all(actor, id, new BatchRow.Filter(BatchRow.Result.ISSUED, null, "")).stream()
                .map(BatchRow::code)
                .filter(Objects::nonNull)
                .filter(QrCode::isActive)
                .toList();
        if (codes.isEmpty()) {
            return new BatchPrintOutcome.Nothing();
        }
        var names = merchants.storesOf(actor, batch.merchantId()).stream()
                .collect(Collectors.toMap(Store::id, Store::name));
        var faces = codes.stream()
                .map(code -> Face.of(code, Objects.requireNonNull(names.get(code.storeId()))))
                .toList();
        return alone(() -> labels.print(faces, shape.labelWidth(), batch.fileName()))
                .map(made -> made.<BatchPrintOutcome>map(pdf -> {
                            transaction.executeWithoutResult(status -> taken(actor, batch, codes, shape));
                            return new BatchPrintOutcome.Ready(
                                    new Artefact(Artefact.Format.PDF, printName(batch, shape), pdf), codes.size());
                        })
                        .orElseGet(BatchPrintOutcome.FontMissing::new))
                .orElseGet(BatchPrintOutcome.Busy::new);
    }

    /** A large file takes all processors for seconds: one at a time, and whoever waits too long is told so. */
    private <T> Optional<T> alone(Supplier<T> work) {
        try {
            if (!press.tryAcquire(PRESS_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            press.release();
        }
    }

    private void taken(Actor actor, CodeBatch batch, List<QrCode> codes, Printing.Shape shape) {
        register.downloaded(actor, codes, shape);
        audit.record(
                actor,
                "qrcode.batch.printed",
                batch.id().toString(),
                batch.merchantId(),
                null,
                JsonMapper.shared()
                        .writeValueAsString(new TreeMap<>(Map.of("format", shape.name(), "codes", codes.size()))),
                null);
    }

    private static String printName(CodeBatch batch, Printing.Shape shape) {
        return "zhanggui-" + batch.publicId().substring(0, 10).toLowerCase(Locale.ROOT) + "-" + shape.labelWidth()
                + "mm.pdf";
    }

    @Override
    public List<Errors> errors(Actor actor, CodeBatchId id) {
        return rows.errors(get(actor, id).id());
    }

    @Override
    @Transactional
    public CancelOutcome cancel(Actor actor, CodeBatchId id) {
        var before = get(actor, id);
        if (!rows.cancel(id, now())) {
            return new CancelOutcome.Over(get(actor, id));
        }
        var after = get(actor, id);
        audit.record(
                actor, "qrcode.batch.cancelled", id.toString(), after.merchantId(), json(before), json(after), null);
        events.publishEvent(new BatchProgressed(after.merchantId(), id));
        return new CancelOutcome.Cancelled(after);
    }

    @Override
    public String template(Actor actor, MerchantId merchant) {
        access.requireMember(actor, merchant, Role.MANAGER);
        var stores = merchants.storesOf(actor, merchant);
        var named = stores.stream().collect(Collectors.groupingBy(Store::name, Collectors.counting()));
        var text = new StringBuilder(Csv.BYTE_ORDER_MARK).append(Csv.line(BatchFile.HEAD));
        for (var store : stores) {
            boolean alone = named.getOrDefault(store.name(), 0L) == 1;
            text.append(Csv.line(List.of(alone ? store.name() : store.publicId(), FIRST_PLACE, "")));
        }
        return text.toString();
    }

    private CodeBatch owned(Actor actor, Optional<CodeBatch> found, String subject) {
        var batch = found.orElseThrow(() -> new NotFoundException(subject));
        access.requireMember(actor, batch.merchantId(), Role.MANAGER);
        return batch;
    }

    private static String shortened(String name) {
        var plain = name.replaceAll("\\p{Cntrl}", " ").strip();
        var shown = plain.isEmpty() ? "codes.csv" : plain;
        int length = shown.codePointCount(0, shown.length());
        return length <= NAME_MOST ? shown : shown.substring(0, shown.offsetByCodePoints(0, NAME_MOST));
    }

    private static String digest(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String json(CodeBatch batch) {
        return JsonMapper.shared()
                .writeValueAsString(new TreeMap<>(Map.of(
                        "file", batch.fileName(),
                        "state", batch.state().name(),
                        "rows", batch.rows(),
                        "refused", batch.refused(),
                        "issued", batch.issued())));
    }
}
