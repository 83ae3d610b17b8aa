package dev.zhanggui.portal.tradinghours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.tradinghours.MaintenancePlanner.Proposal;
import dev.zhanggui.portal.tradinghours.MaintenancePlanner.Touch;
import dev.zhanggui.portal.tradinghours.MaintenancePlanner.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaintenancePlannerTest {

    private static final Instant DAY = Instant.parse("2026-03-16T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration HALF = Duration.ofMinutes(30);

    @Test
    void theMiddleOfTheNightIsFoundBetweenClosingAndTheGuard() {
        var open = List.of(new Interval(at(0, 0), at(14, 0)), new Interval(at(25, 0), at(38, 0)));
        // Starts from 14:00 to 23:30 are free; the middle is 18:45.
        assertThat(propose(HOUR, at(0, 0), at(30, 0), List.of(open)))
                .containsExactly(new Proposal(window(18, 45, HOUR), 1));
    }

    @Test
    void aNightThatFitsExactlyIsFoundAndOneMinuteLessIsNot() {
        var fits = List.of(new Interval(at(0, 0), at(14, 7)), new Interval(at(15, 37), at(30, 0)));
        assertThat(propose(HOUR, at(1, 0), at(20, 0), List.of(fits)))
                .containsExactly(new Proposal(window(14, 7, HOUR), 1));
        var tooShort = List.of(new Interval(at(0, 0), at(14, 7)), new Interval(at(15, 36), at(30, 0)));
        assertThat(propose(HOUR, at(1, 0), at(20, 0), List.of(tooShort))
                        .getFirst()
                        .free())
                .isZero();
    }

    @Test
    void theWindowThatFreesMoreStoresComesFirstThenTheEarlier() {
        var day = List.of(new Interval(at(8, 0), at(20, 0)), new Interval(at(32, 0), at(44, 0)));
        var night = List.of(
                new Interval(at(0, 0), at(6, 0)),
                new Interval(at(20, 0), at(30, 0)),
                new Interval(at(44, 0), at(60, 0)));
        var proposals = propose(HALF, at(0, 0), at(48, 0), List.of(day, night));
        // Both are closed from 6:00, half an hour and the guard before 8:00; and the next morning again.
        assertThat(proposals.subList(0, 2))
                .containsExactly(new Proposal(window(6, 30, HALF), 2), new Proposal(window(30, 30, HALF), 2));
    }

    @Test
    void whereNobodyIsFreeTheProposalSaysSo() {
        var always = List.of(new Interval(at(0, 0), at(100, 0)));
        assertThat(propose(HOUR, at(1, 0), at(20, 0), List.of(always)))
                .singleElement()
                .satisfies(it -> assertThat(it.free()).isZero());
    }

    @Test
    void aTouchNamesTheOpenTimeAndTheOpeningInsideTheGuard() {
        var open = List.of(new Interval(at(9, 0), at(12, 0)), new Interval(at(13, 20), at(18, 0)));
        var early = new Interval(at(11, 30), at(13, 0));
        assertThat(MaintenancePlanner.touch(early, open, HALF))
                .contains(new Touch(HALF, List.of(new Interval(at(11, 30), at(12, 0))), at(13, 20)));
        assertThat(MaintenancePlanner.touch(new Interval(at(12, 0), at(12, 50)), open, HALF))
                .isEmpty();
        assertThat(MaintenancePlanner.touch(new Interval(at(12, 0), at(12, 51)), open, HALF))
                .contains(new Touch(Duration.ZERO, List.of(), at(13, 20)));
    }

    @Test
    void aWishThatHoldsNoWindowIsRefused() {
        assertThatThrownBy(() -> new Wish(HOUR, at(1, 0), at(1, 59), HALF))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wish(Duration.ZERO, at(1, 0), at(2, 0), HALF))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(propose(HOUR, at(1, 0), at(2, 0), List.of(List.of())))
                .containsExactly(new Proposal(window(1, 0, HOUR), 1));
    }

    /** Against counting at every minute, over random stores. */
    @Test
    void noProposalClaimsAnOpenStoreAndNoMinuteIsBetter() {
        var random = new Random(20260316);
        for (int round = 0; round < 400; round++) {
            var stores = stores(random);
            var duration = Duration.ofMinutes(1 + random.nextInt(240));
            var guard = Duration.ofMinutes(random.nextInt(90));
            var earliest = at(random.nextInt(24), random.nextInt(60));
            var latest = earliest.plus(duration).plus(Duration.ofMinutes(random.nextInt(2 * 1440)));
            var wish = new Wish(duration, earliest, latest, guard);
            var known = stores.stream()
                    .map(it -> clipped(it, earliest, wish.lookUntil()))
                    .toList();
            var proposals = MaintenancePlanner.propose(wish, known, 3);
            assertThat(proposals).isNotEmpty();
            for (var proposal : proposals) {
                var window = proposal.window();
                assertThat(Duration.between(window.start(), window.end())).isEqualTo(duration);
                assertThat(window.start()).isAfterOrEqualTo(earliest);
                assertThat(window.end()).isBeforeOrEqualTo(latest);
                assertThat(proposal.free()).isEqualTo(free(stores, window.start(), duration, guard));
                assertThat(known.stream()
                                .filter(it -> MaintenancePlanner.touch(window, it, guard)
                                        .isEmpty())
                                .count())
                        .isEqualTo(proposal.free());
            }
            for (int i = 1; i < proposals.size(); i++) {
                assertThat(proposals.get(i).free())
                        .isLessThanOrEqualTo(proposals.get(i - 1).free());
            }
            int best = 0;
            for (var start = earliest;
                    !start.plus(duration).isAfter(latest);
                    start = start.plus(Duration.ofMinutes(1))) {
                best = Math.max(best, free(stores, start, duration, guard));
            }
            assertThat(proposals.getFirst().free()).isEqualTo(best);
        }
    }

    /** Slow and obvious: a store is free when each minute of the window and of the guard after it is closed. */
    private static int free(List<List<Interval>> stores, Instant start, Duration duration, Duration guard) {
        int free = 0;
        for (var store : stores) {
            boolean closed = true;
            for (var minute = start;
                    minute.isBefore(start.plus(duration).plus(guard));
                    minute = minute.plusSeconds(60)) {
                for (var interval : store) {
                    closed &= minute.isBefore(interval.start()) || !minute.isBefore(interval.end());
                }
            }
            free += closed ? 1 : 0;
        }
        return free;
    }

    private static List<List<Interval>> stores(Random random) {
        var stores = new ArrayList<List<Interval>>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            var open = new ArrayList<Interval>();
            int minute = random.nextInt(900);
            while (minute < 4 * 1440) {
                int end = minute + 1 + random.nextInt(720);
                open.add(new Interval(at(0, minute), at(0, end)));
                minute = end + 1 + random.nextInt(900);
            }
            stores.add(open);
        }
        return stores;
    }

    private static List<Interval> clipped(List<Interval> open, Instant from, Instant until) {
        return open.stream()
                .filter(it -> it.start().isBefore(until) && it.end().isAfter(from))
                .map(it -> new Interval(
                        it.start().isBefore(from) ? from : it.start(), it.end().isAfter(until) ? until : it.end()))
                .toList();
    }

    private static List<Proposal> propose(
            Duration duration, Instant earliest, Instant latest, List<List<Interval>> open) {
        return MaintenancePlanner.propose(new Wish(duration, earliest, latest, HALF), open, 3);
    }

    private static Interval window(int hour, int minute, Duration duration) {
        return new Interval(at(hour, minute), at(hour, minute).plus(duration));
    }

    private static Instant at(int hour, int minute) {
        return DAY.plus(Duration.ofMinutes(hour * 60L + minute));
    }
}
