package dev.zhanggui.portal.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeviceTokensTest {

    private static final String SECRET = "a secret of more than thirty-two characters";

    @Test
    void givesTheSameTerminalTheSameTokenAndEveryOtherOneAnother() {
        var tokens = new DeviceTokens(SECRET, false);
        var token = tokens.token("TID", "key", 1);

        assertThat(new DeviceTokens(SECRET, false).token("TID", "key", 1)).isEqualTo(token);
        assertThat(tokens.matches(token, "TID", "key", 1)).isTrue();
        assertThat(tokens.matches(token, "TIE", "key", 1)).isFalse();
        assertThat(tokens.matches(token, "TID", "kez", 1)).isFalse();
        assertThat(tokens.matches(token, "TID", "key", 2)).isFalse();
        assertThat(new DeviceTokens(SECRET + "!", false).matches(token, "TID", "key", 1))
                .isFalse();
    }

    @Test
    void refusesToStartInProductionWithoutASecretOfItsOwn() {
        assertThatThrownBy(() -> new DeviceTokens("", false)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new DeviceTokens(DeviceTokens.DEVELOPMENT_SECRET, false))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new DeviceTokens("too short", false)).isInstanceOf(IllegalStateException.class);
        assertThat(new DeviceTokens("", true).token("TID", "key", 1)).isNotBlank();
    }
}
