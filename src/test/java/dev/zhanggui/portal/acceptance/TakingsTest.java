package dev.zhanggui.portal.acceptance;

import static dev.zhanggui.db.Tables.SCAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.Takings.Anomaly;
import dev.zhanggui.portal.acceptance.Takings.Days;
import dev.zhanggui.portal.acceptance.Takings.Glance;
import dev.zhanggui.portal.acceptance.Takings.RefusedHour;
import dev.zhanggui.portal.acceptance.Takings.Wanted;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.tradinghours.Outside;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the book of attempts says, on the real database. It is Monday, 10:00 in Shanghai. */
class TakingsTest extends ScannedStoreTest {

    @Autowired
    private Takings takings;

    @Autowired
    private Collections collections;

    @Autowired
    private DSLContext db;

    private LocalDate today;

    @BeforeEach
    void theDay() {
        today = LocalDate.ofInstant(
                clock.instant(), merchants.store(owner, store).zone());
    }

    @Test
    void a_day_at_a_glance_counts_what_came_outside_hours_and_what_was_refused() {
        pay(38);
        pay(12);
        clock.advance(Duration.ofHours(13));
        pay(100);
        refuse(300);
        assertThat(takings.glance(owner, store, Days.last(1, today))).isEqualTo(new Glance(Money.yuan(150), 3, 1, 1));
        assertThat(takings.glance(owner, store, new Days(today.minusDays(1), today.minusDays(1))))
                .isEqualTo(new Glance(Money.ZERO, 0, 0, 0));
    }

    @Test
    void refusals_are_told_by_hour_and_reason_and_lead_to_advice() {
        clock.advance(Duration.ofHours(13));
        for (long yuan : List.of(210, 220, 230, 290, 3_000)) {
            refuse(yuan);
        }
        assertThat(takings.refusedByHour(owner, store, Days.last(1, today)))
                .containsExactly(new RefusedHour("OUTSIDE_HOURS_CAP", 23, 5, Money.yuan(3_950)));
        assertThat(takings.advice(owner, store, Days.last(30, today)))
                .contains(new Takings.Advice(5, 4, Outside.capped(30_000)));
    }

    @Test
    void too_few_refusals_teach_nothing() {
        clock.advance(Duration.ofHours(13));
        refuse(210);
        assertThat(takings.advice(owner, store, Days.last(30, today))).isEmpty();
    }

    @Test
    void the_list_is_searched_filtered_and_read_on_from_where_it_ended() {
        pay(1);
        pay(2);
        clock.advance(Duration.ofHours(13));
        refuse(300);
        assertThat(attempts("", Set.of(), null, 10))
                .extracting(it -> it.outcome() + " " + it.amount().text())
                .containsExactly("REFUSED ¥300.00", "SUCCEEDED ¥2.00", "SUCCEEDED ¥1.00");
        assertThat(attempts("", Set.of(AttemptOutcome.REFUSED), null, 10)).hasSize(1);
        var first = attempts("", Set.of(), null, 1);
        assertThat(attempts("", Set.of(), first.getFirst().publicId(), 10))
                .extracting(Attempt::amount)
                .containsExactly(Money.yuan(2), Money.yuan(1));
        assertThat(attempts("柜", Set.of(), null, 10)).hasSize(3);
        assertThat(attempts("001", Set.of(), null, 10)).hasSize(3);
        assertThat(attempts("门口", Set.of(), null, 10)).isEmpty();
        assertThat(attempts("100%", Set.of(), null, 10)).isEmpty();
        var payment = attempts("", Set.of(AttemptOutcome.SUCCEEDED), null, 1)
                .getFirst()
                .payment();
        assertThat(attempts(payment, Set.of(), null, 10))
                .extracting(Attempt::payment)
                .containsExactly(payment);
    }

    @Test
    void each_code_tells_its_scans_and_payments() throws Exception {
        var silent = ((IssueOutcome.Issued) codes.issue(owner, store, "门口")).code();
        scanned(code, clock.instant(), null);
        scanned(code, clock.instant(), null);
        pay(38);
        assertThat(takings.byCode(owner, store, Days.last(1, today)))
                .containsExactly(
                        new Takings.CodeFigures(code, 2, 1, 0, Money.yuan(38)),
                        new Takings.CodeFigures(silent, 0, 0, 0, Money.ZERO));
    }

