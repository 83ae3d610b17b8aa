package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StartTest {

    @Test
    void aTakenPortIsNamedWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(BridgeApplication.problem(Map.of(
                            "ZHANGGUI_BRIDGE_TOKEN", "x",
                            "ZHANGGUI_BRIDGE_PORT", "0",
                            "ZHANGGUI_MQTT_PORT", Integer.toString(taken.getLocalPort()))))
                    .hasValueSatisfying(line -> assertThat(line)
                            .contains("port " + taken.getLocalPort(), "ZHANGGUI_MQTT_PORT")
                            .doesNotContain("\n"));
        }
    }

    @Test
    void aMissingTokenIsNamed() {
        assertThat(BridgeApplication.problem(Map.of()))
                .hasValueSatisfying(line -> assertThat(line).contains("ZHANGGUI_BRIDGE_TOKEN"));
    }

    @Test
    void aPortThatIsNoneIsNamed() {
        assertThat(BridgeApplication.problem(Map.of("ZHANGGUI_BRIDGE_TOKEN", "x", "ZHANGGUI_BRIDGE_PORT", "many")))
                .hasValueSatisfying(line -> assertThat(line).contains("ZHANGGUI_BRIDGE_PORT=many"));
    }

    @Test
    void withAnExternalBrokerItsPortNeedNotBeFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(BridgeApplication.problem(Map.of(
                            "ZHANGGUI_BRIDGE_TOKEN", "x",
                            "ZHANGGUI_BRIDGE_PORT", "0",
                            "ZHANGGUI_MQTT_EXTERNAL", "true",
                            "ZHANGGUI_MQTT_PORT", Integer.toString(taken.getLocalPort()))))
                    .isEmpty();
        }
    }

    @Test
    void waitingTimesGrowToTheCapAndAreJittered() {
        Backoff longest = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), fixed(Long.MAX_VALUE));
        assertThat(longest.next()).isBetween(Duration.ofMillis(1), Duration.ofMillis(100));
        for (int i = 0; i < 100; i++) {
            assertThat(longest.next()).isLessThanOrEqualTo(Duration.ofMillis(5000));
        }
        longest.reset();
        assertThat(longest.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
        Backoff shortest = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), fixed(0));
        shortest.next();
        assertThat(shortest.next()).isEqualTo(Duration.ofMillis(1));
    }

    private static RandomGenerator fixed(long value) {
        return () -> value;
    }
}
