package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.workcalendar.CalendarDependents;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotice.Stamp;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarPublished;
import dev.zhanggui.portal.workcalendar.CalendarSnapshot;
import dev.zhanggui.portal.workcalendar.DayChange;
import dev.zhanggui.portal.workcalendar.Notice;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeId;
import dev.zhanggui.portal.workcalendar.NoticeMoved;
import dev.zhanggui.portal.workcalendar.NoticeReading;
import dev.zhanggui.portal.workcalendar.NoticeState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Service
class CalendarNoticesService implements CalendarNotices {

    private final CalendarNoticeRepository notices;
    private final CalendarSnapshot snapshot;
    private final ObjectProvider<CalendarDependents> dependents;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CalendarNoticesService(
            CalendarNoticeRepository notices,
            CalendarSnapshot snapshot,
            ObjectProvider<CalendarDependents> dependents,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.notices = notices;
        this.snapshot = snapshot;
        this.dependents = dependents;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public NoticeReading read(Actor actor, int year, String text) {
        access.requireStaff(actor, Role.ADMIN);
        return NoticeReading.of(year, text);
    }

    @Override
    @Transactional(readOnly = true)
    public Effect effect(Actor actor, int year, @Nullable Notice notice) {
        requireReader(actor);
        return new Effect(
                changes(year, notice),
                dependents.stream().mapToInt(CalendarDependents::stores).sum());
    }

    @Override
    public Proposal propose(Actor actor, NewNotice wish) {
        access.requireStaff(actor, Role.ADMIN);
        Notice notice = null;
        List<NoticeFault> warnings = List.of();
        if (wish.text() != null) {
            switch (NoticeReading.of(wish.year(), wish.text())) {
                case NoticeReading.Unreadable(var faults) -> {
                    return new Proposal.Unreadable(faults);
                }
                case NoticeReading.Readable(var read, var faults) -> {
                    notice = read;
                    warnings = faults;
                }
            }
        }
        var source =
                wish.source().isBlank() && notice != null && !notice.papers().isEmpty()
                        ? notice.papers().getFirst()
                        : wish.source().strip();
        var reason = wish.reason() == null || wish.reason().isBlank()
                ? null
                : wish.reason().strip();
        if (source.length() > LONGEST_TEXT || source.isEmpty() && notice != null) {
            return new Proposal.Invalid("source");
        }
        if (reason != null && reason.length() > LONGEST_TEXT) {
            return new Proposal.Invalid("reason");
        }
        var proposed = new CalendarNotice(
                new NoticeId(Ids.next()),
                wish.year(),
                0,
                NoticeState.WAITING,
                notice,
                source,
                reason,
                CalendarNoticeRepository.stamp(actor, now()),
                null,
                null);
        return propose(actor, proposed, warnings);
    }

    /** The unique key ends the transaction of whoever comes second; the one who waits is read after it. */
    private Proposal propose(Actor actor, CalendarNotice wish, List<NoticeFault> warnings) {
        var outcome = transaction.execute(status -> {
            var approved = notices.approved(wish.year()).filter(it -> !it.takesBack());
            if (approved.isPresent() && wish.reason() == null) {
                return new Proposal.Invalid("reason");
            }
            if (isNothingNew(wish, approved)) {
                return new Proposal.NothingNew();
            }
            var added = notices.add(wish);
            if (added.isEmpty()) {
                status.setRollbackOnly();
                return null;
            }
            audit.record(
                    actor,
                    "calendar.proposed",
                    subject(wish.year()),
                    null,
                    approved.map(CalendarNoticesService::json).orElse(null),
                    json(added.get()),
                    wish.reason());
            events.publishEvent(new NoticeMoved(wish.year()));
            return new Proposal.Proposed(added.get(), warnings);
        });
        if (outcome != null) {
            return outcome;
        }
        return notices.waiting(wish.year())
                .<Proposal>map(Proposal.AlreadyWaiting::new)
                .orElseThrow(() -> new IllegalStateException("proposed and decided meanwhile: " + wish.year()));
    }

    private static boolean isNothingNew(CalendarNotice wish, Optional<CalendarNotice> approved) {
        var wanted = wish.notice();
        if (wanted == null) {
            return approved.isEmpty();
        }
        return approved.map(CalendarNotice::notice)
                .filter(holds -> holds.days().equals(wanted.days()))
                .isPresent();
    }

    @Override
    @Transactional
    public Decision approve(Actor actor, NoticeId id) {
        return decide(actor, id, NoticeState.APPROVED, null);
    }

    @Override
    @Transactional
    public Decision reject(Actor actor, NoticeId id, String reason) {
        return reason.isBlank() || reason.length() > LONGEST_TEXT
                ? new Decision.ReasonNeeded()
                : decide(actor, id, NoticeState.REJECTED, reason.strip());
    }

    private Decision decide(Actor actor, NoticeId id, NoticeState state, @Nullable String reason) {
        requireDecider(actor);
        var notice = notices.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
        if (!notice.waits()) {
            return new Decision.NotWaiting(notice);
        }
        if (!isOther(actor, notice)) {
            return new Decision.OwnProposal();
        }
        return finish(actor, notice, state, reason);
    }

    @Override
    @Transactional
    public Decision withdraw(Actor actor, NoticeId id) {
        access.requireStaff(actor, Role.ADMIN);
        var notice = notices.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
        if (!isProposer(actor, notice)) {
            throw new NotAllowedException("only the proposer withdraws");
        }
        return notice.waits() ? finish(actor, notice, NoticeState.WITHDRAWN, null) : new Decision.NotWaiting(notice);
    }

    private Decision finish(Actor actor, CalendarNotice notice, NoticeState state, @Nullable String reason) {
        var before = notices.approved(notice.year()).map(CalendarNoticesService::json);
        if (!notices.decide(notice.id(), notice.year(), state, CalendarNoticeRepository.stamp(actor, now()), reason)) {
            throw new LostUpdateException(notice.id().toString());
        }
        audit.record(
                actor,
                "calendar." + state.name().toLowerCase(Locale.ROOT),
                subject(notice.year()),
                null,
                state == NoticeState.APPROVED ? before.orElse(null) : null,
                json(notice),
                reason);
        if (state == NoticeState.APPROVED) {
            // Before the events: whoever hears of it after the commit must meet the new calendar.
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public int getOrder() {
                    return HIGHEST_PRECEDENCE;
                }

                @Override
                public void afterCommit() {
                    snapshot.refresh();
                }
            });
            events.publishEvent(new CalendarPublished(notice.year()));
        }
        events.publishEvent(new NoticeMoved(notice.year()));
        return new Decision.Decided(notices.find(notice.id()).orElseThrow());
    }

    @Override
    public boolean mayDecide(Actor actor, CalendarNotice notice) {
        return notice.waits() && isDecider(actor) && isOther(actor, notice);
    }

    @Override
    @Transactional(readOnly = true)
    public List<CalendarNotice> history(Actor actor, int year) {
        requireReader(actor);
        return notices.ofYear(year);
    }

    @Override
    @Transactional(readOnly = true)
    public List<CalendarNotice> waiting(Actor actor) {
        requireReader(actor);
        return notices.waiting();
    }

    private List<DayChange> changes(int year, @Nullable Notice notice) {
        var approved = notices.approved();
        var others = new ArrayList<Notice>();
        for (var one : approved) {
            if (one.year() != year && one.notice() != null) {
                others.add(one.notice());
            }
        }
        if (notice != null) {
            others.add(notice);
        }
        return DayChange.between(
                PublishedCalendar.calendar(approved), new NoticedCalendar(ChinaCalendar.INSTANCE, others), year);
    }

    private void requireReader(Actor actor) {
        access.requireStaff(actor, Role.ADMIN, Role.REVIEWER, Role.AUDITOR);
    }

    /** A decision is a person's: no key and no timer makes one. */
    private void requireDecider(Actor actor) {
        if (!isDecider(actor)) {
            throw new NotAllowedException("needs a person with ADMIN or REVIEWER");
        }
    }

    private static boolean isDecider(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON && (actor.has(Role.ADMIN) || actor.has(Role.REVIEWER));
    }

    private static boolean isOther(Actor actor, CalendarNotice notice) {
        boolean byKey = notice.proposed().kind().equals(Actor.Kind.API_KEY.name());
        return byKey ? !actor.has(Role.ADMIN) : !isProposer(actor, notice);
    }

    private static boolean isProposer(Actor actor, CalendarNotice notice) {
        Stamp proposed = notice.proposed();
        return proposed.id() == actor.id()
                && proposed.kind().equals(actor.kind().name());
    }

    private static String subject(int year) {
        return "calendar:" + year;
    }

    private static @Nullable String json(CalendarNotice notice) {
        var days = notice.notice();
        return days == null ? null : days.json();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
