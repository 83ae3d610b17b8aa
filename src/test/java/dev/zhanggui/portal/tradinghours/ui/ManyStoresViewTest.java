package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.CopiedPart;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SuppressWarnings("NullAway.Init") // openPage opens the stores
class ManyStoresViewTest extends ViewTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Weekly NINE_TO_NINE = Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0)));
    private static final Weekly TEN_TO_TEN = Weekly.everyDay(DayPlan.of(Period.of(10, 0, 22, 0)));

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

    private Fixtures.Owner owner;
    private Store campus;
    private Store gate;

    @Test
    void whatEachStoreGainsAndLosesIsShownBeforeAndWhatBecameOfItAfter() {
        openPage();
        assertThat($(CheckboxGroup.class).single().getValue()).isEqualTo(Set.of(CopiedPart.WEEKLY, CopiedPart.OUTSIDE));
        assertThat(names()).containsExactly("大学城店", "北门店");
        assertThat(row(0)).contains("大学城店", "30 天里", "+30 小时", "−30 小时");
        assertThat(row(1)).contains("北门店", "30 天里", "+360 小时");
        assertThat(apply().isEnabled()).isFalse();
        press("选中这 2 家");
        assertThat(bar()).contains("2 家店会变，每周", "+91 小时", "−7 小时");
        test(apply()).click();
        assertThat(weekly(campus.id())).isEqualTo(NINE_TO_NINE);
        assertThat(weekly(gate.id())).isEqualTo(NINE_TO_NINE);
        assertThat(bar()).contains("2 家店改好了");
        assertThat(row(0)).contains("改好了");
        assertThat(grid().asMultiSelect().getValue()).isEmpty();
    }

    @Test
    void aStoreThatSomebodyElseChangedIsLeftAloneAndTriedAgain() {
        openPage();
        press("选中这 2 家");
        var theirs = Weekly.everyDay(DayPlan.ALL_DAY);
        hours.change(owner.actor(), new ChangeHours(campus.id(), HoursDocument.weekly(SHANGHAI, theirs), 1, null));
        test(apply()).click();
        assertThat(bar()).contains("1 家店改好了，1 家没改成", "再试这 1 家店");
        assertThat(row(0)).contains("别人刚改过");
        assertThat(weekly(campus.id())).isEqualTo(theirs);
        assertThat(grid().asMultiSelect().getValue()).containsExactly(campus);
        test(apply()).click();
        assertThat(weekly(campus.id())).isEqualTo(NINE_TO_NINE);
        assertThat(bar()).contains("1 家店改好了").doesNotContain("没改成");
    }

    @Test
    void aSearchNarrowsWhatIsSelectedAtOnce() {
        openPage();
        test($(TextField.class).single()).setValue("北门");
        assertThat(names()).containsExactly("北门店");
        press("选中这 1 家");
        assertThat(grid().asMultiSelect().getValue()).containsExactly(gate);
        test($(TextField.class).single()).setValue("没有的店");
        assertThat(names()).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void aPlaceWithoutHoursHasNothingToGive() {
        openPage();
        var source = (ComboBox<HoursScope>) $(ComboBox.class).single();
        test(source).selectItem("所有店共用的时间");
        assertThat(((Div) getCurrentView()).getElement().getTextRecursively()).contains("这里还没有定营业时间");
        press("选中这 3 家");
        assertThat(apply().isEnabled()).isFalse();
    }

    @Test
    @SuppressWarnings("unchecked")
    void whoOnlyTakesWhatAllShareBeginsWithThat() {
        threeStores();
        var shared = new HoursScope.OfMerchant(owner.merchant());
        hours.change(owner.actor(), new ChangeHours(shared, HoursDocument.weekly(SHANGHAI, TEN_TO_TEN), 0, null));
        signIn(owner.account());
        UI.getCurrent().navigate(ManyStoresView.class, QueryParameters.of("store", gate.publicId()));
        var source = (ComboBox<HoursScope>) $(ComboBox.class).single();
        assertThat(source.getValue()).isEqualTo(shared);
        test(source).selectItem("北门店");
        assertThat(((Div) getCurrentView()).getElement().getTextRecursively()).contains("这家店自己没定，用的是各店共用的");
    }

    @Test
    void theHoursOfOneStoreLeadHereOnlyWhereThereAreSeveral() {
        var single = fixtures.owner("独一家");
        signIn(single.account());
        navigate(HoursView.class);
        assertThat($(RouterLink.class).withText("几家店一起改").exists()).isFalse();
        navigate(ManyStoresView.class);
        assertThat(((Div) getCurrentView()).getElement().getTextRecursively()).contains("现在只有一家店");
        threeStores();
        signIn(owner.account());
        navigate(HoursView.class);
        assertThat($(RouterLink.class).withText("几家店一起改").exists()).isTrue();
    }

    @Test
    void whoManagesAnotherMerchantOnlyIsToldWhomToAsk() {
        threeStores();
        var cashier = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, cashier, owner.merchant(), Role.CASHIER);
        access.grant(Fixtures.SYSTEM, cashier, fixtures.owner("另一家").merchant(), Role.MANAGER);
        signIn(cashier);
        UI.getCurrent()
                .navigate(
                        "merchant/hours/stores",
                        QueryParameters.of("store", owner.store().publicId()));
        assertThat(((Div) getCurrentView()).getElement().getTextRecursively()).contains("您可以看，不能改");
        assertThat($(Grid.class).exists()).isFalse();
    }

    /** One with hours from nine to nine, one from ten to ten, one without any. */
    private void threeStores() {
        owner = fixtures.owner("解放路店");
        campus = open("大学城店");
        gate = open("北门店");
        set(owner.store().id(), HoursDocument.weekly(SHANGHAI, NINE_TO_NINE).withOutside(Outside.DENY));
        set(campus.id(), HoursDocument.weekly(SHANGHAI, TEN_TO_TEN));
    }

    private void openPage() {
        threeStores();
        signIn(owner.account());
        navigate(ManyStoresView.class);
    }

    private Store open(String name) {
        var id = merchants.openStore(
                Fixtures.SYSTEM,
                owner.merchant(),
                new NewStore(name, null, "430102", "麓山路 1 号", SHANGHAI, "restaurant"));
        return merchants.store(Fixtures.SYSTEM, id);
    }

    private void set(StoreId store, HoursDocument document) {
        hours.change(owner.actor(), new ChangeHours(store, document, 0, null));
    }

    private Weekly weekly(StoreId store) {
        return hours.current(owner.actor(), store).document().weekly();
    }

    @SuppressWarnings("unchecked")
    private Grid<Store> grid() {
        return (Grid<Store>) $(Grid.class).single();
    }

    private List<String> names() {
        return grid().getListDataView().getItems().map(Store::name).toList();
    }

    private String row(int index) {
        return test(grid()).getCellComponent(index, 0).getElement().getTextRecursively();
    }

    private Button apply() {
        return $(Button.class).last();
    }

    private void press(String text) {
        test($(Button.class).withText(text).last()).click();
    }

    private String bar() {
        return $(Div.class).withClassName("zg-save-bar").single().getElement().getTextRecursively();
    }
}
