package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeSignerTest {

    private static final String KEY = "a key of thirty-two bytes - or so!";
    private static final String OTHER_KEY = "another key of thirty-two bytes!!!";

    private final CodeSigner signer = new CodeSigner(CodeKeys.parse(KEY), "production");

    @Test
    void what_it_made_it_accepts_and_never_makes_twice() {
        var made = new HashSet<String>();
        for (int i = 0; i < 5_000; i++) {
            var code = signer.next();
            assertThat(signer.isGenuine(code)).as(code).isTrue();
            assertThat(code).matches("1[0-9a-hjkmnp-tv-z]{21}");
            assertThat(made.add(code)).isTrue();
        }
    }

    @Test
    void a_guess_has_more_than_eighty_bits_to_hit() {
        int bits = 5 * (CodeSigner.RANDOM_CHARS + CodeSigner.TAG_CHARS);
        int millionCodes = 20;
        assertThat(bits - millionCodes).isGreaterThan(80);
        assertThat(signer.next()).hasSize(1 + bits / 5);
    }

    @Test
    void any_single_flipped_bit_is_refused() {
        for (int round = 0; round < 50; round++) {
            var code = signer.next();
            for (int i = 0; i < code.length(); i++) {
                for (int bit = 0; bit < 16; bit++) {
                    var flipped = code.toCharArray();
                    flipped[i] ^= (char) (1 << bit);
                    assertThat(signer.isGenuine(new String(flipped)))
                            .as("%s, char %s, bit %s", code, i, bit)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void every_prefix_and_every_extension_is_refused() {
        var code = signer.next();
        for (int length = 0; length < code.length(); length++) {
            assertThat(signer.isGenuine(code.substring(0, length))).isFalse();
            assertThat(signer.isGenuine(code.substring(length + 1))).isFalse();
        }
        assertThat(signer.isGenuine(code + "0")).isFalse();
        assertThat(signer.isGenuine(code + "\0")).isFalse();
        assertThat(signer.isGenuine(" " + code)).isFalse();
        assertThat(signer.isGenuine(code + code)).isFalse();
    }

    @Test
    void upper_case_is_another_text() {
        assertThat(signer.isGenuine("10000000000000" + signer.next().substring(14)))
                .isFalse();
        assertThat(signer.isGenuine("1abcdefghjkmnp" + signer.next().substring(14)))
                .isFalse();
        assertThat(signer.isGenuine("1a" + signer.next().substring(2).toUpperCase(Locale.ROOT)))
                .isFalse();
    }

    @Test
    void a_code_of_another_environment_or_key_is_refused() {
        var code = signer.next();
        assertThat(new CodeSigner(CodeKeys.parse(KEY), "demo").isGenuine(code)).isFalse();
        assertThat(new CodeSigner(CodeKeys.parse(OTHER_KEY), "production").isGenuine(code))
                .isFalse();
        assertThat(new CodeSigner(CodeKeys.parse(KEY), "production").isGenuine(code))
                .isTrue();
    }

    @Test
    void after_a_rotation_old_codes_stay_good_until_their_key_is_dropped() {
        var old = signer.next();
        var rotated = new CodeSigner(CodeKeys.parse("2:" + OTHER_KEY + ",1:" + KEY), "production");
        var fresh = rotated.next();

        assertThat(fresh).startsWith("2");
        assertThat(rotated.isGenuine(fresh)).isTrue();
        assertThat(rotated.isGenuine(old)).isTrue();
        assertThat(signer.isGenuine(fresh)).isFalse();

        var afterwards = new CodeSigner(CodeKeys.parse("2:" + OTHER_KEY), "production");
        assertThat(afterwards.isGenuine(fresh)).isTrue();
        assertThat(afterwards.isGenuine(old)).isFalse();
    }

    @Test
    void a_code_cannot_pass_for_one_of_another_key() {
        var both = new CodeSigner(CodeKeys.parse("1:" + KEY + ",2:" + KEY), "production");
        var code = both.next();

        assertThat(both.isGenuine(code)).isTrue();
        for (char number : "0123456789abcdefghjkmnpqrstvwxyz!\u00ff\u4e00".toCharArray()) {
            assertThat(both.isGenuine(number + code.substring(1)))
                    .as("%s", number)
                    .isEqualTo(number == '1');
        }
    }

    @Test
    void half_of_one_code_and_half_of_another_is_refused() {
        assertThat(signer.isGenuine(
                        signer.next().substring(0, 14) + signer.next().substring(14)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "1:short",
                "0:a key of thirty-two bytes - or so!",
                "32:a key of thirty-two bytes - or so!",
                ":a key of thirty-two bytes - or so!",
                "x:a key of thirty-two bytes - or so!",
                "1:a key of thirty-two bytes - or so!,1:another key of thirty-two bytes!!!",
                "a key of thirty-two bytes - or so!,another key of thirty-two bytes!!!"
            })
    void short_keys_and_numbers_that_are_missing_wrong_or_doubled_are_refused(String keys) {
        assertThatIllegalArgumentException().isThrownBy(() -> CodeKeys.parse(keys));
    }

    @Test
    void keys_do_not_show_in_a_log_and_the_environment_has_a_name() {
        assertThat(CodeKeys.parse(KEY).toString()).doesNotContain(KEY);
        assertThat(CodeKeys.parse("7:" + KEY)).isEqualTo(new CodeKeys(List.of(new CodeKeys.Key(7, KEY))));
        assertThatIllegalArgumentException().isThrownBy(() -> new CodeSigner(CodeKeys.parse(KEY), " "));
    }
}
