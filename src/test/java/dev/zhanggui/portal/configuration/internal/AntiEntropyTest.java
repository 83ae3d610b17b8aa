package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.CONFIG_REPAIR;
import static dev.zhanggui.db.Tables.CONFIG_SWEEP;
import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.FLEET_MARK;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;
import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.FleetAlerts;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.configuration.TerminalReports.Birth;
import dev.zhanggui.portal.configuration.TerminalReports.Report;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.terminal.Terminals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Faults are made by hand, in the database: no way through the services leads to them. */
@Timeout(120)
class AntiEntropyTest extends DatabaseTest {

    private static final String BRIDGE = "bridge-1";

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    AntiEntropy antiEntropy;

    @Autowired
    Expander expander;

    @Autowired
    ConfigurationRows rows;

    @Autowired
    DirtyScopes dirty;

    @Autowired
    FleetMarks fleet;

    @Autowired
    Renewals renewals;

    @Autowired
    Terminals terminals;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    TerminalReports reports;

    @Autowired
    StoredAlerts alerts;

    @Autowired
    LinkMonitor link;

    @Autowired
    MeterRegistry meters;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext db;

    private StoreWithTerminals stores;
    private Opened opened;

    /** The sweep begins before the store that this test opens. */
    @BeforeEach
    void open() {
        stores = beans.createBean(StoreWithTerminals.class);
        settle();
        opened = stores.open(2);
        settle();
        opened.machines().forEach(machine -> {
            reports.record(
                    SYSTEM,
                    BRIDGE,
                    new Batch(
                            List.of(),
                            List.of(),
                            List.of(new Birth(machine.publicId(), ConfigurationVersion.NONE, null, "kit 1", "boot-1")),
                            List.of()));
            apply(machine);
        });
        begin();
    }

    @AfterEach
    void leaveNothing() {
        db.deleteFrom(CONFIG_REPAIR).execute();
        alerts.look();
    }

    @Test
    void where_nothing_is_wrong_nothing_is_done_however_often_it_looks_and_however_late() {
        long generation = generation(0);
        for (int day = 0; day < 12; day++) {
            assertThat(lap()).as("day " + day).isZero();
            clock.advance(Duration.ofDays(1));
            renewals.mark();
            assertThat(lap()).as("while renewals are marked").isZero();
            settle();
        }
        assertThat(generation(0)).as("renewed").isGreaterThan(generation);
        assertThat(db.fetchCount(CONFIG_REPAIR)).isZero();
    }

    @Test
    void an_edit_whose_mark_got_lost_is_found_and_made_up_for() {
        var machine = opened.machine();
        terminals.rename(
                SYSTEM,
                machine.id(),
                "改了名",
                terminals.terminal(SYSTEM, machine.id()).version());
        assertThat(lap()).as("as long as it is marked it is not lost").isZero();
        db.deleteFrom(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.STORE_ID.eq(opened.store().value()))
                .execute();
        double counted = counted("content");

        assertThat(lap()).isEqualTo(1);
        settle();
        assertThat(configurations.history(SYSTEM, machine.id(), 1))
                .singleElement()
                .satisfies(version -> assertThat(version.cause()).isEqualTo(ChangeCause.REPAIRED));
        assertThat(generation(0)).isEqualTo(2);
        assertThat(generation(1)).as("the other one was right").isEqualTo(1);
        assertThat(ConfigurationRows.lane(row(0).getLane())).isEqualTo(Lane.ANTI_ENTROPY);
        assertThat(counted("content")).isEqualTo(counted + 1);
        assertThat(lap()).isZero();
    }

