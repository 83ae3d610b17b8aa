package dev.zhanggui.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.MovableClock;
import dev.zhanggui.support.Samples;
import dev.zhanggui.terminal.Fleet;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.terminal.TerminalView.Defects;
import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.terminal.TerminalsApplication;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Portal (fake, with real signatures) – real bridge – a broker – real terminals: what holds whichever broker is between. */
abstract class WholeWay {

    /** Started by the class that chooses the broker. */
    @SuppressWarnings("NullAway.Init")
    static FakePortal portal;

    @SuppressWarnings("NullAway.Init")
    static ConfigurableApplicationContext bridge;

    static int bridgePort;
    static int mqttPort;
    static int terminalNumber;

    @TempDir
    Path folder;

    final MovableClock clock = new MovableClock();
    TerminalsApplication kit;
    Fleet fleet;
    String serial;
    String tid;

    @BeforeEach
    void startTerminals() throws IOException {
        terminalNumber++;
        serial = "TEST-%04d".formatted(terminalNumber);
        tid = tid(terminalNumber);
        kit = kit();
        fleet = kit.fleet();
    }

    @AfterEach
    void stopTerminals() throws IOException {
        kit.close();
        portal.comeBack();
    }

    @Test
    void aTerminalOutOfTheBoxShowsItsCodeIsActivatedAndAppliesWhatIsPushed() throws Exception {
        fleet.powerOn(serial, "SMART_POS");
        TerminalView waiting = await(view -> view.state() == State.WAITING);
        portal.activate(requireNonNull(waiting.shownCode()), tid);
        assertThat(portal.awaitBirth(birth -> birth.tid().equals(tid)))
                .returns(0L, birth -> birth.gen())
                .returns("SMART_POS", birth -> birth.deviceClass());

        String digest = portal.push(tid, 1, 1, open());

        Report applied = portal.awaitReport(report -> report.tid().equals(tid) && report.stage() == Stage.APPLIED);
        assertThat(applied)
                .returns(1L, Report::gen)
                .returns(digest, Report::digest)
                .returns(0, Report::code);
        assertThat(await(view -> view.gen() == 1))
                .returns(true, TerminalView::open)
                .returns("http://localhost:8080/q/ZG7K2M9Q", TerminalView::qrUrl)
                .returns(true, TerminalView::connected)
                .satisfies(view -> assertThat(view.text()).startsWith("营业中，到 "));
        assertThat(fleet.journal(serial).orElseThrow())
                .anySatisfy(line -> assertThat(line).contains("\"event\":\"APPLIED\"", digest));
        portal.awaitDelivery(delivery -> delivery.tid().equals(tid) && delivery.published());
    }

    @Test
    void aStopReachesTheScreenWithItsReason() throws Exception {
        activated("KIOSK");
        portal.push(tid, 1, 1, open());
        await(view -> Boolean.TRUE.equals(view.open()));

        portal.push(tid, 1, 2, documents(portal.signer().inline(DocumentRef.HOURS, Samples.closedByOwner(now()))));

        assertThat(await(view -> view.gen() == 2))
                .returns(false, TerminalView::open)
                .satisfies(view ->
                        assertThat(requireNonNull(view.screen()).reason().zh()).isEqualTo("店主临时打烊"))
                .satisfies(view -> assertThat(view.text()).startsWith("休息中，").endsWith(" 开门"));
    }

    @Test
    void documentsThatAreNotInlineAreFetchedAndCheckedLikeTheOthers() throws Exception {
        activated("TOUCH_POS");

        portal.push(
                tid,
                1,
                1,
                List.of(
                        portal.keep(DocumentRef.HOURS, Samples.openAround(now())),
                        portal.keep(DocumentRef.CODES, Samples.codes()),
                        portal.signer().inline(DocumentRef.SCREEN, Samples.screen())));

        portal.awaitReport(report -> report.tid().equals(tid) && report.stage() == Stage.RECEIVED);
        portal.awaitReport(report -> report.tid().equals(tid) && report.stage() == Stage.APPLIED);
        assertThat(await(view -> view.gen() == 1).qrUrl()).isEqualTo("http://localhost:8080/q/ZG7K2M9Q");
    }

