package dev.zhanggui.portal.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final String ID = "01KTESTTESTTESTTESTTESTTES";
    private static final String BODY = "{\"type\":\"qr.revoked\",\"data\":{\"place\":\"柜台\"}}";

    /** The example of the specification's own tests. */
    @Test
    void it_signs_the_example_of_the_specification() {
        var secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(Secret.sign(
                        List.of(secret),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void the_library_of_receivers_takes_it_with_either_secret_and_refuses_anything_else() {
        var secret = Secret.random();
        var old = Secret.random();
        // The library reads the wall clock.
        var at = Clock.systemUTC().instant();
        var signature = Secret.sign(List.of(secret, old), ID, at, BODY);

        assertThat(signature.split(" ")).hasSize(2);
        for (var known : List.of(secret, old)) {
            assertThatCode(() -> new Webhook(known.text()).verify(BODY, headers(at, signature)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> new Webhook(known.text()).verify(BODY + " ", headers(at, signature)))
                    .isInstanceOf(WebhookVerificationException.class);
            assertThatThrownBy(() -> new Webhook(known.text()).verify(BODY, headers(at.minusSeconds(600), signature)))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        assertThatThrownBy(() -> new Webhook(Secret.random().text()).verify(BODY, headers(at, signature)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void it_survives_its_own_text_and_never_prints_its_key() {
        var secret = Secret.random();
        assertThat(secret.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(Secret.of(secret.text()).text()).isEqualTo(secret.text());
        assertThat(secret.toString()).isEqualTo("whsec_…");
    }

    private static Map<String, List<String>> headers(Instant at, String signature) {
        return Map.of(
                "webhook-id", List.of(ID),
                "webhook-timestamp", List.of(Long.toString(at.getEpochSecond())),
                "webhook-signature", List.of(signature));
    }
}
