package dev.zhanggui.portal.qrcode.internal;

import static dev.zhanggui.db.Tables.QR_BATCH;
import static dev.zhanggui.db.Tables.QR_BATCH_CHUNK;
import static dev.zhanggui.db.Tables.QR_BATCH_ROW;
import static dev.zhanggui.db.Tables.QR_CODE;

import dev.zhanggui.db.tables.records.QrBatchChunkRecord;
import dev.zhanggui.db.tables.records.QrBatchRecord;
import dev.zhanggui.db.tables.records.QrBatchRowRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.BatchState;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatchId;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.RowError;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * Batches, their rows, and the chunks of them that wait. A process claims a chunk by moving its due moment to the end of a lease
 * and signing with a token: a process that dies lets go of it by doing nothing. A chunk goes away in the transaction that makes
 * its codes, and a row's id becomes its code's: neither can be done twice.
 */
@Repository
class BatchRows {

    /** Small enough that progress can be watched, large enough that its commit does not matter. */
    static final int CHUNK = 500;

    private static final int LIST_MOST = 100;
    private static final int RUNNING_MOST = 1_000;

    private final DSLContext db;

    BatchRows(DSLContext db) {
        this.db = db;
    }

    /** Work that this process may do until its lease ends. */
    record Claimed(CodeBatchId batch, int chunk, long token) {}

    /** A right row: its code will have this id. */
    record Wish(
            QrCodeId id,
            StoreId store,
            int line,
            String place,
            @Nullable String holder) {}

    /** What the worker needs to know of a batch. */
    record Order(CodeBatchId id, MerchantId merchant, Actor actor) {}

    /** Where a batch was when last looked at. */
    record Mark(CodeBatchId id, MerchantId merchant, int issued) {}

    /** Fails on the unique key when the copy is not a new one. */
    CodeBatch insert(
            MerchantId merchant,
            Actor actor,
            String name,
            String digest,
            int copy,
            BatchReading.Readable reading,
            Instant now) {
        var batch = new QrBatchRecord();
        batch.setId(Ids.next());
        batch.setPublicId(Ids.ulid());
        batch.setMerchantId(merchant.value());
        batch.setFileName(name);
        batch.setFileDigest(digest);
        batch.setCopy(copy);
        batch.setState(BatchState.RUNNING.name());
        batch.setRowCount(reading.rows().size());
        batch.setRefused(reading.rows().size() - reading.right());
        batch.setIssued(0);
        batch.setActorKind(actor.kind().name());
        batch.setActorId(actor.id());
        batch.setActorLabel(actor.label());
        batch.setStartedAt(now);
        db.insertInto(QR_BATCH).set(batch).execute();
        insertRows(batch.getId(), reading.rows(), now);
        return batch(batch);
    }

    /** Store by store: a chunk then concerns few of them, and a store's numbers count up as in the file. */
    private void insertRows(long batch, List<BatchReading.Row> rows, Instant now) {
        var chunks = new ArrayList<QrBatchChunkRecord>();
        var records = new ArrayList<QrBatchRowRecord>();
        int right = 0;
        for (var row : inOrder(rows)) {
            var record = record(batch, row);
            if (row.error() == null) {
                record.setChunk(right / CHUNK);
                if (right % CHUNK == 0) {
                    chunks.add(chunk(batch, right / CHUNK, now));
                }
                right++;
            }
            records.add(record);
        }
        ManyRows.insert(db, records);
        ManyRows.insert(db, chunks);
    }

