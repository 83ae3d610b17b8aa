package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.ConfigGenerationRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationProgressed;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.DueWork.HandOut;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.internal.BridgeLives.Carrier;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Believes terminals about themselves and nothing else. Everything recorded is monotonic: a word that comes twice, late or out
 * of order changes nothing, except that a birth, which says what really runs, corrects whatever was believed before.
 */
@Service
class ReportDesk implements TerminalReports {

    /** The terminal holds a higher number than ours, or the same with other content. */
    static final Set<Integer> NUMBERING_REFUSED = Set.of(202, 203);

    /** A document was missing or did not come to its end, or there was no room: worth another try by itself. */
    private static final Set<Integer> PASSING = Set.of(301, 304, 401);

    /** The terminal gave this very version up before and says so again. */
    static final int QUARANTINED = 403;

    private static final Duration HEALS_AGAIN_AFTER = Duration.ofSeconds(10);

    /** Restoring a database heals once or twice; a terminal that is never content must not be signed for all day. */
    static final int HEALED_AN_HOUR = 5;

    private static final int TRIES = 5;
    private static final int FIRMWARE_MOST = 80;
    private static final int NAME_MOST = 64;

    private final Access access;
    private final AuditLog audit;
    private final ConfigurationRows terminals;
    private final DirtyScopes dirty;
    private final LinkMonitor link;
    private final BridgeLives lives;
    private final RefusalNotices refusals;
    private final ConfigurationMetrics metrics;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());

    ReportDesk(
            Access access,
            AuditLog audit,
            ConfigurationRows terminals,
            DirtyScopes dirty,
            LinkMonitor link,
            BridgeLives lives,
            RefusalNotices refusals,
            ConfigurationMetrics metrics,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.terminals = terminals;
        this.dirty = dirty;
        this.link = link;
        this.lives = lives;
        this.refusals = refusals;
        this.metrics = metrics;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Recorded record(Actor actor, String bridge, @Nullable Long fence, Batch batch) {
        access.requireStaff(actor);
        link.seen(bridge);
        for (int attempt = 1; ; attempt++) {
            try {
                var session = transaction.execute(status -> {
                    // Asked in the transaction that writes: a life that is over records nothing.
                    var carrier = lives.carrier(bridge, fence);
                    if (carrier.isEmpty()) {
                        return Optional.<Session>empty();
                    }
                    var working = new Session(actor, bridge, carrier.get());
                    working.take(batch);
                    return Optional.of(working);
                });
                return Objects.requireNonNull(session)
                        .<Recorded>map(it -> new Recorded.Done(it.tell()))
                        .orElseGet(Recorded.Fenced::new);
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** One batch in one transaction; what it learned is told after the commit. */
    private final class Session {

        private final Actor actor;
        private final String bridge;
        private final Carrier carrier;
        private final Map<Long, Boolean> living = new HashMap<>();
        private final Instant now = clock.instant();
        private final Map<String, TerminalConfigurationRecord> rows = new HashMap<>();
        private final Map<String, ConfigGenerationRecord> generations = new HashMap<>();
        private final Set<TerminalConfigurationRecord> progressed = new LinkedHashSet<>();
        private final List<HandOut> work = new ArrayList<>();
        private final List<Duration> applied = new ArrayList<>();
        private final List<Integer> rejected = new ArrayList<>();

        Session(Actor actor, String bridge, Carrier carrier) {
            this.actor = actor;
            this.bridge = cut(bridge, NAME_MOST);
            this.carrier = carrier;
        }

        void take(Batch batch) {
            load(batch);
            batch.deliveries().forEach(it -> row(it.publicId()).ifPresent(row -> delivery(row, it)));
            batch.presences().forEach(it -> row(it.publicId()).ifPresent(row -> presence(row, it)));
            batch.births().forEach(it -> row(it.publicId()).ifPresent(row -> birth(row, it)));
            batch.reports().forEach(it -> row(it.publicId()).ifPresent(row -> report(row, it)));
            progressed.forEach(row -> row.setProgressedAt(now));
            terminals.save(rows.values());
            terminals.saveGenerations(generations.values());
        }

        private void load(Batch batch) {
            var publicIds = Stream.of(
                            // Of what was published the terminal's own word tells.
                            batch.deliveries().stream()
                                    .filter(it -> !it.published())
                                    .map(Delivery::publicId),
                            batch.presences().stream().map(Presence::publicId),
                            batch.births().stream().map(Birth::publicId),
                            batch.reports().stream().map(Report::publicId))
                    .flatMap(ids -> ids)
                    .distinct()
                    .toList();
            if (publicIds.isEmpty()) {
                return;
            }
            terminals.lockByPublicIds(publicIds).forEach(row -> rows.put(row.getPublicId(), row));
            var spokenOf = Stream.of(
                            batch.births().stream().map(Birth::running),
                            batch.reports().stream().map(Report::version),
                            rows.values().stream().map(ConfigurationRows::desired))
                    .flatMap(versions -> versions)
                    .map(ConfigurationVersion::generation)
                    .distinct()
                    .toList();
            terminals
                    .generations(
                            rows.values().stream()
                                    .map(TerminalConfigurationRecord::getTerminalId)
                                    .toList(),
                            spokenOf)
                    .forEach(it -> generations.put(
                            key(it.getTerminalId(), new ConfigurationVersion(it.getEpoch(), it.getGen())), it));
        }

        private void delivery(TerminalConfigurationRecord row, Delivery delivery) {
            // A hand-out that is no longer the current one says nothing about now.
            if (!delivery.published() && delivery.token().equals(row.getClaimToken()) && isOurs(row)) {
                row.setClaimToken(null);
                row.setAttempts(0);
                row.setDueAt(now);
                row.setDueRank(null);
                away(row);
            }
        }

        /** A terminal that is connected elsewhere is not away because it left here. */
        private void presence(TerminalConfigurationRecord row, Presence presence) {
            if (presence.online()) {
                seen(row);
                return;
            }
            boolean late = row.getBootId() != null && !row.getBootId().equals(cut(presence.bootId(), NAME_MOST));
            if (!late && isOurs(row)) {
                away(row);
            }
        }

        private boolean isOurs(TerminalConfigurationRecord row) {
            return carrier.has(row.getLife(), row.getShard());
        }

        /** A sign of life, which may come late: it does not take a terminal from a bridge that has it. */
        private void seen(TerminalConfigurationRecord row) {
            var life = row.getLife();
            boolean elsewhere = row.getOnline()
                    && life != null
                    && life != carrier.life()
                    && living.computeIfAbsent(life, lives::isLiving);
            if (!elsewhere) {
                here(row);
            }
        }

        private void here(TerminalConfigurationRecord row) {
            row.setBridge(bridge);
            if (!Objects.equals(row.getLife(), carrier.life())) {
                row.setLife(carrier.life());
                // Its place was among those of another bridge.
                row.setDueRank(null);
            }
            if (row.getShard() == null) {
                row.setShard(BridgeLives.shard(row.getPublicId()));
            }
            online(row, true);
        }

        private void away(TerminalConfigurationRecord row) {
            online(row, false);
        }

        private void online(TerminalConfigurationRecord row, boolean online) {
            if (row.getOnline() != online) {
                row.setOnline(online);
                // It takes its place again when it is back.
                row.setDueRank(null);
                row.setPresenceAt(now);
                progressed.add(row);
            }
        }

        private void birth(TerminalConfigurationRecord row, Birth birth) {
            boolean newBoot = !cut(birth.bootId(), NAME_MOST).equals(row.getBootId());
            row.setBootId(cut(birth.bootId(), NAME_MOST));
            row.setFirmware(cut(birth.firmware(), FIRMWARE_MOST));
            here(row);
            var desired = ConfigurationRows.desired(row);
            var running = birth.running();
            boolean same = running.equals(desired) && Objects.equals(birth.digest(), row.getDesiredDigest());
            if (same) {
                if (!desired.isNone()) {
                    applied(row, desired, Objects.requireNonNull(birth.digest()));
                }
                return;
            }
            var believed = ConfigurationRows.running(row);
            if (believed != null && !believed.equals(running)) {
                correct(row, believed, running);
            }
            runs(row, running, birth.digest());
            if (running.isAheadOf(desired)) {
                heal(row, "configuration.ahead", running);
            } else if (running.equals(desired)) {
                alarm(row, "configuration.other-content", running);
                mark(row, ChangeCause.CORRECTED);
            } else if (newBoot || !refusedForGood(row)) {
                handOut(row);
            }
        }

        /** It said APPLIED and runs something older: the success was false, or it fell back since. */
        private void correct(
                TerminalConfigurationRecord row, ConfigurationVersion believed, ConfigurationVersion running) {
            if (believed.isAheadOf(running)) {
                generation(row, believed).ifPresent(it -> move(it, GenerationOutcome.ROLLED_BACK));
                if (!running.isNone()) {
                    alarm(row, "configuration.fell-back", running);
                }
            }
        }

        private void report(TerminalConfigurationRecord row, Report report) {
            seen(row);
            var desired = ConfigurationRows.desired(row);
            // A manifest that could not be read is known by its digest alone.
            var version = report.version().isNone() && report.digest().equals(row.getDesiredDigest())
                    ? desired
                    : report.version();
            if (version.isAheadOf(desired)) {
                ahead(row, report, version);
                return;
            }
            boolean ours = version.equals(desired) && report.digest().equals(row.getDesiredDigest());
            if (report.stage() == ReportStage.REJECTED && !ours) {
                foreign(row, report, desired);
                return;
            }
            if (!ours && !isDigestOf(row, version, report.digest())) {
                return;
            }
            switch (report.stage()) {
                case RECEIVED, VERIFIED -> delivered(row, version, report.stage());
                case APPLIED -> applied(row, version, report.digest());
                case REJECTED -> rejected(row, version, report.code());
                case ROLLED_BACK -> rolledBack(row, version, report.code());
            }
        }

        private boolean isDigestOf(TerminalConfigurationRecord row, ConfigurationVersion version, String digest) {
            return generation(row, version)
                    .map(it -> it.getDigest().equals(digest))
                    .orElse(false);
        }

        /** The database was restored, or somebody else signs with our key: go on after the terminal's number. */
        private void ahead(TerminalConfigurationRecord row, Report report, ConfigurationVersion version) {
            if (report.stage() == ReportStage.APPLIED) {
                boolean known = version.equals(ConfigurationRows.running(row));
                runs(row, version, report.digest());
                if (!known) {
                    heal(row, "configuration.ahead", version);
                }
            }
        }

        /**
         * Something was refused that is not what we signed, such as a manifest garbled or forged on the way. What we signed stays
         * due and comes again; the refusal is shown until it arrives.
         */
        private void foreign(TerminalConfigurationRecord row, Report report, ConfigurationVersion desired) {
            rejected.add(report.code());
            boolean inStep = Objects.equals(row.getRunningDigest(), row.getDesiredDigest());
            if (!inStep && !desired.isNone()) {
                said(row, desired, ReportStage.REJECTED, report.code());
            }
        }

        private void delivered(TerminalConfigurationRecord row, ConfigurationVersion version, ReportStage stage) {
            generation(row, version).ifPresent(it -> {
                if (it.getDeliveredAt() == null) {
                    it.setDeliveredAt(now);
                }
                boolean moved = move(it, GenerationOutcome.DELIVERED);
                if (moved || it.getOutcome().equals(GenerationOutcome.DELIVERED.name())) {
                    said(row, version, stage, 0);
                }
            });
        }

        private void applied(TerminalConfigurationRecord row, ConfigurationVersion version, String digest) {
            var believed = ConfigurationRows.running(row);
            if (believed != null && believed.isAheadOf(version)) {
                // Late word of an older version; its own history may still be completed.
                generation(row, version).ifPresent(this::settleApplied);
                return;
            }
            var generation = generation(row, version);
            if (generation.isPresent() && !settleApplied(generation.get()) && version.equals(believed)) {
                settleIfDesired(row, version);
                return;
            }
            if (generation.isPresent() && generation.get().getOutcome().equals(GenerationOutcome.ROLLED_BACK.name())) {
                if (generation.get().getCode() != null) {
                    return;
                }
                // A birth took it back, one that came twice or was somebody else's. A code would say that the
                // terminal gave it up.
                generation.get().setOutcome(GenerationOutcome.APPLIED.name());
            }
            runs(row, version, digest);
            said(row, version, ReportStage.APPLIED, 0);
            settleIfDesired(row, version);
        }

        private boolean settleApplied(ConfigGenerationRecord generation) {
            if (!move(generation, GenerationOutcome.APPLIED)) {
                return false;
            }
            if (generation.getDeliveredAt() == null) {
                generation.setDeliveredAt(now);
            }
            generation.setAppliedAt(now);
            generation.setCode(null);
            if (!generation.getCause().equals(ChangeCause.RENEWAL.name())) {
                applied.add(Duration.between(generation.getEditedAt(), now));
            }
            return true;
        }

        private void settleIfDesired(TerminalConfigurationRecord row, ConfigurationVersion version) {
            if (version.equals(ConfigurationRows.desired(row)) && row.getDueAt() != null) {
                settle(row);
            }
        }

        private void rejected(TerminalConfigurationRecord row, ConfigurationVersion version, int code) {
            var generation = generation(row, version);
            boolean moved = generation.isEmpty() || move(generation.get(), GenerationOutcome.REJECTED);
            boolean numbering = NUMBERING_REFUSED.contains(code);
            if (!moved && !(numbering && !wasGivenUp(generation.get()))) {
                if (code == QUARANTINED && version.equals(ConfigurationRows.desired(row))) {
                    settle(row);
                    if (takenBackByBirth(generation.get())) {
                        // Why, it told to a database that was lost; that it stays so is known now.
                        generation.get().setCode(code);
                        rejected.add(code);
                        said(row, version, ReportStage.REJECTED, code);
                        waitsForPerson(row);
                    }
                }
                return;
            }
            if (moved) {
                generation.ifPresent(it -> it.setCode(code));
                rejected.add(code);
            }
            if (!version.equals(ConfigurationRows.desired(row))) {
                return;
            }
            said(row, version, ReportStage.REJECTED, code);
            if (numbering
                    && !generation.map(this::healedJustNow).orElse(false)
                    && heal(row, "configuration.numbering-refused", version)) {
                settle(row);
            } else if (!PASSING.contains(code)) {
                settle(row);
                if (moved) {
                    waitsForPerson(row);
                }
            }
        }

        /** For its content. A birth alone says that it does not run, and not why. */
        private static boolean wasGivenUp(ConfigGenerationRecord generation) {
            return generation.getOutcome().equals(GenerationOutcome.ROLLED_BACK.name()) && generation.getCode() != null;
        }

        private static boolean takenBackByBirth(ConfigGenerationRecord generation) {
            return generation.getOutcome().equals(GenerationOutcome.ROLLED_BACK.name()) && generation.getCode() == null;
        }

        /** False when it was healed too often of late to help. */
        private boolean heal(TerminalConfigurationRecord row, String alarm, ConfigurationVersion found) {
            int lately = terminals.healedSince(row.getTerminalId(), now.minus(Duration.ofHours(1)));
            if (lately >= HEALED_AN_HOUR) {
                return false;
            }
            alarm(row, alarm, found);
            mark(row, ChangeCause.HEALED);
            return true;
        }

        /** What healed is refused at once: another number would be no better. Later the database itself may be an older one. */
        private boolean healedJustNow(ConfigGenerationRecord generation) {
            return generation.getCause().equals(ChangeCause.HEALED.name())
                    && generation.getCompiledAt().isAfter(now.minus(HEALS_AGAIN_AFTER));
        }

        private void waitsForPerson(TerminalConfigurationRecord row) {
            refusals.refused(new TerminalId(row.getTerminalId()), new StoreId(row.getStoreId()));
        }

        private void rolledBack(TerminalConfigurationRecord row, ConfigurationVersion version, int code) {
            var generation = generation(row, version);
            // The birth before it may have told that it fell back, but not why.
            boolean moved = generation.isEmpty()
                    || move(generation.get(), GenerationOutcome.ROLLED_BACK)
                    || takenBackByBirth(generation.get());
            if (!moved) {
                return;
            }
            generation.ifPresent(it -> it.setCode(code));
            rejected.add(code);
            if (version.equals(ConfigurationRows.running(row))) {
                runs(row, ConfigurationVersion.NONE, null);
            }
            if (version.equals(ConfigurationRows.desired(row))) {
                said(row, version, ReportStage.ROLLED_BACK, code);
                settle(row);
                waitsForPerson(row);
            }
        }

        private void handOut(TerminalConfigurationRecord row) {
            if (ConfigurationRows.desired(row).isNone()) {
                return;
            }
            row.setClaimToken(Ids.ulid());
            row.setAttempts(1);
            row.setDueRank(null);
            row.setDueAt(now.plus(backoff.after(0)));
            ConfigurationRows.handOut(row).ifPresent(work::add);
        }

        private boolean refusedForGood(TerminalConfigurationRecord row) {
            return row.getDueAt() == null
                    && row.getReportedStage() != null
                    && ReportStage.valueOf(row.getReportedStage()).isRefusal()
                    && ConfigurationRows.desired(row)
                            .equals(new ConfigurationVersion(row.getReportedEpoch(), row.getReportedGen()));
        }

        /** Nothing more to hand out for this version. */
        private void settle(TerminalConfigurationRecord row) {
            row.setDueAt(null);
            row.setDueRank(null);
            row.setClaimToken(null);
            row.setAttempts(0);
        }

        private void runs(TerminalConfigurationRecord row, ConfigurationVersion version, @Nullable String digest) {
            boolean none = version.isNone() || digest == null;
            if (none && row.getRunningDigest() == null
                    || digest != null
                            && digest.equals(row.getRunningDigest())
                            && version.equals(ConfigurationRows.running(row))) {
                return;
            }
            row.setRunningEpoch(none ? null : version.epoch());
            row.setRunningGen(none ? null : version.generation());
            row.setRunningDigest(none ? null : digest);
            row.setRunningSince(none ? null : now);
            progressed.add(row);
        }

        private void said(TerminalConfigurationRecord row, ConfigurationVersion version, ReportStage stage, int code) {
            row.setReportedEpoch(version.epoch());
            row.setReportedGen(version.generation());
            row.setReportedStage(stage.name());
            row.setReportedCode(code);
            row.setReportedAt(now);
            progressed.add(row);
        }

        private boolean move(ConfigGenerationRecord generation, GenerationOutcome next) {
            if (!GenerationOutcome.valueOf(generation.getOutcome()).canMoveTo(next)) {
                return false;
            }
            generation.setOutcome(next.name());
            return true;
        }

        private void mark(TerminalConfigurationRecord row, ChangeCause cause) {
            dirty.mark(new StoreId(row.getStoreId()), new TerminalId(row.getTerminalId()), cause, actor.label());
        }

        private void alarm(TerminalConfigurationRecord row, String action, ConfigurationVersion found) {
            audit.record(
                    actor,
                    action,
                    new TerminalId(row.getTerminalId()).toString(),
                    new MerchantId(row.getMerchantId()),
                    text(ConfigurationRows.desired(row)),
                    text(found),
                    null);
        }

        private Optional<TerminalConfigurationRecord> row(String publicId) {
            return Optional.ofNullable(rows.get(publicId));
        }

        private Optional<ConfigGenerationRecord> generation(
                TerminalConfigurationRecord row, ConfigurationVersion version) {
            return Optional.ofNullable(generations.get(key(row.getTerminalId(), version)));
        }

        List<HandOut> tell() {
            applied.forEach(metrics::applied);
            rejected.forEach(metrics::rejected);
            progressed.forEach(row -> events.publishEvent(
                    new ConfigurationProgressed(new TerminalId(row.getTerminalId()), new StoreId(row.getStoreId()))));
            return work;
        }
    }

    private static String key(long terminal, ConfigurationVersion version) {
        return terminal + "/" + version.epoch() + "/" + version.generation();
    }

    private static String text(ConfigurationVersion version) {
        return "{\"epoch\":" + version.epoch() + ",\"generation\":" + version.generation() + "}";
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}
