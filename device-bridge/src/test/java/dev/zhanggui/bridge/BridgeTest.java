package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.bridge.broker.MessageBroker;
import dev.zhanggui.bridge.broker.Terminals;
import dev.zhanggui.bridge.broker.Terminals.Admission;
import dev.zhanggui.bridge.portal.LinkState;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Topics.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BridgeTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2BCR0001";

    private FakePortal portal;
    private RecordingBroker broker;
    private Bridge bridge;

    @BeforeEach
    void startBridge() throws IOException {
        portal = new FakePortal();
        broker = new RecordingBroker();
        var properties = new BridgeProperties(
                "bridge-1",
                portal.url(),
                FakePortal.TOKEN,
                new BridgeProperties.Mqtt(
                        "127.0.0.1", 1883, 0, Path.of("unused"), "127.0.0.1", false, "", "", "", false),
                Duration.ofHours(12));
        var clock = Clock.systemUTC();
        var link = new PortalLink(properties, new LinkState(clock));
        var meters = new SimpleMeterRegistry();
        bridge = new Bridge(
                link,
                broker,
                new Credentials(link, clock, properties),
                new Outbox(link, properties, meters, new Random(1)),
                clock,
                new Random(1),
                meters);
        bridge.start();
    }

    @AfterEach
    void stopBridge() {
        bridge.stop();
        portal.close();
    }

    @Test
    void aWithdrawalEndsTheConnectionAlsoOfATerminalThatTheBridgeDoesNotRemember() throws Exception {
        portal.revoke(TID);
        assertThat(broker.disconnected.poll(20, TimeUnit.SECONDS)).isEqualTo(TID);
        portal.revoke(TID);
        assertThat(broker.disconnected.poll(20, TimeUnit.SECONDS)).isEqualTo(TID);
    }

    @Test
    void anAdmissionStandsUntilThePortalWithdrawsIt() throws Exception {
        portal.activated(TID, 1883);
        assertThat(bridge.admit(new Link.Credential(TID, portal.token(TID))).get(20, TimeUnit.SECONDS))
                .isEqualTo(Admission.ADMITTED);
        assertThat(bridge.admitted(new Link.Credential(TID, portal.token(TID)))).isTrue();

        portal.revoke(TID);

        assertThat(broker.disconnected.poll(20, TimeUnit.SECONDS)).isEqualTo(TID);
        assertThat(bridge.admitted(new Link.Credential(TID, portal.token(TID)))).isFalse();
    }

    private static final class RecordingBroker implements MessageBroker {

        private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();

        @Override
        public void start(Terminals terminals) {}

        @Override
        public CompletableFuture<Boolean> publish(String tid, Channel channel, byte[] payload) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public void disconnect(String tid) {
            disconnected.add(tid);
        }

        @Override
        public boolean running() {
            return true;
        }

        @Override
        public int connected() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