    private static List<BatchReading.Row> inOrder(List<BatchReading.Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparing((BatchReading.Row row) -> row.error() != null)
                        .thenComparing(row ->
                                row.store() == null ? 0 : row.store().id().value())
                        .thenComparing(BatchReading.Row::number))
                .toList();
    }

    private static QrBatchRowRecord record(long batch, BatchReading.Row row) {
        var store = row.store();
        var error = row.error();
        var record = new QrBatchRowRecord();
        record.setId(Ids.next());
        record.setBatchId(batch);
        record.setLine(row.number());
        record.setChunk(null);
        record.setStoreText(row.storeText());
        record.setStoreId(store == null ? null : store.id().value());
        record.setPlace(row.place());
        record.setHolder(row.holder());
        record.setError(error == null ? null : error.kind().name());
        record.setOtherLine(error == null || error.otherRow() == 0 ? null : error.otherRow());
        return record;
    }

    private static QrBatchChunkRecord chunk(long batch, int chunk, Instant due) {
        var record = new QrBatchChunkRecord();
        record.setBatchId(batch);
        record.setChunk(chunk);
        record.setClaimToken(null);
        record.setDueAt(due);
        return record;
    }

    /** Takes the chunk that has waited longest; empty when none is due. */
    Optional<Claimed> claim(Instant now, Duration lease) {
        long token = Ids.next();
        int claimed = db.update(QR_BATCH_CHUNK)
                .set(QR_BATCH_CHUNK.CLAIM_TOKEN, token)
                .set(QR_BATCH_CHUNK.DUE_AT, now.plus(lease))
                .where(QR_BATCH_CHUNK.DUE_AT.le(now))
                .orderBy(QR_BATCH_CHUNK.DUE_AT, QR_BATCH_CHUNK.BATCH_ID, QR_BATCH_CHUNK.CHUNK)
                .limit(1)
                .execute();
        return claimed == 0
                ? Optional.empty()
                : db.selectFrom(QR_BATCH_CHUNK)
                        .where(QR_BATCH_CHUNK.CLAIM_TOKEN.eq(token))
                        .and(QR_BATCH_CHUNK.DUE_AT.eq(now.plus(lease)))
                        .fetchOptional(row -> new Claimed(new CodeBatchId(row.getBatchId()), row.getChunk(), token));
    }

    Order order(CodeBatchId id) {
        var row = db.selectFrom(QR_BATCH).where(QR_BATCH.ID.eq(id.value())).fetchSingle();
        return new Order(
                id,
                new MerchantId(row.getMerchantId()),
                new Actor(
                        Actor.Kind.valueOf(row.getActorKind()), row.getActorId(), row.getActorLabel(), Set.of(), null));
    }

    /** In the order in which they get their numbers. */
    List<Wish> wishes(Claimed claim) {
        return db.selectFrom(QR_BATCH_ROW)
                .where(QR_BATCH_ROW.BATCH_ID.eq(claim.batch().value()))
                .and(QR_BATCH_ROW.CHUNK.eq(claim.chunk()))
                .orderBy(QR_BATCH_ROW.ID)
                .fetch(row -> new Wish(
                        new QrCodeId(row.getId()),
                        new StoreId(Objects.requireNonNull(row.getStoreId())),
                        row.getLine(),
                        row.getPlace(),
                        row.getHolder().isEmpty() ? null : row.getHolder()));
    }

    /**
     * Counts the codes and puts the chunk away; false when the batch was stopped or the lease went to somebody else, and then
     * the caller must undo all it did. The batch's row first, as {@link #cancel} does.
     */
    boolean done(Claimed claim, int codes, Instant now) {
        int counted = db.update(QR_BATCH)
                .set(QR_BATCH.ISSUED, QR_BATCH.ISSUED.plus(codes))
                .where(QR_BATCH.ID.eq(claim.batch().value()))
                .and(QR_BATCH.STATE.eq(BatchState.RUNNING.name()))
                .execute();
        int removed = counted == 0
                ? 0
                : db.deleteFrom(QR_BATCH_CHUNK)
                        .where(QR_BATCH_CHUNK.BATCH_ID.eq(claim.batch().value()))
                        .and(QR_BATCH_CHUNK.CHUNK.eq(claim.chunk()))
                        .and(QR_BATCH_CHUNK.CLAIM_TOKEN.eq(claim.token()))
                        .execute();
        if (removed == 0) {
            return false;
        }
        db.update(QR_BATCH)
                .set(QR_BATCH.STATE, BatchState.DONE.name())
                .set(QR_BATCH.FINISHED_AT, now)
                .where(QR_BATCH.ID.eq(claim.batch().value()))
                .and(QR_BATCH.ISSUED.plus(QR_BATCH.REFUSED).eq(QR_BATCH.ROW_COUNT))
                .execute();
        return true;
    }

    /** False when it was over already. Waits for a chunk that is just being done. */
    boolean cancel(CodeBatchId id, Instant now) {
        int cancelled = db.update(QR_BATCH)
                .set(QR_BATCH.STATE, BatchState.CANCELLED.name())
                .set(QR_BATCH.FINISHED_AT, now)
                .where(QR_BATCH.ID.eq(id.value()))
                .and(QR_BATCH.STATE.eq(BatchState.RUNNING.name()))
                .execute();
        if (cancelled == 0) {
            return false;
        }
        db.deleteFrom(QR_BATCH_CHUNK)
                .where(QR_BATCH_CHUNK.BATCH_ID.eq(id.value()))
                .execute();
        return true;
    }

    Optional<CodeBatch> find(CodeBatchId id) {
        return db.selectFrom(QR_BATCH).where(QR_BATCH.ID.eq(id.value())).fetchOptional(BatchRows::batch);
    }

    Optional<CodeBatch> find(String publicId) {
        return db.selectFrom(QR_BATCH).where(QR_BATCH.PUBLIC_ID.eq(publicId)).fetchOptional(BatchRows::batch);
    }

    List<CodeBatch> list(MerchantId merchant) {
        return db.selectFrom(QR_BATCH)
                .where(QR_BATCH.MERCHANT_ID.eq(merchant.value()))
                .orderBy(QR_BATCH.ID.desc())
                .limit(LIST_MOST)
                .fetch(BatchRows::batch);
    }

    /** The latest from the same file, and which copy it was. */
    Optional<Map.Entry<Integer, CodeBatch>> fromFile(MerchantId merchant, String digest) {
        return db.selectFrom(QR_BATCH)
                .where(QR_BATCH.MERCHANT_ID.eq(merchant.value()))
                .and(QR_BATCH.FILE_DIGEST.eq(digest))
                .orderBy(QR_BATCH.COPY.desc())
                .limit(1)
                .fetchOptional(row -> Map.entry(row.getCopy(), batch(row)));
    }

    List<Mark> running() {
        return db.select(QR_BATCH.ID, QR_BATCH.MERCHANT_ID, QR_BATCH.ISSUED)
                .from(QR_BATCH)
                .where(QR_BATCH.STATE.eq(BatchState.RUNNING.name()))
                .orderBy(QR_BATCH.ID)
                .limit(RUNNING_MOST)
                .fetch(row -> new Mark(new CodeBatchId(row.value1()), new MerchantId(row.value2()), row.value3()));
    }

    /** Rows with what became of them, but for the codes themselves. */
    List<QrBatchRowRecord> rows(CodeBatch batch, BatchRow.Filter filter, int after, int most) {
        return db.select(QR_BATCH_ROW.fields())
                .from(QR_BATCH_ROW)
                .leftJoin(QR_CODE)
                .on(QR_CODE.ID.eq(QR_BATCH_ROW.ID))
                .where(QR_BATCH_ROW.BATCH_ID.eq(batch.id().value()))
                .and(QR_BATCH_ROW.LINE.gt(after))
                .and(matches(batch, filter))
                .orderBy(QR_BATCH_ROW.LINE)
                .limit(most)
                .fetchInto(QR_BATCH_ROW);
    }

    private static Condition matches(CodeBatch batch, BatchRow.Filter filter) {
        var result = filter.result();
        var condition = result == null
                ? DSL.noCondition()
                : switch (result) {
                    case REFUSED -> QR_BATCH_ROW.ERROR.isNotNull();
                    case ISSUED -> QR_CODE.ID.isNotNull();
                    case WAITING, CANCELLED ->
                        result == unissued(batch)
                                ? QR_CODE.ID.isNull().and(QR_BATCH_ROW.ERROR.isNull())
                                : DSL.falseCondition();
                };
        var error = filter.error();
        if (error != null) {
            condition = condition.and(QR_BATCH_ROW.ERROR.eq(error.name()));
        }
        var text = filter.text().strip();
        if (!text.isEmpty()) {
            condition = condition.and(QR_BATCH_ROW
                    .STORE_TEXT
                    .contains(text)
                    .or(QR_BATCH_ROW.PLACE.contains(text))
                    .or(QR_BATCH_ROW.HOLDER.contains(text)));
        }
        return condition;
    }

    /** What a right row without a code is. */
    static BatchRow.Result unissued(CodeBatch batch) {
        return batch.state() == BatchState.CANCELLED ? BatchRow.Result.CANCELLED : BatchRow.Result.WAITING;
    }

    List<CodeBatches.Errors> errors(CodeBatchId id) {
        return db.select(QR_BATCH_ROW.ERROR, DSL.count())
                .from(QR_BATCH_ROW)
                .where(QR_BATCH_ROW.BATCH_ID.eq(id.value()))
                .and(QR_BATCH_ROW.ERROR.isNotNull())
                .groupBy(QR_BATCH_ROW.ERROR)
                .orderBy(DSL.count().desc(), QR_BATCH_ROW.ERROR)
                .fetch(row -> new CodeBatches.Errors(RowError.Kind.valueOf(row.value1()), row.value2()));
    }

    /** How many plates each of the stores has had; a store without any is absent. */
    Map<StoreId, Integer> plates(Collection<StoreId> stores) {
        return db
                .select(QR_CODE.STORE_ID, DSL.count())
                .from(QR_CODE)
                .where(QR_CODE.STORE_ID.in(stores.stream().map(StoreId::value).toList()))
                .and(QR_CODE.NUMBER.isNotNull())
                .groupBy(QR_CODE.STORE_ID)
                .fetchMap(QR_CODE.STORE_ID, DSL.count())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(entry -> new StoreId(entry.getKey()), Map.Entry::getValue));
    }

    private static CodeBatch batch(QrBatchRecord row) {
        return new CodeBatch(
                new CodeBatchId(row.getId()),
                row.getPublicId(),
                new MerchantId(row.getMerchantId()),
                row.getFileName(),
                BatchState.valueOf(row.getState()),
                row.getRowCount(),
                row.getRefused(),
                row.getIssued(),
                row.getActorLabel(),
                row.getStartedAt(),
                row.getFinishedAt());
    }
}
