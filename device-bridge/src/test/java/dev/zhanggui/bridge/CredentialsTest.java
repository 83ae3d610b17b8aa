package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zhanggui.bridge.broker.Terminals.Admission;
import dev.zhanggui.bridge.portal.LinkState;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.MovableClock;
import dev.zhanggui.wire.Link;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2BCR0001";
    private static final int FLEET = 1_001;
    private static final Duration REMEMBERED = Duration.ofHours(12);

    private final MovableClock clock = new MovableClock();
    private FakePortal portal;
    private String token;
    private Credentials credentials;

    @BeforeEach
    void startPortal() throws IOException {
        portal = new FakePortal();
        portal.activated(TID, 1883);
        token = portal.token(TID);
        BridgeProperties properties = properties(REMEMBERED);
        credentials = new Credentials(new PortalLink(properties, new LinkState(clock)), clock, properties);
    }

    @AfterEach
    void stopPortal() {
        portal.close();
    }

    @Test
    void aYesIsRememberedAndANoIsNot() throws Exception {
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(portal.credentialQuestions()).isEqualTo(1);
        assertThat(admit("wrong")).isEqualTo(Admission.REFUSED);
        assertThat(admit("wrong")).isEqualTo(Admission.REFUSED);
        assertThat(portal.credentialQuestions()).isEqualTo(3);
    }

    @Test
    void aYesStandsUntilItIsWithdrawn() throws Exception {
        assertThat(credentials.stands(shown(token))).isFalse();
        admit(token);
        assertThat(credentials.stands(shown(token))).isTrue();
        assertThat(credentials.stands(shown("wrong"))).isFalse();

        portal.revoke(TID);
        credentials.withdraw(TID);

        assertThat(credentials.stands(shown(token))).isFalse();
        assertThat(admit(token)).isEqualTo(Admission.REFUSED);
    }

    @Test
    void aFleetThatComesAtOnceIsAskedForTogetherAndEachIsToldItsOwn() throws Exception {
        Map<String, CompletableFuture<Admission>> answers = new LinkedHashMap<>();
        CountDownLatch allAreHere = new CountDownLatch(1);
        portal.beforeCredentialAnswer(() -> await(allAreHere));
        for (int i = 0; i < FLEET; i++) {
            String tid = "01K9ZQ4T8M3V5C7W9Y2BCS%04d".formatted(i);
            portal.activated(tid, 1883);
            answers.put(tid, credentials.admit(shown(tid, i % 3 == 2 ? "wrong" : portal.token(tid))));
        }
        allAreHere.countDown();

        int i = 0;
        for (var answer : answers.entrySet()) {
            assertThat(answer.getValue().get(20, TimeUnit.SECONDS))
                    .as(answer.getKey())
                    .isEqualTo(i++ % 3 == 2 ? Admission.REFUSED : Admission.ADMITTED);
        }
        assertThat(portal.credentialQuestions()).isEqualTo(FLEET);
        assertThat(portal.admissionCalls())
                .as("the first that came, and full ones after it")
                .isBetween(3, 4);
    }

    @Test
    void aCloneThatComesAtTheSameMomentGetsAnAnswerOfItsOwn() throws Exception {
        CountDownLatch allAreHere = new CountDownLatch(1);
        portal.beforeCredentialAnswer(() -> await(allAreHere));
        var first = credentials.admit(shown("guessed"));
        var genuine = credentials.admit(shown(token));
        var clone = credentials.admit(shown("guessed again"));
        allAreHere.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.REFUSED);
        assertThat(genuine.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.ADMITTED);
        assertThat(clone.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.REFUSED);
    }

    @Test
    void aPortalThatCannotBeAskedTogetherIsAskedOneByOne() throws Exception {
        portal.knowsNoAdmissions();
        assertThat(admit("wrong")).isEqualTo(Admission.REFUSED);
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(portal.credentialQuestions()).isEqualTo(2);
        assertThat(portal.admissionCalls()).isZero();
    }

    @Test
    void aCertificateIsAnotherThingThanATokenOfTheSameText() throws Exception {
        admit(token);
        assertThat(credentials.stands(new Link.Credential(TID, null, token))).isFalse();
        assertThat(credentials.stands(new Link.Credential(TID, token, "thumbprint")))
                .as("where there is a certificate, the token does not count")
                .isFalse();
    }

    @Test
    void aYesThatAWithdrawalOvertookIsNeitherUsedNorRemembered() throws Exception {
        CountDownLatch decided = new CountDownLatch(1);
        CountDownLatch withdrawn = new CountDownLatch(1);
        portal.beforeCredentialAnswer(() -> {
            decided.countDown();
            await(withdrawn);
        });
        CompletableFuture<Admission> answer = credentials.admit(shown(token));
        await(decided);
        portal.revoke(TID);
        credentials.withdraw(TID);
        withdrawn.countDown();

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.REFUSED);
        assertThat(portal.credentialQuestions()).as("asked again").isEqualTo(2);
        assertThat(credentials.stands(shown(token))).isFalse();
    }

    @Test
    void aTerminalThatIsBoundAgainMeanwhileIsLetInByTheSecondAnswer() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        portal.beforeCredentialAnswer(() -> {
            if (answers.incrementAndGet() == 1) {
                credentials.withdraw(TID);
            }
        });

        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(answers).hasValue(2);
        assertThat(credentials.stands(shown(token))).isTrue();
    }

    @Test
    void aWithdrawalOfAnotherTerminalOvertakesNothing() throws Exception {
        portal.beforeCredentialAnswer(() -> credentials.withdraw("01K9ZQ4T8M3V5C7W9Y2BCR0002"));

        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(portal.credentialQuestions()).isEqualTo(1);
    }

    @Test
    void whileThePortalIsAwayThoseItDoesNotRememberAreToldToComeAgain() throws Exception {
        portal.goAway();
        assertThat(admit(token)).isEqualTo(Admission.ASK_LATER);
        portal.comeBack();
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void aBridgeThatHeardNothingForTooLongAdmitsNobodyByMemory() throws Exception {
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        credentials.upToDate();
        portal.goAway();
        clock.forward(REMEMBERED.minusMinutes(1));
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        clock.forward(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(admit(token)).isEqualTo(Admission.ASK_LATER);
    }

    @Test
    void afterTooLongASilenceEveryoneIsAskedForAgain() throws Exception {
        admit(token);
        credentials.upToDate();
        clock.forward(REMEMBERED.plusMinutes(1));
        credentials.upToDate();
        assertThat(credentials.stands(shown(token))).isFalse();
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(portal.credentialQuestions()).isEqualTo(2);
    }

    @Test
    void aYesIsGoodForADayHoweverOftenThePortalSpeaks() throws Exception {
        admit(token);
        for (int i = 0; i < 4; i++) {
            clock.forward(REMEMBERED.dividedBy(2).minusMinutes(1));
            credentials.upToDate();
        }
        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(portal.credentialQuestions()).isEqualTo(1);

        clock.forward(Duration.ofMinutes(4).plusSeconds(1));
        credentials.upToDate();

        assertThat(admit(token)).isEqualTo(Admission.ADMITTED);
        assertThat(portal.credentialQuestions()).as("asked again").isEqualTo(2);
    }

    @Test
    void aCertificateDoesNotKeepTokensOutAtAPortalThatCannotBeAskedAboutIt() throws Exception {
        portal.knowsNoAdmissions();
        CountDownLatch allAreHere = new CountDownLatch(1);
        portal.beforeCredentialAnswer(() -> await(allAreHere));
        var first = credentials.admit(shown("wrong"));
        var certificate = credentials.admit(new Link.Credential(TID, null, "thumbprint"));
        var genuine = credentials.admit(shown(token));
        allAreHere.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.REFUSED);
        assertThat(certificate.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.ASK_LATER);
        assertThat(genuine.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void whoeverWaitedTooLongIsToldToComeAgainWithoutBeingAskedFor() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        portal.beforeCredentialAnswer(() -> {
            asked.countDown();
            await(answered);
        });
        var first = credentials.admit(shown(token));
        await(asked);
        var late = credentials.admit(shown("guessed"));
        clock.forward(Duration.ofSeconds(21));
        answered.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.ADMITTED);
        assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.ASK_LATER);
        assertThat(portal.credentialQuestions()).isEqualTo(1);
    }

    @Test
    void strangersDoNotFillTheMemory() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        portal.beforeCredentialAnswer(() -> {
            asked.countDown();
            await(answered);
        });
        var first = credentials.admit(shown(token));
        await(asked);
        for (int i = 0; i < 20_000; i++) {
            assertThat(credentials.admit(shown("guess " + i))).isNotDone();
        }
        assertThat(credentials.admit(shown("one more"))).isCompletedWithValue(Admission.ASK_LATER);
        answered.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void noBridgeRemembersForLongerThanThePortalTellsOfWithdrawals() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(Duration.ofHours(24).plusMillis(1)))
                .withMessageStartingWith("ZHANGGUI_REMEMBER_CREDENTIALS is between 0 and 24h");
        assertThatIllegalArgumentException().isThrownBy(() -> properties(Duration.ofMillis(-1)));
    }

    private BridgeProperties properties(Duration remembered) {
        return new BridgeProperties(
                "bridge-1",
                portal.url(),
                FakePortal.TOKEN,
                new BridgeProperties.Mqtt(
                        "127.0.0.1", 1883, 0, Path.of("unused"), "127.0.0.1", false, "", "", "", false),
                remembered);
    }

    private static Link.Credential shown(String token) {
        return shown(TID, token);
    }

    private static Link.Credential shown(String tid, String token) {
        return new Link.Credential(tid, token);
    }

    private Admission admit(String with) throws Exception {
        return credentials.admit(shown(with)).get(20, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