    @Test
    void aLargeDocumentComesInPiecesAndGoesOnAfterARestartWhereItStopped() throws Exception {
        activated("TOUCH_POS");
        DocumentRef hours = portal.keep(DocumentRef.HOURS, Samples.busy(now(), 300));
        assertThat(hours.size()).isBetween(4 * Wire.CHUNK_BYTES, Wire.MAX_DOCUMENT_BYTES);
        fleet.setFaults(serial, Faults.NONE.with(new Defects(null, false, false, 400)));
        int asked = portal.documentQuestions();
        Path part = folder.resolve(serial).resolve("part-" + hours.digest());

        portal.push(tid, 1, 1, List.of(hours));
        org.awaitility.Awaitility.await().until(() -> Files.exists(part));
        fleet.reboot(serial);
        await(view -> view.state() == State.BOOTING);
        long before = Files.size(part);

        assertThat(before).isBetween((long) Wire.CHUNK_BYTES, (long) hours.size() - 1);
        fleet.setFaults(serial, Faults.NONE);
        await(view -> view.gen() == 1);
        assertThat(portal.documentQuestions() - asked).as("once for all pieces").isEqualTo(1);
        org.awaitility.Awaitility.await("it is in its slot").until(() -> !Files.exists(part));
    }

    @Test
    void whatIsTamperedWithOnTheWayIsRejectedAndTheOldConfigurationStays() throws Exception {
        activated("SCAN_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
        fleet.setFaults(serial, new Faults(false, true, 0));
        await(view -> view.rejected() != null);

        String digest = portal.push(tid, 1, 2, closed());

        Report rejected = portal.awaitReport(report -> report.tid().equals(tid)
                && report.stage() == Stage.REJECTED
                && !report.digest().equals(digest));
        assertThat(rejected.code()).isEqualTo(RejectCode.BAD_SIGNATURE.number());
        portal.awaitDelivery(
                delivery -> delivery.tid().equals(tid) && delivery.token().endsWith("-2"));
        assertThat(view()).returns(1L, TerminalView::gen).returns(true, TerminalView::open);

        fleet.setFaults(serial, Faults.NONE);

        assertThat(await(view -> view.gen() == 2))
                .returns(false, TerminalView::open)
                .returns(null, TerminalView::rejected);
    }

    @Test
    void aReplayOfAnOlderGenerationIsRejected() throws Exception {
        activated("CARD_POS");
        portal.push(tid, 1, 5, open());
        await(view -> view.gen() == 5);

        portal.push(tid, 1, 4, closed());

        Report rejected = portal.awaitReport(report -> report.tid().equals(tid) && report.stage() == Stage.REJECTED);
        assertThat(rejected).returns(RejectCode.ROLLBACK.number(), Report::code).returns(4L, Report::gen);
        assertThat(view().gen()).isEqualTo(5);
    }

    @Test
    void anotherTerminalsManifestIsRejected() throws Exception {
        activated("ESIGN_POS");
        String foreign = portal.signer()
                .manifest(
                        new Manifest(1, "01K9ZQ4T8M3V5C7W9Y2B4DZZZZ", 1, 9, now(), now().plusSeconds(600), open(), 0));

        portal.push(tid, 1, 9, foreign);

        assertThat(portal.awaitReport(report -> report.tid().equals(tid)).code())
                .isEqualTo(RejectCode.WRONG_TERMINAL.number());
        assertThat(view().gen()).isZero();
    }

    @Test
    void aModelThatCrashesOnACertainContentGoesBackAndTriesTheNextGeneration() throws Exception {
        activated("SMART_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
        clock.forward(Duration.ofHours(1));
        fleet.setFaults(serial, Faults.NONE.with(new Defects("店主临时打烊", false, false, 0)));

        String poison = portal.push(tid, 1, 2, closed());

        Report rolledBack =
                portal.awaitReport(report -> report.tid().equals(tid) && report.stage() == Stage.ROLLED_BACK);
        assertThat(rolledBack)
                .returns(RejectCode.SOAK.number(), Report::code)
                .returns(2L, Report::gen)
                .returns(poison, Report::digest);
        assertThat(await(TerminalView::connected)).returns(1L, TerminalView::gen);
        // The birth after the roll-back says that it runs another one, so the portal sends it once more: not tried
        // again.
        portal.awaitReport(report -> report.digest().equals(poison)
                && report.stage() == Stage.REJECTED
                && report.code() == RejectCode.QUARANTINED.number());
        assertThat(fleet.journal(serial).orElseThrow())
                .filteredOn(line -> line.contains("\"event\":\"APPLIED\"") && line.contains(poison))
                .hasSize(1);

        portal.push(tid, 1, 3, open());
        await(view -> view.gen() == 3);
    }

    @Test
    void aTerminalThatLiesIsCorrectedByItsNextBirth() throws Exception {
        activated("QR_PLATE");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
        fleet.setFaults(serial, Faults.NONE.with(new Defects(null, true, false, 0)));

        String digest = portal.push(tid, 1, 2, closed());

        portal.awaitReport(report -> report.stage() == Stage.APPLIED
                && report.gen() == 2
                && report.digest().equals(digest));
        assertThat(view().gen()).isEqualTo(1);
        assertThat(fleet.journal(serial).orElseThrow())
                .noneMatch(line -> line.contains("\"event\":\"APPLIED\"") && line.contains(digest));
        fleet.reboot(serial);
        fleet.setFaults(serial, Faults.NONE);
        portal.awaitBirth(birth -> birth.tid().equals(tid) && birth.gen() == 1);
        await(view -> view.gen() == 2);
    }

    @Test
    void aFullMemoryIsReportedAndTheOldConfigurationRunsOn() throws Exception {
        activated("CARD_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);
        fleet.setFaults(serial, Faults.NONE.with(new Defects(null, false, true, 0)));

        portal.push(tid, 1, 2, closed());

        Report rejected = portal.awaitReport(report -> report.tid().equals(tid) && report.stage() == Stage.REJECTED);
        assertThat(rejected).returns(RejectCode.STORAGE.number(), Report::code).returns(2L, Report::gen);
        assertThat(view()).returns(1L, TerminalView::gen).returns(true, TerminalView::open);
        fleet.setFaults(serial, Faults.NONE);
        portal.pushAgain(tid);
        await(view -> view.gen() == 2);
    }

    @Test
    void aRebootBringsBackLastKnownGood() throws Exception {
        activated("SMART_POS");
        portal.push(tid, 1, 1, open());
        await(view -> view.gen() == 1);

        fleet.reboot(serial);

        await(view -> view.state() == State.BOOTING);
        assertThat(await(view -> view.state() == State.ACTIVE && view.connected()))
                .returns(1L, TerminalView::gen);
        portal.awaitBirth(birth -> birth.tid().equals(tid) && birth.gen() == 1);
    }

    // Words

    TerminalsApplication kit() throws IOException {
        TerminalsApplication application = new TerminalsApplication(
                folder,
                URI.create("http://127.0.0.1:" + bridgePort),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                clock);
        application.start();
        return application;
    }

    void activated(String deviceClass) throws InterruptedException {
        fleet.powerOn(serial, deviceClass);
        portal.activate(requireNonNull(await(view -> view.shownCode() != null).shownCode()), tid);
        portal.awaitBirth(birth -> birth.tid().equals(tid));
    }

    List<DocumentRef> open() {
        return documents(portal.signer().inline(DocumentRef.HOURS, Samples.openAround(now())));
    }

    List<DocumentRef> closed() {
        return documents(portal.signer().inline(DocumentRef.HOURS, Samples.closedByOwner(now())));
    }

    static List<DocumentRef> documents(DocumentRef hours) {
        return List.of(
                hours,
                portal.signer().inline(DocumentRef.CODES, Samples.codes()),
                portal.signer().inline(DocumentRef.ACCEPTANCE, Samples.accepting()),
                portal.signer().inline(DocumentRef.SCREEN, Samples.screen()));
    }

    TerminalView view() {
        return fleet.view(serial).orElseThrow();
    }

    TerminalView await(java.util.function.Predicate<TerminalView> wanted) {
        return org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(12))
                .pollInterval(Duration.ofMillis(10))
                .until(this::view, wanted);
    }

    static Instant now() {
        return Clock.systemUTC().instant();
    }

    static String tid(int number) {
        return "01K9ZQ4T8M3V5C7W9Y2B4D%04d".formatted(number);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
