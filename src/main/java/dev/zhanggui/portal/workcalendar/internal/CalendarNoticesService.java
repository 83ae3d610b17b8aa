package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.foureyes.Book;
import dev.zhanggui.portal.foureyes.FourEyes;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.foureyes.Verdict;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.workcalendar.CalendarDependents;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class CalendarNoticesService implements CalendarNotices {

    private final CalendarNoticeRepository notices;
    private final CalendarSnapshot snapshot;
    private final ObjectProvider<CalendarDependents> dependents;
    private final FourEyes fourEyes;
    private final ApplicationEventPublisher events;
    private final Book<CalendarNotice> book = new Kept();

    CalendarNoticesService(
            CalendarNoticeRepository notices,
            CalendarSnapshot snapshot,
            ObjectProvider<CalendarDependents> dependents,
            FourEyes fourEyes,
            ApplicationEventPublisher events) {
        this.notices = notices;
        this.snapshot = snapshot;
        this.dependents = dependents;
        this.fourEyes = fourEyes;
        this.events = events;
    }

    /** A year's notices as versions. */
    private final class Kept implements Book<CalendarNotice> {

        @Override
        public CalendarNotice version(long id) {
            return notices.find(new NoticeId(id)).orElseThrow(() -> new NotFoundException(new NoticeId(id).toString()));
        }

        @Override
        public long id(CalendarNotice notice) {
            return notice.id().value();
        }

        @Override
        public boolean decide(CalendarNotice notice, Verdict verdict, Stamp by, @Nullable String reason) {
            var state = switch (verdict) {
                case APPROVED -> NoticeState.APPROVED;
                case REJECTED -> NoticeState.REJECTED;
                case WITHDRAWN -> NoticeState.WITHDRAWN;
            };
            return notices.decide(notice.id(), notice.year(), state, by, reason);
        }

        @Override
        public String subject(CalendarNotice notice) {
            return "calendar:" + notice.year();
        }

        @Override
        public String action(@Nullable Verdict verdict) {
            return verdict == null
                    ? "calendar.proposed"
                    : "calendar." + verdict.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public @Nullable String holds(CalendarNotice notice) {
            return notices.approved(notice.year()).map(this::says).orElse(null);
        }

        @Override
        public @Nullable String says(CalendarNotice notice) {
            var days = notice.notice();
            return days == null ? null : days.json();
        }

        @Override
        public void tell(CalendarNotice notice, @Nullable Verdict verdict) {
            if (verdict == Verdict.APPROVED) {
                events.publishEvent(new CalendarPublished(notice.year(), decidedAt(notice)));
            }
            events.publishEvent(new NoticeMoved(notice.year()));
        }

        private Instant decidedAt(CalendarNotice notice) {
            return Objects.requireNonNull(version(id(notice)).decided()).at();
        }

        @Override
        public void follow() {
            snapshot.refresh();
        }
    }

    @Override
    public NoticeReading read(Actor actor, int year, String text) {
        fourEyes.requireProposer(actor);
        return NoticeReading.of(year, text);
    }

    @Override
    @Transactional(readOnly = true)
    public Effect effect(Actor actor, int year, @Nullable Notice notice) {
        fourEyes.requireReader(actor);
        return new Effect(
                changes(year, notice),
                dependents.stream().mapToInt(CalendarDependents::stores).sum());
    }

    @Override
    public Proposal propose(Actor actor, NewNotice wish) {
        fourEyes.requireProposer(actor);
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
                fourEyes.stamp(actor),
                null,
                null);
        return propose(actor, proposed, warnings);
    }

    /** The unique key ends the transaction of whoever comes second; the one who waits is read after it. */
    private Proposal propose(Actor actor, CalendarNotice wish, List<NoticeFault> warnings) {
        return fourEyes.<Proposal>propose(() -> {
                    var approved = notices.approved(wish.year()).filter(it -> !it.takesBack());
                    if (approved.isPresent() && wish.reason() == null) {
                        return Optional.of(new Proposal.Invalid("reason"));
                    }
                    if (isNothingNew(wish, approved)) {
                        return Optional.of(new Proposal.NothingNew());
                    }
                    return notices.add(wish).map(added -> {
                        fourEyes.proposed(actor, book, added, wish.reason());
                        return new Proposal.Proposed(added, warnings);
                    });
                })
                .or(() -> notices.waiting(wish.year()).map(Proposal.AlreadyWaiting::new))
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
    public Ruling<CalendarNotice> approve(Actor actor, NoticeId id) {
        return fourEyes.approve(actor, book, id.value());
    }

    @Override
    public Ruling<CalendarNotice> reject(Actor actor, NoticeId id, String reason) {
        return fourEyes.reject(actor, book, id.value(), reason, LONGEST_TEXT);
    }

    @Override
    public Ruling<CalendarNotice> withdraw(Actor actor, NoticeId id) {
        return fourEyes.withdraw(actor, book, id.value());
    }

    @Override
    public boolean mayDecide(Actor actor, CalendarNotice notice) {
        return fourEyes.mayDecide(actor, notice);
    }

    @Override
    @Transactional(readOnly = true)
    public List<CalendarNotice> history(Actor actor, int year) {
        fourEyes.requireReader(actor);
        return notices.ofYear(year);
    }

    @Override
    @Transactional(readOnly = true)
    public List<CalendarNotice> waiting(Actor actor) {
        fourEyes.requireReader(actor);
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
}
