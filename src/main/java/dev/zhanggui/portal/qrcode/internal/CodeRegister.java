package dev.zhanggui.portal.qrcode.internal;

import static dev.zhanggui.db.Tables.PROMOTION;
import static dev.zhanggui.db.Tables.QR_CODE;
import static dev.zhanggui.db.Tables.QR_CODE_COUNTER;
import static dev.zhanggui.db.Tables.QR_ORDER;

import dev.zhanggui.db.tables.records.PromotionRecord;
import dev.zhanggui.db.tables.records.QrCodeDownloadRecord;
import dev.zhanggui.db.tables.records.QrCodeRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.Promotion;
import dev.zhanggui.portal.qrcode.PromotionId;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rows of codes and of what they are good for. Knows nothing of actors: its callers check them. */
@Component
class CodeRegister {

    private final DSLContext db;
    private final CodeSigner signer;
    private final CodeUrls urls;
    private final Clock clock;

    CodeRegister(DSLContext db, CodeSigner signer, CodeUrls urls, Clock clock) {
        this.db = db;
        this.signer = signer;
        this.urls = urls;
        this.clock = clock;
    }

    /** A new plate: it takes the store's next number. */
    QrCode insertPlate(MerchantId merchant, StoreId store, String place, @Nullable String holder, CodeTerms terms) {
        return insert(merchant, store, nextNumber(store), place, holder, terms);
    }

    /**
     * New plates of one merchant's stores, with these ids: each takes its store's next number, in this order. The stores are
     * locked in one order until the commit, so that those who issue for the same stores wait for each other.
     */
    List<QrCode> insertPlates(MerchantId merchant, List<BatchRows.Wish> wishes) {
        var counts = new TreeMap<Long, Integer>();
        wishes.forEach(wish -> counts.merge(wish.store().value(), 1, Integer::sum));
        var next = reserve(counts);
        var codes = wishes.stream()
                .map(wish -> {
                    var text = signer.next();
                    return new QrCode(
                            wish.id(),
                            text,
                            urls.of(text),
                            new CodeTerms.OfStore(),
                            wish.store(),
                            merchant,
                            next.merge(wish.store().value(), 1, Integer::sum) - 1,
                            wish.place(),
                            wish.holder(),
                            now(),
                            null,
                            0);
                })
                .toList();
        ManyRows.insert(db, codes.stream().map(CodeRegister::record).toList());
        return codes;
    }

    /** The first number of each store that is free, with as many after it as were asked for. */
    private Map<Long, Integer> reserve(SortedMap<Long, Integer> counts) {
        var rows = counts.entrySet().stream()
                .map(count -> DSL.row(count.getKey(), count.getValue()))
                .toList();
        db.insertInto(QR_CODE_COUNTER, QR_CODE_COUNTER.STORE_ID, QR_CODE_COUNTER.LAST_NUMBER)
                .valuesOfRows(rows)
                .onDuplicateKeyUpdate()
                .set(
                        QR_CODE_COUNTER.LAST_NUMBER,
                        QR_CODE_COUNTER.LAST_NUMBER.plus(DSL.excluded(QR_CODE_COUNTER.LAST_NUMBER)))
                .execute();
        var last = db.select(QR_CODE_COUNTER.STORE_ID, QR_CODE_COUNTER.LAST_NUMBER)
                .from(QR_CODE_COUNTER)
                .where(QR_CODE_COUNTER.STORE_ID.in(counts.keySet()))
                .fetchMap(QR_CODE_COUNTER.STORE_ID, QR_CODE_COUNTER.LAST_NUMBER);
        var first = new HashMap<Long, Integer>();
        counts.forEach((store, count) -> first.put(store, Objects.requireNonNull(last.get(store)) - count + 1));
        return first;
    }

    /** A code without a plate; empty when another code was just made for the same order, which is then committed. */
    Optional<QrCode> insertOrder(MerchantId merchant, StoreId store, CodeTerms.OfOrder terms) {
        var code = make(merchant, store, 0, "", null, terms);
        // An upsert waits for an exclusive lock; a plain insert would leave all who lost with a shared one, in each
        // other's way.
        db.insertInto(QR_ORDER)
                .set(QR_ORDER.QR_CODE_ID, code.id().value())
                .set(QR_ORDER.MERCHANT_ID, merchant.value())
                .set(QR_ORDER.ORDER_NUMBER, terms.number())
                .set(QR_ORDER.CURRENT_NUMBER, terms.number())
                .set(QR_ORDER.FLOW, terms.flow().name())
                .set(QR_ORDER.AMOUNT_FEN, terms.amount().fen())
                .set(QR_ORDER.EXPIRES_AT, terms.expiresAt())
                .onDuplicateKeyUpdate()
                .set(QR_ORDER.ORDER_NUMBER, QR_ORDER.ORDER_NUMBER)
                .execute();
        long current = db.select(QR_ORDER.QR_CODE_ID)
                .from(QR_ORDER)
                .where(QR_ORDER.MERCHANT_ID.eq(merchant.value()))
                .and(QR_ORDER.CURRENT_NUMBER.eq(terms.number()))
                .fetchSingle()
                .value1();
        return current == code.id().value() ? Optional.of(insert(code)) : Optional.empty();
    }

