package dev.zhanggui.portal.fakereport;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports of fake codes. Everybody may send one. SERVICE, REVIEWER and ADMIN follow them up; others meet
 * {@link dev.zhanggui.portal.shared.NotAllowedException}, an unknown number
 * {@link dev.zhanggui.portal.shared.NotFoundException}, and an old version
 * {@link dev.zhanggui.portal.shared.LostUpdateException}.
 */
public interface FakeReports {

    /** The length of a page of {@link #list}. */
    int PAGE = 30;

    int NOTE_MOST = 500;

    /** How long after its end a report keeps its sender's photo, words and phone. */
    Duration KEPT_CLOSED = Duration.ofDays(180);

    /**
     * Receives a report and tells the owners of the store that it is about. Safe to repeat with the same form. Public: the system
     * acts for whoever is not signed in; a {@link NewReport#store} must be the actor's own.
     */
    ReportOutcome report(Actor actor, NewReport wish);

    /**
     * Newest first, at most {@link #PAGE}.
     *
     * @param state null for all
     * @param search the beginning of a number, of a place, of what the code says or of where it leads; blank for all
     * @param before only older ones; null for the first page
     */
    List<FakeReport> list(Actor actor, @Nullable ReportState state, String search, @Nullable FakeReportId before);

    ReportDetail detail(Actor actor, String number);

    /** A JPEG of ours, drawn anew from what was sent; empty when there was none. */
    Optional<byte[]> photo(Actor actor, FakeReportId id);

    /** In clear, on record. */
    String phone(Actor actor, FakeReportId id, String reason);

    /** Makes the actor the one who has it. */
    CloseOutcome take(Actor actor, FakeReportId id, int version);

    /** Lets others have it. */
    CloseOutcome giveBack(Actor actor, FakeReportId id, int version);

    /** Asks the owners of the plate's store to stop it: stopping a code is for its merchant alone. Asking again asks again. */
    CloseOutcome askToStop(Actor actor, FakeReportId id, int version);

    /** @param note what the finding rests on, 1 to {@link #NOTE_MOST} characters; read by the merchant too */
    CloseOutcome close(Actor actor, FakeReportId id, int version, Finding finding, String note);

    /** About the store's codes, newest first, at most 100; for CASHIER and above. */
    List<FakeReport> ofStore(Actor actor, StoreId store);
}
