package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.internal.RolloutPlan.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {

    /** A single terminal whole, a store with more never whole in one group, and everybody in exactly one. */
    @Property(seed = "310", tries = 500)
    void noGroupHoldsAWholeStore(
            @ForAll @LongRange(min = 1) long rollout,
            @ForAll @LongRange(min = 1) long store,
            @ForAll @IntRange(min = 1, max = 60) int count) {
        var terminals = terminals(store, count);
        var places = RolloutPlan.of(rollout, store, terminals);

        assertThat(places).extracting(Place::terminal).containsExactlyInAnyOrderElementsOf(terminals);
        assertThat(places.stream().collect(Collectors.groupingBy(Place::group, Collectors.counting())))
                .allSatisfy((group, members) -> {
                    assertThat(group).isBetween(RolloutPlan.CANARY, RolloutPlan.LAST);
                    assertThat(members).isLessThanOrEqualTo((count + 1) / 2);
                });
    }

    /** The same answer whoever asks, in whatever order the terminals are read. */
    @Property(seed = "311", tries = 200)
    void theSameRolloutAlwaysGivesTheSameGroups(
            @ForAll @LongRange(min = 1) long rollout, @ForAll @IntRange(min = 1, max = 20) int bound) {
        var terminals = terminals(rollout, bound);
        var shuffled = new ArrayList<>(terminals);
        Collections.shuffle(shuffled, new Random(rollout));

        assertThat(RolloutPlan.of(rollout, 7, shuffled)).isEqualTo(RolloutPlan.of(rollout, 7, terminals));
    }

    @Test
    void anotherRolloutBeginsWithOthers() {
        assertThat(canary(1)).isNotEqualTo(canary(2)).isEqualTo(canary(1));
    }

    /** 40,000 terminals in stores of one to eight: each group has its share within a tenth of it, the canary within a fifth. */
    @Test
    void theGroupsHaveTheirShares() {
        var counts = new int[RolloutPlan.LAST + 1];
        int all = 0;
        for (long store = 1; store <= 10_000; store++) {
            int bound = 1 + (int) (store % 7);
            for (var place : RolloutPlan.of(4_711, store, terminals(store, bound))) {
                counts[place.group()]++;
                all++;
            }
        }
        assertThat(counts[1] / (double) all).isBetween(0.008, 0.012);
        assertThat(counts[2] / (double) all).isBetween(0.081, 0.099);
        assertThat(counts[3] / (double) all).isBetween(0.36, 0.44);
        assertThat(counts[4] / (double) all).isBetween(0.45, 0.55);
    }

    private static List<Long> canary(long rollout) {
        return LongStream.rangeClosed(1, 3_000)
                .boxed()
                .filter(store -> RolloutPlan.of(rollout, store, List.of(store))
                                .getFirst()
                                .group()
                        == RolloutPlan.CANARY)
                .toList();
    }

    private static List<Long> terminals(long store, int count) {
        var random = new Random(store);
        return random.longs(1, Long.MAX_VALUE).distinct().limit(count).boxed().toList();
    }
}
