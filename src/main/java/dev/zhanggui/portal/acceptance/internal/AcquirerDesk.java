package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION;

import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResults;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.AttemptOutcome;
import dev.zhanggui.portal.acceptance.Attention;
import dev.zhanggui.portal.acceptance.AttentionChanged;
import dev.zhanggui.portal.acceptance.Channel;
import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionRefused;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.CollectionSucceeded;
import dev.zhanggui.portal.acceptance.CollectionsChanged;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PaymentFlag;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.acceptance.ResultOutcome;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down what acquirers say. Locks as {@link StoredCollections} does: the payment, its code, the store's day. The rules are
 * asked too, but only to tell people what they would have said: the money has moved.
 */
@Service
class AcquirerDesk implements AcquirerResults, PaymentFlags {

    private static final Role[] STAFF = {Role.SERVICE, Role.REVIEWER, Role.ADMIN};

    private final StoredCollections payments;
    private final ResultRows rows;
    private final Cashiers cashiers;
    private final StoreAcceptance acceptance;
    private final StoredLimits limits;
    private final AttemptBook attempts;
    private final QrCodes codes;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AcquirerDesk(
            StoredCollections payments,
            ResultRows rows,
            Cashiers cashiers,
            StoreAcceptance acceptance,
            StoredLimits limits,
            AttemptBook attempts,
            QrCodes codes,
            Merchants merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.payments = payments;
        this.rows = rows;
        this.cashiers = cashiers;
        this.acceptance = acceptance;
        this.limits = limits;
        this.attempts = attempts;
        this.codes = codes;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Admission admit(String acquirer, @Nullable String signature, byte[] body) {
        var known = cashiers.acquirers().get(acquirer);
        if (known == null) {
            return Admission.UNKNOWN;
        }
        var read = ResultSignature.read(signature);
        return read != null && read.isTimely(clock.instant()) && read.isOf(body, known.resultKeys())
                ? Admission.ADMITTED
                : Admission.UNSIGNED;
    }

    @Override
    @Transactional
    public ResultOutcome settle(Actor actor, String acquirer, AcquirerResult result) {
        access.requireStaff(actor);
        var held = payments.hold(COLLECTION.PUBLIC_ID.eq(result.order()))
                .filter(it -> it.cashier().equals(acquirer))
                .orElse(null);
        if (held == null) {
            return new ResultOutcome.NotTheirs();
        }
        var said = rows.same(held.id(), result);
        if (said.isPresent()) {
            var why = said.get().why();
            var now = payments.asOfNow(held);
            return why != null && why.isContradiction()
                    ? new ResultOutcome.Contradicts(now, why)
                    : new ResultOutcome.Recorded(now, true);
        }
        if (!result.isOf(held.amount())) {
            return contradicts(actor, held, result, Attention.AMOUNT_DIFFERS);
        }
        return switch (result.outcome()) {
            case SUCCEEDED -> succeeded(actor, held, result);
            case FAILED -> failed(actor, held, result);
        };
    }

    private ResultOutcome succeeded(Actor actor, Collection held, AcquirerResult result) {
        var state = payments.asOfNow(held).state();
        if (state == CollectionState.SUCCEEDED) {
            return contradicts(actor, held, result, Attention.PAID_UNDER_OTHER_NUMBER);
        }
        var scanned = codes.held(codes.get(actor, held.code()).code());
        if (!(scanned instanceof Scanned.Known(var code))) {
            throw new IllegalStateException("the code of " + held.id() + " is gone");
        }
        var store = merchants.store(actor, held.storeId());
        var day = LocalDate.ofInstant(clock.instant(), store.zone());
        limits.hold(store.id(), day);
        var answer = acceptance.answer(scanned, held.amount());
        boolean first = !(code.terms() instanceof CodeTerms.OfOrder) || codes.use(code.id());
        limits.use(store.id(), day, held.amount());
        attempts.note(
                code,
                store,
                held.amount(),
                Channel.CASHIER,
                AttemptOutcome.SUCCEEDED,
                answer,
                Payer.UNKNOWN,
                held.id());
        var after = payments.end(held, CollectionState.SUCCEEDED, null, null);
        var why = first ? attention(state, answer) : Attention.ORDER_PAID_TWICE;
        keep(actor, after, result, why);
        events.publishEvent(new CollectionSucceeded(
                after.id(), after.publicId(), code, after.amount(), Objects.requireNonNull(after.endedAt())));
        return new ResultOutcome.Recorded(after, false);
    }

    /** What people must know about money that came in this way, the gravest first; null for nothing. */
    private static @Nullable Attention attention(CollectionState before, Answer answer) {
        return switch (answer) {
            case Answer.Stopped it -> Attention.AFTER_STOP;
            case Answer.Frozen it -> Attention.WHILE_FROZEN;
            case Answer.Ended it
            when it.ending() == Answer.Ending.PROMOTION_STOPPED || it.ending() == Answer.Ending.TERMINAL_NOT_BOUND ->
                Attention.AFTER_STOP;
            case Answer.Ended it -> attention(before);
            case Answer.NotOurs it -> attention(before);
            case Answer.ByHours it -> attention(before);
            case Answer.TooMuch it -> attention(before);
        };
    }

    private static @Nullable Attention attention(CollectionState before) {
        return switch (before) {
            case OFFERED, WAITING, SUCCEEDED -> null;
            case REFUSED -> Attention.AFTER_REFUSAL;
            case CANCELLED -> Attention.AFTER_CANCEL;
            case EXPIRED -> Attention.AFTER_EXPIRY;
        };
    }

    private ResultOutcome failed(Actor actor, Collection held, AcquirerResult result) {
        var now = payments.asOfNow(held);
        if (now.state() == CollectionState.SUCCEEDED) {
            return contradicts(actor, held, result, Attention.FAILED_AFTER_SUCCESS);
        }
        if (now.state().isEnd()) {
            keep(actor, now, result, null);
            return new ResultOutcome.Recorded(now, false);
        }
        var reason = Objects.requireNonNull(result.failure()).name();
        var code = codes.get(actor, held.code());
        var store = merchants.store(actor, held.storeId());
        var after = payments.end(held, CollectionState.REFUSED, reason, null);
        attempts.note(
                code,
                store,
                held.amount(),
                Channel.CASHIER,
                AttemptOutcome.REFUSED,
                reason,
                true,
                Payer.UNKNOWN,
                held.id());
        keep(actor, after, result, null);
        events.publishEvent(new CollectionRefused(
                after.publicId(), code, after.amount(), reason, Objects.requireNonNull(after.endedAt())));
        return new ResultOutcome.Recorded(after, false);
    }

    private ResultOutcome contradicts(Actor actor, Collection held, AcquirerResult result, Attention why) {
        keep(actor, held, result, why);
        events.publishEvent(new CollectionsChanged(held.storeId(), held.id()));
        return new ResultOutcome.Contradicts(payments.asOfNow(held), why);
    }

    private void keep(Actor actor, Collection payment, AcquirerResult result, @Nullable Attention why) {
        rows.insert(payment, result, why, now());
        if (why != null) {
            audit.record(
                    actor,
                    "collection.flagged",
                    payment.id().toString(),
                    payment.merchantId(),
                    null,
                    "{\"attention\":\"" + why + "\"}",
                    null);
            events.publishEvent(new AttentionChanged(payment.storeId()));
        }
    }

    @Override
    public List<PaymentFlag> ofStore(Actor actor, StoreId id) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        return rows.ofStore(id, payments::asOfNow);
    }

    @Override
    public List<PaymentFlag> list(Actor actor, boolean settled, String search, @Nullable String before) {
        access.requireStaff(actor, STAFF);
        return rows.list(settled, search.strip(), before, PAGE, payments::asOfNow);
    }

    @Override
    @Transactional
    public SettleOutcome settle(Actor actor, String publicId, String note) {
        access.requireStaff(actor, STAFF);
        var words = note.strip();
        if (words.isEmpty()) {
            return new SettleOutcome.NoteMissing();
        }
        if (words.length() > NOTE_MOST) {
            throw new IllegalArgumentException("a note has at most " + NOTE_MOST + " characters");
        }
        boolean mine = rows.settle(publicId, actor.label(), now(), words);
        var flag = rows.find(publicId, payments::asOfNow).orElseThrow(() -> new NotFoundException("payment flag"));
        if (!mine) {
            return new SettleOutcome.SettledBefore(flag);
        }
        var payment = flag.payment();
        audit.record(
                actor,
                "collection.flag-settled",
                payment.id().toString(),
                payment.merchantId(),
                "{\"attention\":\"" + flag.why() + "\"}",
                null,
                words);
        events.publishEvent(new AttentionChanged(payment.storeId()));
        return new SettleOutcome.Settled(flag);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
