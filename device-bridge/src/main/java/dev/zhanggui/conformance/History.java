package dev.zhanggui.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Entries in order of arrival, and waiting for the next one that matters. */
final class History<E> {

    private final List<E> entries = new ArrayList<>();

    synchronized void add(E entry) {
        entries.add(entry);
        notifyAll();
    }

    /** Where the next entry will stand. */
    synchronized int mark() {
        return entries.size();
    }

    synchronized List<E> since(int mark) {
        return List.copyOf(entries.subList(Math.min(mark, entries.size()), entries.size()));
    }

    /** The first entry from {@code mark} on that {@code wanted} makes something of; empty when none came in time. */
    synchronized <T> Optional<T> await(int mark, Function<E, Optional<T>> wanted, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        int next = mark;
        while (true) {
            for (; next < entries.size(); next++) {
                Optional<T> found = wanted.apply(entries.get(next));
                if (found.isPresent()) {
                    return found;
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }
}
