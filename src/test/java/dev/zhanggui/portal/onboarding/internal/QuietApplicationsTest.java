package dev.zhanggui.portal.onboarding.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.notification.Outbox;
import dev.zhanggui.portal.notification.OutboxMessage;
import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.Drafts;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** With the defaults: a draft rests 60 days, a fix and a price sheet wait 30, the reminder comes 7 days before the end. */
class QuietApplicationsTest extends DatabaseTest {

    @Autowired
    private QuietApplications quiet;

    @Autowired
    private Applications applications;

    @Autowired
    private ReviewDesk desk;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private ApplicationTables tables;

    @Autowired
    private Moves moves;

    @Autowired
    private ApplicantMessages messages;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient db;

    private Phone phone = new Phone("+8613800000000");
    private Actor applicant = Fixtures.SYSTEM;

    @BeforeEach
    void aPerson() {
        phone = fixtures.phone();
        applicant = Actor.person(accounts.ensurePerson(Fixtures.SYSTEM, phone), "quiet person", Set.of(Role.APPLICANT));
    }

    @Test
    void aDraftIsRemindedOnceAndPutAwayAWeekLater() {
        var number = applications.start(applicant).number();

        after(Duration.ofDays(53).minusSeconds(1));
        assertThat(sent()).isEmpty();
        after(Duration.ofSeconds(1));
        after(Duration.ofDays(1));
        assertThat(sent()).containsExactly("onboarding.expiring");
        assertThat(state(number)).isEqualTo(ApplicationState.DRAFT);

        after(Duration.ofDays(6));

        assertThat(state(number)).isEqualTo(ApplicationState.EXPIRED);
        assertThat(sent()).containsExactly("onboarding.expired", "onboarding.expiring");
        var move = db.sql("""
                        SELECT t.from_state, t.actor_kind, t.actor_label, t.reason FROM application_transition t
                        JOIN application a ON a.id = t.application_id WHERE a.number = ? AND t.to_state = 'EXPIRED'""").param(number.value()).query().singleRow();
        assertThat(move)
                .containsEntry("from_state", "DRAFT")
                .containsEntry("actor_kind", "SYSTEM")
                .containsEntry("actor_label", "onboarding")
                .containsEntry("reason", "quiet for 60 days");
        assertThat(applications.start(applicant).number())
                .as("expired is not open")
                .isNotEqualTo(number);
    }

    @Test
    void whoTypesAgainGetsTheWholeTimeAgain() {
        var number = applications.start(applicant).number();
        after(Duration.ofDays(53));
        assertThat(sent()).containsExactly("onboarding.expiring");

        applications.save(applicant, number, Field.STORE_NAME, "巷口牛肉面", 0);
        after(Duration.ofDays(52));

        assertThat(state(number)).isEqualTo(ApplicationState.DRAFT);
        assertThat(sent()).hasSize(1);
        after(Duration.ofDays(1));
        assertThat(sent()).hasSize(2);
    }

    @Test
    void aFixThatNobodyMakesEndsAfterThirtyDays() {
        var number = sentBack();

        after(Duration.ofDays(23));
        assertThat(sent()).startsWith("onboarding.expiring");
        after(Duration.ofDays(7));

        assertThat(state(number)).isEqualTo(ApplicationState.EXPIRED);
        assertThat(applications.timeline(applicant, number).steps())
                .extracting(Timeline.Step::to)
                .endsWith(ApplicationState.NEEDS_FIX, ApplicationState.EXPIRED);
    }

    @Test
    void afterALongStandstillTheReminderStillComesBeforeTheEnd() {
        var number = sentBack();

        after(Duration.ofDays(200));
        assertThat(state(number)).isEqualTo(ApplicationState.NEEDS_FIX);
        assertThat(sent()).startsWith("onboarding.expiring");
        after(Duration.ofDays(6));
        assertThat(state(number)).isEqualTo(ApplicationState.NEEDS_FIX);
        after(Duration.ofDays(1));

        assertThat(state(number)).isEqualTo(ApplicationState.EXPIRED);
    }

    @Test
    void whatWaitsForUsNeverEndsByItself() {
        var number = Drafts.fill(applications, applicant, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(applicant, number);

        after(Duration.ofDays(53));
        after(Duration.ofDays(7));

        assertThat(state(number)).isEqualTo(ApplicationState.SUBMITTED);
        assertThat(sent()).isEmpty();
    }

    @Test
    void portalsThatSweepSideBySideRemindOnceAndEndOnce() throws Exception {
        var number = applications.start(applicant).number();

        clock.advance(Duration.ofDays(53));
        sweepTogether();
        assertThat(sent()).containsExactly("onboarding.expiring");
        clock.advance(Duration.ofDays(7));
        sweepTogether();

        assertThat(sent()).containsExactly("onboarding.expired", "onboarding.expiring");
        assertThat(applications.timeline(applicant, number).steps())
                .extracting(Timeline.Step::to)
                .containsExactly(ApplicationState.DRAFT, ApplicationState.EXPIRED);
    }

    @Test
    void aReminderThatWouldComeTooEarlyStopsTheStart() {
        assertThatThrownBy(() -> new QuietApplications(
                        tables,
                        moves,
                        messages,
                        transaction,
                        clock,
                        Duration.ofDays(60),
                        Duration.ofDays(30),
                        Duration.ofDays(15)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expiry.notice");
    }

    private void after(Duration time) {
        clock.advance(time);
        quiet.sweep();
    }

    private void sweepTogether() throws Exception {
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var done : threads.invokeAll(List.of(sweep(), sweep(), sweep()))) {
                done.get();
            }
        }
    }

    private java.util.concurrent.Callable<Boolean> sweep() {
        return () -> {
            quiet.sweep();
            return true;
        };
    }

    private ApplicationNumber sentBack() {
        var service = fixtures.staff(Role.SERVICE);
        var number = Drafts.fill(applications, applicant, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(applicant, number);
        desk.claim(service, number);
        desk.askForFix(service, number, List.of(new Fix(Field.ADDRESS, "请写到门牌号。")));
        return number;
    }

    private ApplicationState state(ApplicationNumber number) {
        return requireNonNull(applications.find(applicant, number)).state();
    }

    /** The templates sent to this person, newest first. */
    private List<String> sent() {
        return outbox.latest(Optional.of(phone)).stream()
                .map(OutboxMessage::template)
                .toList();
    }
}
