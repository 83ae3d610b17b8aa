package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.BatchState;
import dev.zhanggui.portal.qrcode.CancelOutcome;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Issues thousands while the worker is killed, again and again, right before or after any of its statements, or right after a
 * commit: every row gets its code exactly once, and a store's numbers have no hole.
 */
class KilledBatchesTest extends DatabaseTest {

    private static final int STORES = 7;
    private static final int ROWS = 2_000;

    @Autowired
    private CodeBatches batches;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Merchants merchants;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private DSLContext db;

    @Autowired
    private CodeSigner signer;

    @Autowired
    private CodeUrls urls;

    @Autowired
    private AuditLog audit;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionOperations transaction;

    @Autowired
    private BatchWorker calm;

    private Fixtures.Owner owner;
    private List<Store> stores;

    /** Whatever the worker makes of it: it does nothing more with what it was at, as if it were dead. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** Falls at the n-th point it passes. */
    private static final class Scythe implements ExecuteListener {

        private int left = Integer.MAX_VALUE;
        private int kills;

        void fallAfter(int points) {
            left = points;
        }

        void pass() {
            if (--left == 0) {
                left = Integer.MAX_VALUE;
                kills++;
                throw new Killed();
            }
        }

        @Override
        public void executeStart(ExecuteContext context) {
            pass();
        }

        @Override
        public void executeEnd(ExecuteContext context) {
            pass();
        }
    }

    @BeforeEach
    void aChain() {
        owner = fixtures.owner("总店");
        for (int i = 1; i < STORES; i++) {
            merchants.openStore(
                    owner.actor(),
                    owner.merchant(),
                    new NewStore("第 " + i + " 分店", null, "430102", "解放路", ZoneId.of("Asia/Shanghai"), "retail"));
        }
        stores = merchants.storesOf(owner.actor(), owner.merchant());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_row_gets_its_code_exactly_once_wherever_the_worker_is_killed(long seed) {
        var random = new Random(seed);
        var batch = start(ROWS, random);
        var scythe = new Scythe();
        var worker = mortal(scythe);
        int kills = 0;
        while (batches.get(owner.actor(), batch.id()).left() > 0) {
            scythe.fallAfter(1 + random.nextInt(25));
            boolean found;
            try {
                found = worker.workOne();
            } catch (Killed e) {
                found = true;
            }
            if (scythe.kills > kills) {
                kills = scythe.kills;
                assertWhole(batch);
            }
            if (!found || random.nextInt(4) == 0) {
                // What the dead were at comes back when their leases end.
                clock.advance(BatchWorker.LEASE.plusSeconds(1));
            }
        }

        assertThat(kills).as("kills").isGreaterThan(8);
        assertThat(batches.get(owner.actor(), batch.id()).state()).isEqualTo(BatchState.DONE);
        assertEveryRowOnce(batch);
    }

    @Test
    void several_portals_share_a_batch_without_doing_anything_twice() throws Exception {
        var batch = start(ROWS, new Random(4));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> portal = () -> {
                int chunks = 0;
                while (calm.workOne()) {
                    chunks++;
                }
                return chunks;
            };
            int chunks = 0;
            for (var done : threads.invokeAll(List.of(portal, portal, portal, portal))) {
                chunks += done.get();
            }
            assertThat(chunks).isGreaterThanOrEqualTo(ROWS / BatchRows.CHUNK);
        }
        clock.advance(BatchWorker.LEASE.plusSeconds(1));
        while (calm.workOne()) {
            // one that lost all its races comes back
        }
        assertThat(batches.get(owner.actor(), batch.id()).state()).isEqualTo(BatchState.DONE);
        assertEveryRowOnce(batch);
    }

