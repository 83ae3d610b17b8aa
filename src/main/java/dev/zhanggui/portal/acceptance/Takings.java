package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.Outside;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the book of attempts says about a store, for members. Days are the store's own. Another merchant's store meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface Takings {

    /** The longest span that is looked through at once. */
    int DAYS_MOST = 366;

    /**
     * A span of days, both included.
     *
     * @throws IllegalArgumentException when it ends before it begins or is longer than {@link #DAYS_MOST}
     */
    record Days(LocalDate from, LocalDate to) {

        public Days {
            if (to.isBefore(from) || from.plusDays(DAYS_MOST).isBefore(to)) {
                throw new IllegalArgumentException("a span of 1 to " + DAYS_MOST + " days, not " + from + " to " + to);
            }
        }

        public static Days last(int days, LocalDate today) {
            return new Days(today.minusDays(days - 1L), today);
        }
    }

    /**
     * At a glance.
     *
     * @param outside how many of the payments came outside trading hours
     * @param refused how many wishes were refused
     */
    record Glance(Money amount, int payments, int outside, int refused) {}

    /** How many wishes were refused for this reason in this hour of the day, 0 to 23. */
    record RefusedHour(String reason, int hour, int wishes, Money amount) {}

    /** @param scans how often the code was scanned */
    record CodeFigures(QrCode code, int scans, int payments, int refused, Money amount) {}

    /**
     * What a store could let through outside its hours, by what it refused there.
     *
     * @param refused how many wishes were refused outside hours
     * @param wouldPass how many of them would have passed
     * @param outside the policy that would have let them pass
     */
    record Advice(int refused, int wouldPass, Outside outside) {}

    /** Something about a code that its owner should look at. */
    sealed interface Anomaly {

        QrCode code();

        /** Scanned in two regions within half an hour: a picture of it is about, or the plate is somewhere else. */
        record FarApart(QrCode code, String oneRegion, String otherRegion, Instant at) implements Anomaly {}

        /** Scanned far more often in one minute than people can queue. */
        record Burst(QrCode code, int scansInAMinute, Instant at) implements Anomaly {}

        /** Usually scanned many times a day and today not at all, while others were: it may be covered. */
        record Silent(QrCode code, int usuallyADay, Instant lastScan) implements Anomaly {}
    }

    /**
     * Which lines of the book are wanted.
     *
     * @param outcomes none for all but those that were only offered
     * @param text part of a place, a plate's number, an order's number or a payment's number; empty for all
     * @param before only lines before this attempt's public id; null for the newest
     * @param limit at most 500
     */
    record Wanted(
            Days days,
            Set<AttemptOutcome> outcomes,
            String text,
            @Nullable String before,
            int limit) {}

    Glance glance(Actor actor, StoreId store, Days days);

    /** Newest first. */
    List<Attempt> attempts(Actor actor, StoreId store, Wanted wanted);

    /** By reason and hour. */
    List<RefusedHour> refusedByHour(Actor actor, StoreId store, Days days);

    /** Empty while there are too few refusals to learn from, or the store chose to refuse nothing. */
    Optional<Advice> advice(Actor actor, StoreId store, Days days);

    /** By plate; plates never scanned too, and order codes together are left out. */
    List<CodeFigures> byCode(Actor actor, StoreId store, Days days);

    /** Of today and the last minutes, the most telling first; at most 20. */
    List<Anomaly> anomalies(Actor actor, StoreId store);

    /**
     * Writes the lines as CSV (RFC 4180) with a head line, oldest first, as spreadsheets of this language open it: with a byte
     * order mark, and no cell that a spreadsheet would run as a formula. Audited.
     */
    void export(Actor actor, StoreId store, Days days, Locale language, Writer to) throws IOException;
}