    private QrCode insert(
            MerchantId merchant, StoreId store, int number, String place, @Nullable String holder, CodeTerms terms) {
        return insert(make(merchant, store, number, place, holder, terms));
    }

    private QrCode make(
            MerchantId merchant, StoreId store, int number, String place, @Nullable String holder, CodeTerms terms) {
        var text = signer.next();
        return new QrCode(
                new QrCodeId(Ids.next()),
                text,
                urls.of(text),
                terms,
                store,
                merchant,
                number,
                place,
                holder,
                now(),
                null,
                0);
    }

    private QrCode insert(QrCode code) {
        db.insertInto(QR_CODE).set(record(code)).execute();
        return code;
    }

    private static QrCodeRecord record(QrCode code) {
        var terms = code.terms();
        var row = new QrCodeRecord();
        row.setId(code.id().value());
        row.setCode(code.code());
        row.setKind(code.kind().name());
        row.setMerchantId(code.merchantId().value());
        row.setStoreId(code.storeId().value());
        row.setNumber(code.number() == 0 ? null : code.number());
        row.setPlace(code.place());
        row.setHolder(code.holder());
        row.setTerminalId(terms instanceof CodeTerms.OfTerminal(var terminal) ? terminal.value() : null);
        row.setPromotionId(
                terms instanceof CodeTerms.OfPromotion(var promotion)
                        ? promotion.id().value()
                        : null);
        row.setIssuedAt(code.issuedAt());
        row.setVersion(code.version());
        return row;
    }

    /** The row stays locked until the commit, so two who issue at once get neighbouring numbers. */
    private int nextNumber(StoreId store) {
        db.insertInto(QR_CODE_COUNTER)
                .set(QR_CODE_COUNTER.STORE_ID, store.value())
                .set(QR_CODE_COUNTER.LAST_NUMBER, 1)
                .onDuplicateKeyUpdate()
                .set(QR_CODE_COUNTER.LAST_NUMBER, QR_CODE_COUNTER.LAST_NUMBER.plus(1))
                .execute();
        return db.select(QR_CODE_COUNTER.LAST_NUMBER)
                .from(QR_CODE_COUNTER)
                .where(QR_CODE_COUNTER.STORE_ID.eq(store.value()))
                .fetchSingle()
                .value1();
    }

    /** Whether it was in use until now. */
    boolean revoke(QrCodeId id, RevocationReason reason, @Nullable String note, @Nullable QrCodeId replacedBy) {
        return db.update(QR_CODE)
                        .set(QR_CODE.REVOKED_AT, now())
                        .set(QR_CODE.REVOKE_REASON, reason.name())
                        .set(QR_CODE.REVOKE_NOTE, note)
                        .set(QR_CODE.REPLACED_BY, replacedBy == null ? null : replacedBy.value())
                        .set(QR_CODE.VERSION, QR_CODE.VERSION.plus(1))
                        .where(QR_CODE.ID.eq(id.value()))
                        .and(QR_CODE.REVOKED_AT.isNull())
                        .execute()
                == 1;
    }

    /** Puts on record that somebody took prints of the codes away. */
    void downloaded(Actor actor, List<QrCode> codes, Printing.Shape shape) {
        var at = now();
        ManyRows.insert(
                db,
                codes.stream()
                        .map(code -> {
                            var row = new QrCodeDownloadRecord();
                            row.setId(Ids.next());
                            row.setQrCodeId(code.id().value());
                            row.setActorKind(actor.kind().name());
                            row.setActorId(actor.id());
                            row.setActorLabel(actor.label());
                            row.setFormat(shape.name());
                            row.setDownloadedAt(at);
                            return row;
                        })
                        .toList());
    }

    /** Another code may now stand for the order. */
    void giveUpOrder(QrCodeId id) {
        db.update(QR_ORDER)
                .setNull(QR_ORDER.CURRENT_NUMBER)
                .where(QR_ORDER.QR_CODE_ID.eq(id.value()))
                .and(QR_ORDER.USED_AT.isNull())
                .execute();
    }

    /** Whether this call is the one that used it. */
    boolean useOrder(QrCodeId id) {
        return db.update(QR_ORDER)
                        .set(QR_ORDER.USED_AT, now())
                        .where(QR_ORDER.QR_CODE_ID.eq(id.value()))
                        .and(QR_ORDER.USED_AT.isNull())
                        .execute()
                == 1;
    }

    /** Whether this call is the one that confirmed it. */
    boolean confirmOrder(QrCodeId id) {
        return db.update(QR_ORDER)
                        .set(QR_ORDER.CONFIRMED_AT, now())
                        .where(QR_ORDER.QR_CODE_ID.eq(id.value()))
                        .and(QR_ORDER.USED_AT.isNotNull())
                        .and(QR_ORDER.CONFIRMED_AT.isNull())
                        .execute()
                == 1;
    }

