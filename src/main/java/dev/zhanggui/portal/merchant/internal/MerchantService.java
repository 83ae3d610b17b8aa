package dev.zhanggui.portal.merchant.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class MerchantService implements Merchants {

    private static final Role[] READING_STAFF = {Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR};
    private static final Role[] OPENING_STAFF = {Role.SERVICE, Role.REVIEWER, Role.ADMIN};

    private final MerchantRepository merchants;
    private final Access access;
    private final AuditLog audit;
    private final Clock clock;

    MerchantService(MerchantRepository merchants, Access access, AuditLog audit, Clock clock) {
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
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
}
