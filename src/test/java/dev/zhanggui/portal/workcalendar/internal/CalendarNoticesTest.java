package dev.zhanggui.portal.workcalendar.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.DayChange;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.MadeUp;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeId;
import dev.zhanggui.portal.workcalendar.NoticeState;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test uses a year of its own, far away, and leaves the calendar as it found it. */
class CalendarNoticesTest extends DatabaseTest {

    private static final String SOURCE = "https://example.org/made-up";

    @Autowired
    CalendarNotices notices;

    @Autowired
    CalendarNoticeRepository rows;

    @Autowired
    PublishedCalendar calendar;

    @Autowired
    AuditTrail trail;

    @Autowired
    Fixtures fixtures;

    @Autowired
    TransactionTemplate transaction;

    private final List<Integer> used = new ArrayList<>();

    @AfterEach
    void takeBack() {
        for (int year : used) {
            rows.waiting(year).ifPresent(it -> notices.reject(reviewer(), it.id(), "test ends"));
            if (notices.propose(admin(), new NewNotice(year, null, "", "test ends"))
                    instanceof Proposal.Proposed(var it, var no)) {
                notices.approve(reviewer(), it.id());
            }
        }
    }

    @Test
    void oneProposesAnotherApprovesAndTheYearIsPublishedAtOnce() {
        var day = LocalDate.of(2041, 10, 8);
        var proposed = proposed(2041, MadeUp.byLaw(2041, day));
        assertThat(calendar.state(2041)).isEqualTo(YearState.PROVISIONAL);
        assertThat(notices.waiting(fixtures.staff(Role.AUDITOR))).contains(proposed);

        var decided = ((Ruling.Decided<CalendarNotice>) notices.approve(reviewer(), proposed.id())).version();

        assertThat(decided.state()).isEqualTo(NoticeState.APPROVED);
        assertThat(calendar.state(2041)).isEqualTo(YearState.PUBLISHED);
        assertThat(calendar.day(day).kind()).isEqualTo(DayKind.TRANSFERRED_REST);
        assertThat(calendar.publication(2041)).isEqualTo(new WorkCalendar.Publication(clock.instant(), SOURCE));
        assertThat(audited(2041)).containsExactly("calendar.approved", "calendar.proposed");
    }

    @Test
    void nobodyDecidesTheirOwnProposal() {
        var admin = admin();
        var proposed = proposed(admin, 2042, MadeUp.byLaw(2042), null);
        assertThat(notices.mayDecide(admin, proposed)).isFalse();
        assertThat(notices.approve(admin, proposed.id())).isEqualTo(new Ruling.OwnProposal<>());
        assertThat(notices.reject(admin, proposed.id(), "nein")).isEqualTo(new Ruling.OwnProposal<>());
        assertThat(calendar.state(2042)).isEqualTo(YearState.PROVISIONAL);
        assertThat(notices.mayDecide(admin(), proposed)).isTrue();
    }

    @Test
    void whoeverMakesKeysIsNoSecondPairOfEyesForAKey() {
        var key = Actor.staffKey(77, "calendar robot", Set.of(Role.ADMIN));
        var proposed = proposed(key, 2043, MadeUp.byLaw(2043), null);
        assertThat(notices.approve(admin(), proposed.id())).isEqualTo(new Ruling.OwnProposal<>());
        assertThatThrownBy(() -> notices.approve(key, proposed.id())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> notices.approve(Fixtures.SYSTEM, proposed.id()))
                .isInstanceOf(NotAllowedException.class);
        assertThat(notices.approve(reviewer(), proposed.id())).isInstanceOf(Ruling.Decided.class);
    }

