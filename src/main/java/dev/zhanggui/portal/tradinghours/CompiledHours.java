package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import java.util.List;

/** The answers for a span of time, made once: each question costs a binary search and makes nothing new. Immutable. */
public final class CompiledHours {

    private final long[] seconds;
    private final Transition[] transitions;
    private final long end;

    CompiledHours(List<Transition> transitions, Instant until) {
        this.transitions = transitions.toArray(Transition[]::new);
        // Rules change at whole minutes; closures may begin between two seconds, and hold from the next one here.
        seconds = transitions.stream().mapToLong(it -> ceiling(it.at())).toArray();
        seconds[0] = transitions.getFirst().at().getEpochSecond();
        end = ceiling(until);
    }

    /**
     * What holds at the second.
     *
     * @throws IllegalArgumentException outside of the span
     */
    public Transition at(long epochSecond) {
        if (epochSecond < seconds[0] || epochSecond >= end) {
            throw new IllegalArgumentException("compiled from " + Instant.ofEpochSecond(seconds[0]) + " to "
                    + Instant.ofEpochSecond(end) + ", asked for " + Instant.ofEpochSecond(epochSecond));
        }
        int low = 0;
        int high = seconds.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (seconds[middle] <= epochSecond) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return transitions[low];
    }

    public Decision decisionAt(long epochSecond) {
        return at(epochSecond).decision();
    }

    public List<Transition> transitions() {
        return List.of(transitions);
    }

    private static long ceiling(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }
}
