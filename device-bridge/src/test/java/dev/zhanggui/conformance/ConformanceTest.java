package dev.zhanggui.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.conformance.CarelessTerminal.Habit;
import dev.zhanggui.conformance.Finding.Outcome;
import dev.zhanggui.terminal.Fleet;
import dev.zhanggui.terminal.ImpatientFleet;
import dev.zhanggui.terminal.TerminalView;
import dev.zhanggui.terminal.trust.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own terminal passes every check, and every check fails for a terminal that is made to fail it. All run at once: they mostly wait. */
class ConformanceTest {

    private static final String SERIAL = "ZGCONFORM1";
    private static final Duration PATIENCE = Duration.ofSeconds(18);
    private static final Duration SHORT = Duration.ofSeconds(4);

    /** @param fails the checks that it is made to fail; those alone are made */
    record Careless(Set<Habit> habits, Set<String> fails) {
        @Override
        public String toString() {
            return habits.isEmpty() ? "believes everything" : habits.toString();
        }
    }

    static final List<Careless> CARELESS = List.of(
            new Careless(
                    Set.of(Habit.SIGNS_NOTHING, Habit.POLLS_IN_HASTE, Habit.CHANGES_ITS_KEY),
                    Set.of(
                            "activation.signed",
                            "activation.code-shown",
                            "activation.pace",
                            "activation.answer-lost",
                            "lease.shown")),
            new Careless(
                    Set.of(
                            Habit.KEEPS_ITS_SESSION,
                            Habit.HAS_NO_WILL,
                            Habit.HAS_NO_KEEP_ALIVE,
                            Habit.LISTENS_TO_ALL,
                            Habit.CLAIMS_TO_RUN_SOMETHING,
                            Habit.RETAINS),
                    Set.of(
                            "connect.session",
                            "connect.will",
                            "connect.birth",
                            "connect.subscribes",
                            "line.half-open",
                            "wire.topics")),
            new Careless(Set.of(Habit.SPEAKS_BEFORE_IT_LISTENS), Set.of("connect.subscribes")),
            new Careless(
                    Set.of(),
                    Set.of(
                            "apply.asks",
                            "refuse.older",
                            "refuse.second",
                            "refuse.other-terminal",
                            "refuse.signature",
                            "refuse.algorithm",
                            "refuse.malformed",
                            "refuse.oversized",
                            "refuse.version",
                            "refuse.documents",
                            "refuse.missing",
                            "refuse.endless",
                            "refuse.runs-on",
                            "failure.rolls-back")),
            new Careless(Set.of(Habit.LIES), Set.of("apply.stays")),
            new Careless(Set.of(Habit.REFUSES_ALL), Set.of("apply.inline")),
            new Careless(
                    Set.of(Habit.ASKS_FOR_DOCUMENTS, Habit.REFUSES_COPIES),
                    Set.of("apply.pieces", "apply.duplicates", "power.cut")),
            new Careless(
                    Set.of(Habit.REFUSES_WHAT_IT_DOES_NOT_KNOW, Habit.GOES_BY_ITS_CLOCK),
                    Set.of("apply.newer", "lease.runs-on", "clock.far-off")),
            new Careless(
                    Set.of(Habit.WAITS_FOR_ACKNOWLEDGEMENTS), Set.of("line.connack", "line.suback", "line.puback")),
            new Careless(Set.of(Habit.NEVER_COMES_BACK), Set.of("line.unauthorized")),
            new Careless(Set.of(Habit.REPORTS_BACKWARDS), Set.of("reports.order")),
            new Careless(Set.of(Habit.RETAINS), Set.of("line.back-off", "line.jitter")));

    @TempDir
    static Path folder;

    private static ExecutorService threads;
    private static Future<Protocol> ours;
    private static List<Future<Protocol>> careless;

