package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.db.tables.records.RolloutTerminalRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.Rollout;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutProgressed;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.foureyes.Book;
import dev.zhanggui.portal.foureyes.FourEyes;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.foureyes.Verdict;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

@Service
class RolloutService implements Rollouts {

    /** Reads names; who may see them was asked before. */
    private static final Actor SELF = Actor.system("rollout");

    private static final Role[] READERS = {Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR};
    private static final String SCREEN = "screen";
    private static final int FAILURES_MOST = 50;

    private final Access access;
    private final FourEyes fourEyes;
    private final AuditLog audit;
    private final RolloutRows rows;
    private final RolloutLimits limits;
    private final Terminals terminals;
    private final Merchants merchants;
    private final Wakes wakes;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Kept kept = new Kept();

    RolloutService(
            Access access,
            FourEyes fourEyes,
            AuditLog audit,
            RolloutRows rows,
            RolloutLimits limits,
            Terminals terminals,
            Merchants merchants,
            Wakes wakes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.access = access;
        this.fourEyes = fourEyes;
        this.audit = audit;
        this.rows = rows;
        this.limits = limits;
        this.terminals = terminals;
        this.merchants = merchants;
        this.wakes = wakes;
        this.events = events;
        this.clock = clock;
    }

    // --- reading ---

    @Override
    @Transactional(readOnly = true)
    public Page list(Actor actor, Filter filter, @Nullable RolloutId after, int limit) {
        access.requireStaff(actor, READERS);
        int most = Math.clamp(limit, 1, MOST);
        var text = filter.text().strip();
        var cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        var found = rows.list(new Filter(filter.band(), cut), after, most + 1);
        return found.size() > most
                ? new Page(
                        List.copyOf(found.subList(0, most)), found.get(most - 1).id())
                : new Page(found, null);
    }

    @Override
    @Transactional(readOnly = true)
    public Rollout rollout(Actor actor, RolloutId id) {
        access.requireStaff(actor, READERS);
        return existing(id);
    }

