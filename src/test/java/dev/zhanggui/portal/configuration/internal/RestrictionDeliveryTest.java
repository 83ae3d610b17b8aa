package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.FLEET_MARK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.Restriction.Kind;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.Restrictions.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What restrictions do to what terminals are given, read from the signed documents. */
class RestrictionDeliveryTest extends DatabaseTest {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Restrictions restrictions;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    Expander expander;

    @Autowired
    FleetMarks fleet;

    @Autowired
    ConfigurationRows rows;

    @Autowired
    SignedDocuments documents;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    private final List<PlannedRestriction> planned = new ArrayList<>();
    private StoreWithTerminals stores;

    @BeforeEach
    void settleOthers() {
        stores = beans.createBean(StoreWithTerminals.class);
        settle();
    }

    @AfterEach
    void takeBack() {
        planned.forEach(it -> restrictions.end(Fixtures.SYSTEM, it.id(), "test ends"));
        settle();
    }

    @Test
    void aFaultOfOneTerminalReachesThatOneAlone() {
        var opened = opened(2);
        var broken = opened.machines().getFirst();
        var sound = opened.machines().getLast();
        var usual = now(sound).path("reasonCode").asString();
        assertThat(usual).isEqualTo(now(broken).path("reasonCode").asString()).isNotEqualTo("FAULT");
        plan(Kind.FAULT, RestrictionTarget.of(broken.id()), "打印头坏了");
        assertThat(db.fetchCount(
                        DIRTY_SCOPE, DIRTY_SCOPE.TERMINAL_ID.eq(broken.id().value())))
                .isEqualTo(1);
        settle();

        assertThat(now(broken).path("open").asBoolean()).isFalse();
        assertThat(now(broken).path("reasonCode").asString()).isEqualTo("FAULT");
        assertThat(now(broken).toString()).contains("打印头坏了");
        assertThat(now(sound).path("reasonCode").asString()).isEqualTo(usual);
        assertThat(generation(opened, broken)).isEqualTo(2);
        assertThat(generation(opened, sound)).isEqualTo(1);
        assertThat(configurations
                        .history(opened.owner(), broken.id(), 1)
                        .getFirst()
                        .cause())
                .isEqualTo(ChangeCause.RESTRICTION);

        restrictions.end(Fixtures.SYSTEM, planned.getFirst().id(), null);
        settle();
        assertThat(now(broken).path("reasonCode").asString()).isEqualTo(usual);
        assertThat(generation(opened, sound)).isEqualTo(1);
    }

    @Test
    void aMerchantsStoresAreMarkedByOneRowAndNobodyElses() {
        var mine = opened(1);
        var other = opened(1);
        plan(Kind.MAINTENANCE, RestrictionTarget.of(mine.merchant()), null);
        assertThat(db.fetchCount(FLEET_MARK)).isEqualTo(1);
        assertThat(fleet.spread()).isTrue();
        assertThat(db.select(DIRTY_SCOPE.STORE_ID).from(DIRTY_SCOPE).fetch(DIRTY_SCOPE.STORE_ID))
                .containsExactly(mine.store().value());
        settle();
        assertThat(configurations
                        .history(mine.owner(), mine.machine().id(), 1)
                        .getFirst()
                        .cause())
                .isEqualTo(ChangeCause.MAINTENANCE);
        assertThat(generation(other, other.machine())).isEqualTo(1);
    }

    @Test
    void aRegionAndAModelReachTheirStores() {
        var opened = opened(1);
        var usual = now(opened.machine()).path("reasonCode").asString();
        plan(Kind.FAULT, RestrictionTarget.region("3501"), null);
        settle();
        assertThat(now(opened.machine()).path("reasonCode").asString()).isEqualTo("FAULT");
        restrictions.end(Fixtures.SYSTEM, planned.getFirst().id(), null);
        plan(Kind.FAULT, RestrictionTarget.region("36"), null);
        settle();
        assertThat(now(opened.machine()).path("reasonCode").asString()).isEqualTo(usual);
        plan(Kind.NETWORK_TROUBLE, RestrictionTarget.of(new ModelId("lakala-smart")), null);
        settle();
        assertThat(now(opened.machine()).path("reasonCode").asString()).isEqualTo("NETWORK_TROUBLE");
    }

    @Test
    void aKillSwitchDoesNotWaitBehindPlannedWork() {
        var first = opened(1);
        var second = opened(1);
        plan(Kind.MAINTENANCE, RestrictionTarget.of(first.merchant()), null);
        plan(Kind.FAULT, RestrictionTarget.of(second.merchant()), null);
        assertThat(fleet.spread()).isTrue();
        assertThat(db.select(DIRTY_SCOPE.STORE_ID).from(DIRTY_SCOPE).fetch(DIRTY_SCOPE.STORE_ID))
                .containsExactly(second.store().value());
    }

    private void plan(Kind kind, RestrictionTarget target, @Nullable String reason) {
        var from = kind == Kind.MAINTENANCE ? clock.instant().plus(Duration.ofHours(2)) : null;
        var until = from == null ? null : from.plus(Duration.ofHours(1));
        var outcome =
                restrictions.plan(fixtures.staff(Role.ADMIN), new Plan(kind, target, from, until, reason, "a test"));
        assertThat(outcome).isInstanceOf(RestrictionOutcome.Done.class);
        planned.add(((RestrictionOutcome.Done) outcome).now());
    }

    private Opened opened(int terminals) {
        var opened = stores.open(terminals);
        settle();
        return opened;
    }

    private void settle() {
        do {
            while (expander.expandDue() > 0) {}
        } while (fleet.spread());
    }

    private long generation(Opened opened, Machine machine) {
        return configurations.of(opened.owner(), machine.id()).desired().generation();
    }

    /** The transition that holds now, by the signed document that the terminal is given. */
    private JsonNode now(Machine machine) {
        var row = rows.find(machine.id()).orElseThrow();
        var digest = SignedDocuments.digestsIn(Objects.requireNonNull(row.getDocuments()))
                .getFirst();
        var jws = Objects.requireNonNull(documents.byDigest(List.of(digest)).get(digest));
        JsonNode last = null;
        for (var transition : JsonMapper.shared()
                .readTree(new String(Base64.getUrlDecoder().decode(jws.split("\\.")[1]), StandardCharsets.UTF_8))
                .path("transitions")
                .values()) {
            if (!Instant.parse(transition.path("at").asString()).isAfter(clock.instant())) {
                last = transition;
            }
        }
        return Objects.requireNonNull(last);
    }
}
