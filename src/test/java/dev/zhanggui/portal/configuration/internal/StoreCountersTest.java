package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.Counters;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class StoreCountersTest extends DatabaseTest {

    @Autowired
    private ObjectProvider<Counters> counters;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private TerminalConfigurations configurations;

    @Autowired
    private TerminalReports reports;

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

    @Test
    void aTerminalThatRefusedIsStoppedAndNoLongerOnItsWay() {
        var compiling = beans.createBean(Compiling.class);
        var opened = beans.createBean(StoreWithTerminals.class).open(3);
        compiling.all();
        compiling.bridgeIsHere();
        var births = opened.machines().stream()
                .map(it -> new TerminalReports.Birth(it.publicId(), ConfigurationVersion.NONE, null, "kit 1", "boot-1"))
                .toList();
        reports.record(Fixtures.SYSTEM, "bridge-1", new Batch(List.of(), List.of(), births, List.of()));
        say(opened.machines().get(0), ReportStage.APPLIED, 0);
        say(opened.machines().get(1), ReportStage.ROLLED_BACK, 104);

        var status = counters.getObject().status(opened.owner(), opened.store());
        assertThat(status.total()).isEqualTo(3);
        assertThat(status.inStep()).isEqualTo(1);
        assertThat(status.stopped()).isEqualTo(1);
        assertThat(status.sending()).isEqualTo(1);
        assertThat(status.offline()).isZero();
    }

    private void say(StoreWithTerminals.Machine machine, ReportStage stage, int code) {
        var configuration = configurations.of(Fixtures.SYSTEM, machine.id());
        var report = new TerminalReports.Report(
                machine.publicId(),
                configuration.desired(),
                Objects.requireNonNull(configuration.desiredDigest()),
                stage,
                code);
        reports.record(Fixtures.SYSTEM, "bridge-1", new Batch(List.of(), List.of(), List.of(), List.of(report)));
    }
}
