package dev.zhanggui.portal.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownCodeTest {

    @Test
    void isReadWhateverTheCaseBlanksAndHyphens() {
        var expected = new ShownCode("ACDE3467");

        assertThat(ShownCode.parse("acde-3467")).contains(expected);
        assertThat(ShownCode.parse(" ACDE 3467 ")).contains(expected);
        assertThat(ShownCode.parse("acde－3467")).contains(expected);
        assertThat(expected.forPeople()).isEqualTo("ACDE-3467");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ACDE346", "ACDE34677", "ACDE346O", "ACDE3461", "ACDE346B", "一二三四五六七八"})
    void isNothingElse(String typed) {
        assertThat(ShownCode.parse(typed)).isEmpty();
    }

    @Test
    void holdsNoneOfThePairsThatPeopleMixUp() {
        assertThat(ShownCode.ALPHABET.chars().mapToObj(Character::toString))
                .doesNotContain("0", "O", "1", "I", "L", "2", "Z", "5", "S", "8", "B", "U")
                .doesNotHaveDuplicates();
        assertThat(ShownCode.parse(ShownCode.random().characters())).isPresent();
    }
}
