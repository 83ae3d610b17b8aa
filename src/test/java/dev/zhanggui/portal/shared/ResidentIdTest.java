package dev.zhanggui.portal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentIdTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 16);

    @ParameterizedTest
    @ValueSource(strings = {"34052419800101001X", "11010519491231002X", "440524188001010014", " 34052419800101001x "})
    void publishedNumbersHold(String text) {
        var expected = text.strip().toUpperCase(java.util.Locale.ROOT);
        assertThat(ResidentId.check(text, TODAY)).isEqualTo(Checked.valid(new ResidentId(expected)));
    }

    @Test
    void abolishedCountyCodesAndResidencePermitsAreAccepted() {
        assertThat(ResidentId.check(withCheck("11010319490101001"), TODAY).isValid())
                .isTrue();
        assertThat(ResidentId.check(withCheck("81000019900101001"), TODAY).isValid())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "'   ', empty",
        "340524800101001, old15",
        "3405241980010100, length",
        "34052419800101001XX, length",
        "3405241980010100AX, characters",
        "34052419800230001X, date",
        "34052420270101001X, future",
        "99052419800101001X, region",
        "340524198001010011, checksum"
    })
    void eachFaultHasItsOwnReason(String text, String reason) {
        assertThat(ResidentId.check(text, TODAY)).isEqualTo(Checked.invalid(reason));
    }

    @Test
    void anyOneDigitChangedIsNoticed() {
        var number = "34052419800101001X";
        for (int i = 0; i < 17; i++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit != number.charAt(i)) {
                    var changed = number.substring(0, i) + digit + number.substring(i + 1);
                    assertThat(ResidentId.check(changed, TODAY).isValid())
                            .as(changed)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aBirthdayCountsFromItsFirstMinute() {
        var born = new ResidentId(withCheck("34052420080316001"));
        assertThat(born.ageOn(LocalDate.of(2026, 3, 15))).isEqualTo(17);
        assertThat(born.ageOn(LocalDate.of(2026, 3, 16))).isEqualTo(18);
    }

    @Test
    void whoWasBornOnTheLeapDayIsEighteenOnTheFirstOfMarchOfACommonYear() {
        var born = new ResidentId(withCheck("34052420080229001"));
        assertThat(born.ageOn(LocalDate.of(2026, 2, 28))).isEqualTo(17);
        assertThat(born.ageOn(LocalDate.of(2026, 3, 1))).isEqualTo(18);
    }

    @Test
    void theMaskShowsThreeAndFour() {
        assertThat(new ResidentId("11010519491231002X").masked()).isEqualTo("110***********002X");
        assertThat(new ResidentId("11010519491231002X")).hasToString("110***********002X");
    }

    static String withCheck(String seventeen) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (seventeen.charAt(i) - '0') * weights[i];
        }
        return seventeen + "10X98765432".charAt(sum % 11);
    }
}
