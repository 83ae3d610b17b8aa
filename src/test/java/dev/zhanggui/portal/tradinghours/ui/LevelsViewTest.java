package dev.zhanggui.portal.tradinghours.ui;

import static dev.zhanggui.db.Tables.HOURS_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** Hours that all stores share, and hours of one terminal. The clock stands at Monday 16 March 2026. */
class LevelsViewTest extends ViewTest {

    private static final Weekly NINE_TO_NINE = Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0)));
    private static final LocalDate TRAINING = LocalDate.of(2026, 3, 25);

    @Autowired
    Fixtures fixtures;

    @Autowired
    TradingHours hours;

    @Autowired
    Merchants merchants;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    DSLContext sql;

    @Test
    void whatIsSetForAllStoresReachesThoseThatSayNothing() {
        var owner = fixtures.owner("总店");
        var branch = open(owner, "分店");
        signIn(owner.account());
        navigate(MerchantHoursView.class);
        assertThat(page()).contains("各店共用的时间", "2 家店全部照用");
        press("每天 9–21 点");
        assertThat(bar()).contains("2 家店里没有另定的，都跟着变");
        press("保存");
        var shared = hours.current(owner.actor(), new HoursScope.OfMerchant(owner.merchant()));
        assertThat(shared.version()).isEqualTo(1);
        assertThat(shared.document().weekly()).isEqualTo(NINE_TO_NINE);
        assertThat(text(SyncLine.class)).contains("已保存", "各店的收银机正在跟着更新");
        assertThat(hours.evaluator(owner.actor(), branch).chain().week()).isEqualTo(NINE_TO_NINE);
        assertThat(hours.current(owner.actor(), branch).version()).isZero();
    }

    @Test
    void whoHasHoursOfItsOwnAndWhoCannotBeReadIsListed() {
        var owner = fixtures.owner("照用店");
        share(owner, HoursDocument.weekly(owner.store().zone(), NINE_TO_NINE));
        var own = open(owner, "自己定的店");
        say(
                owner,
                own,
                HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.ALL_DAY))
                        .withOutside(Outside.DENY)
                        .withOff(Set.of(Part.DAY_KINDS, Part.PACK)));
        var broken = open(owner, "读不出来的店");
        say(owner, broken, HoursDocument.weekly(owner.store().zone(), NINE_TO_NINE));
        sql.update(HOURS_VERSION)
                .set(HOURS_VERSION.DOCUMENT, "{\"zone\":\"Mars/Olympus\"}")
                .where(HOURS_VERSION.SCOPE_KIND.eq("STORE"))
                .and(HOURS_VERSION.SCOPE_ID.eq(broken.value()))
                .execute();
        signIn(owner.account());
        navigate(MerchantHoursView.class);
        assertThat(page())
                .contains("共 3 家店", "自己定了每周、打烊时怎么收款；不用共用的节假日和调休、行业常用的时间")
                .contains("这家店的时间读不出来，请联系我们", "其余 1 家店全部照用");
        assertThat(links())
                .contains("merchant/hours?store="
                        + merchants.store(Fixtures.SYSTEM, own).publicId());
    }

    @Test
    void aStoresPageLeadsToWhatItTakes() {
        var owner = fixtures.owner("单店");
        signIn(owner.account());
        navigate(HoursView.class);
        var shared = "merchant/hours/all?store=" + owner.store().publicId();
        assertThat($(Div.class).withClassName("zg-row").all().stream()
                        .filter(row -> row.getElement().getTextRecursively().contains("各店共用的时间"))
                        .filter(Component::isVisible))
                .isEmpty();
        share(owner, HoursDocument.weekly(owner.store().zone(), NINE_TO_NINE));
        navigate("merchant/hours", HoursView.class);
        assertThat(text(InheritLine.class)).contains("用的是各店共用的：每天 9 点到 21 点。", "看各店共用的");
        assertThat(links()).filteredOn(shared::equals).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aTerminalFollowsItsStoreUntilItHasHoursOfItsOwn() {
        var owner = fixtures.owner("支行");
        share(
                owner,
                HoursDocument.notSet(owner.store().zone())
                        .withDates(List.of(new DatedRule(TRAINING, TRAINING, DayPlan.CLOSED, "全员培训"))));
        say(
                owner,
                owner.store().id(),
                HoursDocument.weekly(owner.store().zone(), NINE_TO_NINE).withOutside(Outside.DENY));
        var kiosk = kiosk(owner);
        signIn(owner.account());
        navigate("merchant/hours/terminal/" + kiosk.publicId(), TerminalHoursView.class);
        assertThat(page())
                .contains("大堂自助机 · 支行", "和店里一样：每天 9 点到 21 点。", "全员培训", "各店共用")
                .doesNotContain("这台自己定的");
        press("24 小时");
        assertThat(page()).contains("这台自己定的，排在店里的前面（每天 9 点到 21 点。）");
        $(RadioButtonGroup.class).single().setValue(Decision.ALLOW);
        assertThat(page()).contains("这台自己定的");
        assertThat(bar()).contains("1 台");
        press("保存");
        var scope = new HoursScope.OfTerminal(kiosk.id());
        var saved = hours.current(owner.actor(), scope).document();
        assertThat(saved.weekly()).isEqualTo(Weekly.everyDay(DayPlan.ALL_DAY));
        assertThat(saved.outside()).isEqualTo(Outside.ALLOW);
        assertThat(hours.evaluator(owner.actor(), owner.store().id()).chain().week())
                .isEqualTo(NINE_TO_NINE);
        assertThat(hours.evaluator(owner.actor(), scope).planOn(TRAINING)).isEqualTo(DayPlan.CLOSED);
        assertThat(hours.differingTerminals(owner.actor(), owner.store().id())).containsOnlyKeys(kiosk.id());

        press("这台不用");
        press("保存");
        assertThat(hours.current(owner.actor(), scope).document().off()).isNotEmpty();

        navigate("merchant/hours", HoursView.class);
        assertThat(page()).contains("和店里不一样的收银机", "大堂自助机");
        assertThat(links()).contains("merchant/hours/terminal/" + kiosk.publicId());
    }

    @Test
    void whatIsUsualInTheIndustryShowsItsHolidaysWhileItHolds() {
        var owner = fixtures.owner("银行");
        var bank = merchants.openStore(
                Fixtures.SYSTEM,
                owner.merchant(),
                new NewStore("支行", null, "430102", "芙蓉路 1 号", owner.store().zone(), "bank"));
        signIn(owner.account());
        UI.getCurrent()
                .navigate(
                        HoursView.class,
                        QueryParameters.of(
                                "store", merchants.store(Fixtures.SYSTEM, bank).publicId()));
        assertThat(text(KindRules.class)).contains("法定假日行业常用", "打烊", "按周一");
        press("24 小时");
        assertThat(text(KindRules.class)).doesNotContain("行业常用");
    }

    @Test
    void theReasonNamesTheTerminal() {
        var owner = fixtures.owner("车站店");
        say(owner, owner.store().id(), HoursDocument.weekly(owner.store().zone(), NINE_TO_NINE));
        var kiosk = kiosk(owner);
        hours.change(
                owner.actor(),
                new ChangeHours(
                        new HoursScope.OfTerminal(kiosk.id()),
                        HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.ALL_DAY)),
                        0,
                        null));
        signIn(owner.account());
        UI.getCurrent()
                .navigate(
                        "merchant/hours/terminal/" + kiosk.publicId(),
                        QueryParameters.of(HoursEditor.AT, "2026-03-20T23:30"));
        assertThat(text(WhyPanel.class)).contains("营业中", "这台收银机：每周五", "每周五 09:00–21:00", "这台收银机有自己的时间");
    }

    @Test
    void aCashierLooksAtBothAndChangesNeither() {
        var owner = fixtures.owner("水果店");
        share(owner, HoursDocument.weekly(owner.store().zone(), NINE_TO_NINE));
        var kiosk = kiosk(owner);
        signIn(member(owner, Role.CASHIER));
        for (var path : List.of("merchant/hours/all", "merchant/hours/terminal/" + kiosk.publicId())) {
            UI.getCurrent().navigate(path);
            assertThat(page()).contains("您可以看，不能改", "每天 9 点到 21 点。");
            assertThat($(Button.class).withText("24 小时").exists()).isFalse();
            assertThat($(Button.class).withText("这台不用").exists()).isFalse();
            assertThat($(NativeButton.class).withClassName("zg-week-bar").all())
                    .allMatch(button -> !button.isEnabled());
        }
        signIn(member(owner, Role.MANAGER));
        navigate("merchant/hours/all", MerchantHoursView.class);
        press("24 小时");
        press("保存");
        assertThat(hours.current(owner.actor(), new HoursScope.OfMerchant(owner.merchant()))
                        .version())
                .isEqualTo(2);
    }

    private StoreWithTerminals.Machine kiosk(Fixtures.Owner owner) {
        return beans.createBean(StoreWithTerminals.class)
                .activate(owner.merchant(), owner.store().id(), "大堂自助机");
    }

    private AccountId member(Fixtures.Owner owner, Role role) {
        var person = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, person, owner.merchant(), role);
        return person;
    }

    private StoreId open(Fixtures.Owner owner, String name) {
        return merchants.openStore(
                Fixtures.SYSTEM,
                owner.merchant(),
                new NewStore(name, null, "430102", "五一路 3 号", owner.store().zone(), "restaurant"));
    }

    private void share(Fixtures.Owner owner, HoursDocument document) {
        hours.change(owner.actor(), new ChangeHours(new HoursScope.OfMerchant(owner.merchant()), document, 0, null));
    }

    private void say(Fixtures.Owner owner, StoreId store, HoursDocument document) {
        hours.change(owner.actor(), new ChangeHours(store, document, 0, null));
    }

    private String page() {
        return ((Component) getCurrentView()).getElement().getTextRecursively();
    }

    private List<String> links() {
        return $(RouterLink.class).all().stream().map(RouterLink::getHref).toList();
    }

    private String text(Class<? extends Component> type) {
        return $(type).first().getElement().getTextRecursively();
    }

    private String bar() {
        return $(Div.class).withClassName("zg-save-bar").single().getElement().getTextRecursively();
    }

    private void press(String text) {
        test($(Button.class).withText(text).last()).click();
    }
}
