package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.IndustryPackPublished;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.tradinghours.packs.PackEffect;
import dev.zhanggui.portal.tradinghours.packs.PackMoved;
import dev.zhanggui.portal.tradinghours.packs.PackState;
import dev.zhanggui.portal.tradinghours.packs.PackVersion;
import dev.zhanggui.portal.tradinghours.packs.PackVersionId;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Service
class PackVersionsService implements PackVersions {

    private static final Actor SELF = Actor.system("packs");
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final PackCatalogue catalogue;
    private final PackRepository rows;
    private final PublishedPacks published;
    private final PackComparison comparison;
    private final Merchants merchants;
    private final WorkCalendar calendar;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PackVersionsService(
            PackCatalogue catalogue,
            PackRepository rows,
            PublishedPacks published,
            PackComparison comparison,
            Merchants merchants,
            WorkCalendar calendar,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.catalogue = catalogue;
        this.rows = rows;
        this.published = published;
        this.comparison = comparison;
        this.merchants = merchants;
        this.calendar = calendar;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> list(Actor actor) {
        requireReader(actor);
        var waiting =
                rows.waiting().stream().collect(Collectors.toMap(it -> it.pack().industry(), Function.identity()));
        var stores = merchants.storesByIndustry(SELF);
        return catalogue.entries().stream()
                .map(entry -> line(entry, waiting.get(entry.industry()), stores))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Line line(Actor actor, String industry) {
        requireReader(actor);
        return line(entry(industry), rows.waiting(industry).orElse(null), merchants.storesByIndustry(SELF));
    }

    private Line line(PackCatalogue.Entry entry, @Nullable PackVersion waiting, Map<String, Integer> stores) {
        return new Line(
                current(entry),
                waiting,
                entry.institution(),
                entry.keys().stream()
                        .mapToInt(key -> stores.getOrDefault(key, 0))
                        .sum());
    }

    @Override
    @Transactional(readOnly = true)
    public List<PackVersion> history(Actor actor, String industry) {
        requireReader(actor);
        var versions = new ArrayList<>(rows.of(entry(industry).industry()));
        if (versions.size() < PackRepository.MOST_VERSIONS) {
            versions.add(PackVersion.builtIn(entry(industry).first()));
        }
        return List.copyOf(versions);
    }

    @Override
    @Transactional(readOnly = true)
    public Draft draft(Actor actor, NewPack wish) {
        access.requireStaff(actor, Role.ADMIN);
        return read(entry(wish.industry()), wish);
    }

    private Draft read(PackCatalogue.Entry entry, NewPack wish) {
        var today = LocalDate.ofInstant(now(), CHINA);
        return new PackReading(entry, current(entry).pack(), new Setting(CHINA, calendar, today))
                .read(wish, rows.nextNumber(entry.industry()));
    }

    @Override
    @Transactional(readOnly = true)
    public PackEffect effect(Actor actor, IndustryPack pack) {
        requireReader(actor);
        var entry = entry(pack.industry());
        return comparison.between(entry.keys(), current(entry).pack(), pack, now());
    }

    /** The unique key ends the transaction of whoever comes second; the one who waits is read after it. */
    @Override
    public Proposal propose(Actor actor, NewPack wish) {
        access.requireStaff(actor, Role.ADMIN);
        var entry = entry(wish.industry());
        var outcome = transaction.execute(status -> switch (read(entry, wish)) {
            case Draft.Refused(var why) -> new Proposal.Refused(why);
            case Draft.Ready(var pack, var warnings) -> {
                var id = new PackVersionId(Ids.next());
                if (!rows.add(id, pack, PackRepository.stamp(actor, now()))) {
                    status.setRollbackOnly();
                    yield null;
                }
                audit.record(
                        actor,
                        "pack.proposed",
                        subject(pack),
                        null,
                        json(current(entry).pack()),
                        json(pack),
                        pack.reason().words());
                events.publishEvent(new PackMoved(pack.industry()));
                yield new Proposal.Proposed(rows.find(id).orElseThrow());
            }
        });
        if (outcome != null) {
            return outcome;
        }
        return rows.waiting(entry.industry())
                .<Proposal>map(Proposal.AlreadyWaiting::new)
                .orElseThrow(() -> new LostUpdateException("industry-pack:" + entry.industry()));
    }

    @Override
    @Transactional
    public Decision publish(Actor actor, PackVersionId id) {
        return decide(actor, id, PackState.PUBLISHED, null);
    }

    @Override
    @Transactional
    public Decision reject(Actor actor, PackVersionId id, String reason) {
        return reason.isBlank() || reason.strip().length() > LONGEST_REASON
                ? new Decision.ReasonNeeded()
                : decide(actor, id, PackState.REJECTED, reason.strip());
    }

    private Decision decide(Actor actor, PackVersionId id, PackState state, @Nullable String reason) {
        requireDecider(actor);
        var version = rows.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
        if (!version.waits()) {
            return new Decision.NotWaiting(version);
        }
        if (!isOther(actor, version)) {
            return new Decision.OwnProposal();
        }
        return finish(actor, version, state, reason);
    }

    @Override
    @Transactional
    public Decision withdraw(Actor actor, PackVersionId id) {
        access.requireStaff(actor, Role.ADMIN);
        var version = rows.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
        if (!isProposer(actor, version)) {
            throw new NotAllowedException("only the proposer withdraws");
        }
        return version.waits() ? finish(actor, version, PackState.WITHDRAWN, null) : new Decision.NotWaiting(version);
    }

    private Decision finish(Actor actor, PackVersion version, PackState state, @Nullable String reason) {
        var entry = entry(version.pack().industry());
        boolean publishes = state == PackState.PUBLISHED;
        var before = publishes ? json(current(entry).pack()) : null;
        if (!rows.decide(version.id(), state, PackRepository.stamp(actor, now()), reason)) {
            throw new LostUpdateException(version.id().toString());
        }
        audit.record(
                actor,
                "pack." + state.name().toLowerCase(Locale.ROOT),
                subject(version.pack()),
                null,
                before,
                json(version.pack()),
                reason);
        if (publishes) {
            // Before the event: whoever hears of it after the commit must meet the new version.
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public int getOrder() {
                    return HIGHEST_PRECEDENCE;
                }

                @Override
                public void afterCommit() {
                    published.refresh();
                }
            });
            events.publishEvent(new IndustryPackPublished(entry.industry(), entry.keys()));
        }
        events.publishEvent(new PackMoved(entry.industry()));
        return new Decision.Decided(rows.find(version.id()).orElseThrow());
    }

