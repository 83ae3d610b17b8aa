package dev.zhanggui.portal.home.ui;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.Counters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the hours page, from what the terminals proved, what a change has done on the counters. */
@Component
class StoreCounters implements Counters {

    private final TerminalConfigurations configurations;

    StoreCounters(TerminalConfigurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public Status status(Actor actor, StoreId store) {
        int inStep = 0;
        int away = 0;
        Long version = null;
        Instant applied = null;
        var terminals = configurations.ofStore(actor, store);
        for (var terminal : terminals) {
            switch (terminal.status()) {
                case SyncStatus.InStep it -> {
                    inStep++;
                    version = later(version, it.version());
                    applied = later(applied, it.appliedAt());
                }
                case SyncStatus.Sending it -> {}
                case SyncStatus.Offline it -> away++;
                case SyncStatus.Rejected it -> away++;
                case SyncStatus.BridgeDown it -> away++;
            }
        }
        return new Status(terminals.size(), inStep, away, version, applied);
    }

    private static Long later(@Nullable Long before, ConfigurationVersion version) {
        return before == null ? version.generation() : Math.max(before, version.generation());
    }

    private static Instant later(@Nullable Instant before, Instant at) {
        return before == null || before.isBefore(at) ? at : before;
    }
}
