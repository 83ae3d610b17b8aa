package dev.zhanggui.portal.ordering;

import static dev.zhanggui.portal.ordering.Carrier.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.ordering.Carrier.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarrierTest {

    @ParameterizedTest
    @CsvSource({
        "SF, SF1234567890123",
        "SF, 123456789012",
        "JD, JDVA12345678901",
        "EMS, 1234567890123",
        "EMS, RB123456785CN",
        "YTO, YT1234567890123",
        "ZTO, 73123456789012",
        "YUNDA, 312345678901234",
        "STO, 77123456789012",
        "JT, JT1234567890123",
        "DEPPON, DPK123456789012",
        "OTHER, ABC12345"
    })
    void knowsTheShapesInUse(Carrier carrier, String number) {
        assertThat(carrier.look(number)).isEqualTo(Look.PLAUSIBLE);
    }

    @ParameterizedTest
    @CsvSource({"SF, YT1234567890123", "JT, JT123", "ZTO, 7212345678901X", "OTHER, 1234567"})
    void findsOtherShapesUnusual(Carrier carrier, String number) {
        assertThat(carrier.look(number)).isEqualTo(Look.UNUSUAL);
    }

    @Test
    void doubtsAnInternationalNumberWithAWrongCheckDigit() {
        assertThat(EMS.look("RB123456786CN")).isEqualTo(Look.CHECK_DIGIT);
    }

    @Test
    void guessesTheCarrierFromItsPrefix() {
        assertThat(guess("SF1234567890123")).isEqualTo(SF);
        assertThat(guess("JT1234567890123")).isEqualTo(JT);
        assertThat(guess("HELLO")).isEqualTo(OTHER);
    }

    @Test
    void normalisesCaseAndBlanks() {
        assertThat(normalise(" sf 1234 567890123 ")).isEqualTo("SF1234567890123");
    }
}
