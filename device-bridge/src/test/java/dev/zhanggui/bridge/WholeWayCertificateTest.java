package dev.zhanggui.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.CertificateUse;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.terminal.TerminalsApplication;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** With the embedded broker and certificates for all that can have one. */
class WholeWayCertificateTest extends WholeWay {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path state;

    private @Nullable Duration renewAfter;

    @BeforeAll
    static void startBridge() throws IOException {
        portal = new FakePortal();
        bridgePort = freePort();
        mqttPort = freePort();
        bridge = SpringApplication.run(
                BridgeApplication.class,
                "--zhanggui.bridge.portal-url=" + portal.url(),
                "--zhanggui.bridge.token=" + FakePortal.TOKEN,
                "--zhanggui.bridge.mqtt.port=" + mqttPort,
                "--zhanggui.bridge.mqtt.tls-port=" + freePort(),
                "--zhanggui.bridge.mqtt.folder=" + state,
                "--server.port=" + bridgePort);
        org.awaitility.Awaitility.await("TLS")
                .atMost(Duration.ofSeconds(20))
                .until(() -> HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + bridgePort + "/actuator/health"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body()
                        .contains("\"tls\":\"SERVING\""));
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
        portal.close();
    }

    @Override
    TerminalsApplication kit() throws IOException {
        TerminalsApplication application = new TerminalsApplication(
                folder,
                URI.create("http://127.0.0.1:" + bridgePort),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                clock,
                Duration.ofMinutes(10),
                new CertificateUse(true, renewAfter));
        application.start();
        return application;
    }

    private void restart() throws IOException {
        kit.close();
        kit = kit();
        fleet = kit.fleet();
    }

