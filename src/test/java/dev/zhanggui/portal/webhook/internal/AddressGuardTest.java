package dev.zhanggui.portal.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard strict = new AddressGuard(false, InetAddress::getAllByName);
    private final AddressGuard demo = new AddressGuard(true, InetAddress::getAllByName);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.168.1.1",
                "198.18.0.1",
                "203.0.113.7",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "64:ff9b::a00:1",
                "fc00::1",
                "fd00::8",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::",
                "3fff::1"
            })
    void what_lies_inside_a_network_is_refused(String text) throws UnknownHostException {
        var address = InetAddress.ofLiteral(text);
        assertThat(strict.allows(address)).isFalse();
        assertThat(strict.mayAllow(text.contains(":") ? "[" + text + "]" : text))
                .isFalse();
        assertThatThrownBy(() -> strict.resolve(text)).isInstanceOf(AddressGuard.Refused.class);
        assertThat(demo.allows(address)).isEqualTo(address.isLoopbackAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "169.253.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.0.1",
                "223.5.5.5",
                "::ffff:223.5.5.5",
                "2400:3200::1",
                "2606:4700::1111"
            })
    void what_lies_on_the_internet_is_allowed(String text) throws UnknownHostException {
        assertThat(strict.mayAllow(text.contains(":") ? "[" + text + "]" : text))
                .isTrue();
        assertThat(strict.resolve(text)).containsExactly(InetAddress.ofLiteral(text));
    }

    /** The machine itself has more spellings than one. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "db.localhost", "2130706433", "127.1"})
    void other_spellings_of_the_machine_itself_are_seen_through(String host) {
        assertThat(strict.mayAllow(host)).isFalse();
        assertThat(demo.mayAllow(host)).isTrue();
    }

    @Test
    void a_name_that_leads_inside_is_refused_and_so_is_one_that_leads_inside_as_well() throws UnknownHostException {
        var inside = InetAddress.ofLiteral("10.1.2.3");
        var outside = InetAddress.ofLiteral("223.5.5.5");
        var alsoOutside = InetAddress.ofLiteral("2400:3200::1");

        assertThatThrownBy(() -> named(inside).resolve("hook.example")).isInstanceOf(AddressGuard.Refused.class);
        assertThatThrownBy(() -> named(outside, inside).resolve("hook.example"))
                .isInstanceOf(AddressGuard.Refused.class);
        assertThat(named(outside, alsoOutside).resolve("hook.example")).containsExactly(outside, alsoOutside);
        assertThat(named(outside).mayAllow("hook.example")).isTrue();
    }

    private static AddressGuard named(InetAddress... addresses) {
        return new AddressGuard(false, host -> addresses);
    }
}
