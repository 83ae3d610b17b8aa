package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What two people published for all stores, or for those of an industry, begins its rollout in the publishing transaction: from
 * that commit on every terminal is held at the earlier word until its turn. What few terminals hear of goes to them at once.
 */
@Component
class RolloutPublications {

    private final RolloutRows rows;
    private final RolloutPlanner planner;
    private final RolloutLimits limits;
    private final FleetMarks fleet;
    private final AuditLog audit;
    private final Clock clock;

    RolloutPublications(
            RolloutRows rows,
            RolloutPlanner planner,
            RolloutLimits limits,
            FleetMarks fleet,
            AuditLog audit,
            Clock clock) {
        this.rows = rows;
        this.planner = planner;
        this.limits = limits;
        this.fleet = fleet;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param at from when the notice holds */
    @Transactional(propagation = Propagation.MANDATORY)
    public void calendar(Actor by, int year, Instant at) {
        var chain = rows.lockChain("calendar");
        if (chain.isEmpty() && rows.countBound(limits.above() + 1) <= limits.above()) {
            fleet.mark(RolloutKind.CALENDAR.cause(), null, by.label());
        } else {
            begin(by, RolloutKind.CALENDAR, "calendar", Integer.toString(year), List.of(), at, chain);
        }
    }

    /** @param industries the keys of the stores that the pack speaks for */
    @Transactional(propagation = Propagation.MANDATORY)
    public void pack(Actor by, String industry, List<String> industries, Instant at) {
        var chain = rows.lockChain("pack:" + industry);
        if (chain.isEmpty() && planner.count(industries, limits.above() + 1) <= limits.above()) {
            industries.forEach(key -> fleet.mark(RolloutKind.PACK.cause(), key, by.label()));
        } else {
            begin(by, RolloutKind.PACK, "pack:" + industry, industry, industries, at, chain);
        }
    }

    private void begin(
            Actor by,
            RolloutKind kind,
            String subject,
            String detail,
            List<String> industries,
            Instant at,
            List<RolloutRecord> chain) {
        supersede(rows, chain, clock.instant());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var rollout = fresh(kind, subject, Stamp.of(by, now));
        if (!chain.isEmpty()) {
            // A chain is ordered by id, whichever portal's clock made them.
            rollout.setId(Math.max(rollout.getId(), chain.getLast().getId() + 1));
        }
        rollout.setDetail(detail);
        rollout.setIndustries(String.join(",", industries));
        rollout.setBeforeAt(at.minus(1, ChronoUnit.MICROS));
        rollout.setState(RolloutState.RUNNING.name());
        rollout.setActiveSubject(subject);
        rollout.setInForce(true);
        rollout.setDecidedAt(now);
        rollout.setDecidedByKind(by.kind().name());
        rollout.setDecidedById(by.id());
        rollout.setDecidedByLabel(DirtyScopes.who(by.label()));
        if (!rows.add(rollout)) {
            throw new IllegalStateException("two rollouts of " + subject);
        }
        audit.record(
                by,
                "rollout.started",
                new RolloutId(rollout.getId()).toString(),
                null,
                null,
                "{\"subject\":\"" + subject + "\"}",
                null);
        fleet.wake();
    }

    /** A newer word about the same: who has the earlier one keeps it until the newer one comes to them. */
    static void supersede(RolloutRows rows, List<RolloutRecord> chain, Instant now) {
        for (var earlier : chain) {
            if (RolloutState.valueOf(earlier.getState()).isActive()) {
                earlier.setState(RolloutState.SUPERSEDED.name());
                earlier.setActiveSubject(null);
                earlier.setHaltReason(null);
                earlier.setSaid("");
                earlier.setSaidBy("system");
                earlier.setStateAt(now);
                earlier.setEndedAt(now);
                earlier.setWalkAfter(null);
                earlier.setVersion(earlier.getVersion() + 1);
                rows.save(earlier);
            }
        }
    }

    static RolloutRecord fresh(RolloutKind kind, String subject, Stamp by) {
        var rollout = new RolloutRecord();
        rollout.setId(Ids.next());
        rollout.setKind(kind.name());
        rollout.setSubject(subject);
        rollout.setDetail("");
        rollout.setScopeKind(RestrictionTarget.ALL.scope().name());
        rollout.setScopeValue(RestrictionTarget.ALL.value());
        rollout.setIndustries("");
        rollout.setBeforeAt(by.at());
        rollout.setReason("");
        rollout.setInForce(false);
        rollout.setWorking(true);
        rollout.setProposedAt(by.at());
        rollout.setProposedByKind(by.kind());
        rollout.setProposedById(by.id());
        rollout.setProposedByLabel(DirtyScopes.who(by.label()));
        rollout.setAfterStore(0L);
        rollout.setGroupNo((short) 0);
        rollout.setForgivenRefused(0);
        rollout.setForgivenSilent(0);
        rollout.setForgivenDark(0);
        rollout.setNextLookAt(by.at());
        rollout.setRateBase(0);
        rollout.setRate(0);
        rollout.setSaid("");
        rollout.setSaidBy(DirtyScopes.who(by.label()));
        rollout.setStateAt(by.at());
        rollout.setVersion(0);
        return rollout;
    }
}
