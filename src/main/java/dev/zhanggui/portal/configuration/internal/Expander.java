package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.ConfigGenerationRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationDocument;
import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * terminals for which something is different. Several may run at once, in one portal or many.
 */
@Component
class Expander {

    static final int MARKS_AT_ONCE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Expander.class);
    private static final int TRIES = 5;

    /** Causes that make a new version even of the same documents, for the one terminal they name. */
    private static final Set<ChangeCause> FORCING = Set.of(
            ChangeCause.ASKED, ChangeCause.RESENT, ChangeCause.RENEWAL, ChangeCause.CORRECTED, ChangeCause.HEALED);

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
            @Value("${zhanggui.configuration.lease:7d}") Duration lease) {
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
    }

    /** Works off what is marked now; returns how many marks were dealt with. */
    int expandDue() {
        var token = Ids.ulid();
        var marks = dirty.claim(token, MARKS_AT_ONCE);
        var byStore = marks.stream().collect(Collectors.groupingBy(Mark::store));
        byStore.forEach((store, ofStore) -> expandSafely(token, store, ofStore));
        return marks.size();
    }

    /** One store that cannot be compiled must not stop the others; its marks come back when the claim runs out. */
    private void expandSafely(String token, StoreId store, List<Mark> marks) {
        for (int attempt = 1; ; attempt++) {
            try {
                var progressed = transaction.execute(status -> {
                    var changed = expand(store, marks);
                    if (!dirty.done(token, marks)) {
                        status.setRollbackOnly();
                        return List.<TerminalId>of();
                    }
                    return changed;
                });
                if (progressed != null && !progressed.isEmpty()) {
                    wakes.bridges().now();
                    progressed.forEach(terminal -> events.publishEvent(new ConfigurationProgressed(terminal, store)));
                }
                return;
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    LOG.warn("Gave up on {} for now after {} lost races", store, attempt, e);
                    return;
                }
            } catch (RuntimeException e) {
                LOG.error("Cannot compile the configuration of {}; its terminals keep what they have", store, e);
                return;
            }
        }
    }

    private List<TerminalId> expand(StoreId store, List<Mark> marks) {
        // Locked before anything is read: whoever compiles last has read last.
        var rows = terminals.lockOfStore(store);
        if (rows.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var horizon = Horizon.of(store, now);
        var views = policies.of(rows);
        var compiled = new HashMap<Held, Compiled>();
        var changed = new ArrayList<TerminalId>();
        for (var row : rows) {
            var terminal = new TerminalId(row.getTerminalId());
            var content =
                    compiled.computeIfAbsent(views.of(row.getTerminalId()), held -> compile(store, horizon, held));
            var own = content.own().getOrDefault(terminal, List.of()).stream()
                    .map(this::sign)
                    .toList();
            var all = new ArrayList<>(own);
            content.shared().stream()
                    .filter(it -> own.stream().noneMatch(mine -> mine.kind() == it.kind()))
                    .forEach(all::add);
            all.sort(Comparator.comparing(SignedDocuments.Signed::kind));
            var pins = SignedDocuments.pins(all);
            var concerning =
                    marks.stream().filter(mark -> mark.concerns(terminal)).toList();
            boolean forced =
                    concerning.stream().anyMatch(mark -> mark.terminal() != null && FORCING.contains(mark.cause()));
            if (forced || !pins.equals(row.getDocuments())) {
                documents.keep(own, terminal.toString(), key.keyId());
                // A change that no mark of this terminal explains came with the store's.
                newVersion(row, all, pins, concerning.isEmpty() ? marks : concerning, horizon, now);
                changed.add(terminal);
            }
        }
        policies.confirm(views);
        policies.compiled(views, rows, changed, marks);
        terminals.save(rows);
        return changed;
    }

    /** The documents that the store's terminals share, signed, and those of each of them alone. */
    private record Compiled(List<SignedDocuments.Signed> shared, Map<TerminalId, List<ConfigurationDocument>> own) {}

    /** Once for all terminals that go by the same word; during a rollout a store may have some of either. */
    private Compiled compile(StoreId store, Horizon horizon, Held held) {
        var content = compiler.compile(store, horizon, held);
        var shared = content.shared().stream().map(this::sign).toList();
        documents.keep(shared, store.toString(), key.keyId());
        return new Compiled(shared, content.own());
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

    private void newVersion(
            TerminalConfigurationRecord row,
            List<SignedDocuments.Signed> all,
            String pins,
            List<Mark> marks,
            Horizon horizon,
            Instant now) {
        var version = nextVersion(row, marks);
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
        terminals.addGeneration(generation);

        row.setDesiredEpoch(version.epoch());
        row.setDesiredGen(version.generation());
        row.setDesiredDigest(manifest.digest());
        row.setDocuments(pins);
        row.setManifest(manifest.text());
        row.setLeaseUntil(leaseUntil);
        row.setRenewAt(renewAt(row.getTerminalId(), horizon, now));
        row.setLane(ConfigurationRows.lane(reason.cause().lane()));
        row.setDueAt(now);
        row.setClaimToken(null);
        row.setAttempts(0);
        row.setProgressedAt(now);
    }

    /**
     * Numbers only grow, also past what a terminal ran before the database was restored: then the epoch grows too, which beats
     * any floor that the terminal keeps.
     */
    private static ConfigurationVersion nextVersion(TerminalConfigurationRecord row, List<Mark> marks) {
        var desired = ConfigurationRows.desired(row);
        var next = desired.next();
        if (marks.stream().noneMatch(mark -> mark.cause() == ChangeCause.HEALED)) {
            return next;
        }
        long epoch = Math.max(desired.epoch(), row.getReportedEpoch() == null ? 0 : row.getReportedEpoch());
        epoch = Math.max(epoch, row.getRunningEpoch() == null ? 0 : row.getRunningEpoch());
        long generation = Math.max(desired.generation(), row.getReportedGen() == null ? 0 : row.getReportedGen());
        generation = Math.max(generation, row.getRunningGen() == null ? 0 : row.getRunningGen());
        return new ConfigurationVersion(Math.addExact(epoch, 1), Math.addExact(generation, 1));
    }

    private WireEncoding.Pin pin(SignedDocuments.Signed document) {
        var jws = document.jws();
        return new WireEncoding.Pin(
                document.kind(), jws.digest(), jws.size(), jws.size() <= encoding.inlineLimit() ? jws.text() : null);
    }

    /** At half the lease, or when the hours step on; a little apart for each terminal. */
    private Instant renewAt(long terminal, Horizon horizon, Instant now) {
        long spread = lease.toSeconds() / 10;
        var half = now.plus(lease.dividedBy(2)).minusSeconds(Math.floorMod(Long.hashCode(terminal), spread));
        return half.isBefore(horizon.renewAt()) ? half : horizon.renewAt();
    }
}
