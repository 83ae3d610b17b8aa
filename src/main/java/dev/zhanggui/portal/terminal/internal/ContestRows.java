package dev.zhanggui.portal.terminal.internal;

import static dev.zhanggui.db.Tables.TERMINAL_CONTEST;

import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Activations.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Terminals that more machines claim to be than one: a row for each, so that a machine that tries on and on fills nothing. */
@Repository
class ContestRows {

    private final DSLContext db;

    ContestRows(DSLContext db) {
        this.db = db;
    }

    /** True for the first to say so within {@code quiet}. */
    boolean isNews(TerminalId terminal, Refusal reason, Instant now, Duration quiet) {
        boolean again = db.update(TERMINAL_CONTEST)
                        .set(TERMINAL_CONTEST.REASON, reason.name())
                        .set(TERMINAL_CONTEST.TOLD_AT, now)
                        .where(TERMINAL_CONTEST.TERMINAL_ID.eq(terminal.value()))
                        .and(TERMINAL_CONTEST.TOLD_AT.le(now.minus(quiet)))
                        .execute()
                == 1;
        return again
                || db.insertInto(TERMINAL_CONTEST)
                                .set(TERMINAL_CONTEST.TERMINAL_ID, terminal.value())
                                .set(TERMINAL_CONTEST.REASON, reason.name())
                                .set(TERMINAL_CONTEST.TOLD_AT, now)
                                .onDuplicateKeyIgnore()
                                .execute()
                        == 1;
    }

    int since(Instant since) {
        return db.fetchCount(TERMINAL_CONTEST, TERMINAL_CONTEST.TOLD_AT.ge(since));
    }
}
