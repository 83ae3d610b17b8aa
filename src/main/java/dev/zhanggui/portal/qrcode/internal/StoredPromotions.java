package dev.zhanggui.portal.qrcode.internal;

import static dev.zhanggui.db.Tables.PROMOTION;
import static dev.zhanggui.db.Tables.QR_CODE;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.NewPromotion;
import dev.zhanggui.portal.qrcode.Promotion;
import dev.zhanggui.portal.qrcode.PromotionId;
import dev.zhanggui.portal.qrcode.PromotionOutcome;
import dev.zhanggui.portal.qrcode.PromotionOutcome.Flaw;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Campaigns and their codes. */
@Service
class StoredPromotions implements Promotions {

    private static final int LIST_MOST = 500;

    private final DSLContext db;
    private final CodeRegister register;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;

    StoredPromotions(
            DSLContext db,
            CodeRegister register,
            Merchants merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events) {
        this.db = db;
        this.register = register;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
    }

    @Override
    @Transactional
    public PromotionOutcome start(Actor actor, NewPromotion wish) {
        var stores = new ArrayList<Store>();
        for (var id : wish.stores().stream()
                .distinct()
                .limit(NewPromotion.STORES_MOST + 1L)
                .toList()) {
            var store = merchants.store(actor, id);
            access.requireMember(actor, store.merchantId(), Role.MANAGER);
            if (!stores.isEmpty() && !stores.getFirst().merchantId().equals(store.merchantId())) {
                throw new NotFoundException(id.toString());
            }
            stores.add(store);
        }
        var flaw = flaw(wish, stores.size());
        if (flaw.isPresent()) {
            return new PromotionOutcome.Unfit(flaw.get());
        }
        var promotion = new Promotion(
                new PromotionId(Ids.next()),
                Ids.ulid(),
                stores.getFirst().merchantId(),
                wish.title().strip(),
                wish.discount().strip(),
                micros(wish.from()),
                micros(wish.until()),
                wish.cap(),
                null,
                0);
        insert(promotion);
        var codes = new ArrayList<QrCode>();
        for (var store : stores) {
            codes.add(register.insertPlate(
                    promotion.merchantId(), store.id(), promotion.title(), null, new CodeTerms.OfPromotion(promotion)));
            events.publishEvent(new CodesChanged(store.id()));
        }
        audit.record(
                actor,
                "promotion.started",
                promotion.id().toString(),
                promotion.merchantId(),
                null,
                json(promotion),
                null);
        return new PromotionOutcome.Started(promotion, codes);
    }

    private Optional<Flaw> flaw(NewPromotion wish, int stores) {
        var title = wish.title().strip();
        var discount = wish.discount().strip();
        var cap = wish.cap();
        if (stores == 0) {
            return Optional.of(Flaw.NO_STORE);
        }
        if (stores > NewPromotion.STORES_MOST) {
            return Optional.of(Flaw.TOO_MANY_STORES);
        }
        if (title.isEmpty()) {
            return Optional.of(Flaw.TITLE_MISSING);
        }
        if (title.codePointCount(0, title.length()) > Promotion.TITLE_MOST) {
            return Optional.of(Flaw.TITLE_TOO_LONG);
        }
        if (discount.isEmpty()) {
            return Optional.of(Flaw.DISCOUNT_MISSING);
        }
        if (discount.codePointCount(0, discount.length()) > Promotion.DISCOUNT_MOST) {
            return Optional.of(Flaw.DISCOUNT_TOO_LONG);
        }
        if (!micros(wish.from()).isBefore(micros(wish.until()))) {
            return Optional.of(Flaw.WINDOW_EMPTY);
        }
        if (!wish.until().isAfter(register.now())) {
            return Optional.of(Flaw.WINDOW_PAST);
        }
        if (cap != null && (cap.fen() <= 0 || cap.compareTo(NewOrderCode.AMOUNT_MOST) > 0)) {
            return Optional.of(Flaw.CAP_UNFIT);
        }
        return Optional.empty();
    }

