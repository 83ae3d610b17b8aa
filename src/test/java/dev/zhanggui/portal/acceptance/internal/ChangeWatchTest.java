package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.AnswersChanged;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.merchant.MerchantFreezeChanged;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ClosureChanged;
import dev.zhanggui.portal.tradinghours.PackSnapshot;
import dev.zhanggui.portal.workcalendar.CalendarSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two portals on one database: the running one, whose services change things, and another, which only looks. */
class ChangeWatchTest extends ScannedStoreTest {

    private static final Duration AGES = Duration.ofMinutes(5);

    @Autowired
    private AnswerChanges changes;

    @Autowired
    private CalendarSnapshot calendar;

    @Autowired
    private PackSnapshot packs;

    @Autowired
    private PlatformTransactionManager transactions;

    private final List<AnswersChanged> told = new ArrayList<>();
    private long nanos;
    private ChangeWatch other;

    @BeforeEach
    void anotherPortalThatHasLookedOnce() {
        other = another();
        other.look();
        told.clear();
    }

    private ChangeWatch another() {
        return new ChangeWatch(changes, calendar, packs, event -> told.add((AnswersChanged) event), () -> nanos);
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Test
    void what_one_portal_commits_the_other_knows_at_its_next_look() {
        long mark = other.mark();
        codes.revoke(owner, code.id(), RevocationReason.LOST, "");
        assertThat(other.holds(store, mark)).isTrue();

        other.look();

        assertThat(other.holds(store, mark)).isFalse();
        assertThat(other.holds(store, other.mark())).isTrue();
        assertThat(told).contains(new AnswersChanged(Set.of(store)));
    }

    @Test
    void each_change_is_told_once() {
        closeNow("");
        other.look();
        told.clear();
        long mark = other.mark();

        other.look();

        assertThat(other.holds(store, mark)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void what_was_rolled_back_is_not_told() {
        long mark = other.mark();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            closeNow("");
            status.setRollbackOnly();
        });

        other.look();

        assertThat(other.holds(store, mark)).isTrue();
    }

    @Test
    void a_change_that_was_written_first_and_committed_last_is_found() throws Exception {
        var slow = new StoreId(Ids.next());
        var quick = new StoreId(Ids.next());
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var thread = Thread.ofVirtual()
                .start(() -> new TransactionTemplate(transactions).executeWithoutResult(it -> {
                    changes.write(List.of(slow));
                    written.countDown();
                    try {
                        commit.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
        long mark = other.mark();
        new TransactionTemplate(transactions).executeWithoutResult(it -> changes.write(List.of(quick)));
        other.look();
        assertThat(other.holds(quick, mark)).isFalse();
        assertThat(other.holds(slow, mark)).isTrue();

        commit.countDown();
        thread.join();
        other.look();

        assertThat(other.holds(slow, mark)).isFalse();
    }

    @Test
    void who_has_not_looked_for_a_second_knows_nothing() {
        long mark = other.mark();
        pass(ChangeWatch.BLIND.minusNanos(1));
        assertThat(other.holds(store, mark)).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(other.isFollowing()).isFalse();
        assertThat(other.holds(store, mark)).isFalse();

        other.look();

        assertThat(other.holds(store, mark)).as("no row can have come and gone").isTrue();
    }

    @Test
    void who_has_not_looked_for_long_takes_everything_for_changed() {
        long mark = other.mark();
        pass(ChangeWatch.BACK);

        other.look();

        assertThat(other.holds(store, mark)).isFalse();
        assertThat(other.holds(store, other.mark())).isTrue();
        assertThat(told).contains(new AnswersChanged(Set.of()));
    }

    @Test
    void a_portal_that_never_looked_knows_nothing() {
        assertThat(another().isFollowing()).isFalse();
    }

    @Test
    void ones_own_change_counts_from_the_commit_and_is_not_told_again() {
        long mark = other.mark();
        var written = new TransactionTemplate(transactions).execute(it -> other.write(List.of(store)));
        other.committed(written);
        assertThat(other.holds(store, mark)).isFalse();
        told.clear();

        other.look();

        assertThat(told).doesNotContain(new AnswersChanged(Set.of(store)));
    }

    @Test
    void a_commit_that_took_long_is_told_a_second_time() {
        var listener = new ChangeListener(other, transactions);
        new TransactionTemplate(transactions).executeWithoutResult(it -> {
            listener.on(new ClosureChanged(store));
            afterTheRowWasWritten(() -> pass(ChangeWatch.LATE.plusNanos(1)));
        });
        assertThat(rowsOf(store)).hasSize(2 + rowsOfItsOpening());

        new TransactionTemplate(transactions).executeWithoutResult(it -> listener.on(new ClosureChanged(store)));
        assertThat(rowsOf(store)).hasSize(3 + rowsOfItsOpening());
    }

    private int rowsOfItsOpening() {
        // Its hours, and its code.
        return 2;
    }

    private static void afterTheRowWasWritten(Runnable what) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public int getOrder() {
                return LOWEST_PRECEDENCE;
            }

            @Override
            public void beforeCommit(boolean readOnly) {
                what.run();
            }
        });
    }

    @Test
    void one_transaction_writes_each_store_once() {
        var listener = new ChangeListener(other, transactions);
        var elsewhere = new StoreId(Ids.next());
        new TransactionTemplate(transactions).executeWithoutResult(it -> {
            listener.on(new ClosureChanged(elsewhere));
            listener.on(new ClosureChanged(elsewhere));
        });
        assertThat(rowsOf(elsewhere)).hasSize(1);
    }

    @Test
    void of_very_many_stores_one_row_says_all() {
        var listener = new ChangeListener(other, transactions);
        var many = Stream.generate(() -> new StoreId(Ids.next())).limit(201).toList();
        long mark = other.mark();
        new TransactionTemplate(transactions)
                .executeWithoutResult(it -> listener.on(new MerchantFreezeChanged(new MerchantId(1), many)));

        assertThat(rowsOf(many.getFirst())).isEmpty();
        assertThat(other.holds(store, mark)).isFalse();
    }

    @Test
    void old_rows_are_removed_a_helping_at_a_time() {
        var elsewhere = new StoreId(Ids.next());
        new TransactionTemplate(transactions).executeWithoutResult(it -> {
            changes.write(List.of(elsewhere));
            changes.write(List.of(elsewhere));
        });
        changes.purge(AGES, 1_000);
        assertThat(rowsOf(elsewhere)).hasSize(2);

        assertThat(changes.purge(AGES.negated(), 1)).isEqualTo(1);
        while (changes.purge(AGES.negated(), 1_000) == 1_000) {
            // More were written by other tests.
        }
        assertThat(rowsOf(elsewhere)).isEmpty();
    }

    private List<AnswerChanges.Change> rowsOf(StoreId store) {
        return changes.latest(AGES, 100_000).stream()
                .filter(it -> store.equals(it.store()))
                .toList();
    }
}
