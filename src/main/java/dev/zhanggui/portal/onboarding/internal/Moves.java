package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.onboarding.ApplicationChanged;
import dev.zhanggui.portal.onboarding.ApplicationState;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The only way from one state to the next: row, transition, audit record and event, or none of them. */
@Component
class Moves {

    private static final int LONGEST_REASON = 400;

    private final ApplicationTables tables;
    private final Deadlines deadlines;
    private final AuditLog audit;
    private final ApplicantNotices notices;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Moves(
            ApplicationTables tables,
            Deadlines deadlines,
            AuditLog audit,
            ApplicantNotices notices,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tables = tables;
        this.deadlines = deadlines;
        this.audit = audit;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /** @throws IllegalStateException when the diagram has no such arrow: callers ask first and answer with an outcome */
    ApplicationRow move(ApplicationRow row, ApplicationState to, Actor actor, @Nullable String reason) {
        if (!row.state().canMoveTo(to)) {
            throw new IllegalStateException(row.state() + " cannot become " + to);
        }
        var now = clock.instant();
        var moved = tables.update(new ApplicationRow(
                row.id(),
                row.number(),
                row.applicant(),
                to,
                to == ApplicationState.SUBMITTED ? row.submission() + 1 : row.submission(),
                row.startedAt(),
                now,
                deadlines.of(to, now),
                to.turn() == ApplicationState.Turn.STAFF ? row.lease() : null,
                row.merchant(),
                row.store(),
                row.orderNumber(),
                row.version()));
        tables.addTransition(row.id(), row.state(), to, now, actor, cut(reason));
        audit.record(
                actor,
                "application." + to.name().toLowerCase(java.util.Locale.ROOT),
                row.subject(),
                moved.merchant(),
                state(row.state()),
                state(to),
                cut(reason));
        notices.moved(row, to);
        changed(row);
        return moved;
    }

    /** A draft has begun. */
    void started(ApplicationRow row, Actor actor) {
        tables.addTransition(row.id(), null, ApplicationState.DRAFT, row.startedAt(), actor, null);
        audit.record(actor, "application.started", row.subject(), null, null, state(ApplicationState.DRAFT), null);
    }

    /** Something besides the state changed. */
    void changed(ApplicationRow row) {
        events.publishEvent(new ApplicationChanged(row.number()));
    }

    private static String state(ApplicationState state) {
        return "{\"state\":\"" + state + "\"}";
    }

    private static @Nullable String cut(@Nullable String reason) {
        return reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
