package dev.zhanggui.portal.support;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Phone;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** People, merchants and stores for tests, made through the real services; every call makes others. */
@Component
public class Fixtures {

    public static final Actor SYSTEM = Actor.system("test");

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Accounts accounts;
    private final Merchants merchants;

    /** A merchant with one store, and its owner. */
    public record Owner(Actor actor, AccountId account, Phone phone, MerchantId merchant, Store store) {}

    public Fixtures(Accounts accounts, Merchants merchants) {
        this.accounts = accounts;
        this.merchants = merchants;
    }

    /** A mobile number nobody has yet. */
    public Phone phone() {
        return Phone.check("138%08d".formatted(10_000_000 + COUNTER.incrementAndGet()))
                .orThrow();
    }

    public Owner owner(String storeName) {
        var phone = phone();
        var account = accounts.ensurePerson(SYSTEM, phone);
        var merchant = merchants.open(
                SYSTEM,
                new NewMerchant(
                        account,
                        storeName,
                        MerchantKind.INDIVIDUAL,
                        null,
                        "陈测试",
                        BankCard.check("6217000000000000004").orThrow()));
        var store = merchants.openStore(
                SYSTEM,
                merchant,
                new NewStore(storeName, null, "430102", "解放路 21 号", ZoneId.of("Asia/Shanghai"), "restaurant"));
        return new Owner(
                Actor.person(account, "owner", Set.of(Role.APPLICANT)),
                account,
                phone,
                merchant,
                merchants.store(SYSTEM, store));
    }

    public Actor staff(Role... roles) {
        return new Actor(Actor.Kind.PERSON, COUNTER.incrementAndGet(), "staff " + roles[0], Set.of(roles), null);
    }
}