    @BeforeAll
    static void startAll() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        ours = threads.submit(ConformanceTest::judgeOurs);
        careless =
                CARELESS.stream().map(one -> threads.submit(() -> judge(one))).toList();
    }

    @AfterAll
    static void stopAll() {
        threads.shutdownNow();
    }

    @Test
    void ourOwnTerminalPassesEveryCheck() throws Exception {
        Protocol protocol = ours.get();
        assertThat(protocol.checks()).hasSize(Checks.TRIALS.size());
        assertThat(protocol.checks())
                .as(protocol.text())
                .allSatisfy(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.PASSED));
    }

    static Stream<Careless> careless() {
        return CARELESS.stream();
    }

    @ParameterizedTest
    @MethodSource("careless")
    void aCarelessTerminalFails(Careless one) throws Exception {
        Protocol protocol = careless.get(CARELESS.indexOf(one)).get();
        assertThat(protocol.checks())
                .filteredOn(entry -> one.fails().contains(entry.id()))
                .hasSize(one.fails().size());
        assertThat(protocol.checks())
                .filteredOn(entry -> one.fails().contains(entry.id()))
                .as(protocol.text())
                .allSatisfy(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.FAILED));
    }

    @Test
    void everyCheckHasWordsAndATerminalThatFailsIt() {
        Set<String> failed = new HashSet<>();
        CARELESS.forEach(one -> failed.addAll(one.fails()));
        assertThat(failed).containsExactlyInAnyOrderElementsOf(Checks.TRIALS.keySet());
        assertThat(Checks.words().stream().map(Checks.Words::id))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Checks.TRIALS.keySet());
    }

    @Test
    void withoutHandsOrHooksTheirChecksAreNotJudged() throws Exception {
        Set<String> only = Set.of("activation.code-shown", "lease.shown", "failure.rolls-back", "power.cut");
        try (Lab lab = new Lab(settings(SHORT, null), Clock.systemUTC(), Operator.NOBODY, () -> false);
                CarelessTerminal terminal = new CarelessTerminal(address(lab), Set.of(Habit.ASKS_FOR_DOCUMENTS))) {
            Protocol protocol = Conformance.judge(lab, only, entry -> {});
            assertThat(protocol.checks())
                    .hasSize(only.size())
                    .allSatisfy(entry -> assertThat(entry.outcome())
                            .as(entry.id() + entry.seen())
                            .isEqualTo(Outcome.NOT_JUDGED));
            assertThat(protocol.text())
                    .contains("4 not judged", "未判定 4", "activation.code-shown")
                    .contains("what to do");
            assertThat(StrictJson.MAPPER
                            .readTree(protocol.json())
                            .get("checks")
                            .get(0)
                            .get("outcome")
                            .stringValue())
                    .isEqualTo("NOT_JUDGED");
        }
    }

    @Test
    void withoutATerminalTheFirstCheckFailsAndTheOthersAreNotJudged() throws Exception {
        Lab.Settings settings = settings(Duration.ofMillis(1), null);
        try (Lab lab = new Lab(settings, Clock.systemUTC(), Operator.NOBODY, () -> false)) {
            Protocol protocol = Conformance.judge(lab, Set.of(), entry -> {});
            assertThat(protocol.count(Outcome.FAILED)).isOne();
            assertThat(protocol.count(Outcome.NOT_JUDGED)).isEqualTo(Checks.TRIALS.size() - 1L);
            assertThat(protocol.checks().getFirst().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    private static Protocol judgeOurs() throws IOException, InterruptedException {
        AtomicReference<@Nullable Fleet> on = new AtomicReference<>();
        Operator operator = question -> Optional.of(view(on.get())
                .map(view -> view.shownCode() == null || question.en().contains(view.shownCode()))
                .orElse(false));
        Power power = () -> {
            Fleet fleet = on.get();
            fleet.reboot(SERIAL);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> fleet.view(SERIAL).orElseThrow().state() == TerminalView.State.BOOTING);
            return true;
        };
        try (Lab lab = new Lab(settings(PATIENCE, null), Clock.systemUTC(), operator, power);
                Fleet fleet = ImpatientFleet.inFolder(folder, address(lab))) {
            on.set(fleet);
            fleet.powerOn(SERIAL, "SMART_POS");
            return Conformance.judge(lab, Set.of(), entry -> {});
        }
    }

    private static Optional<TerminalView> view(@Nullable Fleet fleet) {
        return fleet == null ? Optional.empty() : fleet.view(SERIAL);
    }

    private static Protocol judge(Careless one) throws IOException, InterruptedException {
        AtomicReference<@Nullable CarelessTerminal> on = new AtomicReference<>();
        Power power = () -> {
            on.get().reconnect();
            return true;
        };
        Set<String> only = new HashSet<>(one.fails());
        if (one.fails().contains("reports.order")) {
            only.add("apply.inline");
        }
        try (Lab lab = new Lab(settings(SHORT, "poison"), Clock.systemUTC(), question -> Optional.of(false), power);
                CarelessTerminal terminal = new CarelessTerminal(address(lab), one.habits())) {
            on.set(terminal);
            return Conformance.judge(lab, only, entry -> {});
        }
    }

    private static Lab.Settings settings(Duration patience, @Nullable String poison) {
        return new Lab.Settings(
                InetAddress.getLoopbackAddress(),
                "127.0.0.1",
                0,
                0,
                patience,
                patience.multipliedBy(3),
                Duration.ofSeconds(1),
                poison);
    }

    private static URI address(Lab lab) {
        return URI.create("http://127.0.0.1:" + lab.portal().port());
    }
}
