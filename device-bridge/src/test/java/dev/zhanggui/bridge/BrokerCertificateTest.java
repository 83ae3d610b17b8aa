package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.certificate.TlsKey;
import dev.zhanggui.support.Authority;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerCertificateTest {

    @Test
    void aNameIsTheSameHoweverItIsWritten() throws Exception {
        assertThat(covers(List.of("mqtt.example.com"), "MQTT.Example.com")).isTrue();
        assertThat(covers(List.of("127.0.0.1"), "127.0.0.1")).isTrue();
        assertThat(covers(List.of("::1"), "::1")).isTrue();
        assertThat(covers(List.of("::1"), "0:0:0:0:0:0:0:1")).isTrue();
        assertThat(covers(List.of("mqtt.example.com"), "mqtt2.example.com")).isFalse();
        assertThat(covers(List.of("::1"), "::2")).isFalse();
        assertThat(covers(List.of(), "127.0.0.1")).isFalse();
    }

    private static boolean covers(List<String> named, String host) throws CertificateParsingException {
        return BrokerCertificate.isFor(
                new Authority("test authority")
                        .issue(
                                TlsKey.make(new SecureRandom()).publicKey(),
                                "bridge-1",
                                Instant.now(),
                                Instant.now().plusSeconds(60),
                                Authority.SERVER,
                                named),
                List.of(host));
    }
}
