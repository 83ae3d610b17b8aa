package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.workcalendar.WorkingTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** By when whoever's turn it is should act: our own deadlines in office hours, the applicant's in plain days. */
@Component
class Deadlines {

    private static final int CALL_WITHIN_WORKDAYS = 1;
    private static final Duration CALL_AFTER_CLAIM = Duration.ofHours(2);
    private static final Duration RECOMMEND = Duration.ofHours(9);
    private static final int APPROVE_WITHIN_WORKDAYS = 1;
    private static final Duration APPLICANT_MAY_TAKE = Duration.ofDays(7);

    private final WorkingTime office;

    Deadlines(WorkingTime office) {
        this.office = office;
    }

    /** Null where nobody is waited for, and for a draft, which waits for ever. */
    @Nullable
    Instant of(ApplicationState state, Instant from) {
        return switch (state) {
            case DRAFT, APPROVED, REJECTED, WITHDRAWN, EXPIRED -> null;
            case SUBMITTED -> office.deadline(from, CALL_WITHIN_WORKDAYS);
            case CALL_SCHEDULED -> office.plus(from, CALL_AFTER_CLAIM);
            case VERIFYING, APPEALED -> office.plus(from, RECOMMEND);
            case NEEDS_FIX, RECOMMENDED -> from.plus(APPLICANT_MAY_TAKE);
            case OFFER_ACCEPTED -> office.deadline(from, APPROVE_WITHIN_WORKDAYS);
        };
    }
}
