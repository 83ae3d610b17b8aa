package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.qrcode.BatchProgressed;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.BatchState;
import dev.zhanggui.portal.qrcode.CancelOutcome;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.CodesChanged;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RowError;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Batches on the real database: who may do what, and what each step leaves behind. */
@RecordApplicationEvents
class CodeBatchesTest extends DatabaseTest {

    @Autowired
    private CodeBatches batches;

    @Autowired
    private BatchWorker worker;

    @Autowired
    private BatchLoop loop;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Merchants merchants;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private ApplicationEvents events;

    private Fixtures.Owner owner;
    private StoreId second;

    @BeforeEach
    void aMerchantWithTwoStores() {
        owner = fixtures.owner("解放路店");
        second = merchants.openStore(
                owner.actor(),
                owner.merchant(),
                new NewStore("五一路店", null, "430102", "五一路 1 号", ZoneId.of("Asia/Shanghai"), "restaurant"));
    }

    @Test
    void a_dry_run_tells_every_rows_error_and_issues_nothing() {
        var reading = (BatchReading.Readable)
                batches.check(owner.actor(), owner.merchant(), file("解放路店,柜台,", "没有这家店,柜台,", "五一路店,,", "解放路店,门口,王姐"));

        assertThat(reading.right()).isEqualTo(2);
        assertThat(reading.stores()).isEqualTo(1);
        assertThat(reading.wrong())
                .extracting(BatchReading.Row::number, BatchReading.Row::error)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, new RowError(RowError.Kind.STORE_UNKNOWN)),
                        org.assertj.core.groups.Tuple.tuple(4, new RowError(RowError.Kind.PLACE_MISSING)));
        assertThat(batches.list(owner.actor(), owner.merchant())).isEmpty();
        assertThat(codes.list(owner.actor(), owner.store().id())).isEmpty();
    }

    @Test
    void every_right_row_becomes_a_code_numbered_as_in_the_file_and_after_those_that_were() {
        issue("旧的");
        var batch = start(file("五一路店,柜台,", "解放路店,柜台,", "没有这家店,柜台,", "解放路店,门口,王姐"));
        assertThat(batch.state()).isEqualTo(BatchState.RUNNING);
        assertThat(batch.left()).isEqualTo(3);

        work();

        var done = batches.get(owner.actor(), batch.id());
        assertThat(done.state()).isEqualTo(BatchState.DONE);
        assertThat(done.issued()).isEqualTo(3);
        assertThat(done.refused()).isEqualTo(1);
        assertThat(done.finishedAt()).isEqualTo(clock.instant());
        assertThat(codes.list(owner.actor(), owner.store().id()))
                .extracting(QrCode::number, QrCode::place, QrCode::holder)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "旧的", null),
                        org.assertj.core.groups.Tuple.tuple(2, "柜台", null),
                        org.assertj.core.groups.Tuple.tuple(3, "门口", "王姐"));
        var rows = rows(batch, BatchRow.Filter.ALL);
        assertThat(rows)
                .extracting(BatchRow::number, BatchRow::result)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, BatchRow.Result.ISSUED),
                        org.assertj.core.groups.Tuple.tuple(3, BatchRow.Result.ISSUED),
                        org.assertj.core.groups.Tuple.tuple(4, BatchRow.Result.REFUSED),
                        org.assertj.core.groups.Tuple.tuple(5, BatchRow.Result.ISSUED));
        var first = Objects.requireNonNull(rows.getFirst().code());
        assertThat(first.storeId()).isEqualTo(second);
        assertThat(codes.scanned(first.code())).isEqualTo(new Scanned.Known(first));
        assertThat(events.stream(CodesChanged.class).map(CodesChanged::store))
                .contains(second, owner.store().id());
        assertThat(events.stream(BatchProgressed.class)).contains(new BatchProgressed(owner.merchant(), batch.id()));
    }

    @Test
    void more_than_a_chunk_is_issued_in_steps_that_can_be_watched() {
        var batch = start(many(BatchRows.CHUNK + 10));

        assertThat(worker.workOne()).isTrue();
        assertThat(batches.get(owner.actor(), batch.id()).issued()).isEqualTo(BatchRows.CHUNK);
        assertThat(batches.get(owner.actor(), batch.id()).state()).isEqualTo(BatchState.RUNNING);
        assertThat(rows(batch, new BatchRow.Filter(BatchRow.Result.WAITING, null, "")))
                .hasSize(10);
        work();
        assertThat(batches.get(owner.actor(), batch.id()).state()).isEqualTo(BatchState.DONE);
        assertThat(codes.list(owner.actor(), owner.store().id()))
                .extracting(QrCode::number)
                .isEqualTo(
                        IntStream.rangeClosed(1, BatchRows.CHUNK + 10).boxed().toList());
    }

    @Test
    void what_was_issued_stays_when_a_batch_is_stopped_and_nothing_comes_after() {
        var batch = start(many(BatchRows.CHUNK + 10));
        worker.workOne();

        var stopped = batches.cancel(owner.actor(), batch.id());
        work();

        assertThat(stopped).isInstanceOf(CancelOutcome.Cancelled.class);
        assertThat(stopped.batch().issued()).isEqualTo(BatchRows.CHUNK);
        assertThat(batches.get(owner.actor(), batch.id())).isEqualTo(stopped.batch());
        assertThat(codes.list(owner.actor(), owner.store().id())).hasSize(BatchRows.CHUNK);
        assertThat(rows(batch, new BatchRow.Filter(BatchRow.Result.CANCELLED, null, "")))
                .hasSize(10);
        assertThat(rows(batch, new BatchRow.Filter(BatchRow.Result.WAITING, null, "")))
                .isEmpty();
        assertThat(batches.cancel(owner.actor(), batch.id())).isEqualTo(new CancelOutcome.Over(stopped.batch()));
    }

    @Test
    void the_same_file_takes_another_word() {
        var file = file("解放路店,柜台,");
        var first = start(file);
        work();

        assertThat(((BatchReading.Readable) batches.check(owner.actor(), owner.merchant(), file)).before())
                .contains(batches.get(owner.actor(), first.id()));
        assertThat(batches.start(owner.actor(), owner.merchant(), "a.csv", file, false))
                .isEqualTo(new StartOutcome.SameFile(batches.get(owner.actor(), first.id())));
        work();
        assertThat(codes.list(owner.actor(), owner.store().id())).hasSize(1);

        assertThat(batches.start(owner.actor(), owner.merchant(), "a.csv", file, true))
                .isInstanceOf(StartOutcome.Started.class);
        work();
        assertThat(codes.list(owner.actor(), owner.store().id())).hasSize(2);
    }

    @Test
    void a_file_without_a_right_row_is_not_started() {
        assertThat(batches.start(owner.actor(), owner.merchant(), "a.csv", file("谁家,柜台,"), false))
                .isInstanceOf(StartOutcome.NothingRight.class);
        assertThat(batches.start(owner.actor(), owner.merchant(), "a.csv", new byte[] {'P', 'K', 3, 4}, false))
                .isEqualTo(new StartOutcome.Unreadable(BatchReading.Flaw.WORKBOOK, 0));
        assertThat(batches.list(owner.actor(), owner.merchant())).isEmpty();
    }

    @Test
    void rows_are_searched_and_filtered_by_what_was_wrong() {
        var batch = start(file("解放路店,柜台,王姐", "谁家,柜台,", "五一路店,,", "五一路店,百分之百%,"));

        assertThat(rows(batch, new BatchRow.Filter(null, null, "王姐")))
                .extracting(BatchRow::number)
                .containsExactly(2);
        assertThat(rows(batch, new BatchRow.Filter(null, null, "%")))
                .extracting(BatchRow::number)
                .containsExactly(5);
        assertThat(rows(batch, new BatchRow.Filter(null, RowError.Kind.PLACE_MISSING, "")))
                .extracting(BatchRow::number)
                .containsExactly(4);
        assertThat(rows(batch, new BatchRow.Filter(BatchRow.Result.REFUSED, null, "")))
                .hasSize(2);
        assertThat(batches.rows(owner.actor(), batch.id(), BatchRow.Filter.ALL, 2, 2))
                .extracting(BatchRow::number)
                .containsExactly(3, 4);
        assertThat(batches.errors(owner.actor(), batch.id()))
                .containsExactlyInAnyOrder(
                        new CodeBatches.Errors(RowError.Kind.STORE_UNKNOWN, 1),
                        new CodeBatches.Errors(RowError.Kind.PLACE_MISSING, 1));
        batches.cancel(owner.actor(), batch.id());
    }

    @Test
    void the_template_is_right_as_it_is() {
        var template = batches.template(owner.actor(), owner.merchant());
        var reading = (BatchReading.Readable)
                batches.check(owner.actor(), owner.merchant(), template.getBytes(StandardCharsets.UTF_8));

        assertThat(reading.right()).isEqualTo(2);
        assertThat(reading.wrong()).isEmpty();
    }

    @Test
    void batches_are_for_managers_of_the_merchant_and_for_nobody_else() {
        var batch = start(file("解放路店,柜台,"));
        var cashier = Actor.person(accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone()), "cashier", Set.of());
        access.grant(Fixtures.SYSTEM, cashier.accountId(), owner.merchant(), Role.CASHIER);
        var stranger = fixtures.owner("别家").actor();

        assertThatThrownBy(() -> batches.check(cashier, owner.merchant(), file()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> batches.start(cashier, owner.merchant(), "", file(), false))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> batches.list(cashier, owner.merchant())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> batches.cancel(cashier, batch.id())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> batches.template(cashier, owner.merchant())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> batches.check(stranger, owner.merchant(), file()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> batches.byPublicId(stranger, batch.publicId())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> batches.rows(stranger, batch.id(), BatchRow.Filter.ALL, 0, 10))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> batches.cancel(stranger, batch.id())).isInstanceOf(NotFoundException.class);
        assertThat(batches.get(owner.actor(), batch.id()).state()).isEqualTo(BatchState.RUNNING);
        batches.cancel(owner.actor(), batch.id());
    }

    @Test
    void pages_of_this_portal_are_told_what_another_one_did() {
        var batch = start(many(BatchRows.CHUNK + 1));
        loop.tellOfOthers();
        events.clear();
        worker.workOne();
        events.clear();

        loop.tellOfOthers();
        assertThat(events.stream(BatchProgressed.class)).contains(new BatchProgressed(owner.merchant(), batch.id()));
        events.clear();
        loop.tellOfOthers();
        assertThat(events.stream(BatchProgressed.class))
                .doesNotContain(new BatchProgressed(owner.merchant(), batch.id()));
        work();
    }

    private CodeBatch start(byte[] file) {
        return ((StartOutcome.Started) batches.start(owner.actor(), owner.merchant(), "a.csv", file, false)).batch();
    }

    private void work() {
        while (worker.workOne()) {
            // until nothing is due
        }
    }

    private List<BatchRow> rows(CodeBatch batch, BatchRow.Filter filter) {
        return batches.rows(owner.actor(), batch.id(), filter, 0, CodeBatches.PAGE);
    }

    private void issue(String place) {
        assertThat(codes.issue(owner.actor(), owner.store().id(), place)).isInstanceOf(IssueOutcome.Issued.class);
    }

    private static byte[] many(int count) {
        return file(IntStream.rangeClosed(1, count)
                .mapToObj(i -> "解放路店," + i + " 号桌,")
                .toArray(String[]::new));
    }

    private static byte[] file(String... rows) {
        return List.of(rows).stream()
                .collect(Collectors.joining("\n", "门店,位置,负责人\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
