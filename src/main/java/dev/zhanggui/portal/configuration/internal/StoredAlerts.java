package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.FLEET_ALERT;

import dev.zhanggui.db.tables.records.FleetAlertRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.configuration.Fleet;
import dev.zhanggui.portal.configuration.FleetAlerts;
import dev.zhanggui.portal.configuration.SigningTerm;
import dev.zhanggui.portal.configuration.internal.AlertRules.Measure;
import dev.zhanggui.portal.configuration.internal.AlertRules.Rule;
import dev.zhanggui.portal.shared.DatabasePresence;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Looks at the rules every ten seconds. Any number of portals may do so at once: what is open is one row a rule, and each step is
 * one conditional write.
 */
@Service
class StoredAlerts implements FleetAlerts {

    private static final Actor SELF = Actor.system("alerts");
    private static final Logger LOG = LoggerFactory.getLogger(StoredAlerts.class);

    /** Signature, algorithm, key, addressee, equivocation ({@code dev.zhanggui.wire.RejectCode}). */
    private static final Set<Integer> DISTRUST = Set.of(103, 104, 105, 201, 203);

    private static final Duration DELAY_WINDOW = Duration.ofMinutes(10);
    private static final int DELAY_EDITS_LEAST = 20;
    private static final Duration SHOWN_AFTER_END = Duration.ofDays(1);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration RENEWALS_EVERY = Duration.ofMinutes(5);
    private static final Duration CLONES_WINDOW = Duration.ofDays(1);
    private static final Duration REPAIRS_WINDOW = Duration.ofHours(1);
    private static final int MOST = 50;
    private static final int TRIES = 20;
    private static final int FORGOTTEN_AT_ONCE = 500;

    private final DSLContext db;
    private final Access access;
    private final AlertRules rules;
    private final FleetRows fleet;
    private final FleetCensus census;
    private final AntiEntropy repairs;
    private final RolloutRows rollouts;
    private final Activations activations;
    private final CloneWatch clones;
    private final TerminalCertificates certificates;
    private final SigningTerm signing;
    private final BridgeLink link;
    private final DatabasePresence database;
    private final Clock clock;
    private final Instant started;
    private final Map<String, Integer> raised = new ConcurrentHashMap<>();
    private volatile @Nullable Renewals renewals;

    private record Renewals(Instant at, int missing) {}

    StoredAlerts(
            DSLContext db,
            Access access,
            AlertRules rules,
            FleetRows fleet,
            FleetCensus census,
            AntiEntropy repairs,
            RolloutRows rollouts,
            Activations activations,
            CloneWatch clones,
            TerminalCertificates certificates,
            SigningTerm signing,
            BridgeLink link,
            DatabasePresence database,
            Clock clock,
            MeterRegistry meters) {
        this.db = db;
        this.access = access;
        this.rules = rules;
        this.fleet = fleet;
        this.census = census;
        this.repairs = repairs;
        this.rollouts = rollouts;
        this.activations = activations;
        this.clones = clones;
        this.certificates = certificates;
        this.signing = signing;
        this.link = link;
        this.database = database;
        this.clock = clock;
        this.started = clock.instant();
        rules.all()
                .forEach(rule -> Gauge.builder("zhanggui.alert", () -> raised.getOrDefault(rule.id(), 0))
                        .description("1 while the alert is raised")
                        .tag("rule", rule.id())
                        .register(meters));
    }

    @Scheduled(
            initialDelayString = "${zhanggui.configuration.alerts:10s}",
            fixedDelayString = "${zhanggui.configuration.alerts:10s}")
    void lookByItself() {
        try {
            look();
        } catch (RuntimeException e) {
            if (!database.isMissing(e)) {
                LOG.warn("The alerts could not be looked at", e);
            }
        }
    }

