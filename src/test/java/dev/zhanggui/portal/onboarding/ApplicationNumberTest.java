package dev.zhanggui.portal.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationNumberTest {

    @Test
    void readsWhatAPersonTypes() {
        assertThat(ApplicationNumber.parse("  zg2611-0457 ")).contains(new ApplicationNumber("ZG2611-0457"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ZG2611",
                "ZG2611-045",
                "ZG2611-04571234567",
                "ZO2611-0457",
                "ZG26110457",
                "ZG2611-04a7",
                "ZG2611-０４５７"
            })
    void refusesWhatIsNone(String typed) {
        assertThat(ApplicationNumber.parse(typed)).isEmpty();
        assertThatThrownBy(() -> new ApplicationNumber(typed)).isInstanceOf(IllegalArgumentException.class);
    }
}
