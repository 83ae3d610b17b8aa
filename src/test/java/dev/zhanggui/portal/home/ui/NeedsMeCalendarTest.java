package dev.zhanggui.portal.home.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.MadeUp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a merchant is told of a year whose days off are not known, and when they come to be known. The notice is made up. */
class NeedsMeCalendarTest extends DatabaseTest {

    private static final DayKindRules CLOSED_ON_HOLIDAYS =
            new DayKindRules(new DayRule.Own(DayPlan.CLOSED), null, null);

    @Autowired
    NeedsMe needs;

    @Autowired
    TradingHours hours;

    @Autowired
    CalendarNotices notices;

    @Autowired
    Fixtures fixtures;

    @AfterEach
    void takeBack() {
        publish(null);
    }

    @Test
    void aYearUnknownIsNamedSixtyDaysAheadToWhomItConcerns() {
        var follows = store(CLOSED_ON_HOLIDAYS);
        var doesNot = store(DayKindRules.NONE);
        clock.set(Instant.parse("2026-11-01T15:00:00Z"));
        assertThat(calendarNeeds(follows)).isEmpty();
        clock.set(Instant.parse("2026-11-02T16:30:00Z"));
        assertThat(calendarNeeds(follows)).containsExactly(new NeedsMe.Need("home.need.calendar", "2027", ""));
        assertThat(calendarNeeds(doesNot)).isEmpty();
        clock.set(Instant.parse("2027-01-20T02:00:00Z"));
        assertThat(calendarNeeds(follows)).containsExactly(new NeedsMe.Need("home.need.calendar", "2027", ""));
    }

    @Test
    void afterThePublicationThePersonIsAskedToLookUntilTheyDidOrTwoWeeksPassed() {
        var follows = store(CLOSED_ON_HOLIDAYS);
        var doesNot = store(DayKindRules.NONE);
        clock.set(Instant.parse("2026-12-01T02:00:00Z"));
        publish(MadeUp.json2027());
        clock.advance(Duration.ofHours(1));
        assertThat(calendarNeeds(follows))
                .containsExactly(new NeedsMe.Need("home.need.calendarOut", "2027", "merchant/hours"));
        assertThat(calendarNeeds(doesNot)).isEmpty();

        change(follows, 1, new DayKindRules(new DayRule.Own(DayPlan.of(Period.of(10, 0, 16, 0))), null, null));
        assertThat(calendarNeeds(follows)).isEmpty();

        var other = store(CLOSED_ON_HOLIDAYS, Instant.parse("2026-11-30T02:00:00Z"));
        clock.set(Instant.parse("2026-12-15T01:59:00Z"));
        assertThat(calendarNeeds(other)).hasSize(1);
        clock.set(Instant.parse("2026-12-15T02:01:00Z"));
        assertThat(calendarNeeds(other)).isEmpty();
    }

    @Test
    void aRuleOfTheMerchantCountsForItsStores() {
        var owner = store(DayKindRules.NONE);
        clock.set(Instant.parse("2026-12-01T02:00:00Z"));
        assertThat(calendarNeeds(owner)).isEmpty();
        var document = HoursDocument.notSet(owner.store().zone()).withDayKinds(CLOSED_ON_HOLIDAYS);
        assertThat(hours.change(
                        owner.actor(), new ChangeHours(new HoursScope.OfMerchant(owner.merchant()), document, 0, null)))
                .isInstanceOf(ChangeOutcome.Changed.class);
        assertThat(calendarNeeds(owner)).hasSize(1);
    }

    private List<NeedsMe.Need> calendarNeeds(Fixtures.Owner owner) {
        return needs.of(owner.actor(), owner.store()).stream()
                .filter(need -> need.key().startsWith("home.need.calendar"))
                .toList();
    }

    private Fixtures.Owner store(DayKindRules rules) {
        return store(rules, clock.instant());
    }

    private Fixtures.Owner store(DayKindRules rules, Instant at) {
        var now = clock.instant();
        clock.set(at);
        var owner = fixtures.owner("过节的店");
        change(owner, 0, rules);
        clock.set(now);
        return owner;
    }

    private void change(Fixtures.Owner owner, int version, DayKindRules rules) {
        var document = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0))))
                .withDayKinds(rules);
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, version, null));
    }

    private void publish(@Nullable String text) {
        var wish = new NewNotice(2027, text, "made up", "test");
        if (notices.propose(fixtures.staff(Role.ADMIN), wish) instanceof Proposal.Proposed(var it, var warnings)) {
            notices.approve(fixtures.staff(Role.REVIEWER), it.id());
        }
    }
}
