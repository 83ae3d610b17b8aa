package dev.zhanggui.portal.merchant.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.MerchantFreezeChanged;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class MerchantService implements Merchants {

    private static final Role[] READING_STAFF = {Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR};
    private static final Role[] OPENING_STAFF = {Role.SERVICE, Role.REVIEWER, Role.ADMIN};

    private static final Role[] FREEZING_STAFF = {Role.REVIEWER, Role.ADMIN};
    private static final int MOST_FOUND = 50;
    private static final int MOST_AT_ONCE = 500;

    private final MerchantRepository merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MerchantService(
            MerchantRepository merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Merchant merchant(Actor actor, MerchantId id) {
        access.requireMemberOrStaff(actor, id, Role.CASHIER, READING_STAFF);
        return merchants.merchant(id).orElseThrow(() -> new NotFoundException(id.toString()));
    }

    @Override
    @Transactional(readOnly = true)
    public Store store(Actor actor, StoreId id) {
        return visible(actor, merchants.store(id).orElseThrow(() -> new NotFoundException(id.toString())));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> settlementAccount(Actor actor, MerchantId id) {
        access.requireMemberOrStaff(actor, id, Role.OWNER, READING_STAFF);
        return merchants.settlementAccount(id);
    }

    @Override
    @Transactional(readOnly = true)
    public Store storeByPublicId(Actor actor, String publicId) {
        return visible(actor, merchants.storeByPublicId(publicId).orElseThrow(() -> new NotFoundException("store")));
    }

    @Override
    @Transactional(readOnly = true)
    public Merchant merchantByPublicId(Actor actor, String publicId) {
        var merchant = merchants.merchantByPublicId(publicId).orElseThrow(() -> new NotFoundException("merchant"));
        access.requireMemberOrStaff(actor, merchant.id(), Role.CASHIER, READING_STAFF);
        return merchant;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Merchant> merchants(Actor actor) {
        return merchants.merchants(access.memberships(actor).keySet());
    }

    private Store visible(Actor actor, Store store) {
        access.requireMemberOrStaff(actor, store.merchantId(), Role.CASHIER, READING_STAFF);
        return store;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Store> stores(Actor actor) {
        return merchants.storesOf(access.memberships(actor).keySet());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Store> storesOf(Actor actor, MerchantId merchant) {
        access.requireMemberOrStaff(actor, merchant, Role.CASHIER, READING_STAFF);
        return merchants.storesOf(List.of(merchant));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Store> storesInIndustries(Actor actor, Collection<String> industries, StoreId after, int most) {
        access.requireStaff(actor, READING_STAFF);
        return industries.isEmpty()
                ? List.of()
                : merchants.storesInIndustries(industries, after, Math.clamp(most, 1, MOST_AT_ONCE));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Store> storesOf(Actor actor, Collection<MerchantId> chosen, StoreId after, int most) {
        access.requireStaff(actor, READING_STAFF);
        return chosen.isEmpty() ? List.of() : merchants.storesOf(chosen, after, Math.clamp(most, 1, MOST_AT_ONCE));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Integer> storesByIndustry(Actor actor) {
        access.requireStaff(actor, READING_STAFF);
        return merchants.storesByIndustry();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Store> storesIn(Actor actor, String region, StoreId after, int limit) {
        access.requireStaff(actor, READING_STAFF);
        return merchants.storesIn(region, after, Math.clamp(limit, 1, MOST_AT_ONCE));
    }

    @Override
    @Transactional(readOnly = true)
    public int countStoresIn(Actor actor, String region) {
        access.requireStaff(actor, READING_STAFF);
        return merchants.countStoresIn(region);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Store> stores(Actor actor, Collection<StoreId> ids) {
        access.requireStaff(actor, READING_STAFF);
        if (ids.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("more than " + MOST_AT_ONCE);
        }
        return merchants.stores(ids);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Store> searchStores(Actor actor, String text) {
        access.requireStaff(actor, READING_STAFF);
        var wanted = text.strip();
        return wanted.isEmpty() || wanted.length() > TEXT_MOST ? List.of() : merchants.searchStores(wanted, MOST_FOUND);
    }

    @Override
    @Transactional
    public MerchantId open(Actor actor, NewMerchant merchant) {
        access.requireStaff(actor, OPENING_STAFF);
        var id = merchants.insert(merchant, clock.instant());
        access.grant(Actor.system("merchant"), merchant.owner(), id, Role.OWNER);
        audit.record(actor, "merchant.opened", id.toString(), id, null, "{\"kind\":\"" + merchant.kind() + "\"}", null);
        return id;
    }

    @Override
    @Transactional
    public StoreId openStore(Actor actor, MerchantId merchant, NewStore store) {
        access.requireMemberOrStaff(actor, merchant, Role.OWNER, OPENING_STAFF);
        if (merchants.merchant(merchant).isEmpty()) {
            throw new NotFoundException(merchant.toString());
        }
        var id = merchants.insert(merchant, store, clock.instant());
        audit.record(
                actor,
                "store.opened",
                id.toString(),
                merchant,
                null,
                "{\"industry\":\"" + store.industry() + "\"}",
                null);
        return id;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Merchant> search(Actor actor, String text) {
        access.requireStaff(actor, READING_STAFF);
        var wanted = text.strip();
        if (wanted.length() > TEXT_MOST) {
            return List.of();
        }
        return wanted.isEmpty() ? merchants.frozen(MOST_FOUND) : merchants.search(wanted, MOST_FOUND);
    }

    @Override
    @Transactional
    public void freeze(Actor actor, MerchantId merchant, int version, String reason) {
        access.requireStaff(actor, FREEZING_STAFF);
        setFrozen(actor, merchant, version, true, reason.strip());
    }

    @Override
    @Transactional
    public void unfreeze(Actor actor, MerchantId merchant, int version, String reason) {
        access.requireStaff(actor, FREEZING_STAFF);
        setFrozen(actor, merchant, version, false, reason.strip());
    }

    private void setFrozen(Actor actor, MerchantId id, int version, boolean frozen, String reason) {
        if (reason.isEmpty() || reason.length() > TEXT_MOST) {
            throw new IllegalArgumentException("a reason has 1 to " + TEXT_MOST + " characters");
        }
        var now = merchants.merchant(id).orElseThrow(() -> new NotFoundException(id.toString()));
        if (now.version() != version || now.isFrozen() == frozen) {
            throw new LostUpdateException(id.toString());
        }
        if (!merchants.setFrozen(id, version, frozen ? reason : null, frozen ? clock.instant() : null)) {
            throw new LostUpdateException(id.toString());
        }
        audit.record(
                actor,
                frozen ? "merchant.frozen" : "merchant.unfrozen",
                id.toString(),
                id,
                "{\"frozen\":" + !frozen + "}",
                "{\"frozen\":" + frozen + "}",
                reason);
        events.publishEvent(new MerchantFreezeChanged(id, merchants.storeIdsOf(id)));
    }
}
