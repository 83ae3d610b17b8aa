package dev.zhanggui.portal.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointFault;
import dev.zhanggui.portal.webhook.EventType;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftRulesTest {

    private static final Set<EventType> ALL = EnumSet.copyOf(EventType.CHOICES);

    private final DraftRules strict = new DraftRules(new AddressGuard(false, InetAddress::getAllByName), false);
    private final DraftRules demo = new DraftRules(new AddressGuard(true, InetAddress::getAllByName), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hook.example",
                "ftp://hook.example/",
                "https:///a",
                "https://a b/",
                "https://hook.example/#a",
                "https://例子.cn/",
                "https://hook.example/路",
                "https://hook.example:0/",
                "https://hook.example:70000/",
                "javascript:alert(1)"
            })
    void what_cannot_be_posted_to_is_unreadable(String url) {
        refused(url, EndpointFault.URL_UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "[fd00::8]", "[::ffff:10.0.0.1]", "192.168.1.1"})
    void addresses_inside_a_network_are_private(String host) {
        refused("https://" + host + "/", EndpointFault.URL_PRIVATE);
    }

    @Test
    void the_rest_is_said_as_exactly() {
        refused("", EndpointFault.URL_MISSING);
        refused("https://x.example/" + "a".repeat(500), EndpointFault.URL_TOO_LONG);
        refused("https://me:secret@hook.example/", EndpointFault.URL_WITH_USER);
        assertThat(demo.fault(draft("https://hook.example/", "长".repeat(101), ALL)))
                .hasValue(EndpointFault.DESCRIPTION_TOO_LONG);
        assertThat(demo.fault(draft("https://hook.example/", "", Set.of()))).hasValue(EndpointFault.EVENTS_MISSING);
        assertThat(demo.fault(draft("https://hook.example/", "", Set.of(EventType.PING))))
                .hasValue(EndpointFault.EVENTS_MISSING);
    }

    @Test
    void only_the_demo_takes_plain_http_and_this_machine() {
        assertThat(strict.fault(draft("http://hook.example/", "", ALL))).hasValue(EndpointFault.URL_NOT_HTTPS);
        assertThat(strict.fault(draft("https://localhost/", "", ALL))).hasValue(EndpointFault.URL_PRIVATE);
        assertThat(demo.fault(draft("http://localhost:9000/hook?a=b", "", ALL))).isEmpty();
        assertThat(strict.fault(draft("https://hook.example:8443/a?b=c", "收银软件", ALL)))
                .isEmpty();
    }

    private void refused(String url, EndpointFault fault) {
        assertThat(strict.fault(draft(url, "", ALL))).hasValue(fault);
        assertThat(demo.fault(draft(url, "", ALL))).hasValue(fault);
    }

    private static EndpointDraft draft(String url, String description, Set<EventType> wanted) {
        return new EndpointDraft(url, description, wanted);
    }
}
