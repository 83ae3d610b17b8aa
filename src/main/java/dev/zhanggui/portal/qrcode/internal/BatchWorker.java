package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.qrcode.BatchProgressed;
import dev.zhanggui.portal.qrcode.CodesChanged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Issues the codes of batches, a chunk at a time: its codes, its count and its end are one transaction, so whoever is killed
 * leaves either all of it or nothing. Several may run at once, in one portal or many.
 */
@Component
class BatchWorker {

    /** Far longer than a chunk takes; what a killed portal was at comes again after it. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final int TRIES = 6;

    private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);

    private final BatchRows rows;
    private final CodeRegister register;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final Clock clock;

    BatchWorker(
            BatchRows rows,
            CodeRegister register,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionOperations transaction,
            Clock clock) {
        this.rows = rows;
        this.register = register;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Takes one chunk and issues its codes; false when none is due. */
    boolean workOne() {
        for (int attempt = 1; ; attempt++) {
            try {
                var claim = rows.claim(now(), LEASE);
                claim.ifPresent(this::issue);
                return claim.isPresent();
            } catch (ConcurrencyFailureException e) {
                // Undone as a whole: another portal was quicker.
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void issue(BatchRows.Claimed claim) {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.executeWithoutResult(status -> {
                    if (!issueWithin(claim)) {
                        status.setRollbackOnly();
                    }
                });
                return;
            } catch (ConcurrencyFailureException e) {
                if (attempt == TRIES) {
                    LOG.warn(
                            "Gave up on chunk {} of {} for now after {} lost races",
                            claim.chunk(),
                            claim.batch(),
                            attempt,
                            e);
                    return;
                }
            } catch (RuntimeException e) {
                LOG.error(
                        "Cannot issue chunk {} of {}; it comes again after {}", claim.chunk(), claim.batch(), LEASE, e);
                return;
            }
        }
    }

    private boolean issueWithin(BatchRows.Claimed claim) {
        var order = rows.order(claim.batch());
        var wishes = rows.wishes(claim);
        var codes = register.insertPlates(order.merchant(), wishes);
        if (!rows.done(claim, codes.size(), now())) {
            return false;
        }
        audit.record(
                order.actor(),
                "qrcode.batch.issued",
                order.id().toString(),
                order.merchant(),
                null,
                String.format(
                        Locale.ROOT,
                        "{\"codes\":%d,\"first\":\"%s\",\"last\":\"%s\"}",
                        codes.size(),
                        codes.getFirst().id(),
                        codes.getLast().id()),
                null);
        codes.stream().map(code -> new CodesChanged(code.storeId())).distinct().forEach(events::publishEvent);
        events.publishEvent(new BatchProgressed(order.merchant(), order.id()));
        return true;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
