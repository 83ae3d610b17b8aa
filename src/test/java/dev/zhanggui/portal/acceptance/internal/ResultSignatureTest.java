package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.support.TestAcquirer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultSignatureTest {

    private static final Instant NOW = Instant.parse("2026-03-16T02:00:00Z");
    private static final String ONE = "one key of at least thirty-two characters";
    private static final String OTHER = "another key of at least thirty-two characters";
    private static final List<String> BOTH = List.of(ONE, OTHER);
    private static final byte[] BODY = "{\"order\":\"01\"}".getBytes(StandardCharsets.UTF_8);

    private static boolean passes(@Nullable String header, byte[] body, List<String> keys, Instant now) {
        var read = ResultSignature.read(header);
        return read != null && read.isTimely(now) && read.isOf(body, keys);
    }

    @Property(tries = 200, seed = "1")
    void what_was_signed_by_one_of_the_keys_passes(@ForAll @Size(max = 300) byte[] body, @ForAll boolean first) {
        var header = TestAcquirer.signature(NOW, body, first ? ONE : OTHER);
        assertThat(passes(header, body, BOTH, NOW)).isTrue();
        assertThat(passes(header, body, List.of(first ? ONE : OTHER), NOW)).isTrue();
        assertThat(passes(header, body, List.of(first ? OTHER : ONE), NOW)).isFalse();
        assertThat(passes(header, body, List.of(), NOW)).isFalse();
    }

    @Property(tries = 200, seed = "2")
    void while_keys_change_a_signer_may_sign_with_both_and_either_side_be_first(@ForAll @Size(max = 50) byte[] body) {
        var both = TestAcquirer.signature(NOW, body, OTHER, ONE);
        assertThat(passes(both, body, List.of(ONE), NOW)).isTrue();
        assertThat(passes(both, body, List.of(OTHER), NOW)).isTrue();
        assertThat(passes(both, body, List.of("a third key of at least thirty-two characters"), NOW))
                .isFalse();
    }

    @Property(tries = 500, seed = "3")
    void a_flipped_bit_of_the_body_is_refused(
            @ForAll @Size(min = 1, max = 300) byte[] body, @ForAll @IntRange(max = 299) int at) {
        var header = TestAcquirer.signature(NOW, body, ONE);
        var flipped = body.clone();
        flipped[at % body.length] ^= (byte) (1 << (at % 8));
        assertThat(passes(header, flipped, BOTH, NOW)).isFalse();
    }

    @Property(tries = 1_000, seed = "4")
    void a_flipped_bit_of_the_header_is_refused(
            @ForAll @IntRange(max = 79) int at, @ForAll @IntRange(max = 6) int bit) {
        var header = TestAcquirer.signature(NOW, BODY, ONE);
        var flipped = header.toCharArray();
        flipped[at % header.length()] ^= (char) (1 << bit);
        assertThat(passes(new String(flipped), BODY, BOTH, NOW)).isFalse();
    }

    @Property(tries = 300, seed = "5")
    void five_minutes_either_way_pass_and_no_second_more(@ForAll @LongRange(min = -100_000, max = 100_000) long off) {
        var header = TestAcquirer.signature(NOW.plusSeconds(off), BODY, ONE);
        assertThat(passes(header, BODY, BOTH, NOW)).isEqualTo(Math.abs(off) <= 300);
    }

    @Test
    void the_edges_of_the_window_are_inside() {
        assertThat(passes(TestAcquirer.signature(NOW.minusSeconds(300), BODY, ONE), BODY, BOTH, NOW))
                .isTrue();
        assertThat(passes(TestAcquirer.signature(NOW.minusSeconds(301), BODY, ONE), BODY, BOTH, NOW))
                .isFalse();
        assertThat(passes(TestAcquirer.signature(NOW.plusSeconds(300), BODY, ONE), BODY, BOTH, NOW))
                .isTrue();
        assertThat(passes(TestAcquirer.signature(NOW.plusSeconds(301), BODY, ONE), BODY, BOTH, NOW))
                .isFalse();
    }

    @Test
    void what_is_no_signature_is_refused() {
        var good = TestAcquirer.signature(NOW, BODY, ONE);
        var hex = good.substring(good.indexOf("v1=") + 3);
        var seconds = Long.toString(NOW.getEpochSecond());
        for (var header : List.of(
                "",
                hex,
                "v1=" + hex,
                "t=" + seconds,
                "t=" + seconds + ",v1=",
                "t=" + seconds + ",v1=" + hex.substring(1),
                "t=" + seconds + ",v2=" + hex,
                "t=" + seconds + "," + good,
                "t=+" + seconds + ",v1=" + hex,
                "t=9999999999999999999,v1=" + hex,
                "t=" + seconds + ",v1=" + hex.toUpperCase(Locale.ROOT),
                good + ",v1=x",
                good + " ".repeat(1_000))) {
            assertThat(passes(header, BODY, BOTH, NOW)).as(header).isFalse();
        }
        assertThat(passes(null, BODY, BOTH, NOW)).isFalse();
        // What a later scheme adds is passed over.
        assertThat(passes("t=" + seconds + ", v2=abc, v1=" + hex, BODY, BOTH, NOW))
                .isTrue();
    }

    @Test
    void it_is_what_openssl_makes() {
        var read = Objects.requireNonNull(ResultSignature.read(
                "t=1764064800,v1=88d436331937cce5ef2feb4116cdc4d29308062d42dd5c9c72734065f872508a"));
        assertThat(read.isOf(BODY, List.of(ONE))).isTrue();
    }
}
