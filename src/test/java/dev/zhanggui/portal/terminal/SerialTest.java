package dev.zhanggui.portal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.shared.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialTest {

    @Test
    void isNormalisedAsPrinted() {
        assertThat(Serial.check(" zp5a2611 0391 ")).isEqualTo(Checked.valid(new Serial("ZP5A26110391")));
        assertThat(new Serial("ZP5A26110391").tail()).isEqualTo("0391");
    }

    @ParameterizedTest
    @CsvSource({"'', empty", "ABC12, length", "ABC_123, characters", "-ABC123, characters", "序列号123456, characters"})
    void saysWhatIsWrong(String text, String reason) {
        assertThat(Serial.check(text)).isEqualTo(Checked.invalid(reason));
    }

    @Test
    void isNoLongerThanThirtyTwo() {
        assertThat(Serial.check("A".repeat(32)).isValid()).isTrue();
        assertThat(Serial.check("A".repeat(33))).isEqualTo(Checked.invalid("length"));
        assertThat(Serial.check("A".repeat(10_000))).isEqualTo(Checked.invalid("length"));
    }
}