    @Test
    void rolesAreHeld() {
        var wish = new NewNotice(2044, MadeUp.byLaw(2044), SOURCE, null);
        for (var role : List.of(Role.REVIEWER, Role.AUDITOR, Role.SERVICE, Role.WAREHOUSE, Role.OWNER)) {
            var actor = fixtures.staff(role);
            assertThatThrownBy(() -> notices.propose(actor, wish))
                    .as("%s", role)
                    .isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> notices.read(actor, 2044, "{}")).isInstanceOf(NotAllowedException.class);
        }
        var proposed = proposed(2044, MadeUp.byLaw(2044));
        for (var role : List.of(Role.AUDITOR, Role.SERVICE, Role.WAREHOUSE, Role.OWNER)) {
            var actor = fixtures.staff(role);
            assertThat(notices.mayDecide(actor, proposed)).isFalse();
            assertThatThrownBy(() -> notices.approve(actor, proposed.id()))
                    .as("%s", role)
                    .isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> notices.reject(actor, proposed.id(), "x")).isInstanceOf(NotAllowedException.class);
        }
        for (var role : List.of(Role.SERVICE, Role.WAREHOUSE, Role.OWNER)) {
            var actor = fixtures.staff(role);
            assertThatThrownBy(() -> notices.history(actor, 2044)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> notices.waiting(actor)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> notices.effect(actor, 2044, null)).isInstanceOf(NotAllowedException.class);
        }
        assertThat(notices.history(fixtures.staff(Role.AUDITOR), 2044)).hasSize(1);
        assertThatThrownBy(() -> notices.withdraw(admin(), proposed.id())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> notices.approve(reviewer(), new NoticeId(1))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aRefusalSaysWhyAndTheYearMayBeProposedAgain() {
        var proposed = proposed(2045, MadeUp.byLaw(2045));
        assertThat(notices.propose(admin(), new NewNotice(2045, MadeUp.byLaw(2045), SOURCE, null)))
                .isEqualTo(new Proposal.AlreadyWaiting(proposed));
        assertThat(notices.reject(reviewer(), proposed.id(), " ")).isEqualTo(new Ruling.ReasonNeeded<>());
        var rejected = ((Ruling.Decided<CalendarNotice>) notices.reject(reviewer(), proposed.id(), "少了中秋调休")).version();
        assertThat(rejected.state()).isEqualTo(NoticeState.REJECTED);
        assertThat(rejected.decisionReason()).isEqualTo("少了中秋调休");
        assertThat(notices.approve(reviewer(), proposed.id())).isEqualTo(new Ruling.NotWaiting<>(rejected));
        assertThat(calendar.state(2045)).isEqualTo(YearState.PROVISIONAL);

        var admin = admin();
        var second = proposed(admin, 2045, MadeUp.byLaw(2045), null);
        assertThat(second.number()).isEqualTo(2);
        assertThat(((Ruling.Decided<CalendarNotice>) notices.withdraw(admin, second.id()))
                        .version()
                        .state())
                .isEqualTo(NoticeState.WITHDRAWN);
        assertThat(audited(2045))
                .containsExactly("calendar.withdrawn", "calendar.proposed", "calendar.rejected", "calendar.proposed");
    }

    @Test
    void aNewerVersionSupersedesAndTakingBackLeavesTheLaw() {
        var first = approved(2046, MadeUp.byLaw(2046), null);
        assertThat(notices.propose(admin(), new NewNotice(2046, MadeUp.byLaw(2046), SOURCE, "again")))
                .isEqualTo(new Proposal.NothingNew());
        var day = LocalDate.of(2046, 10, 8);
        assertThat(notices.propose(admin(), new NewNotice(2046, MadeUp.byLaw(2046, day), SOURCE, null)))
                .isEqualTo(new Proposal.Invalid("reason"));
        approved(2046, MadeUp.byLaw(2046, day), "更正");
        assertThat(calendar.day(day).holiday()).isTrue();
        assertThat(rows.find(first.id()).orElseThrow().state()).isEqualTo(NoticeState.SUPERSEDED);

        approved(2046, null, "发布有误");
        assertThat(calendar.day(day).kind()).isEqualTo(DayKind.WORKDAY);
        assertThat(calendar.state(2046)).isEqualTo(YearState.PROVISIONAL);
        assertThat(calendar.publication(2046)).isNull();
        assertThat(notices.history(reviewer(), 2046))
                .extracting(CalendarNotice::number, CalendarNotice::state)
                .containsExactly(
                        tuple(3, NoticeState.APPROVED),
                        tuple(2, NoticeState.SUPERSEDED),
                        tuple(1, NoticeState.SUPERSEDED));
        assertThat(notices.propose(admin(), new NewNotice(2046, null, "", "noch einmal")))
                .isEqualTo(new Proposal.NothingNew());
    }

    @Test
    void whatCannotBeReadIsNotProposed() {
        assertThat(notices.propose(admin(), new NewNotice(2047, "{\"year\":2047,\"days\":[]}", SOURCE, null)))
                .isEqualTo(new Proposal.Unreadable(List.of(new NoticeFault("", NoticeFault.Kind.NO_DAYS, ""))));
        assertThat(notices.propose(admin(), new NewNotice(2047, MadeUp.byLaw(2047), " ", null)))
                .isEqualTo(new Proposal.Invalid("source"));
        assertThat(notices.propose(admin(), new NewNotice(2047, MadeUp.byLaw(2047), "x".repeat(501), null)))
                .isEqualTo(new Proposal.Invalid("source"));
        assertThat(notices.propose(admin(), new NewNotice(2047, null, "", "nothing there")))
                .isEqualTo(new Proposal.NothingNew());
        assertThat(rows.ofYear(2047)).isEmpty();
    }

    @Test
    void theEffectNamesTheDaysThatWouldChange() {
        var day = LocalDate.of(2048, 10, 8);
        var proposed = proposed(2048, MadeUp.byLaw(2048, day));
        assertThat(notices.effect(reviewer(), 2048, proposed.notice()).changes())
                .extracting(DayChange::date)
                .containsExactly(day);
        assertThat(notices.effect(reviewer(), 2048, null).changes()).isEmpty();
    }

    @Test
    void anotherPortalLearnsOfItAtItsNextLook() {
        var other = new PublishedCalendar(rows);
        approved(2049, MadeUp.byLaw(2049), null);
        assertThat(other.state(2049)).isEqualTo(YearState.PROVISIONAL);
        other.refresh();
        assertThat(other.state(2049)).isEqualTo(YearState.PUBLISHED);
    }

    @Test
    void anApprovalThatRollsBackPublishesNothing() {
        var proposed = proposed(2050, MadeUp.byLaw(2050));
        transaction.executeWithoutResult(status -> {
            notices.approve(reviewer(), proposed.id());
            status.setRollbackOnly();
        });
        calendar.refresh();
        assertThat(calendar.state(2050)).isEqualTo(YearState.PROVISIONAL);
        assertThat(rows.find(proposed.id()).orElseThrow().waits()).isTrue();
    }

    @Test
    void ofTwoApprovalsAtOnceOneHolds() throws Exception {
        var proposed = proposed(2051, MadeUp.byLaw(2051));
        Callable<String> approve = () -> {
            try {
                return notices.approve(reviewer(), proposed.id()).getClass().getSimpleName();
            } catch (LostUpdateException e) {
                return "Lost";
            }
        };
        try (var threads = Executors.newFixedThreadPool(2)) {
            var outcomes = new ArrayList<String>();
            for (var future : threads.invokeAll(List.of(approve, approve))) {
                outcomes.add(future.get());
            }
            assertThat(outcomes).containsOnlyOnce("Decided").doesNotContain("OwnProposal");
        }
        assertThat(audited(2051)).containsOnlyOnce("calendar.approved");
    }

    @Test
    void ofTwoProposalsAtOnceOneWaits() throws Exception {
        used.add(2052);
        Callable<Proposal> propose =
                () -> notices.propose(admin(), new NewNotice(2052, MadeUp.byLaw(2052), SOURCE, null));
        try (var threads = Executors.newFixedThreadPool(2)) {
            var outcomes = new ArrayList<Proposal>();
            for (var future : threads.invokeAll(List.of(propose, propose))) {
                outcomes.add(future.get());
            }
            assertThat(outcomes).hasAtLeastOneElementOfType(Proposal.Proposed.class);
            assertThat(outcomes).hasAtLeastOneElementOfType(Proposal.AlreadyWaiting.class);
        }
        assertThat(rows.ofYear(2052)).hasSize(1);
    }

    private CalendarNotice proposed(int year, String text) {
        return proposed(admin(), year, text, null);
    }

    private CalendarNotice proposed(Actor actor, int year, @Nullable String text, @Nullable String reason) {
        used.add(year);
        return ((Proposal.Proposed) notices.propose(actor, new NewNotice(year, text, SOURCE, reason))).notice();
    }

    private CalendarNotice approved(int year, @Nullable String text, @Nullable String reason) {
        var proposed = proposed(admin(), year, text, reason);
        return ((Ruling.Decided<CalendarNotice>) notices.approve(reviewer(), proposed.id())).version();
    }

    private List<String> audited(int year) {
        var query = new AuditQuery("calendar:" + year, null, null, null, null);
        return trail.page(fixtures.staff(Role.AUDITOR), query, null, 50).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private Actor admin() {
        return fixtures.staff(Role.ADMIN);
    }

    private Actor reviewer() {
        return fixtures.staff(Role.REVIEWER);
    }
}
