package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.FLEET_MARK;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.FleetMarkRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes that concern more stores than one can mark at once: every store with terminals, as of a published calendar, every store
 * of an industry, or those of a region, a merchant or a model, as of a restriction. The change itself writes one row; the marks of
 * the stores follow a helping at a time, between which edits of single stores are compiled, so that nobody waits for the fleet.
 */
@Repository
class FleetMarks {

    static final int STORES_AT_ONCE = 50;

    private static final Actor SELF = Actor.system("configuration");

    /** A kill switch does not wait for a calendar. */
    private static final Field<Integer> URGENCY = DSL.when(FLEET_MARK.CAUSE.in(causes(Lane.KILL_SWITCH)), DSL.inline(0))
            .when(FLEET_MARK.CAUSE.in(causes(Lane.EDIT)), DSL.inline(1))
            .otherwise(DSL.inline(2));

    private final DSLContext db;
    private final DirtyScopes dirty;
    private final Merchants merchants;
    private final Terminals terminals;
    private final Wakes wakes;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FleetMarks(
            DSLContext db,
            DirtyScopes dirty,
            Merchants merchants,
            Terminals terminals,
            Wakes wakes,
            TransactionTemplate transaction,
            Clock clock) {
        this.db = db;
        this.dirty = dirty;
        this.merchants = merchants;
        this.terminals = terminals;
        this.wakes = wakes;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Joins the changing transaction; the expander is woken when that commits.
     *
     * @param industry whose stores it concerns; null for all
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void mark(ChangeCause cause, @Nullable String industry, String who) {
        add(cause, industry, RestrictionTarget.ALL, who);
    }

    /** As {@link #mark}, for whom a restriction concerns. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void restrict(ChangeCause cause, RestrictionTarget whom, String who) {
        add(cause, null, whom, who);
    }

    private void add(ChangeCause cause, @Nullable String industry, RestrictionTarget whom, String who) {
        db.insertInto(FLEET_MARK)
                .set(FLEET_MARK.ID, Ids.next())
                .set(FLEET_MARK.CAUSE, cause.name())
                .set(FLEET_MARK.INDUSTRY, industry)
                .set(FLEET_MARK.SCOPE_KIND, whom.scope().name())
                .set(FLEET_MARK.SCOPE_VALUE, whom.value())
                .set(FLEET_MARK.WHO, DirtyScopes.who(who))
                .set(FLEET_MARK.EDITED_AT, clock.instant())
                .set(FLEET_MARK.AFTER_STORE, 0L)
                .set(FLEET_MARK.TURN, lowest())
                .execute();
        wake();
    }

    /** Once the transaction has committed. */
    void wake() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wakes.expander().now();
            }
        });
    }

    /** What comes now begins beside those that had the fewest helpings, not behind all of theirs and not before them. */
    private long lowest() {
        return db.select(FLEET_MARK.TURN)
                .from(FLEET_MARK)
                .orderBy(FLEET_MARK.TURN)
                .limit(1)
                .fetchOptional(FLEET_MARK.TURN)
                .orElse(0L);
    }

    /** As {@link #spread(boolean)}, whatever waits. */
    public boolean spread() {
        return Boolean.TRUE.equals(transaction.execute(status -> spread(false)));
    }

    /** Only if it is urgent: nothing else may pile up marks while marks wait. */
    boolean spreadUrgent() {
        return Boolean.TRUE.equals(transaction.execute(status -> spread(true)));
    }

    /**
     * Marks the next helping of stores; of those equally urgent in turns. Several portals may do so at once: whoever moves the row on
     * marks, the others come again.
     *
     * @return false when nothing was waiting
     */
    private boolean spread(boolean urgentOnly) {
        var row = db.selectFrom(FLEET_MARK)
                .orderBy(URGENCY, FLEET_MARK.TURN, FLEET_MARK.ID)
                .limit(1)
                .fetchOptional();
        if (row.isEmpty()) {
            return false;
        }
        var mark = row.get();
        var cause = ChangeCause.valueOf(mark.getCause());
        if (urgentOnly && cause.lane() != Lane.KILL_SWITCH) {
            return false;
        }
        var stores = helping(mark);
        var unmoved = FLEET_MARK.ID.eq(mark.getId()).and(FLEET_MARK.AFTER_STORE.eq(mark.getAfterStore()));
        int moved = stores.size() < STORES_AT_ONCE
                ? db.deleteFrom(FLEET_MARK).where(unmoved).execute()
                : db.update(FLEET_MARK)
                        .set(FLEET_MARK.AFTER_STORE, stores.getLast())
                        .set(FLEET_MARK.TURN, mark.getTurn() + 1)
                        .where(unmoved)
                        .execute();
        if (moved == 1) {
            dirty.mark(stores.stream().map(StoreId::new).toList(), cause, mark.getWho());
        }
        return true;
    }

    boolean isWaiting() {
        return db.fetchExists(FLEET_MARK);
    }

    private static List<String> causes(Lane lane) {
        return Arrays.stream(ChangeCause.values())
                .filter(cause -> cause.lane() == lane)
                .map(Enum::name)
                .toList();
    }

    /** Of an industry and of a region also those without a terminal, which cost the expander one look. */
    private List<Long> helping(FleetMarkRecord mark) {
        var after = new StoreId(mark.getAfterStore());
        var industry = mark.getIndustry();
        if (industry != null) {
            return ids(merchants.storesInIndustries(SELF, List.of(industry), after, STORES_AT_ONCE));
        }
        var whom = new RestrictionTarget(RestrictionScope.valueOf(mark.getScopeKind()), mark.getScopeValue());
        return switch (whom.scope()) {
            case ALL -> withTerminals(after, DSL.noCondition());
            case MERCHANT -> withTerminals(after, TERMINAL_CONFIGURATION.MERCHANT_ID.eq(whom.id()));
            case STORE -> withTerminals(after, TERMINAL_CONFIGURATION.STORE_ID.eq(whom.id()));
            case TERMINAL -> withTerminals(after, TERMINAL_CONFIGURATION.TERMINAL_ID.eq(whom.id()));
            case REGION -> ids(merchants.storesIn(SELF, whom.value(), after, STORES_AT_ONCE));
            case MODEL ->
                terminals.storesWith(SELF, new ModelId(whom.value()), after, STORES_AT_ONCE).stream()
                        .map(StoreId::value)
                        .toList();
        };
    }

    private static List<Long> ids(List<Store> stores) {
        return stores.stream().map(store -> store.id().value()).toList();
    }

    private List<Long> withTerminals(StoreId after, Condition which) {
        return db.selectDistinct(TERMINAL_CONFIGURATION.STORE_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.STORE_ID.gt(after.value()))
                .and(TERMINAL_CONFIGURATION.BOUND.isTrue())
                .and(which)
                .orderBy(TERMINAL_CONFIGURATION.STORE_ID)
                .limit(STORES_AT_ONCE)
                .fetch(TERMINAL_CONFIGURATION.STORE_ID);
    }
}