    @Test
    void aPosConnectsWithItsCertificateAndASoundBoxWithItsToken() throws Exception {
        activated("SMART_POS");
        portal.push(tid, 1, 1, open());
        portal.awaitReport(report -> report.tid().equals(tid) && report.stage() == Stage.APPLIED);
        assertThat(requireNonNull(await(TerminalView::connected).certificateUntil()))
                .isAfter(now().plus(Duration.ofDays(89)));
        for (String file : new String[] {"tls.json", "activation.json"}) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve(serial).resolve(file))))
                    .isEqualTo("rw-------");
        }
        terminalNumber++;
        serial = "TEST-%04d".formatted(terminalNumber);
        tid = tid(terminalNumber);
        activated("QR_PLATE");
        assertThat(await(TerminalView::connected).certificateUntil()).isNull();
    }

    @Test
    void aRestartOfTheTerminalAsksForNothing() throws Exception {
        activated("KIOSK");
        await(TerminalView::connected);
        int issued = portal.certificatesIssued();
        restart();
        assertThat(await(TerminalView::connected).certificateUntil()).isNotNull();
        assertThat(portal.certificatesIssued()).isEqualTo(issued);
    }

    @Test
    void aCertificateIsRenewedForANewKeyAndALostAnswerCostsNone() throws Exception {
        activated("TOUCH_POS");
        await(TerminalView::connected);
        String before = Files.readString(folder.resolve(serial).resolve("activation.json"));
        int issued = portal.certificatesIssued();
        portal.loseAnswers(1);
        renewAfter = Duration.ofMillis(700);

        restart();

        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(12)).until(() -> journalled("RENEWED") >= 1);
        assertThat(portal.certificatesIssued() - issued)
                .as("one for each key, however often it was asked")
                .isLessThanOrEqualTo((int) journalled("RENEWED") + 1);
        renewAfter = null;
        restart();
        assertThat(await(TerminalView::connected).certificateUntil()).isNotNull();
        assertThat(Files.readString(folder.resolve(serial).resolve("activation.json")))
                .isNotEqualTo(before);
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
    }

    private long journalled(String event) {
        return fleet.journal(serial).orElseThrow().stream()
                .filter(line -> line.contains("\"event\":\"" + event + "\""))
                .count();
    }

    @Test
    void aCertificateThatIsWithdrawnEndsTheConnectionAndTheTerminalShowsACode() throws Exception {
        activated("SMART_POS");
        await(TerminalView::connected);

        portal.revoke(tid);

        await(view -> view.state() == State.WAITING);
        assertThat(folder.resolve(serial).resolve("activation.json")).doesNotExist();
    }

    @Test
    void aTerminalWhoseClockIsTenYearsAheadAsksTheNetworkAndConnectsWithItsCertificate() throws Exception {
        activated("CARD_POS");
        await(TerminalView::connected);
        fleet.setFaults(serial, new Faults(false, false, 10));

        fleet.reboot(serial);

        await(view -> view.state() == State.BOOTING);
        assertThat(await(TerminalView::connected).certificateUntil()).isNotNull();
    }

    @Test
    void aCopyOfATerminalComesInWithTheCopiedCertificateAndOneOfBothIsThrownOut(@TempDir Path elsewhere)
            throws Exception {
        activated("ESIGN_POS");
        await(TerminalView::connected);
        Path copy = Files.createDirectory(elsewhere.resolve(serial));
        for (String file : new String[] {"device.json", "activation.json", "tls.json"}) {
            Files.copy(folder.resolve(serial).resolve(file), copy.resolve(file));
        }
        try (TerminalsApplication clones = new TerminalsApplication(
                elsewhere,
                URI.create("http://127.0.0.1:" + bridgePort),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                clock)) {
            clones.start();
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(12))
                    .until(() -> clones.fleet().view(serial).orElseThrow().certificateUntil() != null);
            await(view -> !view.connected() || view.offlineSince() != null);
        }
        assertThat(await(TerminalView::connected).certificateUntil()).isNotNull();
    }

    @Test
    void behindABridgeThatKnowsNoCertificatesATerminalIsContentWithItsToken() throws Exception {
        portal.dropRequests(true);
        try {
            activated("SMART_POS");
            assertThat(await(TerminalView::connected)).returns(null, TerminalView::certificateUntil);
        } finally {
            portal.dropRequests(false);
        }
    }

    @Test
    void aTerminalWhoseCertificateWasWithdrawnAndThatMayReturnComesBackWithAnother() throws Exception {
        activated("SMART_POS");
        await(TerminalView::connected);
        String before = Files.readString(folder.resolve(serial).resolve("activation.json"));

        portal.withdrawCertificates(tid);

        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(25)).until(() -> journalled("RENEWED") == 1);
        assertThat(await(TerminalView::connected).certificateUntil()).isNotNull();
        assertThat(Files.readString(folder.resolve(serial).resolve("activation.json")))
                .isNotEqualTo(before);
    }

    @Test
    void anAnswerThatNobodySignedDoesNotChangeWhomATerminalTrusts() throws Exception {
        activated("SMART_POS");
        await(TerminalView::connected);
        Signer other = new Signer("k1");
        portal.pretend(other);
        try {
            renewAfter = Duration.ofMillis(700);
            restart();
            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(12)).until(() -> journalled("RENEWED") >= 1);
        } finally {
            portal.pretend(null);
        }
        renewAfter = null;
        restart();
        await(TerminalView::connected);
        portal.push(tid, 1, 1, other.manifest(new Manifest(1, tid, 1, 1, now(), now().plusSeconds(60), open(), 0)));
        assertThat(portal.awaitReport(report -> report.tid().equals(tid)).code())
                .isEqualTo(RejectCode.BAD_SIGNATURE.number());
    }

    @Test
    void aTerminalThatWasGivenAWrongAddressAsksThePlatformAgain() throws Exception {
        activated("SCAN_POS");
        await(TerminalView::connected);
        kit.close();
        Path activation = folder.resolve(serial).resolve("activation.json");
        String known = Files.readString(activation);
        // Where somebody listens who has no certificate at all.
        Files.writeString(activation, known.replaceAll("\"mqttTlsPort\":\\d+", "\"mqttTlsPort\":" + mqttPort));
        kit = kit();
        fleet = kit.fleet();
        assertThat(await(TerminalView::connected).certificateUntil()).isNotNull();
    }
}
