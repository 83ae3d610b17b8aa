package dev.zhanggui.bridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client by hand that takes messages and withholds what it owes for them. */
class WithheldAcknowledgementTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<String> GONE = new CopyOnWriteArrayList<>();

    private static int port;
    private static EmbeddedBroker broker;
    private static int number;

    private final String tid = "01K9ZQ4T8M3V5C7W9Y2BEB%04d".formatted(++number);
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<Mqtt3Publish> owed = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        broker = new EmbeddedBroker("127.0.0.1", port, null, new BrokerLimits(10, 1_000), PATIENCE);
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
                return new String(payload, StandardCharsets.UTF_8).equals("outdated")
                        ? CompletableFuture.failedFuture(new IllegalStateException("heard in another life"))
                        : CompletableFuture.completedFuture(null);
            }

            @Override
            public void gone(String tid) {
                GONE.add(tid);
            }
        });
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aTerminalThatAcknowledgesNothingHasToConnectAnewAndThenGetsTheNewest() throws Exception {
        Mqtt3AsyncClient deaf = connected(false);
        assertThat(publish("first")).isTrue();
        assertThat(publish("second")).isTrue();
        Awaitility.await().until(() -> !arrived.isEmpty());

        Awaitility.await().atMost(PATIENCE.plusSeconds(10)).until(() -> GONE.contains(tid));
        assertThat(arrived).as("nothing comes after what is not acknowledged").containsExactly("first");
        assertThat(deaf.getState().isConnected()).isFalse();
        assertThat(publish("third")).as("it is not there").isFalse();

        arrived.clear();
        connected(true);
        assertThat(publish("fourth")).isTrue();
        Awaitility.await().until(() -> arrived.equals(List.of("fourth")));
    }

    @Test
    void atMostSixteenMessagesWaitForATerminal() throws Exception {
        connected(false);
        for (int i = 0; i < 16; i++) {
            assertThat(publish("message " + i)).as("message %d", i).isTrue();
        }
        assertThat(publish("one too many")).isFalse();
        Awaitility.await().until(() -> !owed.isEmpty());

        owed.getFirst().acknowledge();

        Awaitility.await("what it acknowledges makes room").until(() -> publish("one more"));
    }

    @Test
    void aTerminalThatAcknowledgesIsLeftInPeaceHoweverMuchItGets() throws Exception {
        Mqtt3AsyncClient good = connected(true);
        for (int i = 0; i < 100; i++) {
            String text = "message " + i;
            Awaitility.await().until(() -> publish(text));
        }
        Awaitility.await().until(() -> arrived.size() == 100);
        Awaitility.await()
                .during(PATIENCE.plusSeconds(2))
                .atMost(PATIENCE.plusSeconds(10))
                .until(() -> good.getState().isConnected());
        assertThat(arrived)
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "message " + i).toList());
    }

    /** Its next birth says again what is true. */
    @Test
    void whatCouldNotBeKeptEndsTheConnectionOfItsSender() throws Exception {
        Mqtt3AsyncClient client = connected(true);

        client.publishWith()
                .topic(new Topics(tid).of(Channel.STATUS))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("outdated".getBytes(StandardCharsets.UTF_8))
                .send();

        Awaitility.await().until(() -> !client.getState().isConnected());
    }

    private boolean publish(String text) throws Exception {
        return broker.publish(tid, Channel.MANIFEST, text.getBytes(StandardCharsets.UTF_8))
                .get(10, TimeUnit.SECONDS);
    }

    private Mqtt3AsyncClient connected(boolean acknowledges) throws Exception {
        Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(tid)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .simpleAuth()
                .username(tid)
                .password("token".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> {
                    arrived.add(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8));
                    if (acknowledges) {
                        message.acknowledge();
                    } else {
                        owed.add(message);
                    }
                },
                true);
        client.connect().get(10, TimeUnit.SECONDS);
        client.subscribeWith()
                .topicFilter(new Topics(tid).of(Channel.MANIFEST))
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .get(10, TimeUnit.SECONDS);
        return client;
    }
}
