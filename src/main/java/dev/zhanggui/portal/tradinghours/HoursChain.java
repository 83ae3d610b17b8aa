package dev.zhanggui.portal.tradinghours;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was said about one place, nearest level first, and what its industry usually does.
 *
 * @param zone of the place; the levels' own zones do not matter
 * @param links at most one a level
 */
public record HoursChain(
        ZoneId zone, List<Link> links, @Nullable IndustryPack pack) {

    /** What one level said. */
    public record Link(Level level, HoursDocument document) {}

    public HoursChain {
        links = links.stream().sorted(Comparator.comparing(Link::level)).toList();
        for (int i = 1; i < links.size(); i++) {
            if (links.get(i - 1).level() == links.get(i).level()) {
                throw new IllegalArgumentException(
                        "two documents of " + links.get(i).level());
            }
        }
    }

    /** A store that has nobody above it. */
    public static HoursChain of(HoursDocument store) {
        return new HoursChain(store.zone(), List.of(new Link(Level.STORE, store)), null);
    }

    /** The same with another document at the level: what would be if it were saved. */
    public HoursChain with(Level level, HoursDocument document) {
        var changed = new ArrayList<>(links);
        changed.removeIf(link -> link.level() == level);
        changed.add(new Link(level, document));
        return new HoursChain(level == Level.STORE ? document.zone() : zone, changed, pack);
    }

    public HoursChain withPack(@Nullable IndustryPack changed) {
        return new HoursChain(zone, links, changed);
    }

    /** What the level said; null if nothing. */
    public @Nullable HoursDocument at(Level level) {
        return links.stream()
                .filter(link -> link.level() == level)
                .map(Link::document)
                .findFirst()
                .orElse(null);
    }

    /** What the levels above the given one said, without what is usual in the industry. */
    public HoursChain above(Level level) {
        return new HoursChain(
                zone,
                links.stream().filter(link -> link.level().compareTo(level) > 0).toList(),
                null);
    }

    /** The levels whose word about the part counts: all, or those up to the one that takes nothing from above. */
    public List<Link> reaching(Part part) {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).document().off().contains(part)) {
                return links.subList(0, i + 1);
            }
        }
        return links;
    }

    /** The pack, unless a level does without. */
    public @Nullable IndustryPack reachingPack() {
        return links.stream().anyMatch(link -> link.document().off().contains(Part.PACK)) ? null : pack;
    }

    /** The normal week, of the nearest level that says something about a day, else the industry's; without seasons. */
    public Weekly week() {
        var week = Weekly.NOT_SET;
        for (var day : DayOfWeek.values()) {
            var plan = usually(day);
            week = plan == null ? week : week.with(day, plan);
        }
        return week;
    }

    private @Nullable DayPlan usually(DayOfWeek day) {
        for (var link : reaching(Part.WEEKLY)) {
            var plan = link.document().weekly().on(day);
            if (plan != null) {
                return plan;
            }
        }
        var usual = reachingPack();
        return usual == null ? null : usual.rules().weekly().on(day);
    }

    /** What holds outside hours: the nearest word, else the industry's, else {@link Outside#USUAL}. */
    public Outside outside() {
        for (var link : links) {
            var outside = link.document().outside();
            if (outside != null) {
                return outside;
            }
        }
        var usual = reachingPack();
        var outside = usual == null ? null : usual.rules().outside();
        return outside == null ? Outside.USUAL : outside;
    }

    /** The night closure of the nearest level that has one; null if none. */
    public @Nullable NightSafety night() {
        for (var link : reaching(Part.NIGHT)) {
            var night = link.document().night();
            if (night != null) {
                return night;
            }
        }
        return null;
    }
}
