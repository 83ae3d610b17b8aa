package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.foureyes.Followed;
import dev.zhanggui.portal.foureyes.Stamp;
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

/** The packs that the portal goes by: the program's own, with the published versions after them. */
@Component
class PublishedPacks implements IndustryPacks, PackSnapshot {

    private final PackCatalogue catalogue;

    /** The published versions by industry, the newest first. */
    private final Followed<Map<String, List<PackVersion>>> followed;

    PublishedPacks(PackCatalogue catalogue, PackRepository rows) {
        this.catalogue = catalogue;
        followed = new Followed<>(
                rows::stamp,
                () -> rows.published().stream()
                        .collect(Collectors.groupingBy(it -> it.pack().industry())));
    }

    @Override
    public Optional<IndustryPack> at(String industry, Instant moment) {
        return catalogue.of(industry).map(entry -> at(entry, moment).pack());
    }

    @Override
    public List<Instant> changes(String industry, Instant from, Instant until) {
        return followed.now().getOrDefault(industry, List.of()).stream()
                .map(PackVersion::decided)
                .filter(Objects::nonNull)
                .map(Stamp::at)
                .filter(at -> !at.isBefore(from) && at.isBefore(until))
                .toList();
    }

    /** The version that held at the moment; before the first publication that is the program's own. */
    PackVersion at(PackCatalogue.Entry entry, Instant moment) {
        for (var version : followed.now().getOrDefault(entry.industry(), List.of())) {
            var decided = version.decided();
            if (decided != null && !decided.at().isAfter(moment)) {
                return version;
            }
        }
        return PackVersion.builtIn(entry.first());
    }

    @Override
    @Scheduled(fixedDelayString = "PT1S")
    public void refresh() {
        followed.refresh();
    }
}
