package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.AnswersChanged;
import dev.zhanggui.portal.acceptance.Freshness;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.PackSnapshot;
import dev.zhanggui.portal.workcalendar.CalendarSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Knows when something about a store was last changed: of its own portal's changes from their commit on, of other portals' as soon
 * as {@link #look} finds them. A change is a number in one of a fixed number of places; two stores that share a place only cost
 * each other a read.
 *
 * <p>Rows are written as the last thing before a commit and looked for {@link #BACK} behind the database's clock, so their order of
 * commit does not matter. A commit that took longer than {@link #LATE} is told a second time.
 */
final class ChangeWatch implements Freshness {

    /** So long after it was written a row is still looked for. */
    static final Duration BACK = Duration.ofSeconds(5);

    /** Without a look for so long nothing is known. */
    static final Duration BLIND = Duration.ofSeconds(1);

    static final Duration LATE = Duration.ofSeconds(2);

    /** More changes at a look are as good as a change everywhere. */
    static final int MOST = 5_000;

    private static final int PLACES = 1 << 16;

    private final AnswerChanges changes;
    private final CalendarSnapshot calendar;
    private final PackSnapshot packs;
    private final ApplicationEventPublisher events;
    private final LongSupplier nanos;
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLongArray places = new AtomicLongArray(PLACES);
    private final AtomicLong everywhere = new AtomicLong();
    private final Map<Long, Long> told = new ConcurrentHashMap<>();
    private volatile long looked;
    private volatile boolean lookedEver;

    /** @param nanos as {@link System#nanoTime} */
    ChangeWatch(
            AnswerChanges changes,
            CalendarSnapshot calendar,
            PackSnapshot packs,
            ApplicationEventPublisher events,
            LongSupplier nanos) {
        this.changes = changes;
        this.calendar = calendar;
        this.packs = packs;
        this.events = events;
        this.nanos = nanos;
    }

    @Override
    public long mark() {
        return sequence.get();
    }

    @Override
    public boolean holds(StoreId store, long mark) {
        return isFollowing() && places.get(place(store)) <= mark && everywhere.get() <= mark;
    }

    @Override
    public boolean isFollowing() {
        return lookedEver && nanos.getAsLong() - looked < BLIND.toNanos();
    }

    private static int place(StoreId store) {
        return (int) ((store.value() * 0x9E3779B97F4A7C15L) >>> 48);
    }

    /** Writes down for other portals what the caller's transaction is about to commit. */
    Written write(Collection<StoreId> stores) {
        return new Written(Set.copyOf(stores), changes.write(stores), nanos.getAsLong());
    }

    /** What was written for other portals, and when. */
    record Written(Set<StoreId> stores, List<AnswerChanges.Change> changes, long nanos) {}

    /** After the commit. */
    void committed(Written written) {
        long now = nanos.getAsLong();
        // Ours to tell once: the look finds them too.
        written.changes().forEach(it -> told.put(it.id(), now));
        touch(written.stores());
    }

    boolean isLate(Written written) {
        return nanos.getAsLong() - written.nanos() > LATE.toNanos();
    }

    /** Looks for what others wrote. One at a time; what it throws means that nothing is known until the next one. */
    void look() {
        long now = nanos.getAsLong();
        var fresh = new HashSet<StoreId>();
        var rows = changes.latest(BACK, MOST);
        // So long away that rows may have come and gone unseen.
        boolean all = !lookedEver || now - looked > BACK.minus(LATE).toNanos() || rows.size() == MOST;
        for (var row : rows) {
            if (told.putIfAbsent(row.id(), now) == null) {
                var store = row.store();
                if (store == null) {
                    all = true;
                } else {
                    fresh.add(store);
                }
            }
        }
        told.values().removeIf(at -> now - at > 2 * BACK.toNanos());
        if (all) {
            // They learn of others' publications by looking, too.
            calendar.refresh();
            packs.refresh();
            touch(Set.of());
        } else if (!fresh.isEmpty()) {
            touch(fresh);
        }
        looked = now;
        lookedEver = true;
    }

    private void touch(Set<StoreId> stores) {
        long change = sequence.incrementAndGet();
        if (stores.isEmpty()) {
            everywhere.accumulateAndGet(change, Math::max);
        }
        for (var store : new ArrayList<>(stores)) {
            places.accumulateAndGet(place(store), change, Math::max);
        }
        events.publishEvent(new AnswersChanged(stores));
    }
}
