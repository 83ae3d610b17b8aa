package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION;
import static dev.zhanggui.db.Tables.COLLECTION_ATTEMPT;
import static dev.zhanggui.db.Tables.QR_CODE;
import static dev.zhanggui.db.Tables.QR_ORDER;
import static dev.zhanggui.db.Tables.SCAN;

import dev.zhanggui.portal.acceptance.Attempt;
import dev.zhanggui.portal.acceptance.AttemptOutcome;
import dev.zhanggui.portal.acceptance.Takings;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record4;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Reads the book of attempts and of scans; counting is the database's work. */
@Service
class StoredTakings implements Takings {

    private static final int LINES_MOST = 500;
    private static final int EXPORT_PAGE = 1_000;
    private static final int ANOMALIES_MOST = 20;

    private static final int REFUSALS_MOST = 10_000;

    /** Two places that nobody travels between in that time. */
    private static final Duration FAR_APART_WITHIN = Duration.ofMinutes(30);

    /** A queue of people cannot scan one plate more often in a minute. */
    private static final int BURST = 30;

    /** A plate that is scanned this often a day is missed when it is not. */
    private static final int BUSY = 10;

    private static final int USUAL_DAYS = 7;
    private static final int LATE_ENOUGH_HOUR = 14;

    private final DSLContext db;
    private final QrCodes codes;
    private final TradingHours hours;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final TransactionOperations transaction;
    private final Clock clock;

