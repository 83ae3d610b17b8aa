package dev.zhanggui.portal.tradinghours.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.DayOfWeek;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CalendarStoresTest extends DatabaseTest {

    @Autowired
    CalendarStores stores;

    @Autowired
    TradingHours hours;

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

    private void change(Fixtures.Owner owner, int version, DayKindRules rules) {
        var document = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0))))
                .withDayKinds(rules);
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, version, null));
    }
}
