package dev.zhanggui.portal.onboarding.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeskDecisionsTest {

    private final DeskDecisions decisions =
            new DeskDecisions(List.<ApplicationPart>of(Field.LEGAL_NAME, Field.RESIDENT_ID, Field.ADDRESS));

    @Test
    void theCursorStopsAtBothEnds() {
        decisions.move(-1);
        assertThat(decisions.current()).contains(Field.LEGAL_NAME);
        decisions.move(5);
        assertThat(decisions.current()).contains(Field.ADDRESS);
    }

    @Test
    void fixesComeInTheOrderOfThePartsAndOnlyWithASentence() {
        decisions.giveBack(Field.ADDRESS, " 请写到门牌号。 ");
        decisions.giveBack(Field.LEGAL_NAME, "请照身份证填。");
        decisions.giveBack(Field.RESIDENT_ID, "  ");

        assertThat(decisions.fixes())
                .containsExactly(new Fix(Field.LEGAL_NAME, "请照身份证填。"), new Fix(Field.ADDRESS, "请写到门牌号。"));
    }

    @Test
    void passingTakesAFixBack() {
        decisions.giveBack(Field.ADDRESS, "请写到门牌号。");
        decisions.pass(Field.ADDRESS);

        assertThat(decisions.fixes()).isEmpty();
        assertThat(decisions.isPassed(Field.ADDRESS)).isTrue();
    }

    @Test
    void nothingToDecideHasNoCursor() {
        var none = new DeskDecisions(List.of());
        none.move(1);
        assertThat(none.current()).isEmpty();
    }
}