    StoredTakings(
            DSLContext db,
            QrCodes codes,
            TradingHours hours,
            Merchants merchants,
            Access access,
            AuditLog audit,
            TransactionOperations transaction,
            Clock clock) {
        this.db = db;
        this.codes = codes;
        this.hours = hours;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Glance glance(Actor actor, StoreId storeId, Days days) {
        store(actor, storeId);
        var outside = DSL.sum(DSL.when(COLLECTION_ATTEMPT.WAS_OPEN.isFalse(), 1).otherwise(0));
        var amount = DSL.sum(COLLECTION_ATTEMPT.AMOUNT_FEN);
        var counts = db.select(COLLECTION_ATTEMPT.OUTCOME, DSL.count(), amount, outside)
                .from(COLLECTION_ATTEMPT)
                .where(of(storeId, days))
                .and(COLLECTION_ATTEMPT.OUTCOME.in(AttemptOutcome.SUCCEEDED.name(), AttemptOutcome.REFUSED.name()))
                .groupBy(COLLECTION_ATTEMPT.OUTCOME)
                .fetchMap(COLLECTION_ATTEMPT.OUTCOME);
        var paid = counts.get(AttemptOutcome.SUCCEEDED.name());
        var refused = counts.get(AttemptOutcome.REFUSED.name());
        return new Glance(
                paid == null ? Money.ZERO : new Money(paid.value3().longValue()),
                paid == null ? 0 : paid.value2(),
                paid == null ? 0 : paid.value4().intValue(),
                refused == null ? 0 : refused.value2());
    }

    @Override
    public List<Attempt> attempts(Actor actor, StoreId storeId, Wanted wanted) {
        store(actor, storeId);
        var outcomes = wanted.outcomes().isEmpty()
                ? EnumSet.complementOf(EnumSet.of(AttemptOutcome.OFFERED))
                : wanted.outcomes();
        Condition before = DSL.noCondition();
        if (wanted.before() != null) {
            before = COLLECTION_ATTEMPT.ID.lt(DSL.select(COLLECTION_ATTEMPT.ID)
                    .from(COLLECTION_ATTEMPT)
                    .where(COLLECTION_ATTEMPT.STORE_ID.eq(storeId.value()))
                    .and(COLLECTION_ATTEMPT.PUBLIC_ID.eq(wanted.before())));
        }
        return lines(of(storeId, wanted.days()))
                .and(COLLECTION_ATTEMPT.OUTCOME.in(
                        outcomes.stream().map(Enum::name).toList()))
                .and(says(wanted.text().strip()))
                .and(before)
                .orderBy(COLLECTION_ATTEMPT.ID.desc())
                .limit(Math.clamp(wanted.limit(), 1, LINES_MOST))
                .fetch(StoredTakings::attempt);
    }

    private static Condition says(String text) {
        if (text.isEmpty()) {
            return DSL.noCondition();
        }
        Condition any = QR_CODE.PLACE
                .contains(text)
                .or(QR_ORDER.ORDER_NUMBER.startsWith(text))
                .or(COLLECTION.PUBLIC_ID.eq(text.toUpperCase(Locale.ROOT)))
                .or(COLLECTION_ATTEMPT.PUBLIC_ID.eq(text.toUpperCase(Locale.ROOT)));
        return text.matches("\\d{1,6}") ? any.or(QR_CODE.NUMBER.eq(Integer.valueOf(text))) : any;
    }

    private SelectConditionStep<? extends Record> lines(Condition which) {
        return db.select(
                        COLLECTION_ATTEMPT.ID,
                        COLLECTION_ATTEMPT.PUBLIC_ID,
                        COLLECTION.PUBLIC_ID,
                        COLLECTION_ATTEMPT.AT,
                        QR_CODE.NUMBER,
                        QR_CODE.PLACE,
                        QR_ORDER.ORDER_NUMBER,
                        COLLECTION_ATTEMPT.AMOUNT_FEN,
                        COLLECTION_ATTEMPT.OUTCOME,
                        COLLECTION_ATTEMPT.REASON,
                        COLLECTION_ATTEMPT.WAS_OPEN)
                .from(COLLECTION_ATTEMPT)
                .join(QR_CODE)
                .on(QR_CODE.ID.eq(COLLECTION_ATTEMPT.QR_CODE_ID))
                .leftJoin(QR_ORDER)
                .on(QR_ORDER.QR_CODE_ID.eq(QR_CODE.ID))
                .leftJoin(COLLECTION)
                .on(COLLECTION.ID.eq(COLLECTION_ATTEMPT.COLLECTION_ID))
                .where(which);
    }

    private static Attempt attempt(Record row) {
        var number = row.get(QR_CODE.NUMBER);
        var order = row.get(QR_ORDER.ORDER_NUMBER);
        var payment = row.get(COLLECTION.PUBLIC_ID);
        return new Attempt(
                row.get(COLLECTION_ATTEMPT.PUBLIC_ID),
                payment == null ? row.get(COLLECTION_ATTEMPT.PUBLIC_ID) : payment,
                row.get(COLLECTION_ATTEMPT.AT),
                QrCode.numberText(number == null ? 0 : number),
                order == null ? row.get(QR_CODE.PLACE) : order,
                new Money(row.get(COLLECTION_ATTEMPT.AMOUNT_FEN)),
                AttemptOutcome.valueOf(row.get(COLLECTION_ATTEMPT.OUTCOME)),
                row.get(COLLECTION_ATTEMPT.REASON),
                row.get(COLLECTION_ATTEMPT.WAS_OPEN));
    }

    @Override
    public List<RefusedHour> refusedByHour(Actor actor, StoreId storeId, Days days) {
        store(actor, storeId);
        return db.select(
                        COLLECTION_ATTEMPT.REASON,
                        COLLECTION_ATTEMPT.LOCAL_HOUR,
                        DSL.count(),
                        DSL.sum(COLLECTION_ATTEMPT.AMOUNT_FEN))
                .from(COLLECTION_ATTEMPT)
                .where(of(storeId, days))
                .and(COLLECTION_ATTEMPT.OUTCOME.eq(AttemptOutcome.REFUSED.name()))
                .groupBy(COLLECTION_ATTEMPT.REASON, COLLECTION_ATTEMPT.LOCAL_HOUR)
                .orderBy(COLLECTION_ATTEMPT.REASON, COLLECTION_ATTEMPT.LOCAL_HOUR)
                .fetch(row -> new RefusedHour(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        new Money(row.value4().longValue())));
    }

    @Override
    public Optional<Advice> advice(Actor actor, StoreId storeId, Days days) {
        store(actor, storeId);
        var amounts = db.select(COLLECTION_ATTEMPT.AMOUNT_FEN)
                .from(COLLECTION_ATTEMPT)
                .where(of(storeId, days))
                .and(COLLECTION_ATTEMPT.OUTCOME.eq(AttemptOutcome.REFUSED.name()))
                .and(COLLECTION_ATTEMPT.WAS_OPEN.isFalse())
                .orderBy(COLLECTION_ATTEMPT.ID.desc())
                .limit(REFUSALS_MOST)
                .fetch(COLLECTION_ATTEMPT.AMOUNT_FEN);
        return OutsideAdvice.of(amounts, hours.evaluator(actor, storeId).outside());
    }

    @Override
    public List<CodeFigures> byCode(Actor actor, StoreId storeId, Days days) {
        var store = store(actor, storeId);
        var scans = db.select(SCAN.QR_CODE_ID, DSL.count())
                .from(SCAN)
                .where(SCAN.STORE_ID.eq(storeId.value()))
                .and(SCAN.SCANNED_AT.ge(start(days.from(), store)))
                .and(SCAN.SCANNED_AT.lt(start(days.to().plusDays(1), store)))
                .groupBy(SCAN.QR_CODE_ID)
                .fetchMap(SCAN.QR_CODE_ID, DSL.count());
        var amount = DSL.sum(COLLECTION_ATTEMPT.AMOUNT_FEN);
        var ends = new HashMap<Long, Map<String, Record4<Long, String, Integer, BigDecimal>>>();
        db.select(COLLECTION_ATTEMPT.QR_CODE_ID, COLLECTION_ATTEMPT.OUTCOME, DSL.count(), amount)
                .from(COLLECTION_ATTEMPT)
                .where(of(storeId, days))
                .and(COLLECTION_ATTEMPT.OUTCOME.in(AttemptOutcome.SUCCEEDED.name(), AttemptOutcome.REFUSED.name()))
                .groupBy(COLLECTION_ATTEMPT.QR_CODE_ID, COLLECTION_ATTEMPT.OUTCOME)
                .forEach(row -> ends.computeIfAbsent(row.value1(), id -> new HashMap<>())
                        .put(row.value2(), row));
        return codes.list(actor, storeId).stream()
                .map(code -> {
                    var of = ends.getOrDefault(code.id().value(), Map.of());
                    var paid = of.get(AttemptOutcome.SUCCEEDED.name());
                    var refused = of.get(AttemptOutcome.REFUSED.name());
                    return new CodeFigures(
                            code,
                            scans.getOrDefault(code.id().value(), 0),
                            paid == null ? 0 : paid.value3(),
                            refused == null ? 0 : refused.value3(),
                            paid == null ? Money.ZERO : new Money(paid.value4().longValue()));
                })
                .toList();
    }

    private record Seen(long code, Instant at, String region) {}

    @Override
    public List<Anomaly> anomalies(Actor actor, StoreId storeId) {
        var store = store(actor, storeId);
        var now = clock.instant();
        var today = start(LocalDate.ofInstant(now, store.zone()), store);
        var plates = codes.list(actor, storeId).stream()
                .filter(QrCode::isActive)
                .collect(Collectors.toMap(code -> code.id().value(), code -> code));
        var found = new ArrayList<Anomaly>();
        var seen = db
                .select(SCAN.QR_CODE_ID, SCAN.SCANNED_AT, SCAN.REGION)
                .from(SCAN)
                .where(SCAN.STORE_ID.eq(storeId.value()))
                .and(SCAN.SCANNED_AT.ge(today))
                .orderBy(SCAN.QR_CODE_ID, SCAN.SCANNED_AT)
                .limit(50_000)
                .fetch(row -> new Seen(row.value1(), row.value2(), row.value3() == null ? "" : row.value3()))
                .stream()
                .collect(Collectors.groupingBy(Seen::code));
        seen.forEach((id, scans) -> {
            var code = plates.get(id);
            if (code != null) {
                farApart(code, scans).ifPresent(found::add);
                burst(code, scans).ifPresent(found::add);
            }
        });
        if (now.atZone(store.zone()).getHour() >= LATE_ENOUGH_HOUR && !seen.isEmpty()) {
            plates.values().stream()
                    .filter(code -> !seen.containsKey(code.id().value()))
                    .forEach(code -> silent(code, today).ifPresent(found::add));
        }
        return found.stream()
                .sorted(Comparator.comparing(it -> it.code().number()))
                .limit(ANOMALIES_MOST)
                .toList();
    }

    /** The last such pair of today. Regions are compared by their first two digits, the province. */
    private static Optional<Anomaly> farApart(QrCode code, List<Seen> scans) {
        var placed = scans.stream().filter(it -> it.region().length() >= 2).toList();
        for (int i = placed.size() - 1; i > 0; i--) {
            var one = placed.get(i - 1);
            var other = placed.get(i);
            if (!one.region().substring(0, 2).equals(other.region().substring(0, 2))
                    && Duration.between(one.at(), other.at()).compareTo(FAR_APART_WITHIN) <= 0) {
                return Optional.of(new Anomaly.FarApart(code, one.region(), other.region(), other.at()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Anomaly> burst(QrCode code, List<Seen> scans) {
        int from = 0;
        int most = 0;
        var at = Instant.EPOCH;
        for (int to = 0; to < scans.size(); to++) {
            while (Duration.between(scans.get(from).at(), scans.get(to).at()).toSeconds() >= 60) {
                from++;
            }
            if (to - from + 1 > most) {
                most = to - from + 1;
                at = scans.get(to).at();
            }
        }
        return most > BURST ? Optional.of(new Anomaly.Burst(code, most, at)) : Optional.empty();
    }

    private Optional<Anomaly> silent(QrCode code, Instant today) {
        var usual = db.select(DSL.count(), DSL.max(SCAN.SCANNED_AT))
                .from(SCAN)
                .where(SCAN.STORE_ID.eq(code.storeId().value()))
                .and(SCAN.QR_CODE_ID.eq(code.id().value()))
                .and(SCAN.SCANNED_AT.ge(today.minus(Duration.ofDays(USUAL_DAYS))))
                .fetchSingle();
        int aDay = usual.value1() / USUAL_DAYS;
        return aDay >= BUSY ? Optional.of(new Anomaly.Silent(code, aDay, usual.value2())) : Optional.empty();
    }

    @Override
    public void export(Actor actor, StoreId storeId, Days days, Locale language, Writer to) throws IOException {
        var store = store(actor, storeId);
        access.requireMember(actor, store.merchantId(), Role.MANAGER);
        transaction.executeWithoutResult(it -> audit.record(
                actor,
                "collection.exported",
                storeId.toString(),
                store.merchantId(),
                null,
                "{\"from\":\"" + days.from() + "\",\"to\":\"" + days.to() + "\"}",
                null));
        var csv = new AttemptCsv(to, language, store.zone());
        csv.head();
        long after = 0;
        while (true) {
            var page = lines(of(storeId, days))
                    .and(COLLECTION_ATTEMPT.ID.gt(after))
                    .and(COLLECTION_ATTEMPT.OUTCOME.ne(AttemptOutcome.OFFERED.name()))
                    .orderBy(COLLECTION_ATTEMPT.ID)
                    .limit(EXPORT_PAGE)
                    .fetch();
            for (var row : page) {
                csv.line(attempt(row));
            }
            if (page.size() < EXPORT_PAGE) {
                return;
            }
            after = page.getLast().get(COLLECTION_ATTEMPT.ID);
        }
    }

    private static Condition of(StoreId store, Days days) {
        return COLLECTION_ATTEMPT
                .STORE_ID
                .eq(store.value())
                .and(COLLECTION_ATTEMPT.LOCAL_DAY.between(days.from(), days.to()));
    }

    private static Instant start(LocalDate day, Store store) {
        return day.atStartOfDay(store.zone()).toInstant();
    }

    private Store store(Actor actor, StoreId id) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        return store;
    }
}
