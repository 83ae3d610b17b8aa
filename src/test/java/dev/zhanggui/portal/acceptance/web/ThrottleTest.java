package dev.zhanggui.portal.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class ThrottleTest extends ScannedStoreTest {

    private static final Throttle.Kind FORGED = Throttle.Kind.FORGED;

    @Autowired
    private PersonalDataCipher cipher;

    private long nanos = Long.MAX_VALUE - 1_000;
    private Throttle throttle;

    @BeforeEach
    void nobodyAskedYet() {
        throttle = new Throttle(cipher, () -> nanos, 100);
    }

    private void use(String who, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.take(FORGED, who)).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void so_many_at_once_and_then_one_every_so_often() {
        use("a", 30);
        assertThat(throttle.take(FORGED, "a")).isEqualTo(Duration.ofSeconds(2));

        nanos += Duration.ofMillis(1_500).toNanos();
        assertThat(throttle.take(FORGED, "a")).isEqualTo(Duration.ofMillis(500));
        nanos += Duration.ofMillis(500).toNanos();
        use("a", 1);
        assertThat(throttle.take(FORGED, "a")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void who_is_refused_does_not_wait_longer_for_having_asked() {
        use("a", 30);
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.take(FORGED, "a")).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void after_a_pause_all_is_given_back_and_no_more_than_all() {
        use("a", 30);
        nanos += Duration.ofHours(1).toNanos();
        use("a", 30);
        assertThat(throttle.take(FORGED, "a")).isPositive();
    }

    @Test
    void others_and_other_things_are_counted_apart() {
        use("a", 30);
        use("b", 30);
        assertThat(throttle.take(Throttle.Kind.CASHIER, "a")).isEqualTo(Duration.ZERO);
    }

    @Test
    void only_so_many_are_remembered() {
        for (int i = 0; i < 1_000; i++) {
            throttle.take(FORGED, "who " + i);
        }
        assertThat(throttle.size()).isBetween(1L, 100L);
    }

    @Test
    void one_address_is_one_sender_and_another_is_another() {
        var one = new MockHttpServletRequest();
        one.setRemoteAddr("192.0.2.1");
        var other = new MockHttpServletRequest();
        other.setRemoteAddr("192.0.2.2");
        for (int i = 0; i < 30; i++) {
            throttle.passSource(FORGED, one, "");
        }
        assertThat(refusal(one).seconds()).isEqualTo(2);
        throttle.passSource(FORGED, other, "");
    }

    private TooOftenException refusal(MockHttpServletRequest request) {
        try {
            throttle.passSource(FORGED, request, "../c?pay=1");
        } catch (TooOftenException e) {
            return e;
        }
        throw new AssertionError("was not refused");
    }

    @Test
    void the_page_says_when_to_try_again_and_leads_back() {
        var request = new MockHttpServletRequest();
        request.addHeader("Accept-Language", "zh-CN,zh;q=0.9");
        var refused = new TooOftenException(Duration.ofMillis(1_100), "../c?pay=38.50&lang=zh");

        ResponseEntity<String> page = new WaitPage().on(refused, request);

        assertThat(page.getStatusCode().value()).isEqualTo(429);
        assertThat(page.getHeaders().getFirst("Retry-After")).isEqualTo("2");
        assertThat(page.getBody()).contains("请稍等一下", "请过 2 秒再试", "href=\"../c?pay=38.50&amp;lang=zh\"");
        request.setParameter("lang", "en");
        assertThat(new WaitPage().on(refused, request).getBody()).contains("One moment", "in 2 seconds");
    }

    @Test
    void a_crowd_at_one_code_is_told_to_wait_and_keeps_what_was_typed() throws Exception {
        var path = "/q/" + code.code() + "/pay?lang=zh";
        int refused = 0;
        String body = "";
        // Unfit amounts cost nothing but the asking.
        for (int i = 0; i < 200 && refused == 0; i++) {
            var answer = post(path, "amount=38.505&once=a");
            if (answer.statusCode() == 429) {
                refused++;
                body = answer.body();
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            } else {
                assertThat(answer.statusCode()).isEqualTo(303);
            }
        }
        assertThat(refused).isEqualTo(1);
        assertThat(body).contains("href=\"../" + code.code() + "?pay=38.505&amp;lang=zh\"");
    }
}
