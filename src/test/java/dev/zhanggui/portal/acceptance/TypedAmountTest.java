package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.TypedAmount.Flaw;
import dev.zhanggui.portal.shared.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedAmountTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            38        | 3800
            38.5      | 3850
            38.50     | 3850
            38.       | 3800
            .5        | 50
            0.01      | 1
            007       | 700
            1,234.50  | 123450
            ¥38       | 3800
            ￥ 38.00  | 3800
            38 元      | 3800
            ３８．５    | 3850
            38.500    | 3850
            1000000   | 100000000
            """)
    void reads_what_people_type(String typed, long fen) {
        assertThat(TypedAmount.read(typed)).isEqualTo(new TypedAmount.Amount(new Money(fen)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | MISSING
            ¥                      | MISSING
            '  '                   | MISSING
            abc                    | NOT_A_NUMBER
            -5                     | NOT_A_NUMBER
            1e3                    | NOT_A_NUMBER
            1,23                   | NOT_A_NUMBER
            1.2.3                  | NOT_A_NUMBER
            .                      | NOT_A_NUMBER
            三十八                  | NOT_A_NUMBER
            999999999999999999999  | NOT_A_NUMBER
            0                      | ZERO
            0.00                   | ZERO
            38.005                 | TOO_FINE
            1000000.01             | TOO_LARGE
            """)
    void says_what_is_wrong_with_the_rest(String typed, Flaw flaw) {
        assertThat(TypedAmount.read(typed)).isEqualTo(new TypedAmount.Unfit(flaw));
    }
}