    @Test
    void after_the_answer_to_a_stop_not_one_code_is_issued() throws Exception {
        var batch = start(ROWS, new Random(5));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var portal = threads.submit(() -> {
                while (calm.workOne()) {
                    // until it is stopped
                }
            });
            while (batches.get(owner.actor(), batch.id()).issued() == 0) {
                Thread.onSpinWait();
            }
            var stopped = batches.cancel(owner.actor(), batch.id());
            portal.get();
            int issued = (int)
                    allRows(batch).stream().filter(row -> row.code() != null).count();
            assertThat(issued).isEqualTo(stopped.batch().issued());
            assertThat(stopped).isInstanceOfAny(CancelOutcome.Cancelled.class, CancelOutcome.Over.class);
        }
        assertNumbersWithoutHoles();
    }

    @Test
    void somebody_who_issues_by_hand_meanwhile_gets_a_number_of_their_own() throws Exception {
        var batch = start(ROWS, new Random(6));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var portal = threads.submit(() -> {
                while (calm.workOne()) {
                    // until all is issued
                }
            });
            for (int i = 0; i < 20; i++) {
                codes.issue(owner.actor(), stores.get(i % STORES).id(), "手工 " + i);
            }
            portal.get();
        }
        clock.advance(BatchWorker.LEASE.plusSeconds(1));
        while (calm.workOne()) {
            // one that lost all its races comes back
        }
        assertThat(batches.get(owner.actor(), batch.id()).issued()).isEqualTo(ROWS);
        assertNumbersWithoutHoles();
    }

    private BatchWorker mortal(Scythe scythe) {
        var configuration = db.configuration()
                .derive(java.util.stream.Stream.concat(
                                java.util.Arrays.stream(db.configuration().executeListenerProviders()),
                                java.util.stream.Stream.of(new DefaultExecuteListenerProvider(scythe)))
                        .toArray(org.jooq.ExecuteListenerProvider[]::new));
        var mortal = configuration.dsl();
        Clock time = clock;
        return new BatchWorker(
                new BatchRows(mortal),
                new CodeRegister(mortal, signer, urls, time),
                audit,
                event -> {
                    scythe.pass();
                    events.publishEvent(event);
                },
                new AfterCommit(transaction, scythe),
                time);
    }

    /** Kills also right after a commit, when the work is done and nobody was told. */
    @SuppressWarnings("NullAway") // as the interface: what the action returns may be null
    private record AfterCommit(TransactionOperations real, Scythe scythe) implements TransactionOperations {

        @Override
        public <T extends @org.jspecify.annotations.Nullable Object> T execute(
                org.springframework.transaction.support.TransactionCallback<T> action) {
            var result = real.execute(action);
            scythe.pass();
            return result;
        }
    }

    private CodeBatch start(int rows, Random random) {
        var lines = new ArrayList<String>();
        lines.add("门店,位置");
        IntStream.range(0, rows)
                .mapToObj(i -> stores.get(random.nextInt(STORES)).name() + "," + i + " 号桌")
                .forEach(lines::add);
        lines.add("没有这家店,柜台");
        var file = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return ((StartOutcome.Started) batches.start(owner.actor(), owner.merchant(), "many.csv", file, false)).batch();
    }

    /** What is counted is there, at every moment. */
    private void assertWhole(CodeBatch batch) {
        var issued = new BatchRow.Filter(BatchRow.Result.ISSUED, null, "");
        int found = 0;
        int after = 0;
        for (var page = batches.rows(owner.actor(), batch.id(), issued, 0, CodeBatches.PAGE);
                !page.isEmpty();
                page = batches.rows(owner.actor(), batch.id(), issued, after, CodeBatches.PAGE)) {
            found += page.size();
            after = page.getLast().number();
        }
        assertThat(batches.get(owner.actor(), batch.id()).issued()).isEqualTo(found);
    }

    private List<BatchRow> allRows(CodeBatch batch) {
        var rows = new ArrayList<BatchRow>();
        int after = 0;
        while (true) {
            var page = batches.rows(owner.actor(), batch.id(), BatchRow.Filter.ALL, after, CodeBatches.PAGE);
            if (page.isEmpty()) {
                return rows;
            }
            rows.addAll(page);
            after = page.getLast().number();
        }
    }

    private void assertEveryRowOnce(CodeBatch batch) {
        var rows = allRows(batch);
        assertThat(rows).hasSize(ROWS + 1);
        var texts = new HashSet<String>();
        for (var row : rows.subList(0, ROWS)) {
            var code = Objects.requireNonNull(row.code(), () -> "row " + row.number());
            assertThat(code.place()).isEqualTo(row.place());
            assertThat(code.storeId()).isEqualTo(row.storeId());
            texts.add(code.code());
        }
        assertThat(texts).hasSize(ROWS);
        assertThat(rows.getLast().result()).isEqualTo(BatchRow.Result.REFUSED);
        assertThat(stores.stream().mapToInt(store -> list(store).size()).sum()).isEqualTo(ROWS);
        assertNumbersWithoutHoles();
    }

    private void assertNumbersWithoutHoles() {
        for (var store : stores) {
            var numbers = list(store).stream().map(QrCode::number).toList();
            assertThat(numbers)
                    .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        }
    }

    private List<QrCode> list(Store store) {
        return codes.list(owner.actor(), store.id());
    }
}