    @Test
    void a_code_scanned_in_two_far_places_within_half_an_hour_is_told() {
        var at = clock.instant();
        scanned(code, at.minus(Duration.ofMinutes(20)), "510100");
        scanned(code, at.minus(Duration.ofMinutes(15)), "510500");
        assertThat(takings.anomalies(owner, store)).isEmpty();
        scanned(code, at, "440300");
        assertThat(takings.anomalies(owner, store)).containsExactly(new Anomaly.FarApart(code, "510500", "440300", at));
    }

    @Test
    void two_places_an_hour_apart_are_a_traveller() {
        scanned(code, clock.instant().minus(Duration.ofMinutes(60)), "510100");
        scanned(code, clock.instant(), "440300");
        assertThat(takings.anomalies(owner, store)).isEmpty();
    }

    @Test
    void a_burst_of_scans_is_told_and_a_busy_hour_is_not() {
        for (int i = 0; i < 31; i++) {
            scanned(code, clock.instant().minusSeconds(i * 2L), null);
        }
        assertThat(takings.anomalies(owner, store)).isEmpty();
        scanned(code, clock.instant(), null);
        assertThat(takings.anomalies(owner, store))
                .singleElement()
                .isInstanceOfSatisfying(
                        Anomaly.Burst.class,
                        it -> assertThat(it.scansInAMinute()).isEqualTo(31));
    }

    @Test
    void a_busy_code_that_nobody_scans_any_more_is_told_in_the_afternoon() {
        var other = ((IssueOutcome.Issued) codes.issue(owner, store, "门口")).code();
        var last = clock.instant().minus(Duration.ofHours(20));
        for (int i = 0; i < 70; i++) {
            scanned(code, last.minusSeconds(i * 300L), null);
        }
        scanned(other, clock.instant(), null);
        assertThat(takings.anomalies(owner, store)).isEmpty();
        clock.advance(Duration.ofHours(5));
        assertThat(takings.anomalies(owner, store)).containsExactly(new Anomaly.Silent(code, 10, last));
    }

    @Test
    void the_table_has_every_attempt_of_the_days_in_order() throws Exception {
        pay(38);
        clock.advance(Duration.ofHours(13));
        refuse(300);
        var csv = new StringWriter();
        takings.export(owner, store, Days.last(1, today), Locale.SIMPLIFIED_CHINESE, csv);
        assertThat(csv.toString().lines().toList()).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(1)).contains(",001,柜台,38.00,已收,", ",营业中,");
            assertThat(lines.get(2)).contains(",001,柜台,300.00,没收成,", ",非营业时间,");
        });
    }

    @Test
    void another_merchants_takings_do_not_exist() {
        var stranger = person();
        var days = Days.last(1, today);
        assertThatThrownBy(() -> takings.glance(stranger, store, days)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> takings.refusedByHour(stranger, store, days)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> takings.advice(stranger, store, days)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> takings.byCode(stranger, store, days)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> takings.anomalies(stranger, store)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> takings.attempts(stranger, store, new Wanted(days, Set.of(), "", null, 1)))
                .isInstanceOf(NotFoundException.class);
        var csv = new StringWriter();
        assertThatThrownBy(() -> takings.export(stranger, store, days, Locale.ENGLISH, csv))
                .isInstanceOf(NotFoundException.class);
        assertThat(csv.toString()).isEmpty();
    }

    private List<Attempt> attempts(String text, Set<AttemptOutcome> outcomes, @Nullable String before, int limit) {
        return takings.attempts(owner, store, new Wanted(Days.last(1, today), outcomes, text, before, limit));
    }

    private void scanned(QrCode plate, Instant at, @Nullable String region) {
        db.insertInto(SCAN)
                .set(SCAN.ID, Ids.next())
                .set(SCAN.QR_CODE_ID, plate.id().value())
                .set(SCAN.STORE_ID, store.value())
                .set(SCAN.SCANNED_AT, at)
                .set(SCAN.VERDICT, "ALLOW")
                .set(SCAN.REASON, "OPEN_BY_WEEK")
                .set(SCAN.REGION, region)
                .execute();
    }

    private void pay(long yuan) {
        var offer =
                (OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(yuan), Payer.UNKNOWN, "form " + yuan);
        assertThat(collections
                        .pay(offer.collection().token(), Payer.UNKNOWN)
                        .orElseThrow()
                        .state())
                .isEqualTo(CollectionState.SUCCEEDED);
    }

    private void refuse(long yuan) {
        assertThat(collections.offer(code.code(), Money.yuan(yuan), Payer.UNKNOWN, "form " + yuan))
                .isInstanceOf(OfferOutcome.Refused.class);
    }
}
