package dev.zhanggui.portal.tradinghours.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DayOfWeek;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CalendarStoresTest extends DatabaseTest {

    @Autowired
    CalendarStores stores;

    @Autowired
    TradingHours hours;

    @Autowired
    Merchants merchants;

    @Autowired
    Fixtures fixtures;

    @Test
    void aStoreCountsWhileItsLatestVersionHasARuleForSpecialDays() {
        int before = stores.stores();
        var owner = fixtures.owner("看日历的店");
        change(owner, 0, DayKindRules.NONE);
        assertThat(stores.stores()).isEqualTo(before);
        change(owner, 1, new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null));
        assertThat(stores.stores()).isEqualTo(before + 1);
        change(owner, 2, new DayKindRules(null, null, new DayRule.Like(DayOfWeek.MONDAY)));
        assertThat(stores.stores()).isEqualTo(before + 1);
        change(owner, 3, DayKindRules.NONE);
        assertThat(stores.stores()).isEqualTo(before);
    }

    @Test
    void aStoreCountsThatTakesTheRuleOfItsMerchant() {
        int before = stores.stores();
        var owner = fixtures.owner("听总部的店");
        open(owner, "自己有规定的店", "restaurant");
        var refusing = open(owner, "不用总部规定的店", "restaurant");
        var merchant = new HoursScope.OfMerchant(owner.merchant());
        var rule = HoursDocument.notSet(owner.store().zone())
                .withDayKinds(new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null));
        hours.change(owner.actor(), new ChangeHours(merchant, rule, 0, null));
        assertThat(stores.stores()).isEqualTo(before + 3);
        hours.change(
                owner.actor(),
                new ChangeHours(
                        refusing, HoursDocument.notSet(owner.store().zone()).withOff(Set.of(Part.DAY_KINDS)), 0, null));
        assertThat(stores.stores()).isEqualTo(before + 2);
        // One of its own counts once.
        change(owner, 0, new DayKindRules(new DayRule.Own(DayPlan.ALL_DAY), null, null));
        assertThat(stores.stores()).isEqualTo(before + 2);
        hours.change(
                owner.actor(),
                new ChangeHours(merchant, HoursDocument.notSet(owner.store().zone()), 1, null));
        assertThat(stores.stores()).isEqualTo(before + 1);
    }

    @Test
    void aStoreCountsThatFollowsItsIndustryUntilItHasAWeekOfItsOwn() {
        var owner = fixtures.owner("银行对面的面馆");
        int before = stores.stores();
        var bank = open(owner, "支行", "bank");
        assertThat(stores.stores()).isEqualTo(before + 1);
        var week = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.ALL_DAY));
        hours.change(owner.actor(), new ChangeHours(bank, week, 0, null));
        assertThat(stores.stores()).isEqualTo(before);
    }

    private StoreId open(Fixtures.Owner owner, String name, String industry) {
        return merchants.openStore(
                Fixtures.SYSTEM,
                owner.merchant(),
                new NewStore(name, null, "430102", "解放路 22 号", owner.store().zone(), industry));
    }

    private void change(Fixtures.Owner owner, int version, DayKindRules rules) {
        var document = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0))))
                .withDayKinds(rules);
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, version, null));
    }
}
