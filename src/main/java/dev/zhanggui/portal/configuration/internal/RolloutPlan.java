package dev.zhanggui.portal.configuration.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Gives a store's terminals their groups. The same rollout, store and terminals always give the same answer, whoever asks and
 * however often, and another rollout begins elsewhere.
 *
 * <p>The store's hash says where on the way from 0 to 1 its first terminal stands, the terminals' hashes say in which order they
 * stand, and they stand apart by equal steps. So every terminal is as likely as any other to be early, and no group, the widest of
 * which is half of the way, holds a whole store. Of three terminals it may hold two: that only one is on its way at a time is
 * seen to when they get their turn.
 */
final class RolloutPlan {

    /** What share of the fleet has had its turn with each group, in percent. */
    static final List<Integer> SHARES = List.of(1, 10, 50, 100);

    static final int CANARY = 1;
    static final int LAST = SHARES.size();

    private static final int WAY = 1_000_000;

    private RolloutPlan() {}

    /** @param position on the way, in millionths */
    record Place(long terminal, int position, int group) {}

    /** @param concerned those of the store's terminals that the rollout is about */
    static List<Place> of(long rollout, long store, Collection<Long> concerned) {
        long from = Long.remainderUnsigned(hash(rollout, store), WAY);
        var ordered = concerned.stream()
                .sorted(Comparator.comparingLong((Long terminal) -> hash(rollout, terminal))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        var places = new ArrayList<Place>(ordered.size());
        for (int i = 0; i < ordered.size(); i++) {
            int position = (int) ((from + (long) i * WAY / ordered.size()) % WAY);
            places.add(new Place(ordered.get(i), position, group(position)));
        }
        return places;
    }

    /** How many of a store's terminals may be on their way at once: never more than half of them, and a single one whole. */
    static int half(int bound) {
        return Math.max(1, bound / 2);
    }

    private static int group(int position) {
        for (int i = 0; i < LAST - 1; i++) {
            if (position < SHARES.get(i) * (WAY / 100)) {
                return i + 1;
            }
        }
        return LAST;
    }

    /** SplitMix64's last steps over both numbers. */
    private static long hash(long rollout, long of) {
        long mixed = rollout * 0x9E3779B97F4A7C15L + of;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
