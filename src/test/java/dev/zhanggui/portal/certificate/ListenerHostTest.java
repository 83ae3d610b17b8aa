package dev.zhanggui.portal.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.shared.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerHostTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, false",
        "MQTT.Example.com, mqtt.example.com, false",
        "a-1.b2.cn, a-1.b2.cn, false",
        "xn--fiq228c.xn--fiqs8s, xn--fiq228c.xn--fiqs8s, false",
        "127.0.0.1, 127.0.0.1, true",
        "10.20.30.255, 10.20.30.255, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "2001:DB8::7, 2001:db8:0:0:0:0:0:7, true"
    })
    void names_and_addresses_have_one_spelling(String text, String value, boolean isAddress) {
        assertThat(ListenerHost.check(text)).isEqualTo(Checked.valid(new ListenerHost(value, isAddress)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*.example.com",
                "a.*.cn",
                "a b",
                "a..b",
                ".a",
                "a.",
                "-a.cn",
                "a-.cn",
                "a_b.cn",
                "掌柜.cn",
                "a,b",
                "a\nb",
                "mqtt://a",
                "a:1883x",
                "fe80::1%eth0",
                "user@a",
                "a/b"
            })
    void wildcards_and_what_is_no_name_are_refused(String text) {
        assertThat(ListenerHost.check(text)).isEqualTo(Checked.invalid("characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"256.1.1.1", "1.2.3", "1", "127.1", "a.b.1", "::1::2", "1:2", "12345::", "0177.0.0.1"})
    void what_looks_like_an_address_must_be_one(String text) {
        assertThat(ListenerHost.check(text)).isEqualTo(Checked.invalid("address"));
    }

    @Test
    void a_name_has_253_characters_at_most() {
        var label = "a".repeat(49) + ".";
        assertThat(ListenerHost.check(label.repeat(5) + "cnn").isValid()).isTrue();
        assertThat(ListenerHost.check(label.repeat(5) + "cnnn")).isEqualTo(Checked.invalid("length"));
        assertThat(ListenerHost.check("a".repeat(64) + ".cn")).isEqualTo(Checked.invalid("characters"));
        assertThat(ListenerHost.check("")).isEqualTo(Checked.invalid("length"));
    }
}
