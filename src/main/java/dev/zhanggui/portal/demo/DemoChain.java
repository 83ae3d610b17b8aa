package dev.zhanggui.portal.demo;

import static dev.zhanggui.portal.demo.DemoPeople.DEMO;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.CorporateAccount;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rice noodles in seven places: the head office says the hours, and some stores know better for themselves. */
@DemoOnly
class DemoChain {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final String HEAD_OFFICE = """
            {"zone":"Asia/Shanghai",
             "weekly":{"mon":["06:30-21:00"],"tue":["06:30-21:00"],"wed":["06:30-21:00"],"thu":["06:30-21:00"],
                       "fri":["06:30-21:00"],"sat":["07:00-22:00"],"sun":["07:00-22:00"]},
             "dayKinds":{"holiday":["08:00-20:00"]},
             "outside":{"policy":"ALLOW_CAPPED","capFen":10000}}
            """;

    private static final List<NewStore> STORES = List.of(
            store("总店", "Sanxiang Rice Noodles, Wuyi Avenue", "430102", "五一大道 88 号", SHANGHAI),
            store("大学城店", "University Town", "430104", "麓山南路 36 号", SHANGHAI),
            store("株洲店", "Zhuzhou", "430211", "长江北路 12 号", SHANGHAI),
            store("湘潭店", "Xiangtan", "430304", "建设中路 9 号", SHANGHAI),
            store("衡阳火车站店", "Hengyang Station", "430405", "站前路 1 号", SHANGHAI),
            store("上海徐家汇店", "Shanghai Xujiahui", "310104", "虹桥路 1 号地下一层", SHANGHAI),
            store("乌鲁木齐店", "Urumqi", "650102", "中山路 140 号", ZoneId.of("Asia/Urumqi")));

    /** What stores say themselves; the others take all from the head office. */
    private static final Map<String, String> OWN = Map.of("大学城店", """
            {"zone":"Asia/Shanghai","weekly":{"fri":["06:30-02:00"],"sat":["07:00-02:00"]}}
            """, "衡阳火车站店", """
            {"zone":"Asia/Shanghai",
             "weekly":{"mon":["00:00-24:00"],"tue":["00:00-24:00"],"wed":["00:00-24:00"],"thu":["00:00-24:00"],
                       "fri":["00:00-24:00"],"sat":["00:00-24:00"],"sun":["00:00-24:00"]},
             "off":["dayKinds"]}
            """, "上海徐家汇店", """
            {"zone":"Asia/Shanghai",
             "weekly":{"mon":["10:00-22:00"],"tue":["10:00-22:00"],"wed":["10:00-22:00"],"thu":["10:00-22:00"],
                       "fri":["10:00-22:00"],"sat":["10:00-22:00"],"sun":["10:00-22:00"]},
             "outside":{"policy":"DENY"}}
            """);

    private static final String REFITTED = "湘潭店";
    private static final int REFIT_IN_DAYS = 12;
    private static final int TRAINING_IN_DAYS = 20;

    /** @param stores at least one, the first store first */
    record Opened(MerchantId merchant, List<Store> stores) {}

    private final DemoPeople people;
    private final Access access;
    private final Merchants merchants;
    private final TradingHours hours;
    private final QrCodes codes;
    private final Clock clock;

    DemoChain(DemoPeople people, Access access, Merchants merchants, TradingHours hours, QrCodes codes, Clock clock) {
        this.people = people;
        this.access = access;
        this.merchants = merchants;
        this.hours = hours;
        this.codes = codes;
        this.clock = clock;
    }

    private static NewStore store(String name, String english, String region, String address, ZoneId zone) {
        return new NewStore(name, english, region, address, zone, "restaurant");
    }

    Opened open() {
        var owner = people.person(DemoPeople.CHAIN_OWNER, Role.OWNER);
        var merchant = merchant();
        access.grant(DEMO, people.account(DemoPeople.CHAIN_MANAGER), merchant, Role.MANAGER);
        access.grant(DEMO, people.account(DemoPeople.CHAIN_CASHIER), merchant, Role.CASHIER);
        var today = LocalDate.ofInstant(clock.instant(), SHANGHAI);
        var training = today.plusDays(TRAINING_IN_DAYS);
        say(
                new HoursScope.OfMerchant(merchant),
                read(HEAD_OFFICE)
                        .withDates(List.of(
                                new DatedRule(training, training, DayPlan.of(Period.of(6, 30, 14, 0)), "全员培训，下午休息"))),
                "总部定的时间");
        var opened = new ArrayList<>(merchants.storesOf(owner, merchant));
        for (var wanted : STORES.subList(opened.size(), STORES.size())) {
            opened.add(merchants.store(DEMO, merchants.openStore(DEMO, merchant, wanted)));
        }
        for (var store : opened) {
            var own = OWN.get(store.name());
            if (own != null) {
                say(HoursScope.of(store.id()), read(own), null);
            }
            if (store.name().equals(REFITTED)) {
                var refit = new DatedRule(
                        today.plusDays(REFIT_IN_DAYS), today.plusDays(REFIT_IN_DAYS + 2), DayPlan.CLOSED, "店内装修");
                say(HoursScope.of(store.id()), HoursDocument.notSet(SHANGHAI).withDates(List.of(refit)), null);
            }
            if (codes.list(owner, store.id()).isEmpty()) {
                codes.issue(owner, store.id(), "柜台");
            }
        }
        return new Opened(merchant, opened);
    }

    private void say(HoursScope scope, HoursDocument document, @Nullable String reason) {
        var owner = people.person(DemoPeople.CHAIN_OWNER, Role.OWNER);
        if (hours.current(owner, scope).version() == 0) {
            hours.change(owner, new ChangeHours(scope, document, 0, reason));
        }
    }

    private static HoursDocument read(String text) {
        return switch (HoursDocument.parse(text)) {
            case HoursDocument.Parsed.Valid(var document) -> document;
            case HoursDocument.Parsed.Invalid(var errors) -> throw new IllegalStateException("demo hours: " + errors);
        };
    }

    private MerchantId merchant() {
        var owner = people.person(DemoPeople.CHAIN_OWNER, Role.OWNER);
        var memberships = access.memberships(owner);
        return memberships.isEmpty()
                ? merchants.open(
                        DEMO,
                        new NewMerchant(
                                people.account(DemoPeople.CHAIN_OWNER),
                                "三湘米粉",
                                MerchantKind.COMPANY,
                                "91430102MA4L0123XU",
                                "三湘米粉餐饮有限公司",
                                new CorporateAccount("810123456789")))
                : memberships.keySet().iterator().next();
    }
}
