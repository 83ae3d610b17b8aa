package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.CONFIG_REPAIR;
import static dev.zhanggui.db.Tables.CONFIG_SWEEP;

import dev.zhanggui.db.tables.records.ConfigRepairRecord;
import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.shared.DatabasePresence;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares, store by store and slowly, what terminals say they run and were given with what they should run, and repairs what nobody
 * noticed: a mark that got lost, work that is not due though the terminal runs something else, a lease that nobody renews. It should
 * never find anything; what it finds is counted, written down and raises an alert. Goes on after a restart where it stopped; of
 * several portals each takes other stores.
 */
@Component
class AntiEntropy {

    /** What was wrong. */
    enum Kind {
        /** The version is not what is compiled now, though nothing is marked. */
        CONTENT,
        /** The terminal runs something else and did not refuse, though nothing is due. */
        DELIVERY,
        /** No moment is set at which the lease is renewed. */
        RENEWAL
    }

    static final String WHO = "anti-entropy";
    static final int STORES_AT_ONCE = 10;

    /** No lap begins sooner after the last one began. */
    static final Duration LAP = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(AntiEntropy.class);
    private static final short ROW = 1;
    private static final Duration KEPT = Duration.ofDays(90);
    private static final int FORGOTTEN_AT_ONCE = 500;

    private final DSLContext db;
    private final ConfigurationRows terminals;
    private final DirtyScopes dirty;
    private final FleetMarks fleet;
    private final Expander expander;
    private final Wakes wakes;
    private final MeterRegistry meters;
    private final DatabasePresence database;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final boolean automatic;

    AntiEntropy(
            DSLContext db,
            ConfigurationRows terminals,
            DirtyScopes dirty,
            FleetMarks fleet,
            Expander expander,
            Wakes wakes,
            MeterRegistry meters,
            DatabasePresence database,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${zhanggui.configuration.background:true}") boolean automatic) {
        this.db = db;
        this.terminals = terminals;
        this.dirty = dirty;
        this.fleet = fleet;
        this.expander = expander;
        this.wakes = wakes;
        this.meters = meters;
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
        this.automatic = automatic;
        for (var kind : Kind.values()) {
            counter(kind);
        }
    }

    @Scheduled(
            initialDelayString = "${zhanggui.configuration.anti-entropy:5s}",
            fixedDelayString = "${zhanggui.configuration.anti-entropy:5s}")
    void sweepByItself() {
        if (!automatic) {
            return;
        }
        try {
            sweep();
        } catch (RuntimeException e) {
            if (!database.isMissing(e)) {
                LOG.warn("What runs could not be compared with what should run", e);
            }
        }
    }

    /** A few stores; returns how many terminals were repaired. */
    int sweep() {
        if (fleet.isWaiting()) {
            // Whole regions are about to be marked: nothing can be called forgotten.
            return 0;
        }
        var repaired = new ArrayList<ConfigRepairRecord>();
        for (var store : Objects.requireNonNullElse(transaction.execute(status -> next()), List.<StoreId>of())) {
            for (Optional<Long> after = Optional.of(0L); after.isPresent(); ) {
                after = compare(store, after.get(), repaired);
            }
        }
        repaired.forEach(found -> {
            counter(Kind.valueOf(found.getKind())).increment();
            LOG.error(
                    "{} of {} at {} was repaired: nobody had noticed",
                    found.getKind(),
                    new TerminalId(found.getTerminalId()),
                    new StoreId(found.getStoreId()));
        });
        if (!repaired.isEmpty()) {
            wakes.bridges().now();
        }
        db.deleteFrom(CONFIG_REPAIR)
                .where(CONFIG_REPAIR.FOUND_AT.lt(clock.instant().minus(KEPT)))
                .limit(FORGOTTEN_AT_ONCE)
                .execute();
        return repaired.size();
    }

    /** How many were repaired since then. */
    int since(Instant moment) {
        return db.fetchCount(CONFIG_REPAIR, CONFIG_REPAIR.FOUND_AT.ge(moment));
    }

