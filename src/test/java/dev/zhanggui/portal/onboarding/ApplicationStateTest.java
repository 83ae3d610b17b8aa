package dev.zhanggui.portal.onboarding;

import static dev.zhanggui.portal.onboarding.ApplicationState.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplicationStateTest {

    private static final Map<ApplicationState, Set<ApplicationState>> ARROWS = new EnumMap<>(Map.ofEntries(
            Map.entry(DRAFT, EnumSet.of(SUBMITTED, WITHDRAWN, EXPIRED)),
            Map.entry(SUBMITTED, EnumSet.of(CALL_SCHEDULED, NEEDS_FIX, REJECTED, WITHDRAWN)),
            Map.entry(CALL_SCHEDULED, EnumSet.of(VERIFYING, NEEDS_FIX, REJECTED, WITHDRAWN)),
            Map.entry(VERIFYING, EnumSet.of(RECOMMENDED, NEEDS_FIX, REJECTED, WITHDRAWN)),
            Map.entry(NEEDS_FIX, EnumSet.of(SUBMITTED, WITHDRAWN, EXPIRED)),
            Map.entry(RECOMMENDED, EnumSet.of(OFFER_ACCEPTED, VERIFYING, REJECTED, WITHDRAWN, EXPIRED)),
            Map.entry(OFFER_ACCEPTED, EnumSet.of(APPROVED, REJECTED, WITHDRAWN)),
            Map.entry(APPROVED, EnumSet.noneOf(ApplicationState.class)),
            Map.entry(REJECTED, EnumSet.of(APPEALED)),
            Map.entry(APPEALED, EnumSet.of(VERIFYING, REJECTED, WITHDRAWN)),
            Map.entry(WITHDRAWN, EnumSet.noneOf(ApplicationState.class)),
            Map.entry(EXPIRED, EnumSet.noneOf(ApplicationState.class))));

    @Test
    void everyDrawnArrowIsAllowedAndEveryOtherOneIsRefused() {
        for (var from : values()) {
            for (var to : values()) {
                assertThat(from.canMoveTo(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(ARROWS.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }

    @Test
    void nothingIsApprovedUnlessTheApplicantAcceptedTheOffer() {
        assertThat(Arrays.stream(values()).filter(state -> state.canMoveTo(APPROVED)))
                .containsExactly(OFFER_ACCEPTED);
        assertThat(Arrays.stream(values()).filter(state -> state.canMoveTo(OFFER_ACCEPTED)))
                .containsExactly(RECOMMENDED);
    }

    @Test
    void everyOpenStateCanBeWithdrawnAndNoClosedOneCan() {
        for (var state : values()) {
            assertThat(state.canMoveTo(WITHDRAWN)).as(state.name()).isEqualTo(state.open());
        }
    }

    @Test
    void aStateIsOpenWhileSomebodyHasToAct() {
        assertThat(Arrays.stream(values()).filter(state -> !state.open()))
                .containsExactly(APPROVED, REJECTED, WITHDRAWN, EXPIRED);
    }

    @Test
    void onlyADraftAndWhatNeedsAFixCanBeTyped() {
        assertThat(Arrays.stream(values()).filter(ApplicationState::editable)).containsExactly(DRAFT, NEEDS_FIX);
    }
}