    /** The code that counts for the order. Its row stays locked until the commit. */
    Optional<QrCode> currentOfOrder(MerchantId merchant, String orderNumber) {
        return db.select(QR_ORDER.QR_CODE_ID)
                .from(QR_ORDER)
                .where(QR_ORDER.MERCHANT_ID.eq(merchant.value()))
                .and(QR_ORDER.CURRENT_NUMBER.eq(orderNumber))
                .forUpdate()
                .fetchOptional()
                .flatMap(row -> find(QR_CODE.ID.eq(row.value1())));
    }

    /** Holds the code's row until the transaction ends: whoever wants to stop it waits, and whoever stopped it was first. */
    void lock(QrCodeId id) {
        db.select(QR_CODE.ID)
                .from(QR_CODE)
                .where(QR_CODE.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional();
    }

    /** Those of the ids that are codes, by id. */
    Map<Long, QrCode> byId(Collection<Long> ids) {
        return ids.isEmpty()
                ? Map.of()
                : select(QR_CODE.ID.in(ids)).orderBy(QR_CODE.ID).fetchMap(QR_CODE.ID, this::code);
    }

    Optional<QrCode> find(Condition which) {
        return select(which).fetchOptional(this::code);
    }

    /** Plates of the store that match, ordered by number. */
    List<QrCode> plates(Condition which, int most) {
        return select(which.and(QR_CODE.NUMBER.isNotNull()))
                .orderBy(QR_CODE.NUMBER, QR_CODE.ID)
                .limit(most)
                .fetch(this::code);
    }

    /** Order codes that match, newest first. */
    List<QrCode> orders(Condition which, int most) {
        return newest(which.and(QR_CODE.KIND.eq(QrCodeKind.ORDER.name())), most);
    }

    /** Codes of any kind that match, newest first. */
    List<QrCode> newest(Condition which, int most) {
        return select(which).orderBy(QR_CODE.ID.desc()).limit(most).fetch(this::code);
    }

    private SelectConditionStep<Record> select(Condition which) {
        return db.select(DSL.asterisk())
                .from(QR_CODE)
                .leftJoin(PROMOTION)
                .on(PROMOTION.ID.eq(QR_CODE.PROMOTION_ID))
                .leftJoin(QR_ORDER)
                .on(QR_ORDER.QR_CODE_ID.eq(QR_CODE.ID))
                .where(which);
    }

    private QrCode code(Record row) {
        return new QrCode(
                new QrCodeId(row.get(QR_CODE.ID)),
                row.get(QR_CODE.CODE),
                urls.of(row.get(QR_CODE.CODE)),
                terms(row),
                new StoreId(row.get(QR_CODE.STORE_ID)),
                new MerchantId(row.get(QR_CODE.MERCHANT_ID)),
                row.get(QR_CODE.NUMBER) == null ? 0 : row.get(QR_CODE.NUMBER),
                row.get(QR_CODE.PLACE),
                row.get(QR_CODE.HOLDER),
                row.get(QR_CODE.ISSUED_AT),
                revocation(row),
                row.get(QR_CODE.VERSION));
    }

    private static CodeTerms terms(Record row) {
        return switch (QrCodeKind.valueOf(row.get(QR_CODE.KIND))) {
            case STORE -> new CodeTerms.OfStore();
            case TERMINAL -> new CodeTerms.OfTerminal(new TerminalId(row.get(QR_CODE.TERMINAL_ID)));
            case PROMOTION -> new CodeTerms.OfPromotion(promotion(row.into(PROMOTION)));
            case ORDER ->
                new CodeTerms.OfOrder(
                        row.get(QR_ORDER.ORDER_NUMBER),
                        OrderFlow.valueOf(row.get(QR_ORDER.FLOW)),
                        new Money(row.get(QR_ORDER.AMOUNT_FEN)),
                        row.get(QR_ORDER.EXPIRES_AT),
                        row.get(QR_ORDER.USED_AT),
                        row.get(QR_ORDER.CONFIRMED_AT));
        };
    }

    static Promotion promotion(PromotionRecord row) {
        var cap = row.getCapFen();
        return new Promotion(
                new PromotionId(row.getId()),
                row.getPublicId(),
                new MerchantId(row.getMerchantId()),
                row.getTitle(),
                row.getDiscount(),
                row.getValidFrom(),
                row.getValidUntil(),
                cap == null ? null : new Money(cap),
                row.getStoppedAt(),
                row.getVersion());
    }

    private static QrCode.@Nullable Revocation revocation(Record row) {
        var at = row.get(QR_CODE.REVOKED_AT);
        var replacedBy = row.get(QR_CODE.REPLACED_BY);
        return at == null
                ? null
                : new QrCode.Revocation(
                        RevocationReason.valueOf(row.get(QR_CODE.REVOKE_REASON)),
                        row.get(QR_CODE.REVOKE_NOTE),
                        at,
                        replacedBy == null ? null : new QrCodeId(replacedBy));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