    private Rollout existing(RolloutId id) {
        return rows.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Failure> failures(Actor actor, RolloutId id) {
        rollout(actor, id);
        return rows.failures(id, FAILURES_MOST);
    }

    @Override
    @Transactional(readOnly = true)
    public TerminalPage terminals(Actor actor, RolloutId id, Which which, @Nullable TerminalId after, int limit) {
        rollout(actor, id);
        int most = Math.clamp(limit, 1, MOST);
        var found = rows.in(id, which, after, most + 1);
        boolean more = found.size() > most;
        var shown = more ? found.subList(0, most) : found;
        return new TerminalPage(
                read(shown), more ? new TerminalId(shown.getLast().getTerminalId()) : null);
    }

    private List<Row> read(List<RolloutTerminalRecord> found) {
        var rowsById = new ArrayList<Map.Entry<RolloutTerminalRecord, dev.zhanggui.portal.terminal.Terminal>>();
        found.forEach(row ->
                rowsById.add(Map.entry(row, terminals.terminal(SELF, new TerminalId(row.getTerminalId())))));
        Map<StoreId, Store> stores = merchants
                .stores(
                        SELF,
                        rowsById.stream()
                                .flatMap(it -> Optional.ofNullable(it.getValue().storeId()).stream())
                                .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(Store::id, Function.identity()));
        var read = new ArrayList<Row>();
        for (var each : rowsById) {
            var at = each.getValue().storeId();
            var store = at == null ? null : stores.get(at);
            // One that was unbound a moment ago is gone from the rollout at the next look.
            if (store != null) {
                read.add(new Row(
                        each.getValue(),
                        store,
                        each.getKey().getGroupNo(),
                        each.getKey().getCode()));
            }
        }
        return read;
    }

    @Override
    public Rollout.Gates gates(Actor actor) {
        access.requireStaff(actor, READERS);
        return limits.gates();
    }

    // --- four eyes ---

    /** All rollouts that somebody proposed. */
    private final class Kept implements Book<Rollout> {

        @Override
        public Rollout version(long id) {
            return existing(new RolloutId(id));
        }

        @Override
        public long id(Rollout rollout) {
            return rollout.id().value();
        }

        @Override
        public boolean decide(Rollout rollout, Verdict verdict, Stamp by, @Nullable String reason) {
            var row = rows.lock(rollout.id()).orElseThrow();
            var next = switch (verdict) {
                case APPROVED -> RolloutState.RUNNING;
                case REJECTED -> RolloutState.REJECTED;
                case WITHDRAWN -> RolloutState.WITHDRAWN;
            };
            if (!RolloutState.valueOf(row.getState()).canMoveTo(next)) {
                return false;
            }
            if (verdict == Verdict.APPROVED) {
                start(row, by);
            } else {
                row.setEndedAt(by.at());
            }
            row.setState(next.name());
            row.setWaitingSubject(null);
            row.setDecidedAt(by.at());
            row.setDecidedByKind(by.kind());
            row.setDecidedById(by.id());
            row.setDecidedByLabel(DirtyScopes.who(by.label()));
            row.setSaid(Objects.requireNonNullElse(reason, ""));
            row.setSaidBy(DirtyScopes.who(by.label()));
            row.setStateAt(by.at());
            row.setNextLookAt(by.at());
            row.setWorking(true);
            row.setVersion(row.getVersion() + 1);
            rows.save(row);
            return true;
        }

        private void start(RolloutRecord row, Stamp by) {
            var chain = rows.lockChain(row.getSubject());
            RolloutPublications.supersede(rows, chain, by.at());
            row.setActiveSubject(row.getSubject());
            row.setBeforeAt(by.at());
            if (RolloutKind.valueOf(row.getKind()) == RolloutKind.SCREEN) {
                row.setInForce(true);
                var shown = shown(chain);
                row.setBeforeZh(shown == null ? null : shown.zh());
                row.setBeforeEn(shown == null ? null : shown.en());
            }
        }

        @Override
        public String subject(Rollout rollout) {
            return rollout.id().toString();
        }

        @Override
        public String action(@Nullable Verdict verdict) {
            return switch (verdict) {
                case null -> "rollout.proposed";
                case APPROVED -> "rollout.approved";
                case REJECTED -> "rollout.rejected";
                case WITHDRAWN -> "rollout.withdrawn";
            };
        }

        @Override
        public @Nullable String holds(Rollout rollout) {
            return rollout.kind() == RolloutKind.SCREEN ? json(shown(rows.lockChain(SCREEN))) : null;
        }

        @Override
        public String says(Rollout rollout) {
            var target = rollout.target();
            return "{\"kind\":\"" + rollout.kind() + "\",\"target\":\"" + target.scope()
                    + (target.value().isEmpty() ? "" : ":" + target.value()) + "\",\"words\":" + json(rollout.words())
                    + "}";
        }

        @Override
        public void tell(Rollout rollout, @Nullable Verdict verdict) {
            RolloutService.this.tell(rollout.id());
        }

        /** Nothing is kept in memory. */
        @Override
        public void follow() {}
    }

    private static String json(@Nullable Words words) {
        return words == null ? "null" : JsonMapper.shared().writeValueAsString(words);
    }

    /** What screens show that follow the chain to its end. */
    private static @Nullable Words shown(List<RolloutRecord> chain) {
        for (var rollout : chain.reversed()) {
            if (RolloutState.valueOf(rollout.getState()) != RolloutState.REVERTED) {
                return RolloutRows.words(rollout);
            }
        }
        return chain.isEmpty() ? null : RolloutRows.before(chain.getFirst());
    }

    private void tell(RolloutId id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakes.expander().now();
                events.publishEvent(new RolloutProgressed(id));
            }
        });
    }

    @Override
    public Proposal propose(Actor actor, NewRollout wish) {
        fourEyes.requireProposer(actor);
        var fault = fault(wish);
        if (fault != null) {
            return new Proposal.Invalid(fault);
        }
        return fourEyes.propose(() -> written(actor, wish)).orElseGet(Proposal.OtherWaits::new);
    }

    private static @Nullable String fault(NewRollout wish) {
        if (!wish.kind().isProposed()) {
            return "kind";
        }
        boolean screen = wish.kind() == RolloutKind.SCREEN;
        var words = wish.words();
        if (words != null && (!screen || isMissing(words.zh(), LONGEST_ZH) || isMissing(words.en(), LONGEST_EN))) {
            return "words";
        }
        var scope = wish.target().scope();
        boolean fits = scope == RestrictionScope.ALL
                || !screen && (scope == RestrictionScope.REGION || scope == RestrictionScope.MODEL);
        if (!fits) {
            return "target";
        }
        return isMissing(wish.reason(), LONGEST_REASON) ? "reason" : null;
    }

    private static boolean isMissing(String text, int longest) {
        return text.isBlank() || text.strip().length() > longest;
    }

    private Optional<Proposal> written(Actor actor, NewRollout wish) {
        boolean screen = wish.kind() == RolloutKind.SCREEN;
        var words = wish.words() == null
                ? null
                : new Words(wish.words().zh().strip(), wish.words().en().strip());
        if (screen) {
            var chain = rows.lockChain(SCREEN);
            boolean settled =
                    chain.isEmpty() || RolloutState.valueOf(chain.getLast().getState()) == RolloutState.DONE;
            if (settled && Objects.equals(words, shown(chain))) {
                return Optional.of(new Proposal.NothingNew());
            }
        }
        var row =
                RolloutPublications.fresh(wish.kind(), screen ? SCREEN : subject(wish.target()), fourEyes.stamp(actor));
        row.setState(RolloutState.WAITING.name());
        row.setWaitingSubject(row.getSubject());
        row.setScopeKind(wish.target().scope().name());
        row.setScopeValue(wish.target().value());
        row.setWordsZh(words == null ? null : words.zh());
        row.setWordsEn(words == null ? null : words.en());
        row.setReason(wish.reason().strip());
        if (!rows.add(row)) {
            return Optional.empty();
        }
        var rollout = existing(new RolloutId(row.getId()));
        fourEyes.proposed(actor, kept, rollout, rollout.reason());
        return Optional.of(new Proposal.Proposed(rollout));
    }

    private static String subject(RestrictionTarget target) {
        return "again:" + target.scope() + ":" + target.value();
    }

    @Override
    public Ruling<Rollout> approve(Actor actor, RolloutId id) {
        return fourEyes.approve(actor, kept, id.value());
    }

    @Override
    public Ruling<Rollout> reject(Actor actor, RolloutId id, String reason) {
        return fourEyes.reject(actor, kept, id.value(), reason, LONGEST_REASON);
    }

    @Override
    public Ruling<Rollout> withdraw(Actor actor, RolloutId id) {
        return fourEyes.withdraw(actor, kept, id.value());
    }

    @Override
    public boolean mayDecide(Actor actor, Rollout rollout) {
        return fourEyes.mayDecide(actor, rollout);
    }

    @Override
    public boolean mayPropose(Actor actor) {
        return actor.has(Role.ADMIN);
    }

    // --- steps ---

    @Override
    @Transactional
    public Stepped step(Actor actor, RolloutId id, Step step, int version, String reason) {
        access.requireStaff(actor, whoMay(step));
        if (isMissing(reason, LONGEST_REASON)) {
            return new Stepped.ReasonNeeded();
        }
        var row = rows.lock(id).orElseThrow(() -> new NotFoundException(id.toString()));
        if (row.getVersion() != version) {
            return new Stepped.ChangedMeanwhile(existing(id));
        }
        var before = existing(id);
        if (!isPossible(before, step) || step == Step.REVERT && rows.hasSuccessor(row)) {
            return new Stepped.NotPossible(before);
        }
        switch (step) {
            case PAUSE -> row.setWalkAfter(null);
            case RESUME -> goOn(row, before);
            case STOP -> end(row);
            case REVERT -> {
                end(row);
                row.setInForce(true);
            }
        }
        row.setState(step.leadsTo().name());
        row.setHaltReason(null);
        row.setSaid(reason.strip());
        row.setSaidBy(DirtyScopes.who(actor.label()));
        row.setStateAt(clock.instant().truncatedTo(ChronoUnit.MICROS));
        row.setNextLookAt(clock.instant());
        row.setWorking(true);
        row.setVersion(version + 1);
        rows.save(row);
        var now = existing(id);
        audit.record(
                actor,
                "rollout." + step.leadsTo().name().toLowerCase(java.util.Locale.ROOT),
                id.toString(),
                null,
                state(before),
                state(now),
                reason.strip());
        tell(id);
        return new Stepped.Done(now);
    }

    private static String state(Rollout rollout) {
        return "{\"state\":\"" + rollout.state() + "\",\"group\":" + rollout.group() + ",\"given\":" + rollout.given()
                + "}";
    }

    /** What went wrong so far was seen and counts no more; what goes wrong from now on does. */
    private void goOn(RolloutRecord row, Rollout before) {
        before.groups().stream()
                .filter(it -> it.number() == before.group())
                .findFirst()
                .ifPresent(group -> {
                    row.setForgivenRefused(group.in(Rollout.Turn.REFUSED));
                    row.setForgivenSilent(group.silent());
                    row.setForgivenDark(group.in(Rollout.Turn.GONE));
                    row.setWatchedFrom(clock.instant());
                    row.setWalkAfter(0L);
                });
    }

    private void end(RolloutRecord row) {
        row.setActiveSubject(null);
        row.setWalkAfter(null);
        row.setRate(0);
        row.setEndedAt(clock.instant());
    }

    private static Role[] whoMay(Step step) {
        return switch (step) {
            case PAUSE, STOP -> new Role[] {Role.SERVICE, Role.ADMIN};
            case RESUME, REVERT -> new Role[] {Role.ADMIN};
        };
    }

    private static boolean isPossible(Rollout rollout, Step step) {
        return rollout.state() != RolloutState.WAITING
                && rollout.state().canMoveTo(step.leadsTo())
                && (step != Step.REVERT || rollout.kind().canRevert());
    }

    @Override
    @Transactional(readOnly = true)
    public boolean may(Actor actor, Rollout rollout, Step step) {
        for (var role : whoMay(step)) {
            if (actor.has(role)) {
                return isPossible(rollout, step)
                        && (step != Step.REVERT
                                || rows.record(rollout.id())
                                        .map(it -> !rows.hasSuccessor(it))
                                        .orElse(false));
            }
        }
        return false;
    }
}
