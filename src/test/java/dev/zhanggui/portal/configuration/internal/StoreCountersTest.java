package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.Counters;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

class StoreCountersTest extends DatabaseTest {

    @Autowired
    private ObjectProvider<Counters> counters;

    @Autowired
    private Fixtures fixtures;

    @Test
    void exactlyOneModuleTellsTheHoursPageHowTheTerminalsStand() {
        assertThat(counters.stream()).hasSize(1);
    }

    @Test
    void aStoreWithoutTerminalsHasNoneToTellOf() {
        var owner = fixtures.owner("数柜台的店");
        assertThat(counters.getObject().status(owner.actor(), owner.store().id()))
                .isEqualTo(Counters.Status.NONE);
    }
}
