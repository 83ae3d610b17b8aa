package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.portal.configuration.Rollout.Turn.APPLIED;
import static dev.zhanggui.portal.configuration.Rollout.Turn.DARK;
import static dev.zhanggui.portal.configuration.Rollout.Turn.GONE;
import static dev.zhanggui.portal.configuration.Rollout.Turn.REFUSED;
import static dev.zhanggui.portal.configuration.Rollout.Turn.RESTING;
import static dev.zhanggui.portal.configuration.Rollout.Turn.RETURNED;
import static dev.zhanggui.portal.configuration.Rollout.Turn.SENDING;
import static dev.zhanggui.portal.configuration.Rollout.Turn.SILENT;
import static dev.zhanggui.portal.configuration.Rollout.Turn.UNCHANGED;
import static dev.zhanggui.portal.configuration.Rollout.Turn.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.Rollout.Gates;
import dev.zhanggui.portal.configuration.Rollout.Group;
import dev.zhanggui.portal.configuration.Rollout.Halt;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.internal.RolloutGate.Forgiven;
import dev.zhanggui.portal.configuration.internal.RolloutGate.Verdict;
import dev.zhanggui.portal.configuration.internal.RolloutRows.Progress;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RolloutGateTest {

    private static final Instant OPENED = Instant.parse("2026-03-16T02:00:00Z");
    private static final Instant OBSERVED = OPENED.plus(Duration.ofMinutes(10));
    private static final Gates GATES = new Gates(
            99_50,
            20,
            20,
            5_00,
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofHours(2),
            Duration.ofHours(26));
    private static final Forgiven NOTHING = new Forgiven(0, 0, 0);

    @Test
    void a_group_that_proved_itself_passes_when_it_was_observed_long_enough() {
        var group = group(Map.of(APPLIED, 990, UNCHANGED, 8, REFUSED, 1, SILENT, 1));
        assertThat(judge(group, NOTHING, OBSERVED)).isEqualTo(new Verdict.Pass());
        assertThat(judge(group, NOTHING, OBSERVED.minusSeconds(1))).isEqualTo(new Verdict.Wait());
    }

    @Test
    void while_a_connected_terminal_waits_for_its_turn_the_next_group_does_too() {
        var group = group(Map.of(APPLIED, 9, WAITING, 1));
        assertThat(RolloutGate.judge(group, GATES, NOTHING, OPENED, OBSERVED, () -> true))
                .isEqualTo(new Verdict.Wait());
        assertThat(RolloutGate.judge(group, GATES, NOTHING, OPENED, OBSERVED, () -> false))
                .isEqualTo(new Verdict.Pass());
    }

    @Test
    void an_empty_group_passes_at_once() {
        assertThat(judge(group(Map.of()), NOTHING, OPENED)).isEqualTo(new Verdict.Pass());
    }

    @Test
    void less_than_the_share_of_proofs_waits_and_is_late_in_the_end() {
        var group = group(Map.of(APPLIED, 994, SENDING, 6));
        assertThat(judge(group, NOTHING, OBSERVED)).isEqualTo(new Verdict.Wait());
        assertThat(judge(group, NOTHING, OPENED.plus(Duration.ofHours(2)))).isEqualTo(new Verdict.Stop(Halt.LATE));
        assertThat(judge(group(Map.of(APPLIED, 995, SENDING, 5)), NOTHING, OBSERVED))
                .isEqualTo(new Verdict.Pass());
    }

    @Test
    void a_group_of_which_most_are_away_says_nothing_yet() {
        assertThat(judge(group(Map.of(APPLIED, 499, WAITING, 501)), NOTHING, OBSERVED))
                .isEqualTo(new Verdict.Wait());
        assertThat(judge(group(Map.of(APPLIED, 500, WAITING, 500)), NOTHING, OBSERVED))
                .isEqualTo(new Verdict.Pass());
    }

    @Test
    void for_shops_that_are_closed_a_group_waits_over_the_night_and_not_for_ever() {
        var late = OPENED.plus(Duration.ofHours(2));
        var tooLate = OPENED.plus(Duration.ofHours(26));
        for (var group : List.of(
                group(Map.of(WAITING, 1)),
                group(Map.of(APPLIED, 5, RESTING, 5)),
                group(Map.of(RESTING, 3, WAITING, 7)))) {
            assertThat(judge(group, NOTHING, late)).isEqualTo(new Verdict.Wait());
            assertThat(judge(group, NOTHING, tooLate.minusSeconds(1))).isEqualTo(new Verdict.Wait());
            assertThat(judge(group, NOTHING, tooLate)).isEqualTo(new Verdict.Stop(Halt.LATE));
        }
        assertThat(judge(group(Map.of(APPLIED, 5, RESTING, 4, SENDING, 1)), NOTHING, late))
                .isEqualTo(new Verdict.Stop(Halt.LATE));
    }

    @Test
    void one_more_failure_than_the_share_halts_at_once() {
        assertThat(judge(group(Map.of(WAITING, 998, REFUSED, 2)), NOTHING, OPENED))
                .isEqualTo(new Verdict.Wait());
        assertThat(judge(group(Map.of(WAITING, 997, REFUSED, 3)), NOTHING, OPENED))
                .isEqualTo(new Verdict.Stop(Halt.REFUSED));
        assertThat(judge(group(Map.of(WAITING, 997, SILENT, 2, DARK, 1)), NOTHING, OPENED))
                .isEqualTo(new Verdict.Stop(Halt.SILENT));
        assertThat(judge(group(Map.of(APPLIED, 949, GONE, 51)), NOTHING, OPENED))
                .isEqualTo(new Verdict.Stop(Halt.GONE));
        assertThat(judge(group(Map.of(WAITING, 9, REFUSED, 1)), NOTHING, OPENED))
                .isEqualTo(new Verdict.Stop(Halt.REFUSED));
    }

    @Test
    void what_a_person_saw_and_let_go_on_counts_no_more_but_the_next_one_does() {
        var group = group(Map.of(APPLIED, 9, REFUSED, 1));
        assertThat(judge(group, new Forgiven(1, 0, 0), OBSERVED)).isEqualTo(new Verdict.Pass());
        assertThat(judge(group(Map.of(APPLIED, 8, REFUSED, 2)), new Forgiven(1, 0, 0), OBSERVED))
                .isEqualTo(new Verdict.Stop(Halt.REFUSED));
    }

    @Test
    void a_terminal_stands_where_its_own_words_put_it() {
        var now = OPENED.plus(Duration.ofMinutes(4));
        assertThat(turn(SENDING, OPENED, true, false, true, now)).isEqualTo(APPLIED);
        assertThat(turn(SENDING, OPENED, true, false, false, now)).isEqualTo(GONE);
        assertThat(turn(SENDING, OPENED, false, true, true, now)).isEqualTo(REFUSED);
        assertThat(turn(SENDING, OPENED, false, false, false, now)).isEqualTo(DARK);
        assertThat(turn(SENDING, OPENED, false, false, true, now)).isEqualTo(SENDING);
        assertThat(turn(SENDING, OPENED, false, false, true, now.plusSeconds(60)))
                .isEqualTo(SILENT);
        // Late, back, and fallen back.
        assertThat(turn(SILENT, OPENED, true, false, true, now)).isEqualTo(APPLIED);
        assertThat(turn(DARK, OPENED, false, false, true, now)).isEqualTo(SENDING);
        assertThat(turn(RESTING, OPENED, false, false, true, now)).isEqualTo(SENDING);
        assertThat(turn(RESTING, OPENED, false, false, true, now.plus(Duration.ofHours(12))))
                .isEqualTo(SENDING);
        assertThat(turn(RESTING, OPENED, true, false, true, now)).isEqualTo(APPLIED);
        assertThat(turn(RESTING, OPENED, false, false, false, now)).isEqualTo(DARK);
        assertThat(turn(APPLIED, OPENED, false, true, true, now)).isEqualTo(REFUSED);
        // Not compiled yet, or nothing to say.
        assertThat(turn(SENDING, null, true, false, true, now)).isEqualTo(SENDING);
        assertThat(turn(WAITING, null, true, false, true, now)).isEqualTo(WAITING);
        assertThat(turn(UNCHANGED, OPENED, false, true, false, now)).isEqualTo(UNCHANGED);
        assertThat(turn(RETURNED, OPENED, true, false, true, now)).isEqualTo(RETURNED);
    }

    private static Turn turn(
            Turn turn, @Nullable Instant sentAt, boolean runs, boolean refused, boolean online, Instant now) {
        return RolloutDriver.turn(
                new Progress(
                        1,
                        turn,
                        OPENED,
                        true,
                        online,
                        runs,
                        refused,
                        refused ? 401 : null,
                        sentAt,
                        new StoreId(1),
                        null,
                        null),
                GATES.silence(),
                now);
    }

    private static Verdict judge(Group group, Forgiven forgiven, Instant now) {
        return RolloutGate.judge(group, GATES, forgiven, OPENED, now, () -> false);
    }

    private static Group group(Map<Turn, Integer> turns) {
        return new Group(
                1, 1, turns.values().stream().mapToInt(Integer::intValue).sum(), OPENED, null, turns);
    }
}