    private void insert(Promotion promotion) {
        var cap = promotion.cap();
        db.insertInto(PROMOTION)
                .set(PROMOTION.ID, promotion.id().value())
                .set(PROMOTION.PUBLIC_ID, promotion.publicId())
                .set(PROMOTION.MERCHANT_ID, promotion.merchantId().value())
                .set(PROMOTION.TITLE, promotion.title())
                .set(PROMOTION.DISCOUNT, promotion.discount())
                .set(PROMOTION.VALID_FROM, promotion.from())
                .set(PROMOTION.VALID_UNTIL, promotion.until())
                .set(PROMOTION.CAP_FEN, cap == null ? null : cap.fen())
                .set(PROMOTION.CREATED_AT, register.now())
                .set(PROMOTION.VERSION, promotion.version())
                .execute();
    }

    @Override
    public List<Promotion> list(Actor actor, MerchantId merchant) {
        return list(actor, merchant, null, LIST_MOST);
    }

    @Override
    public List<Promotion> list(Actor actor, MerchantId merchant, @Nullable PromotionId after, int limit) {
        access.requireMember(actor, merchant, Role.CASHIER);
        return db.selectFrom(PROMOTION)
                .where(PROMOTION.MERCHANT_ID.eq(merchant.value()))
                .and(after == null ? DSL.noCondition() : PROMOTION.ID.lt(after.value()))
                .orderBy(PROMOTION.ID.desc())
                .limit(Math.clamp(limit, 1, LIST_MOST))
                .fetch(CodeRegister::promotion);
    }

    @Override
    public Promotion byPublicId(Actor actor, String publicId) {
        return owned(actor, PROMOTION.PUBLIC_ID.eq(publicId), Role.CASHIER, "promotion");
    }

    @Override
    public List<QrCode> codes(Actor actor, PromotionId id) {
        owned(actor, PROMOTION.ID.eq(id.value()), Role.CASHIER, id.toString());
        return register.plates(QR_CODE.PROMOTION_ID.eq(id.value()), NewPromotion.STORES_MOST);
    }

    @Override
    @Transactional
    public Promotion stop(Actor actor, PromotionId id) {
        var before = owned(actor, PROMOTION.ID.eq(id.value()), Role.MANAGER, id.toString());
        int changed = db.update(PROMOTION)
                .set(PROMOTION.STOPPED_AT, register.now())
                .set(PROMOTION.VERSION, PROMOTION.VERSION.plus(1))
                .where(PROMOTION.ID.eq(id.value()))
                .and(PROMOTION.STOPPED_AT.isNull())
                .execute();
        var after = owned(actor, PROMOTION.ID.eq(id.value()), Role.MANAGER, id.toString());
        if (changed == 1) {
            audit.record(
                    actor, "promotion.stopped", id.toString(), after.merchantId(), json(before), json(after), null);
            register.plates(QR_CODE.PROMOTION_ID.eq(id.value()), NewPromotion.STORES_MOST).stream()
                    .map(QrCode::storeId)
                    .distinct()
                    .forEach(store -> events.publishEvent(new CodesChanged(store)));
        }
        return after;
    }

    private Promotion owned(Actor actor, Condition which, Role least, String subject) {
        var promotion = db.selectFrom(PROMOTION)
                .where(which)
                .fetchOptional(CodeRegister::promotion)
                .orElseThrow(() -> new NotFoundException(subject));
        access.requireMember(actor, promotion.merchantId(), least);
        return promotion;
    }

    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private static String json(Promotion promotion) {
        return JsonMapper.shared()
                .writeValueAsString(new TreeMap<>(Map.of(
                        "title", promotion.title(),
                        "discount", promotion.discount(),
                        "from", promotion.from().toString(),
                        "until", promotion.until().toString(),
                        "state", promotion.stoppedAt() == null ? "STARTED" : "STOPPED")));
    }
}
