package dev.zhanggui.portal.home.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Restriction.Kind;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.Restrictions.Plan;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a merchant is told of maintenance ahead and of network trouble. The store is open from 9 to 18. */
class NeedsMeRestrictionsTest extends DatabaseTest {

    private static final Instant NIGHT = Instant.parse("2026-03-23T19:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Autowired
    NeedsMe needs;

    @Autowired
    Restrictions restrictions;

    @Autowired
    TradingHours hours;

    @Autowired
    Fixtures fixtures;

    @Test
    void maintenanceIsToldAWeekAheadAndWhetherTheStoreIsOpenThen() {
        var owner = store();
        plan(Kind.MAINTENANCE, owner, NIGHT, NIGHT.plus(HOUR));
        assertThat(told(owner)).isEmpty();
        clock.set(NIGHT.minus(Duration.ofDays(7)).plusSeconds(1));
        assertThat(told(owner))
                .containsExactly(new NeedsMe.Need(
                        "home.need.maintenance.closed", "", "", new Interval(NIGHT, NIGHT.plus(HOUR)), true));
        var noon = NIGHT.minus(Duration.ofHours(15));
        plan(Kind.MAINTENANCE, owner, noon, noon.plus(HOUR));
        assertThat(told(owner))
                .containsExactly(new NeedsMe.Need(
                        "home.need.maintenance.open", "", "", new Interval(noon, noon.plus(HOUR)), false));
        assertThat(told(fixtures.owner("隔壁"))).isEmpty();
        clock.set(NIGHT);
        assertThat(told(owner)).isEmpty();
    }

    @Test
    void networkTroubleIsToldWhileItLasts() {
        var owner = store();
        var until = clock.instant().plus(HOUR);
        plan(Kind.NETWORK_TROUBLE, owner, clock.instant(), until);
        assertThat(told(owner)).containsExactly(new NeedsMe.Need("home.need.network", "", ""));
        clock.set(until);
        assertThat(told(owner)).isEmpty();
    }

    private List<NeedsMe.Need> told(Fixtures.Owner owner) {
        return needs.of(owner.actor(), owner.store()).stream()
                .filter(it ->
                        it.key().startsWith("home.need.maintenance") || it.key().equals("home.need.network"))
                .toList();
    }

    private void plan(Kind kind, Fixtures.Owner owner, Instant from, Instant until) {
        assertThat(restrictions.plan(
                        Fixtures.SYSTEM,
                        new Plan(kind, RestrictionTarget.of(owner.store().id()), from, until, null, "a test")))
                .isInstanceOf(RestrictionOutcome.Done.class);
    }

    private Fixtures.Owner store() {
        var owner = fixtures.owner("巷口牛肉面");
        var document = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0))));
        assertThat(hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, 0, null)))
                .isInstanceOf(ChangeOutcome.Changed.class);
        return owner;
    }
}