    /** The next stores, for whoever moves the row on. */
    private List<StoreId> next() {
        var now = clock.instant();
        db.insertInto(CONFIG_SWEEP)
                .set(CONFIG_SWEEP.ID, ROW)
                .set(CONFIG_SWEEP.AFTER_STORE, 0L)
                .set(CONFIG_SWEEP.LAP_STARTED_AT, Instant.EPOCH)
                .onDuplicateKeyIgnore()
                .execute();
        var row = db.selectFrom(CONFIG_SWEEP).where(CONFIG_SWEEP.ID.eq(ROW)).fetchSingle();
        long after = row.getAfterStore();
        boolean begins = after == 0;
        if (begins && row.getLapStartedAt().plus(LAP).isAfter(now)) {
            return List.of();
        }
        var stores = terminals.stores(after, STORES_AT_ONCE);
        int moved = db.update(CONFIG_SWEEP)
                .set(CONFIG_SWEEP.AFTER_STORE, stores.size() < STORES_AT_ONCE ? 0L : stores.getLast())
                .set(CONFIG_SWEEP.LAP_STARTED_AT, begins ? now : row.getLapStartedAt())
                .where(CONFIG_SWEEP.ID.eq(ROW))
                .and(CONFIG_SWEEP.AFTER_STORE.eq(after))
                .execute();
        return moved == 1 ? stores.stream().map(StoreId::new).toList() : List.of();
    }

    /**
     * A part of a store, its rows locked. What is marked, or was while it was compared, is the expander's.
     *
     * @return after which terminal to go on; empty at the end, and when it must wait for the next lap
     */
    private Optional<Long> compare(StoreId store, long after, Collection<ConfigRepairRecord> repaired) {
        var ids = terminals.idsOfStore(store, after, Expander.TERMINALS_A_TURN);
        try {
            var found = transaction.execute(status -> {
                var rows = terminals.lockOfStore(store, ids);
                var stale = expander.stale(store, rows);
                return dirty.isMarked(store) ? null : repair(store, rows, stale);
            });
            if (found == null) {
                return Optional.empty();
            }
            repaired.addAll(found);
        } catch (ConcurrencyFailureException e) {
            LOG.debug("{} is compared in the next lap", store, e);
            return Optional.empty();
        } catch (RuntimeException e) {
            if (database.isMissing(e)) {
                throw e;
            }
            LOG.warn("{} could not be compared", store, e);
            return Optional.empty();
        }
        return ids.size() < Expander.TERMINALS_A_TURN ? Optional.empty() : Optional.of(ids.getLast());
    }

    private List<ConfigRepairRecord> repair(
            StoreId store, List<TerminalConfigurationRecord> rows, Collection<Long> stale) {
        var now = clock.instant();
        var found = new ArrayList<ConfigRepairRecord>();
        for (var row : rows) {
            boolean renews = row.getRenewAt() != null;
            // Hours that are about to step on are compiled anew by the renewal.
            boolean renewalIsDue = row.getRenewAt() != null && !row.getRenewAt().isAfter(now);
            if (stale.contains(row.getTerminalId()) && !renewalIsDue) {
                dirty.mark(store, new TerminalId(row.getTerminalId()), ChangeCause.REPAIRED, WHO);
                found.add(record(row, Kind.CONTENT, now));
            } else if (isForgotten(row)) {
                terminals.makeDue(row, Lane.ANTI_ENTROPY, now);
                found.add(record(row, Kind.DELIVERY, now));
            }
            if (!renews && row.getDesiredDigest() != null) {
                row.setRenewAt(now);
                found.add(record(row, Kind.RENEWAL, now));
            }
        }
        terminals.save(rows);
        db.batchInsert(found).execute();
        return found;
    }

    private static boolean isForgotten(TerminalConfigurationRecord row) {
        return row.getOnline()
                && row.getDueAt() == null
                && row.getDesiredDigest() != null
                && !row.getDesiredDigest().equals(row.getRunningDigest())
                && !isRefused(row);
    }

    private static boolean isRefused(TerminalConfigurationRecord row) {
        return row.getReportedStage() != null
                && ReportStage.valueOf(row.getReportedStage()).isRefusal()
                && ConfigurationRows.desired(row)
                        .equals(new ConfigurationVersion(row.getReportedEpoch(), row.getReportedGen()));
    }

    private static ConfigRepairRecord record(TerminalConfigurationRecord row, Kind kind, Instant now) {
        var record = new ConfigRepairRecord();
        record.setId(Ids.next());
        record.setTerminalId(row.getTerminalId());
        record.setStoreId(row.getStoreId());
        record.setKind(kind.name());
        record.setFoundAt(now);
        return record;
    }

    private Counter counter(Kind kind) {
        return meters.counter(
                "zhanggui.configuration.repaired", "kind", kind.name().toLowerCase(Locale.ROOT));
    }
}
