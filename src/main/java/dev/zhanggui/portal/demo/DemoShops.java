package dev.zhanggui.portal.demo;

import static dev.zhanggui.portal.demo.DemoPeople.DEMO;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.CorporateAccount;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The noodle shop at the lane's mouth, the fruit stall that must never see its things, and a bank's branch, which says nothing
 * about its hours and takes what is usual for banks.
 */
@DemoOnly
class DemoShops {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final String NOODLES = """
            {"zone":"Asia/Shanghai",
             "weekly":{"mon":["11:00-14:00","16:30-22:00"],"tue":["11:00-14:00","16:30-22:00"],"wed":["11:00-14:00","16:30-22:00"],
                       "thu":["11:00-14:00","16:30-22:00"],"fri":["11:00-14:00","16:30-02:00"],"sat":["09:00-02:00"],"sun":[]},
             "dayKinds":{"holiday":[]},
             "outside":{"policy":"ALLOW_CAPPED","capFen":20000}}
            """;

    private static final String FRUIT = """
            {"zone":"Asia/Shanghai",
             "weekly":{"mon":["06:30-20:00"],"tue":["06:30-20:00"],"wed":["06:30-20:00"],"thu":["06:30-20:00"],"fri":["06:30-20:00"],
                       "sat":["06:30-20:00"],"sun":["06:30-20:00"]},
             "outside":{"policy":"ALLOW"}}
            """;

    /** What was opened. */
    record Opened(Store noodles, Store fruit, Store bank, DemoChain.Opened chain) {}

    private final DemoPeople people;
    private final Access access;
    private final Merchants merchants;
    private final TradingHours hours;
    private final QrCodes codes;
    private final DemoChain chain;

    DemoShops(
            DemoPeople people, Access access, Merchants merchants, TradingHours hours, QrCodes codes, DemoChain chain) {
        this.people = people;
        this.access = access;
        this.merchants = merchants;
        this.hours = hours;
        this.codes = codes;
        this.chain = chain;
    }

    Opened open() {
        var noodles = store(
                DemoPeople.OWNER,
                new NewMerchant(
                        people.account(DemoPeople.OWNER),
                        "巷口牛肉面",
                        MerchantKind.SOLE_TRADER,
                        "92430102MA4L00457X",
                        "陈师傅",
                        new BankCard("6217001234567898844")),
                new NewStore("解放路店", "Lane Corner Noodles", "430102", "解放路 21 号", SHANGHAI, "restaurant"),
                NOODLES,
                List.of("柜台", "外卖口", "3 号桌", "门口"));
        access.grant(DEMO, people.account(DemoPeople.MANAGER), noodles.merchantId(), Role.MANAGER);
        access.grant(DEMO, people.account(DemoPeople.CASHIER), noodles.merchantId(), Role.CASHIER);
        var fruit = store(
                DemoPeople.OTHER_OWNER,
                new NewMerchant(
                        people.account(DemoPeople.OTHER_OWNER),
                        "南门水果摊",
                        MerchantKind.INDIVIDUAL,
                        null,
                        "林阿姨",
                        new BankCard("6217001234567890007")),
                new NewStore("南门口摊位", "South Gate Fruit", "430102", "南门口市场 8 号", SHANGHAI, "retail"),
                FRUIT,
                List.of("摊位"));
        var bank = store(
                DemoPeople.BANK_OWNER,
                new NewMerchant(
                        people.account(DemoPeople.BANK_OWNER),
                        "橘洲银行",
                        MerchantKind.COMPANY,
                        "91430102MA4L0456C1",
                        "橘洲银行股份有限公司",
                        new CorporateAccount("800123456789")),
                new NewStore("芙蓉支行", "Juzhou Bank, Furong Branch", "430102", "芙蓉中路 200 号", SHANGHAI, "bank"),
                null,
                List.of("对公柜台"));
        return new Opened(noodles, fruit, bank, chain.open());
    }

    /** @param week null for a store that says nothing */
    private Store store(
            String phone, NewMerchant merchant, NewStore store, @Nullable String week, List<String> places) {
        var owner = people.person(phone, Role.OWNER);
        var known = merchants.stores(owner);
        var opened = known.isEmpty()
                ? merchants.store(DEMO, merchants.openStore(DEMO, merchantOf(owner.accountId(), merchant), store))
                : known.getFirst();
        if (week != null
                && hours.current(DEMO, opened.id()).version() == 0
                && HoursDocument.parse(week) instanceof HoursDocument.Parsed.Valid(var document)) {
            hours.change(owner, new ChangeHours(opened.id(), document, 0, "开业"));
        }
        var issued = codes.list(owner, opened.id());
        places.stream()
                .filter(place -> issued.stream().noneMatch(code -> code.place().equals(place)))
                .forEach(place -> codes.issue(owner, opened.id(), place));
        return opened;
    }

    private MerchantId merchantOf(AccountId owner, NewMerchant merchant) {
        var memberships = access.memberships(Actor.person(owner, "demo", Set.of(Role.OWNER)));
        return memberships.isEmpty()
                ? merchants.open(DEMO, merchant)
                : memberships.keySet().iterator().next();
    }
}
