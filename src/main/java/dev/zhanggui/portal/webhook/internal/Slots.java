package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.webhook.EndpointId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Who has how much of this process under way. One thread takes, many give back. */
final class Slots {

    static final int ALL = 128;
    static final int OF_ONE = 4;

    /** Those that fail, one slot each, leave the other half to those that do not. */
    static final int OF_FAILING = ALL / 2;

    private record Use(int count, boolean failing) {
        boolean isFull() {
            return count >= (failing ? 1 : OF_ONE);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final Map<Long, Use> uses = new HashMap<>();

    /** How many more may be started for the endpoint. */
    int free(EndpointId endpoint, boolean failing) {
        lock.lock();
        try {
            var use = uses.getOrDefault(endpoint.value(), new Use(0, failing));
            int own = (failing ? 1 : OF_ONE) - use.count();
            int room = failing ? Math.min(ALL - total(), OF_FAILING - failing()) : ALL - total();
            return Math.max(0, Math.min(own, room));
        } finally {
            lock.unlock();
        }
    }

    /** Endpoints that nothing more can be started for. */
    Set<Long> full() {
        lock.lock();
        try {
            return uses.entrySet().stream()
                    .filter(entry -> entry.getValue().isFull())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        } finally {
            lock.unlock();
        }
    }

    void take(EndpointId endpoint, boolean failing) {
        lock.lock();
        try {
            uses.merge(endpoint.value(), new Use(1, failing), (before, one) -> new Use(before.count() + 1, failing));
        } finally {
            lock.unlock();
        }
    }

    void giveBack(EndpointId endpoint) {
        lock.lock();
        try {
            uses.computeIfPresent(
                    endpoint.value(), (id, use) -> use.count() == 1 ? null : new Use(use.count() - 1, use.failing()));
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is under way; false when that takes longer. */
    boolean awaitIdle(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long nanos = most.toNanos();
            while (!uses.isEmpty() && nanos > 0) {
                nanos = fewer.awaitNanos(nanos);
            }
            return uses.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private int total() {
        return uses.values().stream().mapToInt(Use::count).sum();
    }

    private int failing() {
        return uses.values().stream().filter(Use::failing).mapToInt(Use::count).sum();
    }
}
