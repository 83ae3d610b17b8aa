package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.bridge.portal.LinkState;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** To which life of the bridge something belongs that a terminal said. */
class OutboxTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D0001";

    private FakePortal portal;
    private PortalLink link;
    private Outbox outbox;
    private Thread posting;

    @BeforeEach
    void start() throws IOException {
        portal = new FakePortal();
        BridgeProperties properties = new BridgeProperties(
                "north",
                portal.url(),
                FakePortal.TOKEN,
                new BridgeProperties.Mqtt(
                        "127.0.0.1", 1883, 0, Path.of("nowhere"), "localhost", false, "", "", "", false),
                Duration.ZERO);
        link = new PortalLink(properties, new LinkState(Clock.systemUTC()));
        outbox = new Outbox(link, properties, new SimpleMeterRegistry(), new Random(1));
        posting = Thread.ofVirtual().start(() -> outbox.run(work -> {}));
    }

    @AfterEach
    void stop() throws InterruptedException {
        outbox.stop();
        posting.join();
        portal.close();
    }

    @Test
    void whatWasHeardBeforeTheFirstHelloIsPostedAfterIt() throws Exception {
        CompletableFuture<Void> early = outbox.report(report(1));

        link.hello("test");

        early.get(10, TimeUnit.SECONDS);
        assertThat(portal.reports()).extracting(Report::gen).containsExactly(1L);
    }

    /** Found by the simulation, seed 55: the terminal had been at another bridge meanwhile and had said something newer there. */
    @Test
    void whatWasHeardInALifeThatIsOverIsDroppedAndItsSenderIsToldToBeginAnew() throws Exception {
        link.hello("test");
        portal.fenceOff();
        CompletableFuture<Void> old = outbox.report(report(1));

        link.hello("test");
        CompletableFuture<Void> fresh = outbox.report(report(2));

        assertThatThrownBy(() -> old.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Outbox.OutdatedException.class);
        fresh.get(10, TimeUnit.SECONDS);
        assertThat(portal.reports()).extracting(Report::gen).containsExactly(2L);
    }

    private static Report report(long gen) {
        return new Report(TID, 1, gen, "D".repeat(43), Stage.APPLIED, 0, null, Instant.EPOCH, gen);
    }
}
