package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION_DAY;
import static dev.zhanggui.db.Tables.COLLECTION_LIMIT;

import dev.zhanggui.portal.acceptance.CollectionLimits;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Limits, and what today has used of them. */
@Service
class StoredLimits implements CollectionLimits {

    private final DSLContext db;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;

    StoredLimits(DSLContext db, Merchants merchants, Access access, AuditLog audit, ApplicationEventPublisher events) {
        this.db = db;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
    }

    @Override
    public Limits get(Actor actor, StoreId id) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        return of(merchants.merchant(actor, store.merchantId()), id);
    }

    /** A choice that is above what the merchant may by now does not count. */
    private Limits of(Merchant merchant, StoreId store) {
        var most = CollectionLimits.ofKind(merchant.kind());
        return db.selectFrom(COLLECTION_LIMIT)
                .where(COLLECTION_LIMIT.STORE_ID.eq(store.value()))
                .fetchOptional(row -> new Limits(
                        new Money(Math.min(
                                row.getPerPaymentFen(), most.perPayment().fen())),
                        new Money(Math.min(row.getPerDayFen(), most.perDay().fen())),
                        row.getVersion()))
                .orElse(most);
    }

    AcceptanceRules.Room room(Merchant merchant, Store store, LocalDate day) {
        var limits = of(merchant, store.id());
        long used = db.select(COLLECTION_DAY.AMOUNT_FEN)
                .from(COLLECTION_DAY)
                .where(COLLECTION_DAY.STORE_ID.eq(store.id().value()))
                .and(COLLECTION_DAY.LOCAL_DAY.eq(day))
                .fetchOptional(COLLECTION_DAY.AMOUNT_FEN)
                .orElse(0L);
        return new AcceptanceRules.Room(
                limits.perPayment(), new Money(Math.max(0, limits.perDay().fen() - used)));
    }

    /** Holds the store's day until the transaction ends, so that {@link #room} is right until {@link #use}: the upsert locks it. */
    void hold(StoreId store, LocalDate day) {
        db.insertInto(COLLECTION_DAY)
                .set(COLLECTION_DAY.STORE_ID, store.value())
                .set(COLLECTION_DAY.LOCAL_DAY, day)
                .set(COLLECTION_DAY.AMOUNT_FEN, 0L)
                .set(COLLECTION_DAY.PAYMENTS, 0)
                .onDuplicateKeyUpdate()
                .set(COLLECTION_DAY.PAYMENTS, COLLECTION_DAY.PAYMENTS)
                .execute();
    }

    void use(StoreId store, LocalDate day, Money amount) {
        db.update(COLLECTION_DAY)
                .set(COLLECTION_DAY.AMOUNT_FEN, COLLECTION_DAY.AMOUNT_FEN.plus(amount.fen()))
                .set(COLLECTION_DAY.PAYMENTS, COLLECTION_DAY.PAYMENTS.plus(1))
                .where(COLLECTION_DAY.STORE_ID.eq(store.value()))
                .and(COLLECTION_DAY.LOCAL_DAY.eq(day))
                .execute();
    }

    @Override
    @Transactional
    public LimitsOutcome choose(Actor actor, StoreId id, Money perPayment, Money perDay, int version) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), Role.MANAGER);
        if (perPayment.fen() <= 0 || perDay.compareTo(perPayment) < 0) {
            return new LimitsOutcome.Unfit();
        }
        var merchant = merchants.merchant(actor, store.merchantId());
        var most = CollectionLimits.ofKind(merchant.kind());
        if (perPayment.compareTo(most.perPayment()) > 0 || perDay.compareTo(most.perDay()) > 0) {
            return new LimitsOutcome.Above(most);
        }
        var before = of(merchant, id);
        if (before.version() != version || !write(id, perPayment, perDay, version)) {
            throw new LostUpdateException(id.toString());
        }
        var after = new Limits(perPayment, perDay, version + 1);
        audit.record(actor, "collection.limited", id.toString(), store.merchantId(), json(before), json(after), null);
        events.publishEvent(new CodesChanged(id));
        return new LimitsOutcome.Chosen(after);
    }

    private boolean write(StoreId store, Money perPayment, Money perDay, int version) {
        if (version == 0) {
            try {
                return db.insertInto(COLLECTION_LIMIT)
                                .set(COLLECTION_LIMIT.STORE_ID, store.value())
                                .set(COLLECTION_LIMIT.PER_PAYMENT_FEN, perPayment.fen())
                                .set(COLLECTION_LIMIT.PER_DAY_FEN, perDay.fen())
                                .set(COLLECTION_LIMIT.VERSION, 1)
                                .execute()
                        == 1;
            } catch (DuplicateKeyException e) {
                return false;
            }
        }
        return db.update(COLLECTION_LIMIT)
                        .set(COLLECTION_LIMIT.PER_PAYMENT_FEN, perPayment.fen())
                        .set(COLLECTION_LIMIT.PER_DAY_FEN, perDay.fen())
                        .set(COLLECTION_LIMIT.VERSION, version + 1)
                        .where(COLLECTION_LIMIT.STORE_ID.eq(store.value()))
                        .and(COLLECTION_LIMIT.VERSION.eq(version))
                        .execute()
                == 1;
    }

    private static String json(Limits limits) {
        return JsonMapper.shared()
                .writeValueAsString(new TreeMap<>(Map.of(
                        "perPayment", limits.perPayment().text(),
                        "perDay", limits.perDay().text())));
    }
}
