package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION;

import dev.zhanggui.portal.acceptance.CollectionId;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.CollectionsChanged;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Writes down what expired, and tells. Readers know it without: this keeps the open ones few and open pages right. */
@Component
class CollectionExpiry {

    private static final int AT_ONCE = 200;

    private final DSLContext db;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CollectionExpiry(DSLContext db, TransactionOperations transaction, ApplicationEventPublisher events, Clock clock) {
        this.db = db;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Any number of portals may do it at the same time: each payment is told by the one that wrote it down. */
    @Scheduled(fixedDelay = 10_000)
    void expire() {
        List<CollectionsChanged> due = due();
        while (!due.isEmpty()) {
            var these = due;
            transaction.executeWithoutResult(it -> these.forEach(this::expire));
            due = due.size() < AT_ONCE ? List.of() : due();
        }
    }

    private List<CollectionsChanged> due() {
        return db.select(COLLECTION.STORE_ID, COLLECTION.ID)
                .from(COLLECTION)
                .where(isDue(now()))
                .orderBy(COLLECTION.ID)
                .limit(AT_ONCE)
                .fetch(row -> new CollectionsChanged(new StoreId(row.value1()), new CollectionId(row.value2())));
    }

    private void expire(CollectionsChanged payment) {
        int changed = db.update(COLLECTION)
                .set(COLLECTION.STATE, CollectionState.EXPIRED.name())
                .set(COLLECTION.ENDED_AT, COLLECTION.EXPIRES_AT)
                .set(COLLECTION.VERSION, COLLECTION.VERSION.plus(1))
                .where(COLLECTION.ID.eq(payment.collection().value()))
                .and(isDue(now()))
                .execute();
        if (changed == 1) {
            events.publishEvent(payment);
        }
    }

    private static Condition isDue(Instant now) {
        return COLLECTION
                .STATE
                .in(CollectionState.OFFERED.name(), CollectionState.WAITING.name())
                .and(COLLECTION.EXPIRES_AT.le(now));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
