package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Renews leases and hours long before they end, and forgets documents that nobody used for long. */
@Component
class Renewals {

    static final String WHO = "system";

    private static final int AT_ONCE = 200;
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    private final ConfigurationRows terminals;
    private final DirtyScopes dirty;
    private final SignedDocuments documents;
    private final RolloutDriver rollouts;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

    Renewals(
            ConfigurationRows terminals,
            DirtyScopes dirty,
            SignedDocuments documents,
            RolloutDriver rollouts,
            TransactionTemplate transaction,
            Clock clock) {
        this.terminals = terminals;
        this.dirty = dirty;
        this.documents = documents;
        this.rollouts = rollouts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Does something at most every {@link #EVERY}. */
    void sweep() {
        var now = clock.instant();
        if (now.isBefore(next.get())) {
            return;
        }
        next.set(now.plus(EVERY));
        mark();
        transaction.executeWithoutResult(status -> documents.forget(AT_ONCE));
        rollouts.sweep();
    }

    /** Marks what is to be renewed; returns how many. */
    int mark() {
        int marked = 0;
        for (var due : terminals.renewals(AT_ONCE)) {
            var taken = transaction.execute(status -> {
                if (!terminals.takeRenewal(
                        due.value1(), due.value3(), clock.instant().plus(AGAIN_AFTER))) {
                    return false;
                }
                dirty.mark(new StoreId(due.value2()), new TerminalId(due.value1()), ChangeCause.RENEWAL, WHO);
                return true;
            });
            if (Boolean.TRUE.equals(taken)) {
                marked++;
            }
        }
        return marked;
    }
}
