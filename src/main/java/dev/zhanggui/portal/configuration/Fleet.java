package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All bound terminals at a glance: how many run what they should, and which do not. For staff of SERVICE, ADMIN and AUDITOR; others
 * meet {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface Fleet {

    int MOST = 100;

    /** Longer words are cut. */
    int TEXT_MOST = 64;

    Overview overview(Actor actor);

    /**
     * Terminals in a state, by id.
     *
     * @param text part of a store's name, or a whole serial number; empty for all
     * @param after the last one seen before; null for the first
     * @param limit at most {@link #MOST}
     */
    Page terminals(Actor actor, Which which, String text, @Nullable TerminalId after, int limit);

    /** What a terminal is doing, as {@link SyncStatus} says it of each one. */
    enum State {
        /** Proved that it runs the latest. */
        IN_STEP,
        /** Has the latest and did not say yet that it runs it. */
        DELIVERED,
        /** On its way. */
        SENDING,
        OFFLINE,
        /** Refused the latest, or gave it up. */
        REJECTED
    }

    /** @param code the one refusal wanted; null for all */
    record Which(State state, @Nullable Integer code) {}

    /**
     * @param byState every state, also those without a terminal
     * @param minuteAgo as {@code byState}, some 60 s before; empty in the first minute of this process
     * @param refusals terminals by the number of the refusal, most first; at most ten
     * @param waitingEdits stores or terminals whose edits are not compiled yet
     */
    record Overview(
            Instant at,
            int stores,
            Map<State, Integer> byState,
            Map<State, Integer> minuteAgo,
            Delay delay,
            List<Refusal> refusals,
            int waitingEdits,
            List<Bridge> bridges) {

        public int in(State state) {
            return byState.getOrDefault(state, 0);
        }

        public int terminals() {
            return byState.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    record Refusal(int code, int terminals) {}

    /** @param lastSeen its latest sign of life */
    record Bridge(String name, Instant lastSeen) {}

    /**
     * From an edit to the proof of a terminal that was connected when the edit was made.
     *
     * @param window how far back
     * @param counts edits by delay, rounded down to {@link #STEP}; the last one also holds all longer ones
     */
    record Delay(Duration window, SortedMap<Duration, Integer> counts) {

        public static final Duration STEP = Duration.ofMillis(5);

        /** The delays that are told apart. */
        public static final Duration MOST = Duration.ofSeconds(60);

        public int edits() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }

        /**
         * The delay that this share of the edits did not exceed, rounded up to {@link #STEP}; empty without edits.
         *
         * @param share 0 to 1
         */
        public Optional<Duration> percentile(double share) {
            long wanted = (long) Math.ceil(share * edits());
            long passed = 0;
            for (var entry : counts.entrySet()) {
                passed += entry.getValue();
                if (passed >= wanted && passed > 0) {
                    return Optional.of(entry.getKey().plus(STEP));
                }
            }
            return Optional.empty();
        }
    }

    record Page(List<Row> rows, @Nullable TerminalId next) {}

    record Row(TerminalConfiguration configuration, Terminal terminal, Store store) {}
}