    @Override
    public boolean mayDecide(Actor actor, PackVersion version) {
        return version.waits() && isDecider(actor) && isOther(actor, version);
    }

    private PackVersion current(PackCatalogue.Entry entry) {
        return published.at(entry, Instant.MAX);
    }

    private PackCatalogue.Entry entry(String industry) {
        return catalogue.pack(industry).orElseThrow(() -> new NotFoundException("industry-pack:" + industry));
    }

    private void requireReader(Actor actor) {
        access.requireStaff(actor, Role.ADMIN, Role.REVIEWER, Role.AUDITOR);
    }

    /** A decision is a person's: no key and no timer makes one. */
    private static void requireDecider(Actor actor) {
        if (!isDecider(actor)) {
            throw new NotAllowedException("needs a person with ADMIN or REVIEWER");
        }
    }

    private static boolean isDecider(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON && (actor.has(Role.ADMIN) || actor.has(Role.REVIEWER));
    }

    private static boolean isOther(Actor actor, PackVersion version) {
        var proposed = version.proposed();
        boolean byKey = proposed != null && proposed.kind().equals(Actor.Kind.API_KEY.name());
        return byKey ? !actor.has(Role.ADMIN) : !isProposer(actor, version);
    }

    private static boolean isProposer(Actor actor, PackVersion version) {
        var proposed = version.proposed();
        return proposed != null
                && proposed.id() == actor.id()
                && proposed.kind().equals(actor.kind().name());
    }

    private static String subject(IndustryPack pack) {
        return "industry-pack:" + pack.industry();
    }

    /** For the audit: what holds where nobody said anything, and what is suggested. */
    private static String json(IndustryPack pack) {
        var suggestion = pack.suggestion();
        return "{\"version\":" + pack.version() + ",\"rules\":" + pack.rules().json() + ",\"suggestion\":"
                + (suggestion == null
                        ? "null"
                        : HoursDocument.weekly(CHINA, suggestion).json())
                + "}";
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
