package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.support.DatabaseTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** A second portal on the same database: it has this watcher of its own, and hears no event of the first. */
class OtherPortalsTest extends DatabaseTest {

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    ConfigurationRows rows;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    TransactionTemplate transaction;

    private final List<TerminalId> heard = new ArrayList<>();
    private StoreWithTerminals stores;
    private Compiling compiling;
    private OtherPortals second;

    @BeforeEach
    void aSecondPortal() {
        stores = beans.createBean(StoreWithTerminals.class);
        compiling = beans.createBean(Compiling.class);
        compiling.all();
        ApplicationEventPublisher events = event -> heard.add(((ConfigurationProgressed) event).terminal());
        second = new OtherPortals(rows, events, clock, true);
        second.look();
        heard.clear();
    }

    @Test
    void what_one_portal_recorded_reaches_the_pages_of_the_other_once() {
        var machine = stores.open(1).machine();
        compiling.all();
        second.look();
        assertThat(heard).containsExactly(machine.id());

        second.look();
        assertThat(heard).hasSize(1);

        clock.advance(Duration.ofSeconds(3));
        configurations.sendAgain(StoreWithTerminals.SYSTEM, machine.id());
        second.look();
        assertThat(heard).containsExactly(machine.id(), machine.id());
        clock.advance(OtherPortals.BACK.multipliedBy(3));
        second.look();
        second.look();
        assertThat(heard).hasSize(2);
    }

    @Test
    void what_commits_late_is_seen_late_but_seen() {
        var machine = stores.open(1).machine();
        compiling.all();
        second.look();
        heard.clear();
        clock.advance(Duration.ofSeconds(1));
        transaction.executeWithoutResult(status -> {
            configurations.sendAgain(StoreWithTerminals.SYSTEM, machine.id());
            clock.advance(Duration.ofSeconds(5));
            // On a connection of its own, as another process has: the change is not there yet.
            CompletableFuture.runAsync(second::look).join();
            assertThat(heard).isEmpty();
        });
        second.look();
        assertThat(heard).containsExactly(machine.id());
    }

    @Test
    void what_rolled_back_never_happened() {
        var machine = stores.open(1).machine();
        compiling.all();
        second.look();
        heard.clear();
        clock.advance(Duration.ofSeconds(1));
        transaction.executeWithoutResult(status -> {
            configurations.sendAgain(StoreWithTerminals.SYSTEM, machine.id());
            status.setRollbackOnly();
        });
        second.look();
        assertThat(heard).isEmpty();
    }
}
