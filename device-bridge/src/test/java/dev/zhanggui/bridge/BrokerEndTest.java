package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import dev.zhanggui.bridge.broker.BrokerLimits;
import dev.zhanggui.bridge.broker.EmbeddedBroker;
import dev.zhanggui.bridge.broker.Terminals;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Topics.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Alone in its process: a second broker beside it would take over what the first offers. */
class BrokerEndTest {

    @Test
    void aBrokerThatWasClosedHasLetEverybodyGoAndCanBeStartedAgainAtOnce() throws Exception {
        int port = WholeWay.freePort();
        Set<String> gone = ConcurrentHashMap.newKeySet();
        for (int start = 1; start <= 2; start++) {
            EmbeddedBroker broker = new EmbeddedBroker("127.0.0.1", port, null, BrokerLimits.DEFAULT);
            broker.start(new Terminals() {
                @Override
                public CompletableFuture<Admission> admit(Link.Credential credential) {
                    return CompletableFuture.completedFuture(Admission.ADMITTED);
                }

                @Override
                public boolean admitted(Link.Credential credential) {
                    return true;
                }

                @Override
                public CompletableFuture<Void> received(String tid, Channel channel, byte[] payload) {
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public void gone(String tid) {
                    gone.add(tid);
                }
            });
            String visitor = WholeWay.tid(start);
            MqttClient.builder()
                    .useMqttVersion3()
                    .identifier(visitor)
                    .serverHost("127.0.0.1")
                    .serverPort(port)
                    .simpleAuth()
                    .username(visitor)
                    .password("anything".getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .buildBlocking()
                    .connect();

            broker.close();

            Awaitility.await().until(() -> gone.contains(visitor));
            assertThat(broker.connected()).isZero();
        }
        assertThat(gone).hasSize(2);
    }
}
