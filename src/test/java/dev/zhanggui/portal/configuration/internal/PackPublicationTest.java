package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.FLEET_MARK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Proposal;
import java.time.ZoneId;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** Something else becomes usual in an industry while its terminals hold what was usual before. */
class PackPublicationTest extends DatabaseTest {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    PackVersions versions;

    @Autowired
    IndustryPacks packs;

    @Autowired
    TradingHours hours;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    Expander expander;

    @Autowired
    FleetMarks fleet;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    private StoreWithTerminals stores;

    @BeforeEach
    void openNothingYet() {
        stores = beans.createBean(StoreWithTerminals.class);
        settle();
    }

    @AfterEach
    void sayWhatWasSaid() {
        publish("restaurant", Outside.USUAL);
        publish("cinema", Outside.USUAL);
        settle();
    }

    @Test
    void onlyTerminalsOfTheIndustryThatSaidNothingThemselvesLearnOfIt() {
        var silent = opened(null);
        var own = opened(Outside.capped(50_00));
        long ofSilent = generation(silent);
        long ofOwn = generation(own);

        publish("restaurant", Outside.DENY);
        assertThat(db.fetchCount(FLEET_MARK, FLEET_MARK.INDUSTRY.eq("restaurant")))
                .isEqualTo(1);
        settle();

        assertThat(generation(silent)).isEqualTo(ofSilent + 1);
        assertThat(configurations
                        .history(silent.owner(), silent.machine().id(), 1)
                        .getFirst()
                        .cause())
                .isEqualTo(ChangeCause.PACK);
        assertThat(generation(own)).isEqualTo(ofOwn);
        assertThat(db.fetchCount(FLEET_MARK)).isZero();
    }

    @Test
    void thePublicationWritesOneRowAndTheStoresFollowInHelpings() {
        for (int i = 0; i < FleetMarks.STORES_AT_ONCE + 1; i++) {
            stores.open(0);
        }
        publish("restaurant", Outside.DENY);
        assertThat(marks()).isZero();
        assertThat(fleet.spread()).isTrue();
        assertThat(marks()).isEqualTo(FleetMarks.STORES_AT_ONCE);
    }

    @Test
    void storesOfOtherIndustriesAreLeftAlone() {
        var restaurant = opened(null);
        long before = generation(restaurant);
        publish("cinema", Outside.DENY);
        while (fleet.spread()) {}
        assertThat(marks()).isZero();
        settle();
        assertThat(generation(restaurant)).isEqualTo(before);
    }

    private int marks() {
        return db.fetchCount(DIRTY_SCOPE, DIRTY_SCOPE.CAUSE.eq(ChangeCause.PACK.name()));
    }

    private long generation(Opened opened) {
        return configurations
                .of(opened.owner(), opened.machine().id())
                .desired()
                .generation();
    }

    private void publish(String industry, Outside outside) {
        IndustryPack now = packs.at(industry, clock.instant()).orElseThrow();
        var wish = new NewPack(
                industry,
                now.rules().withOutside(outside).json(),
                HoursDocument.weekly(CHINA, Objects.requireNonNull(now.suggestion()))
                        .json(),
                now.owner().words(),
                "试试",
                now.reviewBy());
        if (versions.propose(fixtures.staff(Role.ADMIN), wish) instanceof Proposal.Proposed(var version)) {
            assertThat(versions.publish(fixtures.staff(Role.REVIEWER), version.id()))
                    .isInstanceOf(Ruling.Decided.class);
        }
    }

    private Opened opened(@Nullable Outside outside) {
        var opened = stores.open(1);
        if (outside != null) {
            var document = HoursDocument.weekly(CHINA, Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0))))
                    .withOutside(outside);
            assertThat(hours.change(opened.owner(), new ChangeHours(opened.store(), document, 0, null)))
                    .isInstanceOf(ChangeOutcome.Changed.class);
        }
        settle();
        return opened;
    }

    private void settle() {
        do {
            while (expander.expandDue() > 0) {}
        } while (fleet.spread());
    }
}
