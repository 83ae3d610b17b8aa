package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfiguration;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.tradinghours.Counters;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells the hours pages how a store's terminals stand, which only this module knows. */
@Component
class StoreCounters implements Counters {

    private final TerminalConfigurations configurations;

    StoreCounters(TerminalConfigurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public Status status(Actor actor, StoreId store) {
        return status(configurations.ofStore(actor, store));
    }

    @Override
    public Status status(Actor actor, StoreId store, TerminalId terminal) {
        return status(configurations.ofStore(actor, store).stream()
                .filter(it -> it.terminal().equals(terminal))
                .toList());
    }

    private static Status status(List<TerminalConfiguration> all) {
        var inStep = all.stream()
                .map(it -> it.status())
                .filter(SyncStatus.InStep.class::isInstance)
                .map(SyncStatus.InStep.class::cast)
                .toList();
        // Behind a lost bridge a terminal takes nothing now, just as an unplugged one.
        int offline = (int) all.stream()
                .map(it -> it.status())
                .filter(status -> status instanceof SyncStatus.Offline || status instanceof SyncStatus.BridgeDown)
                .count();
        int stopped = (int) all.stream()
                .map(it -> it.status())
                .filter(SyncStatus.Rejected.class::isInstance)
                .count();
        var version = all.stream()
                .map(it -> it.running())
                .filter(Objects::nonNull)
                .map(it -> it.version().generation())
                .max(Comparator.naturalOrder());
        var appliedAt = inStep.stream().map(SyncStatus.InStep::appliedAt).max(Instant::compareTo);
        return new Status(all.size(), inStep.size(), offline, stopped, version.orElse(null), appliedAt.orElse(null));
    }
}
