package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.FLEET_MARK;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.FleetMarkRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Clock;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Changes that concern every store with terminals, such as a published calendar, or every store of an industry. The change itself writes one row; the marks of
 * the stores follow a helping at a time, between which edits of single stores are compiled, so that nobody waits for the fleet.
 */
@Repository
class FleetMarks {

    static final int STORES_AT_ONCE = 50;

    private static final Actor SELF = Actor.system("configuration");

    private final DSLContext db;
    private final DirtyScopes dirty;
    private final Merchants merchants;
    private final Wakes wakes;
    private final Clock clock;

    FleetMarks(DSLContext db, DirtyScopes dirty, Merchants merchants, Wakes wakes, Clock clock) {
        this.db = db;
        this.dirty = dirty;
        this.merchants = merchants;
        this.wakes = wakes;
        this.clock = clock;
    }

    /**
     * Joins the changing transaction; the expander is woken when that commits.
     *
     * @param industry whose stores it concerns; null for all
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void mark(ChangeCause cause, @Nullable String industry, String who) {
        db.insertInto(FLEET_MARK)
                .set(FLEET_MARK.ID, Ids.next())
                .set(FLEET_MARK.CAUSE, cause.name())
                .set(FLEET_MARK.INDUSTRY, industry)
                .set(FLEET_MARK.WHO, DirtyScopes.who(who))
                .set(FLEET_MARK.EDITED_AT, clock.instant())
                .set(FLEET_MARK.AFTER_STORE, 0L)
                .execute();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakes.expander().now();
            }
        });
    }

    /**
     * Marks the next helping of stores. Several portals may do so at once: whoever moves the row on marks, the others come again.
     *
     * @return false when nothing was waiting
     */
    @Transactional
    public boolean spread() {
        var row = db.selectFrom(FLEET_MARK).orderBy(FLEET_MARK.ID).limit(1).fetchOptional();
        if (row.isEmpty()) {
            return false;
        }
        var mark = row.get();
        var stores = helping(mark);
        var unmoved = FLEET_MARK.ID.eq(mark.getId()).and(FLEET_MARK.AFTER_STORE.eq(mark.getAfterStore()));
        int moved = stores.size() < STORES_AT_ONCE
                ? db.deleteFrom(FLEET_MARK).where(unmoved).execute()
                : db.update(FLEET_MARK)
                        .set(FLEET_MARK.AFTER_STORE, stores.getLast())
                        .where(unmoved)
                        .execute();
        if (moved == 1) {
            var cause = ChangeCause.valueOf(mark.getCause());
            stores.forEach(store -> dirty.mark(new StoreId(store), null, cause, mark.getWho()));
        }
        return true;
    }

    /** Of an industry also those without a terminal, which cost the expander one look. */
    private List<Long> helping(FleetMarkRecord mark) {
        var industry = mark.getIndustry();
        if (industry != null) {
            var after = new StoreId(mark.getAfterStore());
            return merchants.storesInIndustries(SELF, List.of(industry), after, STORES_AT_ONCE).stream()
                    .map(store -> store.id().value())
                    .toList();
        }
        return db.selectDistinct(TERMINAL_CONFIGURATION.STORE_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.STORE_ID.gt(mark.getAfterStore()))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .orderBy(TERMINAL_CONFIGURATION.STORE_ID)
                .limit(STORES_AT_ONCE)
                .fetch(TERMINAL_CONFIGURATION.STORE_ID);
    }
}
