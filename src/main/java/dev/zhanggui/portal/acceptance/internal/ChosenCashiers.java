package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.MERCHANT_CASHIER;

import dev.zhanggui.portal.acceptance.MerchantCashiers;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what staff chose. */
@Service
class ChosenCashiers implements MerchantCashiers {

    private static final Role[] STAFF = {Role.SERVICE, Role.ADMIN};
    private static final int MOST = 50;

    private final DSLContext db;
    private final Cashiers cashiers;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final Clock clock;

    ChosenCashiers(DSLContext db, Cashiers cashiers, Merchants merchants, Access access, AuditLog audit, Clock clock) {
        this.db = db;
        this.cashiers = cashiers;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** Empty where nobody chose. */
    Optional<String> of(MerchantId merchant) {
        return db.select(MERCHANT_CASHIER.ACQUIRER)
                .from(MERCHANT_CASHIER)
                .where(MERCHANT_CASHIER.MERCHANT_ID.eq(merchant.value()))
                .fetchOptional(MERCHANT_CASHIER.ACQUIRER);
    }

    @Override
    public List<Acquirer> acquirers(Actor actor) {
        access.requireStaff(actor, STAFF);
        return cashiers.acquirers().entrySet().stream()
                .map(it -> {
                    var apps = EnumSet.noneOf(PayerApp.class);
                    for (var app : PayerApp.values()) {
                        if (it.getValue().serves(app)) {
                            apps.add(app);
                        }
                    }
                    return new Acquirer(
                            it.getKey(),
                            apps.size() == PayerApp.values().length ? EnumSet.noneOf(PayerApp.class) : apps,
                            !it.getValue().resultKeys().isEmpty());
                })
                .toList();
    }

    @Override
    public List<Choice> of(Actor actor, List<MerchantId> wanted) {
        access.requireStaff(actor, STAFF);
        var ids = wanted.stream().limit(MOST).map(MerchantId::value).toList();
        var chosen = db
                .selectFrom(MERCHANT_CASHIER)
                .where(MERCHANT_CASHIER.MERCHANT_ID.in(ids))
                .fetch(row -> new Choice(new MerchantId(row.getMerchantId()), row.getAcquirer(), row.getVersion()))
                .stream()
                .collect(Collectors.toMap(Choice::merchant, it -> it));
        return wanted.stream()
                .limit(MOST)
                .map(it -> chosen.getOrDefault(it, new Choice(it, null, 0)))
                .toList();
    }

    @Override
    @Transactional
    public Choice choose(Actor actor, MerchantId merchant, @Nullable String acquirer, int version) {
        access.requireStaff(actor, STAFF);
        if (acquirer != null && !cashiers.acquirers().containsKey(acquirer)) {
            throw new IllegalArgumentException("no acquirer " + acquirer + " is set up");
        }
        var before =
                of(actor, List.of(merchants.merchant(actor, merchant).id())).getFirst();
        if (before.version() != version || !write(actor, merchant, acquirer, version)) {
            throw new LostUpdateException(merchant.toString());
        }
        var after = new Choice(merchant, acquirer, version + 1);
        audit.record(actor, "merchant.cashier-chosen", merchant.toString(), merchant, json(before), json(after), null);
        return after;
    }

    private boolean write(Actor actor, MerchantId merchant, @Nullable String acquirer, int version) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (version == 0) {
            try {
                return db.insertInto(MERCHANT_CASHIER)
                                .set(MERCHANT_CASHIER.MERCHANT_ID, merchant.value())
                                .set(MERCHANT_CASHIER.ACQUIRER, acquirer)
                                .set(MERCHANT_CASHIER.CHOSEN_BY, actor.label())
                                .set(MERCHANT_CASHIER.CHOSEN_AT, now)
                                .set(MERCHANT_CASHIER.VERSION, 1)
                                .execute()
                        == 1;
            } catch (DuplicateKeyException e) {
                return false;
            }
        }
        return db.update(MERCHANT_CASHIER)
                        .set(MERCHANT_CASHIER.ACQUIRER, acquirer)
                        .set(MERCHANT_CASHIER.CHOSEN_BY, actor.label())
                        .set(MERCHANT_CASHIER.CHOSEN_AT, now)
                        .set(MERCHANT_CASHIER.VERSION, version + 1)
                        .where(MERCHANT_CASHIER.MERCHANT_ID.eq(merchant.value()))
                        .and(MERCHANT_CASHIER.VERSION.eq(version))
                        .execute()
                == 1;
    }

    private static String json(Choice choice) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("acquirer", choice.acquirer())
                .toString();
    }
}
