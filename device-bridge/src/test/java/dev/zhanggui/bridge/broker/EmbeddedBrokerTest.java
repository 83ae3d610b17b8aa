package dev.zhanggui.bridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2BCR0001";
    private static final String OTHER = "01K9ZQ4T8M3V5C7W9Y2BCR0002";
    private static final String THIRD = "01K9ZQ4T8M3V5C7W9Y2BCR0003";

    private final Desk desk = new Desk();
    private EmbeddedBroker broker;
    private int port;

    @BeforeEach
    void startBroker() throws IOException {
        port = freePort();
        broker = new EmbeddedBroker("127.0.0.1", port, null, new BrokerLimits(2, 10));
        broker.start(desk);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void aTerminalThatIsWithdrawnRightAfterItsAdmissionIsToldToComeAgain() throws Exception {
        desk.stands = false;
        assertThatThrownBy(() -> connect(client(new CountDownLatch(1))))
                .isInstanceOfSatisfying(
                        Mqtt3ConnAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReturnCode())
                                .isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE));
        assertThat(desk.gone.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(broker.connected()).isZero();
    }

    /** The broker is told to end a connection that it has not made yet. */
    @Test
    void aConnectionThatIsEndedWhileItIsMadeEnds() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        desk.whenChecked = () -> broker.disconnect(TID);

        connect(client(ended));

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(desk.gone.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(broker.connected()).isZero();
    }

    @Test
    void whoseAdmissionStandsStays() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Mqtt3BlockingClient client = client(ended);
        connect(client);
        client.subscribeWith().topicFilter(new Topics(TID).of(Channel.MANIFEST)).send();

        assertThat(broker.publish(TID, Channel.MANIFEST, "m".getBytes(StandardCharsets.US_ASCII))
                        .get(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(broker.connected()).isOne();
        assertThat(ended.getCount()).isOne();
        client.disconnect();
    }

    @Test
    void whoSendsTooMuchIsDisconnectedAndTheOthersAreNot() throws Exception {
        CountDownLatch flooderEnded = new CountDownLatch(1);
        CountDownLatch otherEnded = new CountDownLatch(1);
        Mqtt3BlockingClient other = client(OTHER, otherEnded);
        connect(other);
        Mqtt3BlockingClient flooder = client(flooderEnded);
        connect(flooder);
        String topic = new Topics(TID).of(Channel.STATUS);

        for (int sent = 0; sent < 1_000 && flooderEnded.getCount() > 0; sent++) {
            flooder.toAsync()
                    .publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
        }

        assertThat(flooderEnded.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(broker.floods()).isOne();
        assertThat(desk.received.get()).isBetween(50, 60);
        other.publishWith()
                .topic(new Topics(OTHER).of(Channel.STATUS))
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        assertThat(otherEnded.getCount()).isOne();
        other.disconnect();
    }

    @Test
    void oneConnectionMoreThanItBearsIsTurnedAway() {
        Mqtt3BlockingClient first = client(new CountDownLatch(1));
        Mqtt3BlockingClient second = client(OTHER, new CountDownLatch(1));
        connect(first);
        connect(second);

        assertThatThrownBy(() -> connect(client(THIRD, new CountDownLatch(1))))
                .isInstanceOfAny(Mqtt3ConnAckException.class, ConnectionClosedException.class);

        assertThat(broker.connected()).isEqualTo(2);
        first.disconnect();
        second.disconnect();
    }

    @Test
    void aTokenThatIsTooLongIsRefusedWithoutAsking() {
        assertThatThrownBy(() -> connect(client(TID, "t".repeat(129), new CountDownLatch(1))))
                .isInstanceOfSatisfying(
                        Mqtt3ConnAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReturnCode())
                                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED));
        assertThat(desk.asked).hasValue(0);
    }

    private static void connect(Mqtt3BlockingClient client) {
        client.connectWith().cleanSession(true).send();
    }

    private Mqtt3BlockingClient client(CountDownLatch ended) {
        return client(TID, ended);
    }

    private Mqtt3BlockingClient client(String tid, CountDownLatch ended) {
        return client(tid, "token", ended);
    }

    private Mqtt3BlockingClient client(String tid, String token, CountDownLatch ended) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(tid)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .simpleAuth()
                .username(tid)
                .password(token.getBytes(StandardCharsets.US_ASCII))
                .applySimpleAuth()
                .addDisconnectedListener(context -> ended.countDown())
                .buildBlocking();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Lets everyone in. */
    private static final class Desk implements Terminals {

        private final CountDownLatch gone = new CountDownLatch(1);
        private volatile Runnable whenChecked = () -> {};
        private volatile boolean stands = true;
        private final AtomicInteger received = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public CompletableFuture<Admission> admit(Link.Credential credential) {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(Admission.ADMITTED);
        }

        @Override
        public boolean admitted(Link.Credential credential) {
            whenChecked.run();
            return stands && "token".equals(credential.token());
        }

        @Override
        public CompletableFuture<Void> received(String tid, Channel channel, byte[] payload) {
            received.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void gone(String tid) {
            gone.countDown();
        }
    }
}
