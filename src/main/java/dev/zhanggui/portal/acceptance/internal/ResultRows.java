package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION;
import static dev.zhanggui.db.Tables.COLLECTION_RESULT;

import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResult.Outcome;
import dev.zhanggui.portal.acceptance.Attention;
import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionId;
import dev.zhanggui.portal.acceptance.PaymentFlag;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What acquirers said, and which of it waits for people. */
@Repository
class ResultRows {

    private static final int OF_STORE_MOST = 100;
    private static final int HASH_BYTES = 16;

    /** Whether people must look at it. */
    private enum Care {
        NONE,
        OPEN,
        SETTLED
    }

    private final DSLContext db;

    ResultRows(DSLContext db) {
        this.db = db;
    }

    /** @param why null where nobody need look */
    record Told(String publicId, @Nullable Attention why) {}

    /** The same, said before: by number, outcome, amount and currency. */
    Optional<Told> same(CollectionId payment, AcquirerResult result) {
        return db.select(COLLECTION_RESULT.PUBLIC_ID, COLLECTION_RESULT.ATTENTION)
                .from(COLLECTION_RESULT)
                .where(COLLECTION_RESULT.COLLECTION_ID.eq(payment.value()))
                .and(COLLECTION_RESULT.SAME_HASH.eq(hash(result)))
                .fetchOptional(row -> new Told(row.value1(), attention(row.value2())));
    }

    void insert(Collection payment, AcquirerResult result, @Nullable Attention why, Instant at) {
        db.insertInto(COLLECTION_RESULT)
                .set(COLLECTION_RESULT.ID, Ids.next())
                .set(COLLECTION_RESULT.PUBLIC_ID, Ids.ulid())
                .set(COLLECTION_RESULT.COLLECTION_ID, payment.id().value())
                .set(COLLECTION_RESULT.MERCHANT_ID, payment.merchantId().value())
                .set(COLLECTION_RESULT.STORE_ID, payment.storeId().value())
                .set(COLLECTION_RESULT.ACQUIRER, payment.cashier())
                .set(COLLECTION_RESULT.SAME_HASH, hash(result))
                .set(COLLECTION_RESULT.REFERENCE, result.reference())
                .set(COLLECTION_RESULT.OUTCOME, result.outcome().name())
                .set(COLLECTION_RESULT.AMOUNT_FEN, result.amount())
                .set(COLLECTION_RESULT.CURRENCY, result.currency())
                .set(
                        COLLECTION_RESULT.REASON,
                        result.failure() == null ? null : result.failure().name())
                .set(COLLECTION_RESULT.HAPPENED_AT, result.at().truncatedTo(ChronoUnit.MICROS))
                .set(COLLECTION_RESULT.RECEIVED_AT, at)
                .set(COLLECTION_RESULT.ATTENTION, why == null ? null : why.name())
                .set(COLLECTION_RESULT.CARE, (why == null ? Care.NONE : Care.OPEN).name())
                .set(COLLECTION_RESULT.VERSION, 0)
                .execute();
    }

    /** @param asOfNow as the payment is to be told */
    List<PaymentFlag> ofStore(StoreId store, UnaryOperator<Collection> asOfNow) {
        var open = DSL.when(COLLECTION_RESULT.CARE.eq(Care.OPEN.name()), 0).otherwise(1);
        return flags().where(COLLECTION_RESULT.STORE_ID.eq(store.value()))
                .and(COLLECTION_RESULT.CARE.in(Care.OPEN.name(), Care.SETTLED.name()))
                .orderBy(open, COLLECTION_RESULT.ID.desc())
                .limit(OF_STORE_MOST)
                .fetch(row -> flag(row, asOfNow));
    }

    List<PaymentFlag> list(
            boolean settled, String search, @Nullable String before, int most, UnaryOperator<Collection> asOfNow) {
        Condition older = before == null
                ? DSL.noCondition()
                : COLLECTION_RESULT.ID.lt(DSL.select(COLLECTION_RESULT.ID)
                        .from(COLLECTION_RESULT)
                        .where(COLLECTION_RESULT.PUBLIC_ID.eq(before)));
        Condition says = search.isEmpty()
                ? DSL.noCondition()
                : COLLECTION.PUBLIC_ID.eq(search.toUpperCase(Locale.ROOT)).or(COLLECTION_RESULT.REFERENCE.eq(search));
        return flags().where(COLLECTION_RESULT.CARE.eq((settled ? Care.SETTLED : Care.OPEN).name()))
                .and(says)
                .and(older)
                .orderBy(COLLECTION_RESULT.ID.desc())
                .limit(most)
                .fetch(row -> flag(row, asOfNow));
    }

    Optional<PaymentFlag> find(String publicId, UnaryOperator<Collection> asOfNow) {
        return flags().where(COLLECTION_RESULT.PUBLIC_ID.eq(publicId))
                .and(COLLECTION_RESULT.CARE.ne(Care.NONE.name()))
                .fetchOptional(row -> flag(row, asOfNow));
    }

    /** False when somebody was quicker. */
    boolean settle(String publicId, String by, Instant at, String note) {
        return db.update(COLLECTION_RESULT)
                        .set(COLLECTION_RESULT.CARE, Care.SETTLED.name())
                        .set(COLLECTION_RESULT.SETTLED_BY, by)
                        .set(COLLECTION_RESULT.SETTLED_AT, at)
                        .set(COLLECTION_RESULT.NOTE, note)
                        .set(COLLECTION_RESULT.VERSION, COLLECTION_RESULT.VERSION.plus(1))
                        .where(COLLECTION_RESULT.PUBLIC_ID.eq(publicId))
                        .and(COLLECTION_RESULT.CARE.eq(Care.OPEN.name()))
                        .execute()
                == 1;
    }

    private SelectOnConditionStep<Record> flags() {
        return db.select(COLLECTION_RESULT.fields())
                .select(COLLECTION.fields())
                .from(COLLECTION_RESULT)
                .join(COLLECTION)
                .on(COLLECTION.ID.eq(COLLECTION_RESULT.COLLECTION_ID));
    }

    private static PaymentFlag flag(Record both, UnaryOperator<Collection> asOfNow) {
        var payment = asOfNow.apply(StoredCollections.collection(both.into(COLLECTION)));
        var row = both.into(COLLECTION_RESULT);
        var settledBy = row.getSettledBy();
        return new PaymentFlag(
                row.getPublicId(),
                payment,
                new AcquirerResult(
                        payment.publicId(),
                        row.getReference(),
                        Outcome.valueOf(row.getOutcome()),
                        row.getAmountFen(),
                        row.getCurrency(),
                        row.getReason() == null ? null : AcquirerResult.Failure.valueOf(row.getReason()),
                        row.getHappenedAt()),
                Objects.requireNonNull(attention(row.getAttention())),
                row.getReceivedAt(),
                settledBy == null
                        ? null
                        : new PaymentFlag.Settled(
                                settledBy,
                                Objects.requireNonNull(row.getSettledAt()),
                                Objects.requireNonNull(row.getNote())));
    }

    private static @Nullable Attention attention(@Nullable String name) {
        return name == null ? null : Attention.valueOf(name);
    }

    private static byte[] hash(AcquirerResult result) {
        try {
            var text = result.outcome() + "/" + result.amount() + "/" + result.currency() + "/" + result.reference();
            return Arrays.copyOf(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
