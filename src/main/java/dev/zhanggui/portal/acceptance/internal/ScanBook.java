package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.SCAN;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.Scans;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.DatabasePresence;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Collects scans in memory and writes them behind the payer's back, once a second. */
@Service
class ScanBook implements Scans {

    private static final Logger LOG = LoggerFactory.getLogger(ScanBook.class);
    private static final int QUEUE_MOST = 20_000;
    private static final int BATCH_MOST = 2_000;

    private final BlockingQueue<Scan> waiting = new ArrayBlockingQueue<>(QUEUE_MOST);
    private final DSLContext db;
    private final Merchants merchants;
    private final Access access;
    private final Clock clock;
    private final DatabasePresence database;
    private final Counter dropped;
    private final String sql;

    private record Scan(long id, QrCode code, Instant at, Answer answer, Payer payer) {}

    ScanBook(
            DSLContext db,
            Merchants merchants,
            Access access,
            Clock clock,
            DatabasePresence database,
            MeterRegistry meters) {
        this.db = db;
        this.merchants = merchants;
        this.access = access;
        this.clock = clock;
        this.database = database;
        this.sql = db.insertInto(
                        SCAN,
                        SCAN.ID,
                        SCAN.QR_CODE_ID,
                        SCAN.STORE_ID,
                        SCAN.SCANNED_AT,
                        SCAN.VERDICT,
                        SCAN.REASON,
                        SCAN.PAYER,
                        SCAN.REGION)
                .values(0L, 0L, 0L, Instant.EPOCH, "", "", new byte[0], "")
                .getSQL();
        this.dropped = Counter.builder("zhanggui.scans.dropped")
                .description("Scans not written because the queue was full or the database refused them")
                .register(meters);
    }

    @Override
    public void scanned(Answer answer, Payer payer) {
        switch (answer) {
            case Answer.NotOurs it -> {}
            case Answer.Stopped(var code, var store) -> note(code, answer, payer);
            case Answer.Frozen(var code, var store) -> note(code, answer, payer);
            case Answer.Ended it -> note(it.code(), answer, payer);
            case Answer.ByHours it -> note(it.code(), answer, payer);
            case Answer.TooMuch it -> note(it.code(), answer, payer);
        }
    }

    private void note(QrCode code, Answer answer, Payer payer) {
        if (!waiting.offer(new Scan(Ids.next(), code, clock.instant().truncatedTo(ChronoUnit.MICROS), answer, payer))) {
            dropped.increment();
        }
    }

    /** Writes what waits. A batch that the database refuses is counted and let go: scans are a sign, not a ledger. */
    @Scheduled(fixedDelay = 1_000)
    @PreDestroy
    void write() {
        var batch = new ArrayList<Scan>();
        while (waiting.drainTo(batch, BATCH_MOST) > 0) {
            try {
                insert(batch);
            } catch (DataAccessException | org.jooq.exception.DataAccessException e) {
                dropped.increment(batch.size());
                if (!database.isMissing(e)) {
                    LOG.warn("{} scans could not be written: {}", batch.size(), e.getMessage());
                }
            }
            batch.clear();
        }
    }

    /** Bound by hand: at thousands of scans a second, the comfort of binding costs more than the database does. */
    private void insert(List<Scan> batch) {
        db.connection(connection -> {
            try (var insert = connection.prepareStatement(sql)) {
                for (var scan : batch) {
                    insert.setLong(1, scan.id());
                    insert.setLong(2, scan.code().id().value());
                    insert.setLong(3, scan.code().storeId().value());
                    insert.setObject(4, LocalDateTime.ofInstant(scan.at(), ZoneOffset.UTC));
                    insert.setString(5, scan.answer().decision().name());
                    insert.setString(6, scan.answer().reason());
                    insert.setBytes(7, scan.payer().markBytes());
                    insert.setString(8, scan.payer().region());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    @Override
    public Map<QrCodeId, Instant> last(Actor actor, StoreId storeId) {
        var store = merchants.store(actor, storeId);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        var last = DSL.max(SCAN.SCANNED_AT);
        return db.select(SCAN.QR_CODE_ID, last)
                .from(SCAN)
                .where(SCAN.STORE_ID.eq(storeId.value()))
                .groupBy(SCAN.QR_CODE_ID)
                .fetchMap(row -> new QrCodeId(row.value1()), row -> row.value2());
    }
}
