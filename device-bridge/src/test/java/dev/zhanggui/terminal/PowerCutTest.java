package dev.zhanggui.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.support.CrashingFlash;
import dev.zhanggui.support.CrashingFlash.Omission;
import dev.zhanggui.support.CrashingFlash.PowerCut;
import dev.zhanggui.support.Samples;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.store.Flash;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.ScreenDocument;
import dev.zhanggui.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every operation of every way that an activation can take, and comes back to every state that the memory may then
 * be in (invariants I2, I7, I11): last-known-good or the new one, never a mix, never something older than what was proven.
 */
class PowerCutTest {

    private static final Logger LOG = Logger.getLogger(Installation.class.getName());
    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");
    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final Instant LATER = NOW.plus(SOAK);
    private static final Signer SIGNER = new Signer("k1");
    private static final Verifier VERIFIER = new Verifier(TID, List.of(SIGNER.verificationKey()));
    private static final Configuration FIRST = configuration(1);
    private static final Configuration SECOND = configuration(2);
    private static final Configuration THIRD = configuration(3);

    /** Thousands of slots that cannot be read are what this is about. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    void theFirstActivationOfAllLeavesNothingOrIt() {
        assertThat(everyCut(empty(), it -> it.install(FIRST, NOW), allowing(0, 1), 1))
                .isGreaterThan(50);
    }

    @Test
    void anActivationLeavesLastKnownGoodOrTheNewOne() {
        assertThat(everyCut(good(FIRST), it -> it.install(SECOND, NOW), allowing(1, 2), 2))
                .isGreaterThan(50);
    }

    @Test
    void anActivationDuringTheSoakOfAnotherLeavesLastKnownGoodOrOneOfThem() {
        everyCut(soaking(SECOND), it -> it.install(THIRD, NOW), allowing(1, 2, 3), 3);
    }

    /** Found by the simulation, seed 43. */
    @Test
    void aSoakThatEndsInTheDarkDoesNotMakeGoodWhatWasHalfOverwritten() {
        int operations = countOperations(soaking(SECOND), it -> it.install(THIRD, NOW));
        for (int cut = 0; cut < operations; cut++) {
            cutDuring(soaking(SECOND), cut, it -> it.install(THIRD, NOW))
                    .eachState(state -> assertThat(gen(new Installation(StateFolder.on(state), VERIFIER, SOAK, LATER)))
                            .isIn(1L, 2L, 3L));
        }
    }

    @Test
    void theEndOfASoakLeavesTheSame() {
        everyCut(soaking(SECOND), it -> it.settleIfOver(LATER), allowing(2), 2);
    }

    @Test
    void aRollBackLeavesTheGoodOneOrTheOtherStillInItsSoak() {
        everyCut(
                soaking(SECOND),
                Installation::failed,
                (flash, found) -> {
                    boolean back = gen(found) == 1;
                    assertThat(gen(found)).isIn(1L, 2L);
                    assertThat(found.quarantine(SECOND.digest()).isPresent()).isEqualTo(back);
                },
                1);
    }

    @Test
    void aSelfTestThatFailsLeavesTheGoodOneWhereverThePowerGoes() {
        Configuration broken = broken(2);
        everyCut(
                good(FIRST),
                it -> it.install(broken, NOW),
                (flash, found) -> {
                    assertThat(gen(found)).isEqualTo(1);
                    boolean raised = StateFolder.on(flash).floor().gen() == 2;
                    assertThat(raised || found.quarantine(broken.digest()).isEmpty())
                            .isTrue();
                },
                1);
    }

