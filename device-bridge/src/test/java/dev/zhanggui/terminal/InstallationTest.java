package dev.zhanggui.terminal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.Samples;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.store.Boot;
import dev.zhanggui.terminal.store.Boot.GivenUp;
import dev.zhanggui.terminal.store.FolderFlash;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");
    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final Signer SIGNER = new Signer("k1");
    private static final Verifier VERIFIER = new Verifier(TID, List.of(SIGNER.verificationKey()));

    @TempDir
    Path terminals;

    private FolderFlash flash;
    private StateFolder folder;

    @BeforeEach
    void open() {
        flash = StateFolder.flash(terminals, "ZG-1");
        folder = StateFolder.open(flash, "ZG-1", "KIOSK", new SecureRandom());
    }

    @Test
    void whatStoodItsSoakIsGoodAndTheOtherSlotIsSpare() {
        Installation it = start(NOW);
        it.install(working(1), NOW);
        assertThat(folder.boot().good()).isNull();
        it.settleIfOver(NOW.plus(SOAK).minusMillis(1));
        assertThat(folder.boot().good()).isNull();

        it.settleIfOver(NOW.plus(SOAK));

        assertThat(folder.boot().good()).isEqualTo(folder.boot().active());
        it.install(working(2), NOW.plus(SOAK));
        assertThat(requireNonNull(folder.boot().active()).slot()).isEqualTo(Boot.Slot.B);
        assertThat(requireNonNull(folder.boot().good()).slot()).isEqualTo(Boot.Slot.A);
        it.install(working(3), NOW.plus(SOAK));
        assertThat(requireNonNull(folder.boot().active()).slot())
                .as("never over the last-known-good")
                .isEqualTo(Boot.Slot.B);
    }

    @Test
    void aSoakThatIsOverAtTheNextStartIsOver() {
        start(NOW).install(working(1), NOW);
        Installation it = start(NOW.plus(SOAK));
        assertThat(it.soakLeft(NOW.plus(SOAK))).isZero();
        assertThat(it.failed()).isEmpty();
    }

    @Test
    void aClockThatWasSetBackMakesASoakNoLongerThanAWholeOne() {
        Installation it = start(NOW);
        it.install(working(1), NOW);
        assertThat(it.soakLeft(NOW.minus(Duration.ofDays(3650)))).isEqualTo(SOAK);
        assertThat(it.soakLeft(NOW.plusSeconds(60))).isEqualTo(SOAK.minusSeconds(60));
    }

    @Test
    void whatFailsItsSelfTestIsGivenUpAtOnceAndTheGoodOneRuns() {
        Installation it = settled(1);
        Configuration broken = configuration(2, SIGNER.inline(DocumentRef.HOURS, Samples.endless(NOW)));

        Installation.Outcome outcome = it.install(broken, NOW);

        GivenUp what = new GivenUp(broken.digest(), 1, 2, RejectCode.SELF_TEST.number(), false);
        assertThat(outcome).isEqualTo(new Installation.Outcome.RolledBack(what, "screen: DateTimeException"));
        assertThat(gen(it)).isEqualTo(1);
        assertThat(it.quarantine(broken.digest())).contains(what);
        assertThat(folder.floor().gen()).as("the number is used up").isEqualTo(2);
        assertThat(gen(start(NOW))).isEqualTo(1);
    }

    @Test
    void theSelfTestReadsTheHoursDrawsEveryCodeAndTheScreen() {
        assertThat(SelfTest.failure(working(1), NOW)).isEmpty();
        HoursDocument sound = Samples.openAround(NOW);
        HoursDocument none = Samples.hours(NOW, List.of());
        CodesDocument tooLong = new CodesDocument(List.of(
                Samples.codes().codes().getFirst(),
                new CodesDocument.Code("2", "https://x/" + "%".repeat(3000), "后门", "STORE")));
        assertThat(SelfTest.failure(unchecked(none, null), NOW)).contains("hours: NoSuchElementException");
        assertThat(SelfTest.failure(unchecked(sound, tooLong), NOW)).contains("codes: DataTooLongException");
        assertThat(SelfTest.failure(unchecked(Samples.endless(NOW), null), NOW)).contains("screen: DateTimeException");
    }

    @Test
    void aThirdStartWithinTheSoakIsACrashLoopAndRollsBack() {
        Installation it = settled(1);
        Configuration poison = working(2);
        it.install(poison, NOW);
        assertThat(gen(start(NOW.plusSeconds(10)))).isEqualTo(2);
        assertThat(gen(start(NOW.plusSeconds(20)))).isEqualTo(2);

        Installation third = start(NOW.plusSeconds(30));

        assertThat(gen(third)).isEqualTo(1);
        assertThat(third.untold()).containsExactly(new GivenUp(poison.digest(), 1, 2, RejectCode.SOAK.number(), false));
        assertThat(gen(start(NOW.plusSeconds(40)))).isEqualTo(1);
    }

    @Test
    void orderlyRestartsAreNoCrashes() {
        Installation it = settled(1);
        it.install(working(2), NOW);
        for (int i = 0; i < 10; i++) {
            it.stopped();
            it = start(NOW.plusSeconds(i));
        }
        assertThat(gen(it)).isEqualTo(2);
    }

    @Test
    void startsAfterTheSoakAreNoCrashLoop() {
        settled(1);
        for (int i = 0; i < 10; i++) {
            assertThat(gen(start(NOW.plus(SOAK).plusSeconds(i)))).isEqualTo(1);
        }
    }

    @Test
    void theFirstOfAllThatFailsLeavesNothingToRun() {
        Installation it = start(NOW);
        it.install(working(1), NOW);
        assertThat(it.failed()).isPresent();
        assertThat(it.active()).isNull();
        assertThat(start(NOW).active()).isNull();
    }

    @Test
    void whatTheBrokerHasIsNotToldAgain() {
        Installation it = settled(1);
        it.install(working(2), NOW);
        GivenUp what = it.failed().orElseThrow();
        assertThat(start(NOW).untold()).containsExactly(what);
        it.told(what);
        assertThat(start(NOW).untold()).isEmpty();
        assertThat(start(NOW).quarantine(what.digest())).isPresent();
    }

    @Test
    void theQuarantineKeepsTheNewestOnly() {
        Installation it = settled(1);
        for (int gen = 2; gen < 30; gen++) {
            it.install(working(gen), NOW);
            it.failed();
        }
        assertThat(folder.boot().givenUp()).hasSize(Boot.REMEMBERED).first().returns(29L, GivenUp::gen);
    }

    @Test
    void aFullMemoryKeepsTheOldOneRunningNowAndAfterARestart() {
        Installation it = settled(1);
        flash.full(true);
        assertThat(it.install(working(2), NOW)).isEqualTo(new Installation.Outcome.NotStored());
        assertThat(gen(it)).isEqualTo(1);
        assertThat(gen(start(NOW))).isEqualTo(1);
        flash.full(false);
        assertThat(it.install(working(2), NOW)).isEqualTo(new Installation.Outcome.Running());
        assertThat(gen(start(NOW))).isEqualTo(2);
    }

    private Installation settled(long gen) {
        Installation it = start(NOW);
        it.install(working(gen), NOW);
        it.settleIfOver(NOW.plus(SOAK));
        return it;
    }

    private Installation start(Instant now) {
        return new Installation(folder, VERIFIER, SOAK, now);
    }

    private static long gen(Installation it) {
        return requireNonNull(it.active()).manifest().gen();
    }

    private static Configuration working(long gen) {
        return configuration(gen, SIGNER.inline(DocumentRef.HOURS, Samples.openAround(NOW)));
    }

    private static Configuration configuration(long gen, DocumentRef document) {
        Manifest manifest = new Manifest(1, TID, 1, gen, NOW, NOW.plusSeconds(600), List.of(document), 0);
        return ((Verdict.Accepted<Configuration>) VERIFIER.configuration(manifest, SIGNER.manifest(manifest), Map.of()))
                .value();
    }

    /** What a verifier of another make might have let through. */
    private static Configuration unchecked(HoursDocument hours, @Nullable CodesDocument codes) {
        Manifest manifest = new Manifest(1, TID, 1, 1, NOW, NOW.plusSeconds(600), List.of(), 0);
        return new Configuration(manifest, "", "", Map.of(), hours, codes, null, null);
    }
}
