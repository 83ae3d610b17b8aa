package dev.zhanggui.portal.tradinghours;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds windows in closed time: pure, over open intervals. A store is free for a window when none of its open time lies in it
 * and its next opening is no nearer to the window's end than the guard, so that work that runs late still ends before it.
 *
 * <p>The number of stores that are not free changes only where one closes, or where the guard before an opening begins. One
 * pass over these moments finds every stretch of starts that frees more stores than the starts around it.
 */
public final class MaintenancePlanner {

    private static final long QUARTER_OF_AN_HOUR = 15 * 60;

    private MaintenancePlanner() {}

    /**
     * @param duration longer than zero
     * @param earliest when the window may start
     * @param latest when it must have ended; at least the duration after {@code earliest}
     * @param guard between the window's end and the next opening; zero or more
     */
    public record Wish(Duration duration, Instant earliest, Instant latest, Duration guard) {
        public Wish {
            if (!duration.isPositive()
                    || guard.isNegative()
                    || earliest.plus(duration).isAfter(latest)) {
                throw new IllegalArgumentException("no window fits");
            }
        }

        /** How far open time must be known: a guard after the latest end. */
        public Instant lookUntil() {
            return latest.plus(guard);
        }
    }

    /** @param free how many of the stores are free */
    public record Proposal(Interval window, int free) {}

    /** What a window touches of one store. Everything is as in {@link Impact.Conflict}. */
    public record Touch(
            Duration lost, List<Interval> when, @Nullable Instant opening) {}

    /** Starts of a window in [from, until], all of them blocked by as many stores. */
    private record Stretch(Instant from, Instant until, int blocked) {}

    /**
     * The best windows, apart from each other: most stores free first, then the earliest. Within a stretch of equally good
     * starts it is the quarter of an hour in the middle, far from both the closing and the opening.
     *
     * @param open of each store, its open time in [earliest, {@link Wish#lookUntil}), in order and apart
     */
    public static List<Proposal> propose(Wish wish, Collection<List<Interval>> open, int most) {
        var proposals = new ArrayList<Proposal>();
        for (var stretch : best(stretches(wish, open))) {
            var start = start(stretch);
            var window = new Interval(start, start.plus(wish.duration()));
            if (proposals.stream().noneMatch(other -> overlap(other.window(), window))) {
                proposals.add(new Proposal(window, open.size() - stretch.blocked()));
            }
            if (proposals.size() == most) {
                break;
            }
        }
        return proposals;
    }

    /** Empty when the store is free. */
    public static Optional<Touch> touch(Interval window, List<Interval> open, Duration guard) {
        var when = new ArrayList<Interval>();
        var lost = Duration.ZERO;
        Instant opening = null;
        var guarded = window.end().plus(guard);
        for (var interval : open) {
            if (overlap(interval, window)) {
                var from = later(interval.start(), window.start());
                var until = earlier(interval.end(), window.end());
                when.add(new Interval(from, until));
                lost = lost.plus(Duration.between(from, until));
            }
            if (opening == null
                    && !interval.start().isBefore(window.end())
                    && interval.start().isBefore(guarded)) {
                opening = interval.start();
            }
        }
        return when.isEmpty() && opening == null
                ? Optional.empty()
                : Optional.of(new Touch(lost, List.copyOf(when), opening));
    }

    /** Those that block no more than their neighbours do. */
    private static List<Stretch> best(List<Stretch> stretches) {
        var best = new ArrayList<Stretch>();
        for (int i = 0; i < stretches.size(); i++) {
            int blocked = stretches.get(i).blocked();
            boolean left = i == 0 || stretches.get(i - 1).blocked() > blocked;
            boolean right = i == stretches.size() - 1 || stretches.get(i + 1).blocked() > blocked;
            if (left && right) {
                best.add(stretches.get(i));
            }
        }
        best.sort(Comparator.comparingInt(Stretch::blocked).thenComparing(Stretch::from));
        return best;
    }

    /** In order, neighbours differing. A store blocks the starts between, but not at, the two ends of what it blocks. */
    private static List<Stretch> stretches(Wish wish, Collection<List<Interval>> open) {
        var first = wish.earliest();
        var last = wish.latest().minus(wish.duration());
        var freed = new TreeMap<Instant, Integer>();
        var blocked = new TreeMap<Instant, Integer>();
        freed.put(first, 0);
        freed.put(last, 0);
        int now = 0;
        for (var intervals : open) {
            for (var block : blocks(wish, intervals)) {
                if (!block.end().isAfter(first) || !block.start().isBefore(last)) {
                    continue;
                }
                if (block.start().isBefore(first)) {
                    now++;
                } else {
                    blocked.merge(block.start(), 1, Integer::sum);
                    freed.putIfAbsent(block.start(), 0);
                }
                if (!block.end().isAfter(last)) {
                    freed.merge(block.end(), 1, Integer::sum);
                }
            }
        }
        var stretches = new ArrayList<Stretch>();
        for (var moment = freed.firstEntry(); moment != null; moment = freed.higherEntry(moment.getKey())) {
            now -= moment.getValue();
            add(stretches, moment.getKey(), moment.getKey(), now);
            now += blocked.getOrDefault(moment.getKey(), 0);
            var next = freed.higherKey(moment.getKey());
            if (next != null) {
                add(stretches, moment.getKey(), next, now);
            }
        }
        return stretches;
    }

    private static void add(List<Stretch> stretches, Instant from, Instant until, int blocked) {
        if (!stretches.isEmpty() && stretches.getLast().blocked() == blocked) {
            var before = stretches.removeLast();
            stretches.add(new Stretch(before.from(), until, blocked));
        } else {
            stretches.add(new Stretch(from, until, blocked));
        }
    }

    /** The starts that open time forbids, ends not included; in order and apart. */
    private static List<Interval> blocks(Wish wish, List<Interval> open) {
        var before = wish.duration().plus(wish.guard());
        var blocks = new ArrayList<Interval>(open.size());
        for (var interval : open) {
            var from = interval.start().minus(before);
            if (!blocks.isEmpty() && from.isBefore(blocks.getLast().end())) {
                var joined = blocks.removeLast();
                blocks.add(new Interval(joined.start(), interval.end()));
            } else {
                blocks.add(new Interval(from, interval.end()));
            }
        }
        return blocks;
    }

    private static Instant start(Stretch stretch) {
        var from = stretch.from();
        var middle = from.plus(Duration.between(from, stretch.until()).dividedBy(2));
        var quarter =
                Instant.ofEpochSecond(Math.floorDiv(middle.getEpochSecond(), QUARTER_OF_AN_HOUR) * QUARTER_OF_AN_HOUR);
        if (!quarter.isBefore(from)) {
            return quarter;
        }
        var next = quarter.plusSeconds(QUARTER_OF_AN_HOUR);
        return next.isAfter(stretch.until()) ? from : next;
    }

    private static boolean overlap(Interval one, Interval other) {
        return one.start().isBefore(other.end()) && other.start().isBefore(one.end());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