    @Test
    void aStartDuringTheSoakLeavesTheSame() {
        CrashingFlash flash = soaking(SECOND);
        int operations = flash.operations();
        new Installation(StateFolder.on(flash), VERIFIER, SOAK, NOW);
        int started = flash.operations() - operations;
        assertThat(started).isPositive();
        for (int cut = 0; cut < started; cut++) {
            CrashingFlash again = soaking(SECOND);
            again.cutAfter(cut);
            assertThatThrownBy(() -> new Installation(StateFolder.on(again), VERIFIER, SOAK, NOW))
                    .isInstanceOf(PowerCut.class);
            again.eachState(state -> assertThat(gen(found(state))).isEqualTo(2));
        }
    }

    @Test
    void whatIsPushedAgainAfterAPowerCutIsActivatedOnce() {
        CrashingFlash counted = good(FIRST);
        int operations = countOperations(counted, it -> it.install(SECOND, NOW));
        for (int cut = 0; cut < operations; cut++) {
            cutDuring(good(FIRST), cut, it -> it.install(SECOND, NOW)).eachState(state -> {
                Installation found = found(state);
                if (gen(found) == 1) {
                    assertThat(StateFolder.on(state).floor().objection(SECOND.manifest(), SECOND.digest()))
                            .isEmpty();
                    assertThat(found.install(SECOND, NOW)).isInstanceOf(Installation.Outcome.Running.class);
                }
                assertThat(gen(found(state))).isEqualTo(2);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Omission.class)
    void aTerminalThatForgetsToForceIsFoundOut(Omission omission) {
        CrashingFlash forgetful = good(FIRST, omission);
        assertThatThrownBy(() -> everyCut(forgetful, it -> it.install(SECOND, NOW), allowing(1, 2), 2))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aTerminalThatSwitchesBeforeItRaisesTheFloorIsFoundOut() {
        CrashingFlash flash = good(FIRST);
        StateFolder folder = StateFolder.on(flash);
        Floor before = folder.floor();
        folder.activate(SECOND, folder.boot().activate(SECOND.digest(), NOW, SOAK));
        CrashingFlash wrong = copyWithFloor(flash, before);
        assertThatThrownBy(() -> sound(wrong, found(wrong))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aSlotWithASwappedDocumentDoesNotCount() {
        String old = SIGNER.document(DocumentRef.CODES, new CodesDocument(List.of()));
        String fresh = SIGNER.document(DocumentRef.CODES, Samples.codes());
        DocumentRef pinned = new DocumentRef(DocumentRef.CODES, Wire.digest(fresh), fresh.length(), null);
        Configuration second = verified(2, List.of(pinned), Map.of(pinned.digest(), fresh));
        CrashingFlash flash = good(FIRST);
        found(flash).install(second, NOW);
        assertThat(gen(found(flash))).isEqualTo(2);

        // A mix that a careless copy would make: the new manifest beside the old document.
        flash.write(
                "slot-b.json",
                StrictJson.MAPPER.writeValueAsBytes(
                        new StateFolder.Stored(second.jws(), Map.of(pinned.digest(), old))));

        assertThat(gen(found(flash))).isEqualTo(1);
    }

    @Test
    void aSlotWithAnotherGenuineManifestDoesNotCount() {
        CrashingFlash flash = good(FIRST);
        found(flash).install(SECOND, NOW);
        flash.write(
                "slot-b.json",
                StrictJson.MAPPER.writeValueAsBytes(new StateFolder.Stored(THIRD.jws(), THIRD.documents())));
        assertThat(gen(found(flash))).isEqualTo(1);
    }

    // Words

    private int everyCut(
            CrashingFlash before, Consumer<Installation> act, BiConsumer<CrashingFlash, Installation> check, long end) {
        int states = 0;
        int operations = countOperations(copy(before), act);
        for (int cut = 0; cut < operations; cut++) {
            states += cutDuring(copy(before), cut, act).eachState(state -> {
                Installation found = found(state);
                sound(state, found);
                check.accept(state, found);
            });
        }
        // After the last operation the power may go too: what was told to the portal must still be so.
        CrashingFlash done = copy(before);
        act.accept(found(done));
        states += done.eachState(state -> {
            Installation found = found(state);
            sound(state, found);
            assertThat(gen(found)).isEqualTo(end);
        });
        return states;
    }

    private static int countOperations(CrashingFlash flash, Consumer<Installation> act) {
        Installation it = found(flash);
        int before = flash.operations();
        act.accept(it);
        return flash.operations() - before;
    }

    private static CrashingFlash cutDuring(CrashingFlash flash, int cut, Consumer<Installation> act) {
        Installation it = found(flash);
        flash.cutAfter(cut);
        assertThatThrownBy(() -> act.accept(it)).isInstanceOf(PowerCut.class);
        return flash;
    }

    /** Nothing runs that is newer than the floor: else an older one could come after it. */
    private static void sound(CrashingFlash flash, Installation found) {
        assertThat(gen(found)).isLessThanOrEqualTo(StateFolder.on(flash).floor().gen());
    }

    private static BiConsumer<CrashingFlash, Installation> allowing(Integer... generations) {
        Set<Integer> allowed = Set.of(generations);
        return (flash, found) -> {
            assertThat((int) gen(found)).isIn(allowed);
            Configuration running = found.active();
            if (running != null) {
                assertThat(running).isEqualTo(configurationOf(running.manifest().gen()));
            }
        };
    }

    private static Configuration configurationOf(long gen) {
        return List.of(FIRST, SECOND, THIRD).get((int) gen - 1);
    }

    private static Installation found(Flash flash) {
        return new Installation(StateFolder.on(flash), VERIFIER, SOAK, NOW);
    }

    private static long gen(Installation installation) {
        Configuration running = installation.active();
        return running == null ? 0 : running.manifest().gen();
    }

    private static CrashingFlash empty() {
        return new CrashingFlash();
    }

    private static CrashingFlash good(Configuration configuration, Omission... omissions) {
        CrashingFlash flash = new CrashingFlash(omissions);
        Installation it = found(flash);
        it.install(configuration, NOW);
        it.settleIfOver(LATER);
        return flash;
    }

    /** {@link #FIRST} is good, this one runs. */
    private static CrashingFlash soaking(Configuration configuration) {
        CrashingFlash flash = good(FIRST);
        found(flash).install(configuration, NOW);
        return flash;
    }

    /** As it is, with power. */
    private static CrashingFlash copy(CrashingFlash flash) {
        @Nullable CrashingFlash[] last = new CrashingFlash[1];
        flash.eachState(state -> last[0] = state);
        return Objects.requireNonNull(last[0]);
    }

    private static CrashingFlash copyWithFloor(CrashingFlash flash, Floor floor) {
        CrashingFlash copy = copy(flash);
        copy.write("floor.json", StrictJson.MAPPER.writeValueAsBytes(floor));
        return copy;
    }

    private static Configuration configuration(long gen) {
        return verified(
                gen,
                List.of(
                        SIGNER.inline(DocumentRef.HOURS, Samples.openAround(NOW.plusSeconds(gen))),
                        SIGNER.inline(DocumentRef.CODES, Samples.codes()),
                        SIGNER.inline(DocumentRef.SCREEN, new ScreenDocument("巷口牛肉面", null, "柜台 " + gen, null))),
                Map.of());
    }

    /** Genuine, and no screen can show it: the next change lies beyond all calendars. */
    private static Configuration broken(long gen) {
        return verified(gen, List.of(SIGNER.inline(DocumentRef.HOURS, Samples.endless(NOW))), Map.of());
    }

    private static Configuration verified(long gen, List<DocumentRef> documents, Map<String, String> atHand) {
        Manifest manifest = new Manifest(1, TID, 1, gen, NOW, NOW.plusSeconds(600), documents, 0);
        String jws = SIGNER.manifest(manifest);
        return ((Verdict.Accepted<Configuration>) VERIFIER.configuration(manifest, jws, atHand)).value();
    }
}
