package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class CodeSignerTest {

    private static final byte[] KEY = "a key of thirty-two bytes, or so!".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER_KEY = "another key of thirty-two bytes!!".getBytes(StandardCharsets.UTF_8);

    private final CodeSigner signer = new CodeSigner(KEY, "production");

    @Test
    void what_it_made_it_accepts_and_never_makes_twice() {
        var made = new HashSet<String>();
        for (int i = 0; i < 5_000; i++) {
            var code = signer.next();
            assertThat(signer.isGenuine(code)).as(code).isTrue();
            assertThat(code).matches("[0-9a-hjkmnp-tv-z]{21}");
            assertThat(made.add(code)).isTrue();
        }
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
        }
        assertThat(signer.isGenuine(code + "0")).isFalse();
        assertThat(signer.isGenuine(code + "\0")).isFalse();
        assertThat(signer.isGenuine(" " + code)).isFalse();
        assertThat(signer.isGenuine(code + code)).isFalse();
    }

    @Test
    void upper_case_is_another_text() {
        assertThat(signer.isGenuine("0000000000000" + signer.next().substring(13)))
                .isFalse();
        assertThat(signer.isGenuine(signer.next().toUpperCase(java.util.Locale.ROOT)))
                .isFalse();
    }

    @Test
    void a_code_of_another_environment_or_key_is_refused() {
        var code = signer.next();
        assertThat(new CodeSigner(KEY, "demo").isGenuine(code)).isFalse();
        assertThat(new CodeSigner(OTHER_KEY, "production").isGenuine(code)).isFalse();
        assertThat(new CodeSigner(KEY, "production").isGenuine(code)).isTrue();
    }

    @Test
    void half_of_one_code_and_half_of_another_is_refused() {
        assertThat(signer.isGenuine(
                        signer.next().substring(0, 13) + signer.next().substring(13)))
                .isFalse();
    }

    @Test
    void a_short_key_or_a_nameless_environment_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CodeSigner(new byte[31], "production"));
        assertThatIllegalArgumentException().isThrownBy(() -> new CodeSigner(KEY, " "));
    }
}
