package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.DueWork;
import dev.zhanggui.portal.configuration.DueWork.Withdrawal;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells each bridge of each withdrawn credential once; after a hello, which follows every lost answer, of the last day's again. */
@Component
public class Withdrawals {

    /** A bridge remembers whom it may let in for a day at most, see {@code ZHANGGUI_REMEMBER_CREDENTIALS}; and an hour to be safe. */
    private static final Duration TOLD_AGAIN = Duration.ofHours(25);

    /** A transaction may commit this long after the moment that it wrote down: it may have waited for a row. */
    private static final Duration LATE_COMMIT = Duration.ofMinutes(2);

    /** @param since those from {@code until} on that the bridge knows */
    private record Told(Instant until, Set<Withdrawal> since) {}

    private final DueWork work;
    private final TerminalCertificates certificates;
    private final Clock clock;
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    Withdrawals(DueWork work, TerminalCertificates certificates, Clock clock) {
        this.work = work;
        this.certificates = certificates;
        this.clock = clock;
    }

    /** The bridge begins anew, or an answer to it got lost. */
    public void hello(String bridge) {
        told.remove(bridge);
    }

    /** Public ids of the terminals that the bridge has not been told of. */
    public List<String> next(Actor actor, String bridge) {
        var now = clock.instant();
        var before = told.getOrDefault(bridge, new Told(now.minus(TOLD_AGAIN), Set.of()));
        var withdrawn = new ArrayList<>(work.withdrawnSince(actor, before.until()));
        certificates
                .endedSince(actor, before.until())
                .forEach(it -> withdrawn.add(new Withdrawal(it.publicId(), it.at())));
        var settled = now.minus(LATE_COMMIT);
        var until = settled.isAfter(before.until()) ? settled : before.until();
        told.put(
                bridge,
                new Told(
                        until,
                        withdrawn.stream()
                                .filter(it -> !it.at().isBefore(until))
                                .collect(Collectors.toUnmodifiableSet())));
        return withdrawn.stream()
                .filter(it -> !before.since().contains(it))
                .map(Withdrawal::publicId)
                .distinct()
                .toList();
    }
}
