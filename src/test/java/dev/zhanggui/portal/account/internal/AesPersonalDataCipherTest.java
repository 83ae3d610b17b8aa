package dev.zhanggui.portal.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.shared.PersonalDataCipher;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AesPersonalDataCipherTest {

    private static final String KEY_ONE = key(1);
    private static final String KEY_TWO = key(2);
    private static final String INDEX = key(9);

    private static String key(int fill) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static PersonalDataCipher cipher(String data) {
        return new AesPersonalDataCipher(PortalKeys.of(data, INDEX, false));
    }

    @Test
    void aValueComesBackAndLooksDifferentEveryTime() {
        var cipher = cipher(KEY_ONE);
        var first = cipher.encrypt("account.phone", "+8613812345678");
        var second = cipher.encrypt("account.phone", "+8613812345678");

        assertThat(first).isNotEqualTo(second);
        assertThat(cipher.decrypt("account.phone", first)).isEqualTo("+8613812345678");
    }

    @Test
    void aValueMovedToAnotherColumnDoesNotDecrypt() {
        var cipher = cipher(KEY_ONE);
        var phone = cipher.encrypt("account.phone", "+8613812345678");

        assertThatThrownBy(() -> cipher.decrypt("application.phone", phone))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A value in application.phone does not decrypt");
    }

    @Test
    void everyChangedByteIsNoticed() {
        var cipher = cipher(KEY_ONE);
        var sealed = cipher.encrypt("c", "text");
        for (int i = 0; i < sealed.length; i++) {
            var broken = sealed.clone();
            broken[i] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt("c", broken)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void afterARotationOldValuesStillDecryptAndNewOnesCarryTheNewNumber() {
        var old = cipher("1:" + KEY_ONE).encrypt("c", "old");
        var rotated = cipher("2:" + KEY_TWO + ",1:" + KEY_ONE);
        var fresh = rotated.encrypt("c", "new");

        assertThat(rotated.decrypt("c", old)).isEqualTo("old");
        assertThat(fresh[2]).isEqualTo((byte) 2);
        assertThat(rotated.decrypt("c", fresh)).isEqualTo("new");
    }

    @Test
    void aKeyThatIsGoneIsNamed() {
        var old = cipher("1:" + KEY_ONE).encrypt("c", "old");

        assertThatThrownBy(() -> cipher("2:" + KEY_TWO).decrypt("c", old))
                .hasMessage("Data key 1 is not in ZHANGGUI_DATA_KEY");
    }

    @Test
    void theBlindIndexIsEqualForEqualTextInOneColumnOnlyAndSurvivesARotation() {
        var cipher = cipher(KEY_ONE);

        assertThat(cipher.blindIndex("a", "x"))
                .hasSize(32)
                .isEqualTo(cipher("2:" + KEY_TWO).blindIndex("a", "x"));
        assertThat(cipher.blindIndex("a", "x")).isNotEqualTo(cipher.blindIndex("b", "x"));
        assertThat(cipher.blindIndex("a", "x")).isNotEqualTo(cipher.blindIndex("a", "y"));
    }

    @Test
    void productionRefusesToStartWithoutKeys() {
        assertThatThrownBy(() -> PortalKeys.of("", "", false))
                .isInstanceOf(WrongConfigurationException.class)
                .hasMessageStartingWith("ZHANGGUI_DATA_KEY is not set");
        assertThatThrownBy(() -> PortalKeys.of(KEY_ONE, "", false))
                .isInstanceOf(WrongConfigurationException.class)
                .hasMessageStartingWith("ZHANGGUI_INDEX_KEY is not set");
        assertThatThrownBy(() -> PortalKeys.of("short", INDEX, false))
                .isInstanceOf(WrongConfigurationException.class)
                .hasMessageStartingWith("ZHANGGUI_DATA_KEY is not 32 bytes");
    }

    @Test
    void productionRefusesTheDevelopmentKeysEvenWhenTheyAreTypedIn() {
        var demo = PortalKeys.of("", "", true);
        var data = Base64.getEncoder().encodeToString(demo.data(1));
        var index = Base64.getEncoder().encodeToString(demo.index());

        assertThatThrownBy(() -> PortalKeys.of(data, INDEX, false))
                .isInstanceOf(WrongConfigurationException.class)
                .hasMessageStartingWith("The development keys protect nothing");
        assertThatThrownBy(() -> PortalKeys.of(KEY_ONE, index, false)).isInstanceOf(WrongConfigurationException.class);
    }
}
