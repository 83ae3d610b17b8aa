package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION;

import dev.zhanggui.db.tables.records.CollectionRecord;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.AttemptOutcome;
import dev.zhanggui.portal.acceptance.Channel;
import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionId;
import dev.zhanggui.portal.acceptance.CollectionRefused;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.CollectionSucceeded;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.CollectionsChanged;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes payments from the wish to the end. Every step locks the collection first, then the code, then the store's day: two who
 * pay at once queue up instead of overtaking the rules.
 */
@Service
class StoredCollections implements Collections {

    /** How long a payer may look at the cashier. */
    static final Duration TO_PAY = Duration.ofMinutes(15);

    /** How long a clerk has to agree. */
    static final Duration TO_AGREE = Duration.ofMinutes(3);

    private static final Actor PAYER = Actor.system("payer");
    private static final int WAITING_MOST = 100;
    private static final int LIST_MOST = 200;
    private static final int ONCE_BYTES = 16;

    private final DSLContext db;
    private final StoreAcceptance acceptance;
    private final StoredLimits limits;
    private final AttemptBook attempts;
    private final Cashiers cashiers;
    private final ChosenCashiers chosen;
    private final CashierAddresses addresses;
    private final QrCodes codes;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StoredCollections(
            DSLContext db,
            StoreAcceptance acceptance,
            StoredLimits limits,
            AttemptBook attempts,
            Cashiers cashiers,
            ChosenCashiers chosen,
            CashierAddresses addresses,
            QrCodes codes,
            Merchants merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.db = db;
        this.acceptance = acceptance;
        this.limits = limits;
        this.attempts = attempts;
        this.cashiers = cashiers;
        this.chosen = chosen;
        this.addresses = addresses;
        this.codes = codes;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public OfferOutcome offer(String code, Money amount, Payer payer, String once) {
        if (amount.fen() <= 0) {
            throw new IllegalArgumentException("an amount is more than nothing");
        }
        var scanned = codes.scanned(code);
        var answer = acceptance.answer(scanned, amount);
        if (!(answer instanceof Answer.ByHours may) || !may.mayPay()) {
            if (scanned instanceof Scanned.Known(var known)) {
                refused(known, wanted(known, amount), Channel.SCAN_PAGE, payer, answer, null);
            }
            return new OfferOutcome.Refused(answer);
        }
        var cashier = cashiers.of(payer.app(), chosen.of(may.code().merchantId()));
        if (cashier.isEmpty()) {
            return new OfferOutcome.NoCashier(may);
        }
        var collection = offered(may, wanted(may.code(), amount), payer, once, cashier.get());
        return new OfferOutcome.Offered(collection, address(collection));
    }

    /** The acquirer's page while the payer may pay there; else the portal's, which says what there is to wait for. */
    private String address(Collection collection) {
        return acquirersPage(collection).orElse("/cashier/" + collection.token());
    }

    @Override
    public Optional<String> acquirersPage(Collection collection) {
        if (collection.state() != CollectionState.OFFERED || cashiers.isSandbox(collection.cashier())) {
            return Optional.empty();
        }
        var store = merchants.store(PAYER, collection.storeId());
        return Optional.of(cashiers.address(collection, store.publicId(), addresses.of(collection)));
    }

    private static Money wanted(QrCode code, Money amount) {
        return code.terms() instanceof CodeTerms.OfOrder order ? order.amount() : amount;
    }

    private Collection offered(Answer.ByHours may, Money amount, Payer payer, String once, String cashier) {
        var code = may.code();
        var hash = onceHash(code, amount, once);
        var now = now();
        var collection = new Collection(
                new CollectionId(Ids.next()),
                Ids.ulid(),
                Ids.ulid(),
                code.id(),
                code.merchantId(),
                code.storeId(),
                amount,
                cashier,
                payer.app(),
                CollectionState.OFFERED,
                null,
                now,
                now.plus(TO_PAY),
                null,
                null,
                0);
        try {
            db.insertInto(COLLECTION)
                    .set(COLLECTION.ID, collection.id().value())
                    .set(COLLECTION.PUBLIC_ID, collection.publicId())
                    .set(COLLECTION.TOKEN, collection.token())
                    .set(COLLECTION.ONCE_HASH, hash)
                    .set(COLLECTION.QR_CODE_ID, code.id().value())
                    .set(COLLECTION.MERCHANT_ID, code.merchantId().value())
                    .set(COLLECTION.STORE_ID, code.storeId().value())
                    .set(COLLECTION.AMOUNT_FEN, amount.fen())
                    .set(COLLECTION.CASHIER, cashier)
                    .set(COLLECTION.PAYER_APP, payer.app().name())
                    .set(COLLECTION.PAYER, payer.markBytes())
                    .set(COLLECTION.STATE, collection.state().name())
                    .set(COLLECTION.CREATED_AT, now)
                    .set(COLLECTION.EXPIRES_AT, collection.expiresAt())
                    .set(COLLECTION.VERSION, 0)
                    .execute();
        } catch (DuplicateKeyException e) {
            return find(COLLECTION.ONCE_HASH.eq(hash)).orElseThrow();
        }
        attempts.note(
                code, may.store(), amount, Channel.SCAN_PAGE, AttemptOutcome.OFFERED, may, payer, collection.id());
        if (may.decision() == Decision.CONFIRM && !cashiers.isSandbox(cashier)) {
            // An acquirer asks no clerk: the payer goes there only after one agreed.
            attempts.note(
                    code, may.store(), amount, Channel.SCAN_PAGE, AttemptOutcome.WAITING, may, payer, collection.id());
            return wait(collection);
        }
        return collection;
    }

    @Override
    public Optional<Collection> byToken(String token) {
        return find(COLLECTION.TOKEN.eq(token)).map(this::asOfNow);
    }

    /** What nobody finished has expired, whether or not somebody wrote that down yet. */
    Collection asOfNow(Collection it) {
        return it.state().isEnd() || clock.instant().isBefore(it.expiresAt())
                ? it
                : with(it, CollectionState.EXPIRED, null, it.expiresAt(), null);
    }

    @Override
    @Transactional
    public Optional<Collection> pay(String token, Payer payer) {
        var held = hold(COLLECTION.TOKEN.eq(token));
        if (held.isEmpty() || held.get().state() != CollectionState.OFFERED || hasExpired(held.get())) {
            return held.map(this::asOfNow);
        }
        return Optional.of(decide(held.get(), payer, null));
    }

    @Override
    @Transactional
    public Optional<Collection> cancel(String token) {
        var held = hold(COLLECTION.TOKEN.eq(token));
        if (held.isEmpty() || held.get().state().isEnd() || hasExpired(held.get())) {
            return held.map(this::asOfNow);
        }
        return Optional.of(end(held.get(), CollectionState.CANCELLED, null, null));
    }

    @Override
    @Transactional
    public Collection agree(Actor actor, String publicId) {
        var held = heldFor(actor, publicId);
        if (held.state() != CollectionState.WAITING || hasExpired(held)) {
            return asOfNow(held);
        }
        var after = cashiers.isSandbox(held.cashier())
                ? decide(held, Payer.UNKNOWN, actor.label())
                : letGo(held, actor.label());
        audit.record(
                actor,
                "collection.agreed",
                held.id().toString(),
                held.merchantId(),
                null,
                "{\"state\":\"" + after.state() + "\"}",
                null);
        return after;
    }

    @Override
    @Transactional
    public Collection refuse(Actor actor, String publicId) {
        var held = heldFor(actor, publicId);
        if (held.state() != CollectionState.WAITING || hasExpired(held)) {
            return asOfNow(held);
        }
        var code = codes.get(PAYER, held.code());
        var store = merchants.store(PAYER, held.storeId());
        var after = end(held, CollectionState.REFUSED, Collection.BY_STAFF, actor.label());
        attempts.note(
                code,
                store,
                held.amount(),
                Channel.CASHIER,
                AttemptOutcome.REFUSED,
                Collection.BY_STAFF,
                true,
                Payer.UNKNOWN,
                held.id());
        events.publishEvent(new CollectionRefused(
                held.publicId(), code, held.amount(), Collection.BY_STAFF, Objects.requireNonNull(after.endedAt())));
        audit.record(actor, "collection.refused", held.id().toString(), held.merchantId(), null, null, null);
        return after;
    }

    /**
     * Asks the rules a last time and does what they say.
     *
     * @param agreedBy the clerk who agreed; null when nobody was asked
     */
    private Collection decide(Collection collection, Payer payer, @Nullable String agreedBy) {
        var scanned = codes.held(codes.get(PAYER, collection.code()).code());
        if (!(scanned instanceof Scanned.Known(var code))) {
            throw new IllegalStateException("the code of " + collection.id() + " is gone");
        }
        var store = merchants.store(PAYER, collection.storeId());
        var day = LocalDate.ofInstant(clock.instant(), store.zone());
        limits.hold(store.id(), day);
        var answer = acceptance.answer(scanned, collection.amount());
        if (!(answer instanceof Answer.ByHours may) || !may.mayPay()) {
            return refused(collection, code, answer, payer, agreedBy);
        }
        if (may.decision() == Decision.CONFIRM && agreedBy == null) {
            attempts.note(
                    code,
                    store,
                    collection.amount(),
                    Channel.CASHIER,
                    AttemptOutcome.WAITING,
                    may,
                    payer,
                    collection.id());
            return wait(collection);
        }
        if (code.terms() instanceof CodeTerms.OfOrder && !codes.use(code.id())) {
            var paid = new Answer.Ended(code, store, Answer.Ending.ORDER_PAID, null);
            return refused(collection, code, paid, payer, agreedBy);
        }
        limits.use(store.id(), day, collection.amount());
        attempts.note(
                code,
                store,
                collection.amount(),
                Channel.CASHIER,
                AttemptOutcome.SUCCEEDED,
                may,
                payer,
                collection.id());
        var after = end(collection, CollectionState.SUCCEEDED, null, agreedBy);
        events.publishEvent(new CollectionSucceeded(
                after.id(), after.publicId(), code, after.amount(), Objects.requireNonNull(after.endedAt())));
        return after;
    }

    /** A clerk agreed: the rules are asked once more, then the payer goes on to the acquirer, whose word ends it. */
    private Collection letGo(Collection collection, String agreedBy) {
        var scanned = codes.held(codes.get(PAYER, collection.code()).code());
        if (!(scanned instanceof Scanned.Known(var code))) {
            throw new IllegalStateException("the code of " + collection.id() + " is gone");
        }
        var answer = acceptance.answer(scanned, collection.amount());
        return answer instanceof Answer.ByHours may && may.mayPay()
                ? move(collection, CollectionState.OFFERED, TO_PAY)
                : refused(collection, code, answer, Payer.UNKNOWN, agreedBy);
    }

    private Collection refused(
            Collection collection, QrCode code, Answer answer, Payer payer, @Nullable String decidedBy) {
        refused(code, collection.amount(), Channel.CASHIER, payer, answer, collection);
        return end(collection, CollectionState.REFUSED, answer.reason(), decidedBy);
    }

    private void refused(
            QrCode code, Money amount, Channel channel, Payer payer, Answer answer, @Nullable Collection collection) {
        var store = merchants.store(PAYER, code.storeId());
        var publicId = attempts.note(
                code,
                store,
                amount,
                channel,
                AttemptOutcome.REFUSED,
                answer,
                payer,
                collection == null ? null : collection.id());
        events.publishEvent(new CollectionRefused(
                collection == null ? publicId : collection.publicId(), code, amount, answer.reason(), now()));
    }

    private Collection wait(Collection before) {
        return move(before, CollectionState.WAITING, TO_AGREE);
    }

    private Collection move(Collection before, CollectionState state, Duration most) {
        db.update(COLLECTION)
                .set(COLLECTION.STATE, state.name())
                .set(COLLECTION.EXPIRES_AT, now().plus(most))
                .set(COLLECTION.VERSION, COLLECTION.VERSION.plus(1))
                .where(COLLECTION.ID.eq(before.id().value()))
                .execute();
        events.publishEvent(new CollectionsChanged(before.storeId(), before.id()));
        return find(COLLECTION.ID.eq(before.id().value())).orElseThrow();
    }

    /** Ends it in a transaction that {@link #hold}s it. */
    Collection end(Collection before, CollectionState state, @Nullable String reason, @Nullable String decidedBy) {
        var at = now();
        db.update(COLLECTION)
                .set(COLLECTION.STATE, state.name())
                .set(COLLECTION.REASON, reason)
                .set(COLLECTION.ENDED_AT, at)
                .set(COLLECTION.DECIDED_BY, decidedBy)
                .set(COLLECTION.VERSION, COLLECTION.VERSION.plus(1))
                .where(COLLECTION.ID.eq(before.id().value()))
                .execute();
        events.publishEvent(new CollectionsChanged(before.storeId(), before.id()));
        return with(before, state, reason, at, decidedBy);
    }

    private static Collection with(
            Collection it,
            CollectionState state,
            @Nullable String reason,
            @Nullable Instant endedAt,
            @Nullable String decidedBy) {
        return new Collection(
                it.id(),
                it.publicId(),
                it.token(),
                it.code(),
                it.merchantId(),
                it.storeId(),
                it.amount(),
                it.cashier(),
                it.app(),
                state,
                reason,
                it.createdAt(),
                it.expiresAt(),
                endedAt,
                decidedBy,
                it.version() + 1);
    }

    private boolean hasExpired(Collection it) {
        return !clock.instant().isBefore(it.expiresAt());
    }

    @Override
    public Collection byPublicId(Actor actor, String publicId) {
        var found = find(COLLECTION.PUBLIC_ID.eq(publicId)).orElseThrow(() -> new NotFoundException("collection"));
        access.requireMember(actor, found.merchantId(), Role.CASHIER);
        return asOfNow(found);
    }

    @Override
    public List<Collection> waiting(Actor actor, StoreId storeId) {
        requireMember(actor, storeId);
        return db.selectFrom(COLLECTION)
                .where(COLLECTION.STORE_ID.eq(storeId.value()))
                .and(COLLECTION.STATE.eq(CollectionState.WAITING.name()))
                .and(COLLECTION.EXPIRES_AT.gt(now()))
                .orderBy(COLLECTION.ID)
                .limit(WAITING_MOST)
                .fetch(StoredCollections::collection);
    }

    @Override
    public List<Collection> list(Actor actor, StoreId storeId, String before, int limit) {
        return list(
                actor,
                storeId,
                COLLECTION.STATE.in(
                        CollectionState.WAITING.name(),
                        CollectionState.SUCCEEDED.name(),
                        CollectionState.REFUSED.name()),
                before,
                limit);
    }

    @Override
    public List<Collection> list(Actor actor, StoreId storeId, CollectionState state, String before, int limit) {
        return list(actor, storeId, isNow(state), before, limit);
    }

    /** As {@link #asOfNow} says it. */
    private Condition isNow(CollectionState state) {
        var written = COLLECTION.STATE.eq(state.name());
        return switch (state) {
            case OFFERED, WAITING -> written.and(COLLECTION.EXPIRES_AT.gt(now()));
            case SUCCEEDED, REFUSED, CANCELLED -> written;
            case EXPIRED ->
                written.or(COLLECTION
                        .STATE
                        .in(CollectionState.OFFERED.name(), CollectionState.WAITING.name())
                        .and(COLLECTION.EXPIRES_AT.le(now())));
        };
    }

    private List<Collection> list(Actor actor, StoreId storeId, Condition which, String before, int limit) {
        requireMember(actor, storeId);
        Condition after = DSL.noCondition();
        if (!before.isEmpty()) {
            var mark = byPublicId(actor, before);
            after = COLLECTION.ID.lt(mark.id().value());
        }
        return db.selectFrom(COLLECTION)
                .where(COLLECTION.STORE_ID.eq(storeId.value()))
                .and(which)
                .and(after)
                .orderBy(COLLECTION.ID.desc())
                .limit(Math.clamp(limit, 1, LIST_MOST))
                .fetch(row -> asOfNow(collection(row)));
    }

    private Store requireMember(Actor actor, StoreId storeId) {
        var store = merchants.store(actor, storeId);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        return store;
    }

    private Collection heldFor(Actor actor, String publicId) {
        var found = hold(COLLECTION.PUBLIC_ID.eq(publicId)).orElseThrow(() -> new NotFoundException("collection"));
        access.requireMember(actor, found.merchantId(), Role.CASHIER);
        return found;
    }

    /** As it is written, and nobody else's to change until the transaction ends. */
    Optional<Collection> hold(Condition which) {
        return db.selectFrom(COLLECTION).where(which).forUpdate().fetchOptional(StoredCollections::collection);
    }

    private Optional<Collection> find(Condition which) {
        return db.selectFrom(COLLECTION).where(which).fetchOptional(StoredCollections::collection);
    }

    static Collection collection(CollectionRecord row) {
        return new Collection(
                new CollectionId(row.getId()),
                row.getPublicId(),
                row.getToken(),
                new QrCodeId(row.getQrCodeId()),
                new MerchantId(row.getMerchantId()),
                new StoreId(row.getStoreId()),
                new Money(row.getAmountFen()),
                row.getCashier(),
                PayerApp.valueOf(row.getPayerApp()),
                CollectionState.valueOf(row.getState()),
                row.getReason(),
                row.getCreatedAt(),
                row.getExpiresAt(),
                row.getEndedAt(),
                row.getDecidedBy(),
                row.getVersion());
    }

    private static byte[] onceHash(QrCode code, Money amount, String once) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((code.code() + "/" + amount.fen() + "/").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(once.getBytes(StandardCharsets.UTF_8)), ONCE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
