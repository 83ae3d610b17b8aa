package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.ConfigGenerationRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationDocument;
import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns marks into versions: compiles a store's documents once, signs them once, and gives a new version to each of its
 * terminals for which something is different; of a large store to a part at a time. Several may run at once, in one portal or many.
 */
@Component
class Expander {

    static final int MARKS_AT_ONCE = 10;

    /** A larger store is worked off in as many turns as it needs. */
    static final int TERMINALS_A_TURN = 200;

    /** A helping ends after about so many, so that what came meanwhile, and is more urgent, need not wait longer. */
    static final int TERMINALS_AT_ONCE = 250;

    /** Bridges are told when so much waits for them, and at a helping's end: one trip for each small store would cost more than it gains. */
    private static final int TOLD_TOGETHER = 40;

    private static final int COMPILED_REMEMBERED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Expander.class);
    private static final int TRIES = 5;

    private final DirtyScopes dirty;
    private final ConfigurationRows terminals;
    private final SignedDocuments documents;
    private final ContentCompiler compiler;
    private final Policies policies;
    private final WireEncoding encoding;
    private final SigningKey key;
    private final Wakes wakes;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Duration lease;
    private final Duration debounce;
    /** When a store was compiled, the earliest first. */
    private final Map<Long, Instant> compiledAt = new LinkedHashMap<>();

    Expander(
            DirtyScopes dirty,
            ConfigurationRows terminals,
            SignedDocuments documents,
            ContentCompiler compiler,
            Policies policies,
            WireEncoding encoding,
            SigningKey key,
            Wakes wakes,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${zhanggui.configuration.lease:7d}") Duration lease,
            @Value("${zhanggui.configuration.debounce:250ms}") Duration debounce) {
        this.dirty = dirty;
        this.terminals = terminals;
        this.documents = documents;
        this.compiler = compiler;
        this.policies = policies;
        this.encoding = encoding;
        this.key = key;
        this.wakes = wakes;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.lease = lease;
        this.debounce = debounce;
    }

    /**
     * Works off a helping of what is marked now; returns how many marks were dealt with. A store that was compiled a moment ago waits
     * a little, so that somebody who saves five times in a second is compiled twice; a kill switch never waits.
     */
    int expandDue() {
        var token = Ids.ulid();
        var byStore = claim(token).stream()
                .collect(Collectors.groupingBy(Mark::store, LinkedHashMap::new, Collectors.toList()));
        int marks = 0;
        int done = 0;
        int untold = 0;
        for (var waiting = byStore.entrySet().iterator(); waiting.hasNext(); ) {
            var next = waiting.next();
            waiting.remove();
            marks += next.getValue().size();
            var turn = expandSafely(token, next.getKey(), next.getValue());
            done += turn.terminals();
            untold += turn.changed().size();
            if (untold >= TOLD_TOGETHER || untold > 0 && isUrgent(next.getValue())) {
                wakes.bridges().now();
                untold = 0;
            }
            if (done >= TERMINALS_AT_ONCE && waiting.hasNext()) {
                dirty.release(
                        token, byStore.values().stream().flatMap(List::stream).toList());
                break;
            }
        }
        if (untold > 0) {
            wakes.bridges().now();
        }
        return marks;
    }

    private static boolean isUrgent(List<Mark> marks) {
        return marks.stream().anyMatch(mark -> mark.cause().lane() == Lane.KILL_SWITCH);
    }

    /** How long it may be until a store that waits only because it was just compiled is due; empty when none can be. */
    Optional<Duration> quietFor() {
        return quiet().isEmpty() ? Optional.empty() : Optional.of(debounce);
    }

    private List<Mark> claim(String token) {
        for (int attempt = 1; ; attempt++) {
            try {
                return dirty.claim(token, MARKS_AT_ONCE, quiet());
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Set<Long> quiet() {
        if (debounce.isZero()) {
            return Set.of();
        }
        var before = clock.instant().minus(debounce);
        synchronized (compiledAt) {
            compiledAt.values().removeIf(at -> !at.isAfter(before));
            return Set.copyOf(compiledAt.keySet());
        }
    }

    private void compiled(StoreId store) {
        if (!debounce.isZero()) {
            synchronized (compiledAt) {
                compiledAt.remove(store.value());
                compiledAt.put(store.value(), clock.instant());
                if (compiledAt.size() > COMPILED_REMEMBERED) {
                    compiledAt.remove(compiledAt.keySet().iterator().next());
                }
            }
        }
    }

    /** @param terminals that were looked at */
    private record Turn(int terminals, List<TerminalId> changed) {
        static final Turn NONE = new Turn(0, List.of());
    }

    /** One store that cannot be compiled must not stop the others; its marks come back when the claim runs out. */
    private Turn expandSafely(String token, StoreId store, List<Mark> marks) {
        for (int attempt = 1; ; attempt++) {
            try {
                var turn = transaction.execute(status -> {
                    var expanded = expand(token, store, marks);
                    if (expanded.isEmpty()) {
                        status.setRollbackOnly();
                    }
                    return expanded.orElse(Turn.NONE);
                });
                compiled(store);
                var done = turn == null ? Turn.NONE : turn;
                done.changed().forEach(terminal -> events.publishEvent(new ConfigurationProgressed(terminal, store)));
                return done;
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    LOG.warn("Gave up on {} for now after {} lost races", store, attempt, e);
                    return Turn.NONE;
                }
            } catch (RuntimeException e) {
                LOG.error("Cannot compile the configuration of {}; its terminals keep what they have", store, e);
                return Turn.NONE;
            }
        }
    }

    /**
     * The marks of one turn of a large store begin at the same terminal: those that are furthest on among the most urgent, so that a
     * turn that began comes to its end however often the store is edited meanwhile. The others wait for the next.
     *
     * @return empty when a successor took the claim over
     */
    private Optional<Turn> expand(String token, StoreId store, List<Mark> marks) {
        var ofTerminals = marks.stream().filter(mark -> mark.terminal() != null).toList();
        var ofStore = marks.stream().filter(mark -> mark.terminal() == null).toList();
        long after = ofStore.stream()
                .max(Comparator.comparing((Mark mark) -> mark.cause().lane(), Comparator.reverseOrder())
                        .thenComparing(Mark::after))
                .map(Mark::after)
                .orElse(0L);
        var turn = ofStore.stream().filter(mark -> mark.after() == after).toList();
        var later = ofStore.stream().filter(mark -> mark.after() != after).toList();
        var next = turn.isEmpty() ? List.<Long>of() : terminals.idsOfStore(store, after, TERMINALS_A_TURN);
        var ids = new TreeSet<>(next);
        ofTerminals.forEach(
                mark -> ids.add(Objects.requireNonNull(mark.terminal()).value()));
        var changed = compile(store, ids, marks);
        boolean last = next.size() < TERMINALS_A_TURN;
        boolean ours = dirty.done(token, ofTerminals)
                && (last ? dirty.done(token, turn) : dirty.advance(token, turn, next.getLast()));
        dirty.release(token, later);
        return ours ? Optional.of(new Turn(ids.size(), changed)) : Optional.empty();
    }

    private List<TerminalId> compile(StoreId store, Set<Long> ids, List<Mark> marks) {
        // Locked before anything is read: whoever compiles last has read last.
        var rows = terminals.lockOfStore(store, ids);
        if (rows.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var horizon = Horizon.of(store, now);
        var views = policies.of(rows);
        var compiled = new HashMap<Held, Compiled>();
        var changed = new ArrayList<TerminalId>();
        var generations = new ArrayList<ConfigGenerationRecord>();
        var own = new HashMap<String, List<SignedDocuments.Signed>>();
        var heads = terminals.heads();
        for (var row : rows) {
            var terminal = new TerminalId(row.getTerminalId());
            var made = make(
                    terminal,
                    compiled.computeIfAbsent(views.of(row.getTerminalId()), held -> compile(store, horizon, held)));
            var all = made.all();
            var pins = SignedDocuments.pins(all);
            var concerning =
                    marks.stream().filter(mark -> mark.concerns(terminal)).toList();
            var forcing =
                    concerning.stream().filter(mark -> forces(mark, row, now)).toList();
            if (!forcing.isEmpty() || !pins.equals(row.getDocuments())) {
                own.put(terminal.toString(), made.own());
                boolean healed = forcing.stream().anyMatch(mark -> mark.cause() == ChangeCause.HEALED);
                // A change that no mark of this terminal explains came with the store's.
                generations.add(newVersion(
                        row, all, pins, concerning.isEmpty() ? marks : concerning, healed, horizon, now, heads));
                changed.add(terminal);
            } else if (row.getLeaseUntil() != null) {
                row.setRenewAt(renewAt(row.getTerminalId(), row.getLeaseUntil(), horizon));
            }
        }
        documents.keep(own, key.keyId());
        policies.confirm(views);
        policies.compiled(views, rows, changed, marks);
        terminals.addGenerations(generations);
        terminals.save(rows);
        return changed;
    }

    /**
     * Terminals among these, which the caller holds locked, for which something else would be compiled now than they were given.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when that changed meanwhile
     */
    Set<Long> stale(StoreId store, Collection<TerminalConfigurationRecord> rows) {
        if (rows.isEmpty()) {
            return Set.of();
        }
        var horizon = Horizon.of(store, clock.instant());
        var views = policies.of(rows);
        var compiled = new HashMap<Held, Compiled>();
        var stale = rows.stream()
                .filter(row -> !SignedDocuments.pins(make(
                                        new TerminalId(row.getTerminalId()),
                                        compiled.computeIfAbsent(
                                                views.of(row.getTerminalId()), held -> compile(store, horizon, held)))
                                .all())
                        .equals(row.getDocuments()))
                .map(TerminalConfigurationRecord::getTerminalId)
                .collect(Collectors.toSet());
        policies.confirm(views);
        return stale;
    }

    /** All documents of one terminal by kind, and those of them that are its own. */
    private record Made(List<SignedDocuments.Signed> all, List<SignedDocuments.Signed> own) {}

    private Made make(TerminalId terminal, Compiled content) {
        var own = content.own().getOrDefault(terminal, List.of()).stream()
                .map(this::sign)
                .toList();
        var all = new ArrayList<>(own);
        content.shared().stream()
                .filter(it -> own.stream().noneMatch(mine -> mine.kind() == it.kind()))
                .forEach(all::add);
        all.sort(Comparator.comparing(SignedDocuments.Signed::kind));
        return new Made(all, own);
    }

    /** The documents that the store's terminals share, signed, and those of each of them alone. */
    private record Compiled(List<SignedDocuments.Signed> shared, Map<TerminalId, List<ConfigurationDocument>> own) {}

    /** Once for all terminals that go by the same word; during a rollout a store may have some of either. */
    private Compiled compile(StoreId store, Horizon horizon, Held held) {
        var content = compiler.compile(store, horizon, held);
        var shared = content.shared().stream().map(this::sign).toList();
        documents.keep(Map.of(store.toString(), shared), key.keyId());
        return new Compiled(shared, content.own());
    }

    /**
     * Whether it makes a new version even of the same documents, for the one terminal that it names. A mark whose reason is gone, such
     * as the second of two that told the same, makes none.
     */
    private boolean forces(Mark mark, TerminalConfigurationRecord row, Instant now) {
        if (mark.terminal() == null) {
            return false;
        }
        return switch (mark.cause()) {
            case ASKED, RESENT -> true;
            case RENEWAL ->
                row.getLeaseUntil() == null
                        || row.getLeaseUntil()
                                .isBefore(now.plus(lease.multipliedBy(3).dividedBy(4)));
            case CORRECTED ->
                ConfigurationRows.desired(row).equals(ConfigurationRows.running(row))
                        && !Objects.equals(row.getRunningDigest(), row.getDesiredDigest());
            case HEALED -> isBehind(row);
            case HOURS,
                    CLOSURE,
                    CODES,
                    STORE,
                    BOUND,
                    FREEZE,
                    RESTRICTION,
                    MAINTENANCE,
                    CALENDAR,
                    PACK,
                    SCREEN,
                    REVERTED,
                    REPAIRED -> false;
        };
    }

    /** The terminal holds a higher number than ours, or refuses ours for its number. */
    private static boolean isBehind(TerminalConfigurationRecord row) {
        var desired = ConfigurationRows.desired(row);
        var running = ConfigurationRows.running(row);
        boolean refused = ReportStage.REJECTED.name().equals(row.getReportedStage())
                && ReportDesk.NUMBERING_REFUSED.contains(row.getReportedCode())
                && desired.equals(new ConfigurationVersion(row.getReportedEpoch(), row.getReportedGen()));
        return refused || running != null && running.isAheadOf(desired);
    }

    private SignedDocuments.Signed sign(ConfigurationDocument document) {
        var jws = Jws.sign(key, encoding.document(document));
        if (jws.size() <= encoding.documentLimit()) {
            return new SignedDocuments.Signed(document.kind(), jws);
        }
        if (document instanceof ConfigurationDocument.Hours hours
                && hours.transitions().size() > 1) {
            // Very busy hours reach less far; they are renewed all the same every few days.
            long fitting = (long) hours.transitions().size() * encoding.documentLimit() / jws.size() - 1;
            return sign(hours.first((int) fitting));
        }
        throw new IllegalStateException(
                document.kind() + " has " + jws.size() + " characters, more than a terminal reads");
    }

    private ConfigGenerationRecord newVersion(
            TerminalConfigurationRecord row,
            List<SignedDocuments.Signed> all,
            String pins,
            List<Mark> marks,
            boolean healed,
            Horizon horizon,
            Instant now,
            ConfigurationRows.Heads heads) {
        var version = nextVersion(row, healed, now);
        var leaseUntil = now.plus(lease);
        var manifest = Jws.sign(
                key,
                encoding.manifest(new WireEncoding.Manifest(
                        row.getPublicId(),
                        version,
                        now,
                        leaseUntil,
                        all.stream().map(this::pin).toList())));
        var reason = marks.stream()
                .min(Comparator.comparing((Mark mark) -> mark.cause().lane())
                        .thenComparing(Mark::editedAt, Comparator.reverseOrder()))
                .orElseThrow();
        var generation = new ConfigGenerationRecord();
        generation.setTerminalId(row.getTerminalId());
        generation.setEpoch(version.epoch());
        generation.setGen(version.generation());
        generation.setDigest(manifest.digest());
        generation.setCause(reason.cause().name());
        generation.setWho(reason.who());
        generation.setOutcome(GenerationOutcome.PENDING.name());
        generation.setEditedAt(marks.stream()
                .map(Mark::editedAt)
                .min(Comparator.naturalOrder())
                .orElse(now));
        generation.setCompiledAt(now);

        row.setDesiredEpoch(version.epoch());
        row.setDesiredGen(version.generation());
        row.setDesiredDigest(manifest.digest());
        row.setDocuments(pins);
        row.setManifest(manifest.text());
        row.setLeaseUntil(leaseUntil);
        row.setRenewAt(renewAt(row.getTerminalId(), leaseUntil, horizon));
        terminals.makeDue(row, reason.cause().lane(), now, heads);
        row.setProgressedAt(now);
        return generation;
    }

    /**
     * Numbers only grow, also past what a terminal ran before the database was restored. Its floor may be higher than anything that it
     * runs and tells of, when what raised it was given up since: the moment (seconds of the epoch) as the version's epoch is
     * above every one that was given out before.
     */
    private static ConfigurationVersion nextVersion(TerminalConfigurationRecord row, boolean healed, Instant now) {
        var desired = ConfigurationRows.desired(row);
        var next = desired.next();
        if (!healed) {
            return next;
        }
        long epoch = Math.max(desired.epoch(), row.getReportedEpoch() == null ? 0 : row.getReportedEpoch());
        epoch = Math.max(epoch, row.getRunningEpoch() == null ? 0 : row.getRunningEpoch());
        long generation = Math.max(desired.generation(), row.getReportedGen() == null ? 0 : row.getReportedGen());
        generation = Math.max(generation, row.getRunningGen() == null ? 0 : row.getRunningGen());
        return new ConfigurationVersion(
                Math.max(Math.addExact(epoch, 1), now.getEpochSecond()), Math.addExact(generation, 1));
    }

    private WireEncoding.Pin pin(SignedDocuments.Signed document) {
        var jws = document.jws();
        return new WireEncoding.Pin(
                document.kind(), jws.digest(), jws.size(), jws.size() <= encoding.inlineLimit() ? jws.text() : null);
    }

    /** At half the lease, or when the hours step on; a little apart for each terminal. */
    private Instant renewAt(long terminal, Instant leaseUntil, Horizon horizon) {
        long spread = lease.toSeconds() / 10;
        var half = leaseUntil.minus(lease.dividedBy(2)).minusSeconds(Math.floorMod(Long.hashCode(terminal), spread));
        return half.isBefore(horizon.renewAt()) ? half : horizon.renewAt();
    }
}
