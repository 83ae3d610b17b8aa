package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.DIRTY_SCOPE;

import dev.zhanggui.db.tables.records.DirtyScopeRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The list of what must be compiled anew. Rows are only inserted and deleted, so that two edits never wait for each other, and
 * an edit that rolls back takes its mark with it.
 */
@Repository
class DirtyScopes {

    /** Somebody who died with a claim is succeeded after this time. */
    static final Duration CLAIM = Duration.ofSeconds(30);

    private static final int WHO_MOST = 120;

    private final DSLContext db;
    private final Clock clock;
    private final Wakes wakes;

    DirtyScopes(DSLContext db, Clock clock, Wakes wakes) {
        this.db = db;
        this.clock = clock;
        this.wakes = wakes;
    }

    /** Joins the editing transaction; the expander is woken when that commits. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void mark(StoreId store, @Nullable TerminalId terminal, ChangeCause cause, String who) {
        db.insertInto(DIRTY_SCOPE)
                .set(DIRTY_SCOPE.ID, Ids.next())
                .set(DIRTY_SCOPE.STORE_ID, store.value())
                .set(DIRTY_SCOPE.TERMINAL_ID, terminal == null ? null : terminal.value())
                .set(DIRTY_SCOPE.CAUSE, cause.name())
                .set(DIRTY_SCOPE.WHO, who(who))
                .set(DIRTY_SCOPE.EDITED_AT, clock.instant())
                .execute();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakes.expander().now();
            }
        });
    }

    /** As much of a name as the column takes. */
    static String who(String who) {
        return who.length() > WHO_MOST ? who.substring(0, WHO_MOST) : who;
    }

    /**
     * Claims the oldest marks nobody else is working on. The candidates are read without locks first: an update that searches
     * would wait for the uncommitted rows of open edits.
     */
    @Transactional
    public List<Mark> claim(String token, int most) {
        var now = clock.instant();
        var free = DIRTY_SCOPE.CLAIMED_UNTIL.isNull().or(DIRTY_SCOPE.CLAIMED_UNTIL.le(now));
        var candidates = db.select(DIRTY_SCOPE.ID)
                .from(DIRTY_SCOPE)
                .where(free)
                .orderBy(DIRTY_SCOPE.ID)
                .limit(most)
                .fetch(DIRTY_SCOPE.ID);
        if (candidates.isEmpty()) {
            return List.of();
        }
        db.update(DIRTY_SCOPE)
                .set(DIRTY_SCOPE.CLAIM_TOKEN, token)
                .set(DIRTY_SCOPE.CLAIMED_UNTIL, now.plus(CLAIM))
                .where(DIRTY_SCOPE.ID.in(candidates))
                .and(free)
                .execute();
        return db.selectFrom(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.ID.in(candidates))
                .and(DIRTY_SCOPE.CLAIM_TOKEN.eq(token))
                .orderBy(DIRTY_SCOPE.ID)
                .fetch(DirtyScopes::mark);
    }

    /** False when a successor took the claim over meanwhile: then the work must roll back. */
    boolean done(String token, List<Mark> marks) {
        int deleted = db.deleteFrom(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.ID.in(marks.stream().map(Mark::id).toList()))
                .and(DIRTY_SCOPE.CLAIM_TOKEN.eq(token))
                .execute();
        return deleted == marks.size();
    }

    int count() {
        return db.fetchCount(DIRTY_SCOPE);
    }

    private static Mark mark(DirtyScopeRecord row) {
        var terminal = row.getTerminalId();
        return new Mark(
                row.getId(),
                new StoreId(row.getStoreId()),
                terminal == null ? null : new TerminalId(terminal),
                ChangeCause.valueOf(row.getCause()),
                row.getWho(),
                row.getEditedAt());
    }
}
