package dev.zhanggui.terminal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.certificate.Certificates;
import dev.zhanggui.support.Authority;
import dev.zhanggui.support.CrashingFlash;
import dev.zhanggui.support.CrashingFlash.Omission;
import dev.zhanggui.support.CrashingFlash.PowerCut;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.store.Flash;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.wire.Provision;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys and certificates of a terminal over its life, with the power cut at every write (as {@link PowerCutTest}). */
class IdentityTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Instant DUE = NOW.plus(Duration.ofDays(60));
    private static final Authority AUTHORITY = new Authority("test authority");
    private static final Signer SIGNER = new Signer("k1");

    /** As the platform does: the same request is given the same certificate. */
    private final Map<String, Provision.Activation> issued = new HashMap<>();

    @Test
    void aSimpleDeviceAsksForNone() {
        Identity simple = new Identity(StateFolder.on(new CrashingFlash()), new SecureRandom(), "ZG-1", false, null);
        simple.booted();
        assertThat(simple.request(null, NOW)).isNull();
        assertThat(simple.renewalIn(answered(request(booted(new CrashingFlash()), null, NOW), NOW), NOW))
                .isNull();
    }

    @Test
    void theSameRequestIsSentUntilItIsAnsweredAlsoAfterARestart() {
        CrashingFlash flash = new CrashingFlash();
        String csr = request(booted(flash), null, NOW);
        assertThat(request(booted(flash), null, NOW.plusSeconds(60))).isEqualTo(csr);
    }

    @Test
    void aNewKeyIsMadeWhenTwoThirdsOfTheLifeAreOverAndNotBefore() {
        CrashingFlash flash = activated();
        Identity it = booted(flash);
        Provision.Activation old = stored(flash);
        String first = request(it, old, DUE.minusSeconds(1));
        assertThat(issued.get(first)).isEqualTo(old);

        String second = request(it, old, DUE);

        assertThat(second).isNotEqualTo(first);
        assertThat(request(booted(flash), old, DUE.plusSeconds(60)))
                .as("a lost answer costs nothing")
                .isEqualTo(second);
    }

    @Test
    void fleetsDoNotRenewAllAtOnce() {
        Identity it = booted(activated());
        Provision.Activation given = issued.values().iterator().next();
        List<Duration> left = IntStream.range(0, 100)
                .mapToObj(i -> requireNonNull(it.renewalIn(given, NOW)))
                .distinct()
                .toList();
        assertThat(left)
                .hasSizeGreaterThan(90)
                .allSatisfy(one ->
                        assertThat(one).isBetween(Duration.ofDays(60).minus(LIFE.dividedBy(20)), Duration.ofDays(60)));
    }

    @Test
    void theOldOneStaysUntilTheNewOneHasConnectedOnce() {
        CrashingFlash flash = activated();
        Identity it = booted(flash);
        Provision.Activation old = stored(flash);
        Provision.Activation given = answered(request(it, old, DUE), DUE);
        assertThat(it.takeBeside(old, given, DUE)).isTrue();

        Identity.Shown first = it.shown(old);
        assertThat(first).returns(given, Identity.Shown::activation).returns(true, Identity.Shown::renewed);
        it.failed(first);
        assertThat(it.shown(old)).returns(old, Identity.Shown::activation).returns(false, Identity.Shown::renewed);
        it.failed(it.shown(old));
        assertThat(it.shown(old).activation()).isEqualTo(given);

        it.connected(it.shown(old));

        assertThat(stored(flash)).isEqualTo(given);
        assertThat(StateFolder.on(flash).renewed()).isEmpty();
        assertThat(StateFolder.on(flash).tlsKeys().entries())
                .as("the old key is gone")
                .hasSize(1);
        assertThat(booted(flash).shown(stored(flash)))
                .returns(given, Identity.Shown::activation)
                .satisfies(shown -> assertThat(shown.tls()).isNotNull());
    }

    @Test
    void aNewOneReplacesAtOnceWhatHasRunOut() {
        CrashingFlash flash = activated();
        Identity it = booted(flash);
        Instant late = NOW.plus(LIFE).plusSeconds(1);
        Provision.Activation given = answered(request(it, stored(flash), late), late);
        assertThat(it.takeBeside(stored(flash), given, late)).isFalse();
        it.take(given);
        assertThat(it.shown(given).tls()).isNotNull();
    }

    @Test
    void withoutItsKeyACertificateIsOfNoUseAndAnotherIsAskedFor() {
        CrashingFlash flash = activated();
        flash.write("tls.json", new byte[] {'{'});
        Identity it = booted(flash);
        assertThat(it.shown(stored(flash)).tls()).isNull();
        assertThat(issued).doesNotContainKey(request(it, stored(flash), NOW));
    }

    @Test
    void aKeyThatIsDeclinedIsFollowedByAnotherAndThatByNoneForAWhile() {
        CrashingFlash flash = activated();
        Identity it = booted(flash);
        Provision.Activation old = stored(flash);
        String first = request(it, old, NOW);

        it.declined();

        String second = request(it, old, NOW);
        assertThat(second).isNotEqualTo(first);
        assertThat(request(booted(flash), old, NOW)).as("also after a restart").isEqualTo(second);
        it.declined();
        assertThat(request(it, old, NOW)).as("flash wears out").isEqualTo(second);
        assertThat(it.shown(old).tls()).as("what it has stays").isNotNull();
    }

    // The power goes

    @Test
    void whereverThePowerGoesAtTheFirstActivationItIsCompleteOrAskedForAgain() {
        int states = everyCut(CrashingFlash::new, this::activate, state -> {
            Identity found = booted(state);
            StateFolder.on(state)
                    .activation()
                    .ifPresentOrElse(
                            given -> assertThat(found.shown(given).tls()).isNotNull(),
                            () -> assertThat(request(found, null, NOW)).isNotEmpty());
        });
        assertThat(states).isGreaterThan(20);
    }

    @Test
    void whereverThePowerGoesWhileItIsRenewedOneThatThePlatformTakesIsThere() {
        boolean[] connected = new boolean[1];
        Consumer<CrashingFlash> renewal = flash -> {
            connected[0] = false;
            Identity it = booted(flash);
            Provision.Activation old = stored(flash);
            it.takeBeside(old, answered(request(it, old, DUE), DUE), DUE);
            Identity.Shown shown = it.shown(old);
            // From here on the platform takes the new one only.
            connected[0] = true;
            it.connected(shown);
        };
        int states = everyCut(this::activated, renewal, state -> {
            Identity found = booted(state);
            Provision.Activation given = stored(state);
            Identity.Shown shown = found.shown(given);
            assertThat(requireNonNull(shown.tls()).certificate()).isNotNull();
            if (connected[0]) {
                assertThat(notBefore(shown.activation())).isEqualTo(DUE);
            }
            assertThat(request(found, shown.activation(), DUE)).isNotEmpty();
        });
        assertThat(states).isGreaterThan(50);
    }

    @Test
    void whereverThePowerGoesWhenItIsTakenAwayNothingIsHalfThere() {
        everyCut(this::activated, flash -> StateFolder.on(flash).deactivated(), state -> {
            Identity found = booted(state);
            assertThat(request(found, StateFolder.on(state).activation().orElse(null), NOW))
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Omission.class)
    void aTerminalThatForgetsToForceIsFoundOut(Omission omission) {
        assertThatThrownBy(() -> everyCut(
                        () -> new CrashingFlash(omission),
                        this::activate,
                        state -> StateFolder.on(state)
                                .activation()
                                .ifPresent(given -> assertThat(
                                                booted(state).shown(given).tls())
                                        .isNotNull())))
                .isInstanceOf(AssertionError.class);
    }

    // Words

    private int everyCut(Supplier<CrashingFlash> before, Consumer<CrashingFlash> act, Consumer<CrashingFlash> check) {
        CrashingFlash whole = before.get();
        int first = whole.operations();
        act.accept(whole);
        int operations = whole.operations() - first;
        assertThat(operations).isPositive();
        int states = whole.eachState(check);
        for (int cut = 0; cut < operations; cut++) {
            CrashingFlash flash = before.get();
            flash.cutAfter(cut);
            assertThatThrownBy(() -> act.accept(flash)).isInstanceOf(PowerCut.class);
            states += flash.eachState(check);
        }
        return states;
    }

    private CrashingFlash activated() {
        CrashingFlash flash = new CrashingFlash();
        activate(flash);
        return flash;
    }

    private void activate(CrashingFlash flash) {
        Identity it = booted(flash);
        it.take(answered(request(it, null, NOW), NOW));
    }

    private Provision.Activation answered(String csr, Instant at) {
        return issued.computeIfAbsent(csr, fresh -> {
            X509Certificate certificate =
                    AUTHORITY.issue(Authority.keyOf(fresh), TID, at, at.plus(LIFE), Authority.CLIENT, List.of());
            return new Provision.Activation(
                    TID,
                    "127.0.0.1",
                    1883,
                    "token",
                    List.of(SIGNER.verificationKey()),
                    at,
                    8883,
                    Authority.text(certificate),
                    List.of(Authority.text(AUTHORITY.certificate())));
        });
    }

    private static String request(Identity it, Provision.@Nullable Activation given, Instant at) {
        return requireNonNull(it.request(given, at));
    }

    private static Identity booted(Flash flash) {
        Identity it = new Identity(StateFolder.on(flash), new SecureRandom(), "ZG-1", true, null);
        it.booted();
        return it;
    }

    private static Provision.Activation stored(Flash flash) {
        return StateFolder.on(flash).activation().orElseThrow();
    }

    private static Instant notBefore(Provision.Activation given) {
        try {
            return Certificates.read(requireNonNull(given.certificate()))
                    .getNotBefore()
                    .toInstant();
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
