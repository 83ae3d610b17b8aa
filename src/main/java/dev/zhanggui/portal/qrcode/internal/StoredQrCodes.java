package dev.zhanggui.portal.qrcode.internal;

import static dev.zhanggui.db.Tables.QR_CODE;
import static dev.zhanggui.db.Tables.QR_CODE_COUNTER;
import static dev.zhanggui.db.Tables.QR_CODE_DOWNLOAD;

import dev.zhanggui.db.tables.records.QrCodeRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.CodeRevoked;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.qrcode.Download;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.RevokeOutcome;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The register of codes. */
@Service
class StoredQrCodes implements QrCodes {

    private static final int LIST_MOST = 2_000;
    private static final int DOWNLOADS_MOST = 200;
    private static final int NOTE_MOST = 200;

    private final DSLContext db;
    private final CodeSigner signer;
    private final CodeUrls urls;
    private final Press press;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final Clock clock;

    StoredQrCodes(
            DSLContext db,
            CodeSigner signer,
            CodeUrls urls,
            Press press,
            Merchants merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionOperations transaction,
            Clock clock) {
        this.db = db;
        this.signer = signer;
        this.urls = urls;
        this.press = press;
        this.merchants = merchants;
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
        var put = place.strip();
        if (put.isEmpty()) {
            return new IssueOutcome.PlaceMissing();
        }
        if (put.codePointCount(0, put.length()) > PLACE_MOST) {
            return new IssueOutcome.PlaceTooLong(PLACE_MOST);
        }
        var text = signer.next();
        var code = new QrCode(
                new QrCodeId(Ids.next()),
                text,
                urls.of(text),
                QrCodeKind.STORE,
                storeId,
                store.merchantId(),
                nextNumber(storeId),
                put,
                now(),
                null,
                0);
        db.insertInto(QR_CODE)
                .set(QR_CODE.ID, code.id().value())
                .set(QR_CODE.CODE, code.code())
                .set(QR_CODE.KIND, code.kind().name())
                .set(QR_CODE.MERCHANT_ID, code.merchantId().value())
                .set(QR_CODE.STORE_ID, storeId.value())
                .set(QR_CODE.NUMBER, code.number())
                .set(QR_CODE.PLACE, code.place())
                .set(QR_CODE.ISSUED_AT, code.issuedAt())
                .set(QR_CODE.VERSION, code.version())
                .execute();
        audit.record(actor, "qrcode.issued", code.id().toString(), code.merchantId(), null, json(code), null);
        events.publishEvent(new CodesChanged(storeId));
        return new IssueOutcome.Issued(code);
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

    @Override
    public List<QrCode> list(Actor actor, StoreId storeId) {
        store(actor, storeId, Role.CASHIER);
        return db.selectFrom(QR_CODE)
                .where(QR_CODE.STORE_ID.eq(storeId.value()))
                .orderBy(QR_CODE.NUMBER)
                .limit(LIST_MOST)
                .fetch(this::code);
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
        return owned(actor, find(QR_CODE.CODE.eq(code)), Role.CASHIER, "qrcode");
    }

    @Override
    @Transactional
    public RevokeOutcome revoke(Actor actor, QrCodeId id, RevocationReason reason, String note) {
        var before = get(actor, id, Role.MANAGER);
        var words = note.strip();
        if (words.length() > NOTE_MOST) {
            words = words.substring(0, NOTE_MOST);
        }
        int changed = db.update(QR_CODE)
                .set(QR_CODE.REVOKED_AT, now())
                .set(QR_CODE.REVOKE_REASON, reason.name())
                .set(QR_CODE.REVOKE_NOTE, words.isEmpty() ? null : words)
                .set(QR_CODE.VERSION, QR_CODE.VERSION.plus(1))
                .where(QR_CODE.ID.eq(id.value()))
                .and(QR_CODE.REVOKED_AT.isNull())
                .execute();
        var after = get(actor, id, Role.MANAGER);
        if (changed == 0) {
            return new RevokeOutcome.RevokedBefore(after);
        }
        var why = words.isEmpty() ? reason.name() : reason.name() + ": " + words;
        audit.record(actor, "qrcode.revoked", id.toString(), after.merchantId(), json(before), json(after), why);
        events.publishEvent(new CodesChanged(after.storeId()));
        events.publishEvent(new CodeRevoked(after));
        return new RevokeOutcome.Revoked(after);
    }

    @Override
    public ArtefactOutcome artefact(Actor actor, QrCodeId id, Artefact.Format format) {
        var code = get(actor, id, Role.MANAGER);
        if (!code.isActive()) {
            return new ArtefactOutcome.Stopped(code);
        }
        var store = merchants.store(actor, code.storeId());
        var printed = press.print(code, store.name(), format);
        if (printed.isEmpty()) {
            return new ArtefactOutcome.FontMissing(store.name() + " " + code.place());
        }
        transaction.executeWithoutResult(status -> {
            db.insertInto(QR_CODE_DOWNLOAD)
                    .set(QR_CODE_DOWNLOAD.ID, Ids.next())
                    .set(QR_CODE_DOWNLOAD.QR_CODE_ID, id.value())
                    .set(QR_CODE_DOWNLOAD.ACTOR_KIND, actor.kind().name())
                    .set(QR_CODE_DOWNLOAD.ACTOR_ID, actor.id())
                    .set(QR_CODE_DOWNLOAD.ACTOR_LABEL, actor.label())
                    .set(QR_CODE_DOWNLOAD.FORMAT, format.name())
                    .set(QR_CODE_DOWNLOAD.DOWNLOADED_AT, now())
                    .execute();
            audit.record(
                    actor,
                    "qrcode.downloaded",
                    id.toString(),
                    code.merchantId(),
                    null,
                    "{\"format\":\"" + format + "\"}",
                    null);
        });
        return new ArtefactOutcome.Ready(printed.get());
    }

    @Override
    public List<Download> downloads(Actor actor, QrCodeId id) {
        get(actor, id, Role.MANAGER);
        return db.select(QR_CODE_DOWNLOAD.ACTOR_LABEL, QR_CODE_DOWNLOAD.FORMAT, QR_CODE_DOWNLOAD.DOWNLOADED_AT)
                .from(QR_CODE_DOWNLOAD)
                .where(QR_CODE_DOWNLOAD.QR_CODE_ID.eq(id.value()))
                .orderBy(QR_CODE_DOWNLOAD.ID.desc())
                .limit(DOWNLOADS_MOST)
                .fetch(row -> new Download(row.value1(), Artefact.Format.valueOf(row.value2()), row.value3()));
    }

    @Override
    public List<QrCode> activeCodesOf(StoreId store) {
        return db.selectFrom(QR_CODE)
                .where(QR_CODE.STORE_ID.eq(store.value()))
                .and(QR_CODE.REVOKED_AT.isNull())
                .orderBy(QR_CODE.NUMBER)
                .limit(LIST_MOST)
                .fetch(this::code);
    }

    @Override
    public Scanned scanned(String code) {
        if (!signer.isGenuine(code)) {
            return new Scanned.Forged();
        }
        return find(QR_CODE.CODE.eq(code)).<Scanned>map(Scanned.Known::new).orElseGet(Scanned.Unregistered::new);
    }

    private Store store(Actor actor, StoreId id, Role least) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), least);
        return store;
    }

    private QrCode get(Actor actor, QrCodeId id, Role least) {
        return owned(actor, find(QR_CODE.ID.eq(id.value())), least, id.toString());
    }

    private QrCode owned(Actor actor, Optional<QrCode> found, Role least, String subject) {
        var code = found.orElseThrow(() -> new NotFoundException(subject));
        access.requireMember(actor, code.merchantId(), least);
        return code;
    }

    private Optional<QrCode> find(Condition which) {
        return db.selectFrom(QR_CODE).where(which).fetchOptional(this::code);
    }

    private QrCode code(QrCodeRecord row) {
        return new QrCode(
                new QrCodeId(row.getId()),
                row.getCode(),
                urls.of(row.getCode()),
                QrCodeKind.valueOf(row.getKind()),
                new StoreId(row.getStoreId()),
                new MerchantId(row.getMerchantId()),
                row.getNumber(),
                row.getPlace(),
                row.getIssuedAt(),
                revocation(row),
                row.getVersion());
    }

    private static QrCode.@Nullable Revocation revocation(QrCodeRecord row) {
        var at = row.getRevokedAt();
        return at == null
                ? null
                : new QrCode.Revocation(RevocationReason.valueOf(row.getRevokeReason()), row.getRevokeNote(), at);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Without the code's text: the record is read by people who may not print it. */
    private static String json(QrCode code) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "number",
                        code.numberText(),
                        "place",
                        code.place(),
                        "state",
                        code.isActive() ? "ACTIVE" : "REVOKED"));
    }
}
