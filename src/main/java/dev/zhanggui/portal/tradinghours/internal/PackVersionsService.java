package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.foureyes.Book;
import dev.zhanggui.portal.foureyes.FourEyes;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.foureyes.Verdict;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

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
    private final FourEyes fourEyes;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Book<PackVersion> book = new Kept();

    PackVersionsService(
            PackCatalogue catalogue,
            PackRepository rows,
            PublishedPacks published,
            PackComparison comparison,
            Merchants merchants,
            WorkCalendar calendar,
            FourEyes fourEyes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.catalogue = catalogue;
        this.rows = rows;
        this.published = published;
        this.comparison = comparison;
        this.merchants = merchants;
        this.calendar = calendar;
        this.fourEyes = fourEyes;
        this.events = events;
        this.clock = clock;
    }

    /** The versions of all industries. */
    private final class Kept implements Book<PackVersion> {

        @Override
        public PackVersion version(long id) {
            return rows.find(new PackVersionId(id))
                    .orElseThrow(() -> new NotFoundException(new PackVersionId(id).toString()));
        }

        @Override
        public long id(PackVersion version) {
            return version.id().value();
        }

        @Override
        public boolean decide(PackVersion version, Verdict verdict, Stamp by, @Nullable String reason) {
            var state = switch (verdict) {
                case APPROVED -> PackState.PUBLISHED;
                case REJECTED -> PackState.REJECTED;
                case WITHDRAWN -> PackState.WITHDRAWN;
            };
            return rows.decide(version.id(), state, by, reason);
        }

        @Override
        public String subject(PackVersion version) {
            return "industry-pack:" + version.pack().industry();
        }

        @Override
        public String action(@Nullable Verdict verdict) {
            return switch (verdict) {
                case null -> "pack.proposed";
                case APPROVED -> "pack.published";
                case REJECTED -> "pack.rejected";
                case WITHDRAWN -> "pack.withdrawn";
            };
        }

        @Override
        public String holds(PackVersion version) {
            return says(current(entry(version.pack().industry())));
        }

        /** What holds where nobody said anything, and what is suggested. */
        @Override
        public String says(PackVersion version) {
            var pack = version.pack();
            var suggestion = pack.suggestion();
            return "{\"version\":" + pack.version() + ",\"rules\":"
                    + pack.rules().json() + ",\"suggestion\":"
                    + (suggestion == null
                            ? "null"
                            : HoursDocument.weekly(CHINA, suggestion).json())
                    + "}";
        }

        @Override
        public void tell(PackVersion version, @Nullable Verdict verdict) {
            var entry = entry(version.pack().industry());
            if (verdict == Verdict.APPROVED) {
                events.publishEvent(new IndustryPackPublished(entry.industry(), entry.keys(), decidedAt(version)));
            }
            events.publishEvent(new PackMoved(entry.industry()));
        }

        private Instant decidedAt(PackVersion version) {
            return Objects.requireNonNull(version(id(version)).decided()).at();
        }

        @Override
        public void follow() {
            published.refresh();
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> list(Actor actor) {
        fourEyes.requireReader(actor);
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
        fourEyes.requireReader(actor);
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
        fourEyes.requireReader(actor);
        var versions = new ArrayList<>(rows.of(entry(industry).industry()));
        if (versions.size() < PackRepository.MOST_VERSIONS) {
            versions.add(PackVersion.builtIn(entry(industry).first()));
        }
        return List.copyOf(versions);
    }

    @Override
    @Transactional(readOnly = true)
    public Draft draft(Actor actor, NewPack wish) {
        fourEyes.requireProposer(actor);
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
        fourEyes.requireReader(actor);
        var entry = entry(pack.industry());
        return comparison.between(entry.keys(), current(entry).pack(), pack, now());
    }

    /** The unique key ends the transaction of whoever comes second; the one who waits is read after it. */
    @Override
    public Proposal propose(Actor actor, NewPack wish) {
        fourEyes.requireProposer(actor);
        var entry = entry(wish.industry());
        return fourEyes.<Proposal>propose(() -> switch (read(entry, wish)) {
                    case Draft.Refused(var why) -> Optional.of(new Proposal.Refused(why));
                    case Draft.Ready(var pack, var warnings) -> {
                        var id = new PackVersionId(Ids.next());
                        if (!rows.add(id, pack, fourEyes.stamp(actor))) {
                            yield Optional.empty();
                        }
                        var added = book.version(id.value());
                        fourEyes.proposed(actor, book, added, pack.reason().words());
                        yield Optional.of(new Proposal.Proposed(added));
                    }
                })
                .or(() -> rows.waiting(entry.industry()).map(Proposal.AlreadyWaiting::new))
                .orElseThrow(() -> new LostUpdateException("industry-pack:" + entry.industry()));
    }

    @Override
    public Ruling<PackVersion> publish(Actor actor, PackVersionId id) {
        return fourEyes.approve(actor, book, id.value());
    }

    @Override
    public Ruling<PackVersion> reject(Actor actor, PackVersionId id, String reason) {
        return fourEyes.reject(actor, book, id.value(), reason, LONGEST_REASON);
    }

    @Override
    public Ruling<PackVersion> withdraw(Actor actor, PackVersionId id) {
        return fourEyes.withdraw(actor, book, id.value());
    }

    @Override
    public boolean mayDecide(Actor actor, PackVersion version) {
        return fourEyes.mayDecide(actor, version);
    }

    private PackVersion current(PackCatalogue.Entry entry) {
        return published.at(entry, Instant.MAX);
    }

    private PackCatalogue.Entry entry(String industry) {
        return catalogue.pack(industry).orElseThrow(() -> new NotFoundException("industry-pack:" + industry));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
