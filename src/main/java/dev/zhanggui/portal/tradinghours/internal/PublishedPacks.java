package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.PackSnapshot;
import dev.zhanggui.portal.tradinghours.packs.PackVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The packs that the portal goes by: the program's own, with the published versions after them. Questions are answered from an
 * immutable snapshot; the database is looked at beside them, never by them.
 */
@Component
class PublishedPacks implements IndustryPacks, PackSnapshot {

    private final PackCatalogue catalogue;
    private final PackRepository rows;
    private volatile Snapshot snapshot;

    /** @param published by industry, the newest first */
    private record Snapshot(String stamp, Map<String, List<PackVersion>> published) {}

    PublishedPacks(PackCatalogue catalogue, PackRepository rows) {
        this.catalogue = catalogue;
        this.rows = rows;
        this.snapshot = read();
    }

    @Override
    public Optional<IndustryPack> at(String industry, Instant moment) {
        return catalogue.of(industry).map(entry -> at(entry, moment).pack());
    }

    @Override
    public List<Instant> changes(String industry, Instant from, Instant until) {
        return snapshot.published().getOrDefault(industry, List.of()).stream()
                .map(PackVersion::decided)
                .filter(Objects::nonNull)
                .map(PackVersion.Stamp::at)
                .filter(at -> !at.isBefore(from) && at.isBefore(until))
                .toList();
    }

    /** The version that held at the moment; before the first publication that is the program's own. */
    PackVersion at(PackCatalogue.Entry entry, Instant moment) {
        for (var version : snapshot.published().getOrDefault(entry.industry(), List.of())) {
            var decided = version.decided();
            if (decided != null && !decided.at().isAfter(moment)) {
                return version;
            }
        }
        return PackVersion.builtIn(entry.first());
    }

    @Override
    public void refresh() {
        if (!rows.stamp().equals(snapshot.stamp())) {
            replace();
        }
    }

    /** One at a time: of two readers the one who read last must be the one who stays. */
    private synchronized void replace() {
        snapshot = read();
    }

    @Scheduled(fixedDelayString = "PT1S")
    void follow() {
        refresh();
    }

    private Snapshot read() {
        // The stamp first: what is written between the two reads is read again at the next look.
        var stamp = rows.stamp();
        return new Snapshot(
                stamp,
                rows.published().stream()
                        .collect(Collectors.groupingBy(it -> it.pack().industry())));
    }
}