    @Test
    void work_that_is_due_by_nobody_is_found_but_not_what_was_refused() {
        for (int i = 0; i < 2; i++) {
            transaction.executeWithoutResult(
                    status -> dirty.mark(opened.store(), opened.machine().id(), ChangeCause.ASKED, "test"));
            transaction.executeWithoutResult(status ->
                    dirty.mark(opened.store(), opened.machines().get(1).id(), ChangeCause.ASKED, "test"));
        }
        settle();
        var refusing = row(1);
        reports.record(
                SYSTEM,
                BRIDGE,
                new Batch(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Report(
                                refusing.getPublicId(),
                                ConfigurationRows.desired(refusing),
                                Objects.requireNonNull(refusing.getDesiredDigest()),
                                ReportStage.REJECTED,
                                303))));
        assertThat(lap()).isZero();
        db.update(TERMINAL_CONFIGURATION)
                .setNull(TERMINAL_CONFIGURATION.DUE_AT)
                .setNull(TERMINAL_CONFIGURATION.DUE_RANK)
                .where(TERMINAL_CONFIGURATION.STORE_ID.eq(opened.store().value()))
                .execute();
        assertThat(lap()).isEqualTo(1);
        assertThat(row(0).getDueAt()).isEqualTo(clock.instant());
        assertThat(ConfigurationRows.lane(row(0).getLane())).isEqualTo(Lane.ANTI_ENTROPY);
        assertThat(row(1).getDueAt()).isNull();
        assertThat(lap()).isZero();
    }

    @Test
    void a_lease_that_nobody_would_renew_is_found() {
        db.update(TERMINAL_CONFIGURATION)
                .setNull(TERMINAL_CONFIGURATION.RENEW_AT)
                .where(TERMINAL_CONFIGURATION.STORE_ID.eq(opened.store().value()))
                .execute();
        assertThat(lap()).isEqualTo(2);
        assertThat(row(0).getRenewAt()).isEqualTo(clock.instant());
        assertThat(lap()).isZero();
    }

    @Test
    void while_changes_for_the_whole_fleet_wait_nothing_is_called_forgotten() {
        loseAnEdit();
        transaction.executeWithoutResult(status -> fleet.mark(ChangeCause.CALENDAR, null, "test"));
        assertThat(antiEntropy.sweep()).isZero();
        db.deleteFrom(FLEET_MARK).execute();
        assertThat(lap()).isEqualTo(1);
    }

    @Test
    void it_goes_on_where_it_stopped_and_begins_a_lap_no_sooner_than_ten_minutes_after_the_last() {
        var more = IntStream.range(0, AntiEntropy.STORES_AT_ONCE + 3)
                .mapToObj(i -> stores.open(1))
                .toList();
        settle();
        begin();
        antiEntropy.sweep();
        long reached = cursor();
        assertThat(reached)
                .isEqualTo(more.get(AntiEntropy.STORES_AT_ONCE - 2).store().value());
        beans.createBean(AntiEntropy.class).sweep();
        assertThat(cursor()).as("another portal ends the lap").isZero();
        clock.advance(AntiEntropy.LAP.minusSeconds(1));
        antiEntropy.sweep();
        assertThat(cursor()).isZero();
        clock.advance(Duration.ofSeconds(1));
        antiEntropy.sweep();
        assertThat(cursor()).isNotZero();
    }

    @Test
    void somebody_is_told() {
        link.seen(BRIDGE);
        alerts.look();
        assertThat(told()).isEmpty();
        loseAnEdit();
        lap();
        alerts.look();
        assertThat(told())
                .singleElement()
                .satisfies(alert -> assertThat(alert.value()).isEqualTo(1));
        clock.advance(Duration.ofHours(1).plusSeconds(1));
        link.seen(BRIDGE);
        alerts.look();
        assertThat(told()).isEmpty();
        clock.advance(Duration.ofDays(91));
        lap();
        assertThat(db.fetchCount(
                        CONFIG_REPAIR,
                        CONFIG_REPAIR
                                .KIND
                                .eq("CONTENT")
                                .and(CONFIG_REPAIR.FOUND_AT.lt(clock.instant().minus(Duration.ofDays(90))))))
                .as("forgotten in the end")
                .isZero();
    }

    private List<FleetAlerts.Alert> told() {
        return alerts.list(SYSTEM).stream()
                .filter(alert -> alert.rule().equals("repaired") && alert.clearedAt() == null)
                .toList();
    }

    private void loseAnEdit() {
        var machine = opened.machine();
        terminals.rename(
                SYSTEM,
                machine.id(),
                "改了名",
                terminals.terminal(SYSTEM, machine.id()).version());
        db.deleteFrom(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.STORE_ID.eq(opened.store().value()))
                .execute();
    }

    /** Only the store of this test, and those opened later. */
    private void begin() {
        db.deleteFrom(CONFIG_SWEEP).execute();
        db.insertInto(CONFIG_SWEEP)
                .set(CONFIG_SWEEP.ID, (short) 1)
                .set(CONFIG_SWEEP.AFTER_STORE, opened.store().value() - 1)
                .set(CONFIG_SWEEP.LAP_STARTED_AT, clock.instant())
                .execute();
    }

    private int lap() {
        begin();
        return antiEntropy.sweep();
    }

    private long cursor() {
        return db.select(CONFIG_SWEEP.AFTER_STORE)
                .from(CONFIG_SWEEP)
                .fetchSingle()
                .value1();
    }

    private double counted(String kind) {
        return meters.counter("zhanggui.configuration.repaired", "kind", kind).count();
    }

    private void settle() {
        do {
            while (expander.expandDue() > 0) {
                // until nothing is marked
            }
        } while (fleet.spread());
    }

    private dev.zhanggui.db.tables.records.TerminalConfigurationRecord row(int index) {
        return rows.find(opened.machines().get(index).id()).orElseThrow();
    }

    private long generation(int index) {
        return ConfigurationRows.desired(row(index)).generation();
    }

    private void apply(StoreWithTerminals.Machine machine) {
        var row = rows.find(machine.id()).orElseThrow();
        reports.record(
                SYSTEM,
                BRIDGE,
                new Batch(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Report(
                                row.getPublicId(),
                                ConfigurationRows.desired(row),
                                Objects.requireNonNull(row.getDesiredDigest()),
                                ReportStage.APPLIED,
                                0))));
    }
}
