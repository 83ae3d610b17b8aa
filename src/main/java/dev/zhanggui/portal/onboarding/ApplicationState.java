package dev.zhanggui.portal.onboarding;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an application stands.
 *
 * <pre>
 *            submit            claim                 reached                recommend
 *   DRAFT ───────────▶ SUBMITTED ──▶ CALL_SCHEDULED ─────────▶ VERIFYING ───────────▶ RECOMMENDED
 *                        ▲    │            │                    │  ▲   ▲ take back      │    │ accept
 *               resubmit │    │ ask to fix │                    │  │   └────────────────┘    ▼
 *                        │    ▼            ▼                    │  │                 OFFER_ACCEPTED
 *                       NEEDS_FIX ◀─────────────────────────────┘  │                         │ approve
 *                                                                  │ reopen                  ▼
 *   SUBMITTED, CALL_SCHEDULED, VERIFYING,      refuse              │                     APPROVED
 *   RECOMMENDED, OFFER_ACCEPTED ───────────▶ REJECTED ──▶ APPEALED ┘
 *                                                ▲            │ uphold
 *                                                └────────────┘
 *   every open state ──▶ WITHDRAWN (by the applicant)
 *   DRAFT, NEEDS_FIX, RECOMMENDED ──▶ EXPIRED (the applicant did not come back)
 * </pre>
 */
public enum ApplicationState {
    DRAFT(Turn.APPLICANT),
    SUBMITTED(Turn.STAFF),
    CALL_SCHEDULED(Turn.STAFF),
    VERIFYING(Turn.STAFF),
    NEEDS_FIX(Turn.APPLICANT),
    RECOMMENDED(Turn.APPLICANT),
    OFFER_ACCEPTED(Turn.STAFF),
    APPROVED(Turn.NOBODY),
    REJECTED(Turn.NOBODY),
    APPEALED(Turn.STAFF),
    WITHDRAWN(Turn.NOBODY),
    EXPIRED(Turn.NOBODY);

    /** Whose move it is in a state. */
    public enum Turn {
        APPLICANT,
        STAFF,
        NOBODY
    }

    private final Turn turn;

    ApplicationState(Turn turn) {
        this.turn = turn;
    }

    public Turn turn() {
        return turn;
    }

    /** Whether somebody still has to act. A person has at most one open application. */
    public boolean open() {
        return turn != Turn.NOBODY;
    }

    /** Whether the applicant may type into it: all of it in a draft, only the named parts when something needs a fix. */
    public boolean editable() {
        return this == DRAFT || this == NEEDS_FIX;
    }

    public boolean canMoveTo(ApplicationState next) {
        return next().contains(next);
    }

    /** The states that may follow this one; empty when the application has ended. */
    public Set<ApplicationState> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(SUBMITTED, WITHDRAWN, EXPIRED);
            case SUBMITTED -> EnumSet.of(CALL_SCHEDULED, NEEDS_FIX, REJECTED, WITHDRAWN);
            case CALL_SCHEDULED -> EnumSet.of(VERIFYING, NEEDS_FIX, REJECTED, WITHDRAWN);
            case VERIFYING -> EnumSet.of(RECOMMENDED, NEEDS_FIX, REJECTED, WITHDRAWN);
            case NEEDS_FIX -> EnumSet.of(SUBMITTED, WITHDRAWN, EXPIRED);
            case RECOMMENDED -> EnumSet.of(OFFER_ACCEPTED, VERIFYING, REJECTED, WITHDRAWN, EXPIRED);
            case OFFER_ACCEPTED -> EnumSet.of(APPROVED, REJECTED, WITHDRAWN);
            case REJECTED -> EnumSet.of(APPEALED);
            case APPEALED -> EnumSet.of(VERIFYING, REJECTED, WITHDRAWN);
            case APPROVED, WITHDRAWN, EXPIRED -> EnumSet.noneOf(ApplicationState.class);
        };
    }
}
