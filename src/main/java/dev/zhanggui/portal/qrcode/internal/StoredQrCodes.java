package dev.zhanggui.portal.qrcode.internal;

import static dev.zhanggui.db.Tables.QR_CODE;
import static dev.zhanggui.db.Tables.QR_CODE_DOWNLOAD;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.MerchantCategory;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.CodeRevoked;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.qrcode.ConfirmOutcome;
import dev.zhanggui.portal.qrcode.Download;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.PlaceOutcome;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.ReplaceOutcome;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.RevokeOutcome;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.qrcode.emv.MerchantCode;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminals;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The codes of stores: who may do what with them, and what everybody learns of it. */
@Service
class StoredQrCodes implements QrCodes {

    private static final int ORDERS_MOST = 500;
    private static final int PAGE_MOST = 500;
    private static final int DOWNLOADS_MOST = 200;
    private static final int NOTE_MOST = 200;
    private static final Pattern ORDER_NUMBER = Pattern.compile("[A-Za-z0-9_./-]{1,64}");

    private final DSLContext db;
    private final CodeRegister register;
    private final CodeSigner signer;
    private final Press press;
    private final Merchants merchants;
    private final Terminals terminals;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final Clock clock;

    StoredQrCodes(
            DSLContext db,
            CodeRegister register,
            CodeSigner signer,
            Press press,
            Merchants merchants,
            Terminals terminals,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionOperations transaction,
            Clock clock) {
        this.db = db;
        this.register = register;
        this.signer = signer;
        this.press = press;
        this.merchants = merchants;
        this.terminals = terminals;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Transactional
    public IssueOutcome issue(Actor actor, StoreId storeId, String place) {
        var store = store(actor, storeId, Role.MANAGER);
        return issue(actor, store, place.strip(), new CodeTerms.OfStore());
    }

    @Override
    @Transactional
    public IssueOutcome issueFor(Actor actor, TerminalId terminalId, String place) {
        var terminal = terminals.terminal(actor, terminalId);
        if (terminal.storeId() == null) {
            return new IssueOutcome.NotBound();
        }
        var store = store(actor, terminal.storeId(), Role.MANAGER);
        var put = place.isBlank() ? Objects.requireNonNullElse(terminal.seat(), "") : place.strip();
        return issue(actor, store, put, new CodeTerms.OfTerminal(terminalId));
    }

    private IssueOutcome issue(Actor actor, Store store, String place, CodeTerms terms) {
        if (place.isEmpty()) {
            return new IssueOutcome.PlaceMissing();
        }
        if (length(place) > PLACE_MOST) {
            return new IssueOutcome.PlaceTooLong(PLACE_MOST);
        }
        var code = register.insertPlate(store.merchantId(), store.id(), place, null, terms);
        issued(actor, code);
        return new IssueOutcome.Issued(code);
    }

    private void issued(Actor actor, QrCode code) {
        audit.record(actor, "qrcode.issued", code.id().toString(), code.merchantId(), null, json(code), null);
        events.publishEvent(new CodesChanged(code.storeId()));
    }

    @Override
    @Transactional
    public OrderCodeOutcome issueOrder(Actor actor, StoreId storeId, NewOrderCode wish) {
        var store = store(actor, storeId, Role.CASHIER);
        if (!ORDER_NUMBER.matcher(wish.number()).matches()) {
            return new OrderCodeOutcome.NumberUnfit();
        }
        if (wish.amount().fen() <= 0 || wish.amount().compareTo(NewOrderCode.AMOUNT_MOST) > 0) {
            return new OrderCodeOutcome.AmountUnfit();
        }
        if (wish.validFor().compareTo(NewOrderCode.SHORTEST) < 0
                || wish.validFor().compareTo(NewOrderCode.LONGEST) > 0) {
            return new OrderCodeOutcome.TimeUnfit();
        }
        return issueOrder(actor, store, wish, register.currentOfOrder(store.merchantId(), wish.number()));
    }

    private OrderCodeOutcome issueOrder(Actor actor, Store store, NewOrderCode wish, Optional<QrCode> before) {
        if (before.isPresent() && before.get().terms() instanceof CodeTerms.OfOrder order) {
            var code = before.get();
            if (order.usedAt() != null) {
                return new OrderCodeOutcome.Paid(code);
            }
            if (code.isActive() && code.storeId().equals(store.id()) && isStill(order, wish)) {
                return new OrderCodeOutcome.Standing(code);
            }
            register.giveUpOrder(code.id());
        }
        var terms = new CodeTerms.OfOrder(
                wish.number(), wish.flow(), wish.amount(), now().plus(wish.validFor()), null, null);
        var made = register.insertOrder(store.merchantId(), store.id(), terms);
        if (made.isEmpty()) {
            return issueOrder(actor, store, wish, register.currentOfOrder(store.merchantId(), wish.number()));
        }
        var code = made.get();
        before.filter(QrCode::isActive).ifPresent(old -> stop(actor, old, RevocationReason.REPLACED, null, code.id()));
        issued(actor, code);
        return new OrderCodeOutcome.Issued(code, before.isPresent());
    }

    private boolean isStill(CodeTerms.OfOrder order, NewOrderCode wish) {
        return order.amount().equals(wish.amount())
                && order.flow() == wish.flow()
                && order.expiresAt().isAfter(clock.instant());
    }

    @Override
    public List<QrCode> list(Actor actor, StoreId storeId) {
        store(actor, storeId, Role.CASHIER);
        return register.plates(QR_CODE.STORE_ID.eq(storeId.value()), PLATES_MOST);
    }

    @Override
    public List<QrCode> orders(Actor actor, StoreId storeId, int limit) {
        store(actor, storeId, Role.CASHIER);
        return register.orders(QR_CODE.STORE_ID.eq(storeId.value()), Math.clamp(limit, 1, ORDERS_MOST));
    }

    @Override
    public List<QrCode> page(Actor actor, StoreId storeId, Filter filter, @Nullable QrCodeId after, int limit) {
        store(actor, storeId, Role.CASHIER);
        var which = QR_CODE.STORE_ID.eq(storeId.value());
        if (filter.kind() != null) {
            which = which.and(QR_CODE.KIND.eq(filter.kind().name()));
        }
        if (filter.active() != null) {
            which = which.and(filter.active() ? QR_CODE.REVOKED_AT.isNull() : QR_CODE.REVOKED_AT.isNotNull());
        }
        if (after != null) {
            which = which.and(QR_CODE.ID.lt(after.value()));
        }
        return register.newest(which, Math.clamp(limit, 1, PAGE_MOST));
    }

    @Override
    public List<QrCode> among(Actor actor, StoreId storeId, Collection<QrCodeId> ids) {
        store(actor, storeId, Role.CASHIER);
        var wanted = ids.stream().map(QrCodeId::value).toList();
        return wanted.isEmpty()
                ? List.of()
                : register.newest(QR_CODE.STORE_ID.eq(storeId.value()).and(QR_CODE.ID.in(wanted)), PAGE_MOST);
    }

    @Override
    public QrCode get(Actor actor, QrCodeId id) {
        return get(actor, id, Role.CASHIER);
    }

    @Override
    public QrCode byCode(Actor actor, String code) {
        if (!signer.isGenuine(code)) {
            throw new NotFoundException("qrcode");
        }
        return owned(actor, register.find(QR_CODE.CODE.eq(code)), Role.CASHIER, "qrcode");
    }

    @Override
    @Transactional
    public PlaceOutcome place(Actor actor, QrCodeId id, String place, String holder, int version) {
        var before = get(actor, id, Role.MANAGER);
        var put = place.strip();
        var who = holder.strip();
        if (!before.isActive()) {
            return new PlaceOutcome.Stopped(before);
        }
        if (put.isEmpty()) {
            return new PlaceOutcome.PlaceMissing();
        }
        if (length(put) > PLACE_MOST) {
            return new PlaceOutcome.PlaceTooLong(PLACE_MOST);
        }
        if (length(who) > HOLDER_MOST) {
            return new PlaceOutcome.HolderTooLong(HOLDER_MOST);
        }
        int changed = db.update(QR_CODE)
                .set(QR_CODE.PLACE, put)
                .set(QR_CODE.HOLDER, who.isEmpty() ? null : who)
                .set(QR_CODE.VERSION, QR_CODE.VERSION.plus(1))
                .where(QR_CODE.ID.eq(id.value()))
                .and(QR_CODE.VERSION.eq(version))
                .and(QR_CODE.REVOKED_AT.isNull())
                .execute();
        if (changed == 0) {
            throw new LostUpdateException(id.toString());
        }
        var after = get(actor, id, Role.MANAGER);
        audit.record(actor, "qrcode.placed", id.toString(), after.merchantId(), json(before), json(after), null);
        events.publishEvent(new CodesChanged(after.storeId()));
        return new PlaceOutcome.Placed(after);
    }

    @Override
    @Transactional
    public RevokeOutcome revoke(Actor actor, QrCodeId id, RevocationReason reason, String note) {
        var before = get(actor, id, Role.MANAGER);
        return stop(actor, before, reason, words(note), null)
                ? new RevokeOutcome.Revoked(get(actor, id, Role.MANAGER))
                : new RevokeOutcome.RevokedBefore(get(actor, id, Role.MANAGER));
    }

    @Override
    @Transactional
    public ReplaceOutcome replace(Actor actor, QrCodeId id, RevocationReason reason, String note) {
        var before = get(actor, id, Role.MANAGER);
        register.lock(id);
        var old = get(actor, id, Role.MANAGER);
        if (!old.isActive() || old.number() == 0) {
            return new ReplaceOutcome.StoppedBefore(old);
        }
        var successor = register.insertPlate(
                before.merchantId(), before.storeId(), before.place(), before.holder(), before.terms());
        stop(actor, before, reason, words(note), successor.id());
        issued(actor, successor);
        return new ReplaceOutcome.Replaced(get(actor, id, Role.MANAGER), successor);
    }

    private static @Nullable String words(String note) {
        var words = note.strip();
        return words.isEmpty() ? null : words.length() > NOTE_MOST ? words.substring(0, NOTE_MOST) : words;
    }

    private boolean stop(
            Actor actor, QrCode before, RevocationReason reason, @Nullable String note, @Nullable QrCodeId successor) {
        if (!register.revoke(before.id(), reason, note, successor)) {
            return false;
        }
        var after = register.find(QR_CODE.ID.eq(before.id().value())).orElseThrow();
        var why = note == null ? reason.name() : reason.name() + ": " + note;
        audit.record(
                actor, "qrcode.revoked", before.id().toString(), after.merchantId(), json(before), json(after), why);
        events.publishEvent(new CodesChanged(after.storeId()));
        events.publishEvent(new CodeRevoked(after));
        return true;
    }

    @Override
    @Transactional
    public ConfirmOutcome confirmOrder(Actor actor, QrCodeId id) {
        var code = get(actor, id, Role.CASHIER);
        if (!(code.terms() instanceof CodeTerms.OfOrder order) || order.flow() != OrderFlow.CONFIRMED_ONLINE) {
            return new ConfirmOutcome.NotAwaited(code);
        }
        if (order.usedAt() == null) {
            return new ConfirmOutcome.NotPaid(code);
        }
        boolean now = register.confirmOrder(id);
        var after = get(actor, id, Role.CASHIER);
        if (now) {
            audit.record(
                    actor,
                    "qrcode.confirmed",
                    id.toString(),
                    code.merchantId(),
                    json(code),
                    json(after),
                    order.number());
            events.publishEvent(new CodesChanged(after.storeId()));
        }
        return new ConfirmOutcome.Confirmed(after, now);
    }

    @Override
    public ArtefactOutcome artefact(Actor actor, QrCodeId id, Printing printing) {
        var code = get(actor, id, Role.MANAGER);
        if (!code.isActive()) {
            return new ArtefactOutcome.Stopped(code);
        }
        var printed = press.print(face(actor, code, printing), printing);
        if (printed instanceof ArtefactOutcome.Ready) {
            transaction.executeWithoutResult(status -> log(actor, code, printing));
        }
        return printed;
    }

    @Override
    public ArtefactOutcome preview(Actor actor, QrCodeId id, Printing printing, int width) {
        var code = get(actor, id, Role.MANAGER);
        if (!code.isActive()) {
            return new ArtefactOutcome.Stopped(code);
        }
        return press.preview(face(actor, code, printing), printing, width);
    }

    private Face face(Actor actor, QrCode code, Printing printing) {
        var store = merchants.store(actor, code.storeId());
        var face = Face.of(code, store.name());
        return switch (printing.says()) {
            case URL -> face;
            case EMV ->
                face.saying(new MerchantCode(
                                store.name(),
                                store.nameEn(),
                                city(store),
                                MerchantCategory.of(store.industry()),
                                code.url(),
                                null,
                                null,
                                code.numberText(),
                                null)
                        .payload());
        };
    }

    /** The city, or the province where it is one; the country where neither is known. */
    private static String city(Store store) {
        var path = Regions.path(store.regionCode());
        return path.isEmpty() ? "" : path.get(Math.min(1, path.size() - 1)).name();
    }

    private void log(Actor actor, QrCode code, Printing printing) {
        register.downloaded(actor, List.of(code), printing.shape());
        var facts = new TreeMap<String, Object>(Map.of(
                "format", printing.shape().name(),
                "says", printing.says().name(),
                "mark", printing.mark().name()));
        audit.record(
                actor,
                "qrcode.downloaded",
                code.id().toString(),
                code.merchantId(),
                null,
                JsonMapper.shared().writeValueAsString(facts),
                null);
    }

    @Override
    public List<Download> downloads(Actor actor, QrCodeId id) {
        get(actor, id, Role.MANAGER);
        return db.select(QR_CODE_DOWNLOAD.ACTOR_LABEL, QR_CODE_DOWNLOAD.FORMAT, QR_CODE_DOWNLOAD.DOWNLOADED_AT)
                .from(QR_CODE_DOWNLOAD)
                .where(QR_CODE_DOWNLOAD.QR_CODE_ID.eq(id.value()))
                .orderBy(QR_CODE_DOWNLOAD.ID.desc())
                .limit(DOWNLOADS_MOST)
                .fetch(row -> new Download(row.value1(), shape(row.value2()), row.value3()));
    }

    /** Before there were shapes, the plate was the one PDF. */
    private static Printing.Shape shape(String text) {
        return text.equals(Artefact.Format.PDF.name()) ? Printing.Shape.A6 : Printing.Shape.valueOf(text);
    }

    @Override
    public List<QrCode> activeCodesOf(StoreId store) {
        return register.plates(QR_CODE.STORE_ID.eq(store.value()).and(QR_CODE.REVOKED_AT.isNull()), PLATES_MOST);
    }

    @Override
    public Scanned scanned(String code) {
        if (!signer.isGenuine(code)) {
            return new Scanned.Forged();
        }
        return register.find(QR_CODE.CODE.eq(code))
                .<Scanned>map(Scanned.Known::new)
                .orElseGet(Scanned.Unregistered::new);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Scanned held(String code) {
        if (!(scanned(code) instanceof Scanned.Known(var known))) {
            return scanned(code);
        }
        register.lock(known.id());
        return scanned(code);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean use(QrCodeId id) {
        return register.useOrder(id);
    }

    private Store store(Actor actor, StoreId id, Role least) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), least);
        return store;
    }

    private QrCode get(Actor actor, QrCodeId id, Role least) {
        return owned(actor, register.find(QR_CODE.ID.eq(id.value())), least, id.toString());
    }

    private QrCode owned(Actor actor, Optional<QrCode> found, Role least, String subject) {
        var code = found.orElseThrow(() -> new NotFoundException(subject));
        access.requireMember(actor, code.merchantId(), least);
        return code;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Without the code's text: the record is read by people who may not print it. */
    private static String json(QrCode code) {
        var facts = new TreeMap<String, String>(Map.of(
                "kind", code.kind().name(),
                "number", code.numberText(),
                "place", code.place(),
                "state", code.isActive() ? "ACTIVE" : "REVOKED"));
        if (code.holder() != null) {
            facts.put("holder", code.holder());
        }
        if (code.terms() instanceof CodeTerms.OfOrder order) {
            facts.put("order", order.number());
            facts.put("amount", order.amount().text());
        }
        return JsonMapper.shared().writeValueAsString(facts);
    }
}