    /** Every rule once. */
    void look() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var measured = measure(now);
        for (var rule : rules.all()) {
            lookAgain(rule, Objects.requireNonNull(measured.get(rule.measure())), now);
        }
        db.deleteFrom(FLEET_ALERT)
                .where(FLEET_ALERT.CLEARED_AT.lt(now.minus(KEPT)))
                .limit(FORGOTTEN_AT_ONCE)
                .execute();
    }

    /** Each step may be repeated: portals that meet at a row may lose a race for it. */
    private void lookAgain(Rule rule, double value, Instant now) {
        for (int attempt = 1; ; attempt++) {
            try {
                look(rule, value, now);
                return;
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void look(Rule rule, double value, Instant now) {
        var open = FLEET_ALERT.OPEN_RULE.eq(rule.id());
        long milli = Math.round(value * 1000);
        if (value > rule.above()) {
            db.insertInto(FLEET_ALERT)
                    .set(FLEET_ALERT.ID, Ids.next())
                    .set(FLEET_ALERT.RULE_ID, rule.id())
                    .set(FLEET_ALERT.OPEN_RULE, rule.id())
                    .set(FLEET_ALERT.SINCE, now)
                    .set(FLEET_ALERT.VALUE_MILLI, milli)
                    .set(FLEET_ALERT.WORST_MILLI, milli)
                    .onDuplicateKeyUpdate()
                    .set(FLEET_ALERT.VALUE_MILLI, milli)
                    .execute();
            db.update(FLEET_ALERT)
                    .set(FLEET_ALERT.WORST_MILLI, milli)
                    .where(open)
                    .and(FLEET_ALERT.WORST_MILLI.lt(milli))
                    .execute();
            int nowRaised = db.update(FLEET_ALERT)
                    .set(FLEET_ALERT.RAISED_AT, now)
                    .where(open)
                    .and(FLEET_ALERT.RAISED_AT.isNull())
                    .and(FLEET_ALERT.SINCE.le(now.minus(rule.holds())))
                    .execute();
            if (nowRaised == 1) {
                LOG.warn("Alert {}: {} is {}, more than {}", rule.id(), rule.measure(), value, rule.above());
            }
            raised.put(rule.id(), db.fetchExists(FLEET_ALERT, open.and(FLEET_ALERT.RAISED_AT.isNotNull())) ? 1 : 0);
        } else {
            db.deleteFrom(FLEET_ALERT)
                    .where(open)
                    .and(FLEET_ALERT.RAISED_AT.isNull())
                    .execute();
            int cleared = db.update(FLEET_ALERT)
                    .set(FLEET_ALERT.CLEARED_AT, now)
                    .set(FLEET_ALERT.VALUE_MILLI, milli)
                    .setNull(FLEET_ALERT.OPEN_RULE)
                    .where(open)
                    .execute();
            if (cleared == 1) {
                LOG.info("Alert {} is over", rule.id());
            }
            raised.put(rule.id(), 0);
        }
    }

    private Map<Measure, Double> measure(Instant now) {
        var counted = census.current();
        var states = counted.byState();
        double connected = states.values().stream().mapToInt(Integer::intValue).sum()
                - states.getOrDefault(Fleet.State.OFFLINE, 0);
        var refusals = counted.refusals();
        var delay = new Fleet.Delay(DELAY_WINDOW, fleet.delays(now.minus(DELAY_WINDOW)));
        var measured = new EnumMap<Measure, Double>(Measure.class);
        measured.put(Measure.BRIDGE_SILENT_SECONDS, bridgeSilent(now));
        measured.put(Measure.DISTRUSTING_TERMINALS, (double) refusals.stream()
                .filter(it -> DISTRUST.contains(it.code()))
                .mapToInt(Fleet.Refusal::terminals)
                .sum());
        measured.put(Measure.SIGNING_KEY_OVERDUE_DAYS, signing.overdueDays(now));
        measured.put(Measure.REFUSED_PERCENT, percent(states.getOrDefault(Fleet.State.REJECTED, 0), connected));
        measured.put(
                Measure.NOT_APPLIED_PERCENT,
                percent(
                        states.getOrDefault(Fleet.State.SENDING, 0) + states.getOrDefault(Fleet.State.DELIVERED, 0),
                        connected));
        measured.put(
                Measure.EDIT_TO_APPLIED_P99_SECONDS,
                delay.edits() < DELAY_EDITS_LEAST
                        ? 0
                        : delay.percentile(0.99).orElse(Duration.ZERO).toMillis() / 1000.0);
        measured.put(Measure.EDITS_WAITING, (double) counted.waitingEdits());
        measured.put(Measure.REPAIRED_LAST_HOUR, (double) repairs.since(now.minus(REPAIRS_WINDOW)));
        measured.put(Measure.CONTESTED_LAST_HOUR, (double)
                activations.contestedSince(SELF, now.minus(Activations.CONTEST_TOLD_AGAIN)));
        measured.put(Measure.SUSPECTED_CLONES_LAST_DAY, (double) clones.suspectedSince(SELF, now.minus(CLONES_WINDOW)));
        measured.put(Measure.CERTIFICATES_NOT_RENEWED, (double) notRenewed(now));
        measured.put(Measure.HALTED_ROLLOUTS, (double) rollouts.halted());
        return measured;
    }

    /** A look at much of the fleet, of what changes by the day. */
    private int notRenewed(Instant now) {
        var last = renewals;
        if (last == null || now.isBefore(last.at()) || !now.isBefore(last.at().plus(RENEWALS_EVERY))) {
            last = new Renewals(now, certificates.notRenewed(SELF));
            renewals = last;
        }
        return last.missing();
    }

    private double bridgeSilent(Instant now) {
        return switch (link.state()) {
            case BridgeLink.State.Reachable it -> 0;
            case BridgeLink.State.Unreachable(var since) ->
                Duration.between(since == null ? started : since, now).toMillis() / 1000.0;
        };
    }

    private static double percent(int part, double whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    @Override
    public List<Alert> list(Actor actor) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
        return db
                .selectFrom(FLEET_ALERT)
                .where(FLEET_ALERT.RAISED_AT.isNotNull())
                .and(FLEET_ALERT
                        .OPEN_RULE
                        .isNotNull()
                        .or(FLEET_ALERT.CLEARED_AT.ge(clock.instant().minus(SHOWN_AFTER_END))))
                .orderBy(FLEET_ALERT.CLEARED_AT.isNotNull(), FLEET_ALERT.SINCE.desc(), FLEET_ALERT.ID)
                .limit(MOST)
                .stream()
                .flatMap(row -> rules.named(row.getRuleId()).map(rule -> alert(row, rule)).stream())
                .toList();
    }

    private static Alert alert(FleetAlertRecord row, Rule rule) {
        return new Alert(
                row.getId(),
                rule.id(),
                rule.severity(),
                row.getValueMilli() / 1000.0,
                row.getWorstMilli() / 1000.0,
                rule.above(),
                row.getSince(),
                Objects.requireNonNull(row.getRaisedAt()),
                row.getClearedAt(),
                row.getTakenBy());
    }

    @Override
    public void take(Actor actor, long id) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN);
        db.update(FLEET_ALERT)
                .set(FLEET_ALERT.TAKEN_BY, actor.label())
                .set(FLEET_ALERT.TAKEN_AT, clock.instant())
                .where(FLEET_ALERT.ID.eq(id))
                .and(FLEET_ALERT.TAKEN_BY.isNull())
                .and(FLEET_ALERT.CLEARED_AT.isNull())
                .execute();
    }
}
