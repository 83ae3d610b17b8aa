package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.internal.Policies.Views;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which word a terminal goes by, while one rollout or several about the same are on their way. */
class PoliciesTest {

    private static final Instant FIRST = Instant.parse("2026-03-16T02:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-03-17T02:00:00Z");
    private static final long ME = 1;

    @Test
    void withoutARolloutEverythingIsTheNewest() {
        assertThat(new Views(List.of(), Map.of(), List.of()).of(ME)).isEqualTo(Held.NOTHING);
    }

    @Test
    void theEarlierWordHoldsUntilTheTerminalsTurnAndForOneThatHasNone() {
        for (var state :
                List.of(RolloutState.RUNNING, RolloutState.PAUSED, RolloutState.HALTED, RolloutState.STOPPED)) {
            var rollout = calendar(10, state, FIRST);
            assertThat(held(rollout, Turn.WAITING).calendar()).as(state.name()).isEqualTo(FIRST);
            assertThat(held(rollout, null).calendar()).as(state.name()).isEqualTo(FIRST);
            for (var turn : List.of(
                    Turn.SENDING, Turn.APPLIED, Turn.UNCHANGED, Turn.REFUSED, Turn.SILENT, Turn.RESTING, Turn.GONE)) {
                assertThat(held(rollout, turn).calendar())
                        .as(state + " " + turn)
                        .isNull();
            }
        }
    }

    @Test
    void whenAllGroupsHavePassedOnlyThoseWhoWereAwayAreHeld() {
        var done = calendar(10, RolloutState.DONE, FIRST);
        assertThat(held(done, Turn.WAITING).calendar()).isEqualTo(FIRST);
        assertThat(held(done, null).calendar()).isNull();
        assertThat(held(done, Turn.APPLIED).calendar()).isNull();
    }

    @Test
    void aRevertedRolloutHoldsEverybody() {
        var reverted = calendar(10, RolloutState.REVERTED, FIRST);
        for (var turn : Turn.values()) {
            assertThat(held(reverted, turn).calendar()).isEqualTo(FIRST);
        }
        assertThat(held(reverted, null).calendar()).isEqualTo(FIRST);
    }

    @Test
    void ofTwoAboutTheSameTheNewestThatHasComeHolds() {
        var chain = List.of(calendar(10, RolloutState.SUPERSEDED, FIRST), calendar(11, RolloutState.RUNNING, SECOND));
        assertThat(held(chain, Map.of()).calendar()).isEqualTo(FIRST);
        assertThat(held(chain, Map.of(10L, Map.of(ME, Turn.APPLIED))).calendar())
                .isEqualTo(SECOND);
        assertThat(held(chain, Map.of(11L, Map.of(ME, Turn.SENDING))).calendar())
                .isNull();
        assertThat(held(chain, Map.of(10L, Map.of(ME, Turn.WAITING), 11L, Map.of(ME, Turn.WAITING)))
                        .calendar())
                .isEqualTo(FIRST);
    }

    @Test
    void aPackIsHeldForTheIndustriesItSpeaksFor() {
        var pack = rollout(10, RolloutKind.PACK, RolloutState.RUNNING, FIRST);
        pack.setIndustries("hospital,clinic");
        assertThat(held(List.of(pack), Map.of()).packs()).isEqualTo(Map.of("hospital", FIRST, "clinic", FIRST));
        assertThat(held(List.of(pack), Map.of(10L, Map.of(ME, Turn.SENDING))).packs())
                .isEmpty();
    }

    @Test
    void theScreenShowsWhatHasComeElseWhatItShowedBefore() {
        var old = screen(10, RolloutState.DONE, null, "旧话");
        var fresh = screen(11, RolloutState.RUNNING, "旧话", "新话");
        assertThat(held(List.of(old, fresh), Map.of()).notice()).isEqualTo(new Words("旧话", "旧话"));
        assertThat(held(List.of(old, fresh), Map.of(11L, Map.of(ME, Turn.SENDING)))
                        .notice())
                .isEqualTo(new Words("新话", "新话"));
        assertThat(held(List.of(screen(10, RolloutState.REVERTED, "先前", "撤回的")), Map.of())
                        .notice())
                .isEqualTo(new Words("先前", "先前"));
        assertThat(held(List.of(old, screen(11, RolloutState.DONE, "旧话", null)), Map.of())
                        .notice())
                .isNull();
    }

    private static RolloutRecord screen(long id, RolloutState state, @Nullable String before, @Nullable String words) {
        var rollout = rollout(id, RolloutKind.SCREEN, state, FIRST);
        rollout.setBeforeZh(before);
        rollout.setBeforeEn(before);
        rollout.setWordsZh(words);
        rollout.setWordsEn(words);
        return rollout;
    }

    private static RolloutRecord calendar(long id, RolloutState state, Instant before) {
        return rollout(id, RolloutKind.CALENDAR, state, before);
    }

    private static RolloutRecord rollout(long id, RolloutKind kind, RolloutState state, Instant before) {
        var rollout = new RolloutRecord();
        rollout.setId(id);
        rollout.setKind(kind.name());
        rollout.setState(state.name());
        rollout.setBeforeAt(before);
        return rollout;
    }

    private static Held held(RolloutRecord rollout, @Nullable Turn turn) {
        return held(List.of(rollout), turn == null ? Map.of() : Map.of(rollout.getId(), Map.of(ME, turn)));
    }

    private static Held held(List<RolloutRecord> chain, Map<Long, Map<Long, Turn>> turns) {
        return new Views(List.of(chain), turns, List.of()).of(ME);
    }
}
