package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION;

import dev.zhanggui.portal.acceptance.CollectionState;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes down what expired. Readers know it without: this keeps the open ones few. */
@Component
class CollectionExpiry {

    private static final int AT_ONCE = 500;

    private final DSLContext db;
    private final Clock clock;

    CollectionExpiry(DSLContext db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Any number of portals may do it at the same time. */
    @Scheduled(fixedDelay = 10_000)
    void expire() {
        int changed = AT_ONCE;
        while (changed == AT_ONCE) {
            changed = db.update(COLLECTION)
                    .set(COLLECTION.STATE, CollectionState.EXPIRED.name())
                    .set(COLLECTION.ENDED_AT, COLLECTION.EXPIRES_AT)
                    .set(COLLECTION.VERSION, COLLECTION.VERSION.plus(1))
                    .where(COLLECTION.STATE.in(CollectionState.OFFERED.name(), CollectionState.WAITING.name()))
                    .and(COLLECTION.EXPIRES_AT.le(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                    .orderBy(COLLECTION.ID)
                    .limit(AT_ONCE)
                    .execute();
        }
    }
}
