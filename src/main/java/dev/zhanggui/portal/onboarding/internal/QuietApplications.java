package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.internal.ApplicationTables.Reminded;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts away what its applicant left lying: first a reminder, then the end. Nothing ends unless its reminder is old enough, however
 * long the portal was down. Several portals sweep side by side: each application is judged again while its row is held, so that
 * one of them reminds and one of them ends.
 */
@Component
class QuietApplications {

    private static final Logger LOG = LoggerFactory.getLogger(QuietApplications.class);
    private static final int BATCH = 200;
    private static final Actor SYSTEM = Actor.system("onboarding");
    private static final Set<ApplicationState> DRAFTS = EnumSet.of(ApplicationState.DRAFT);
    private static final Set<ApplicationState> WAITING =
            EnumSet.of(ApplicationState.NEEDS_FIX, ApplicationState.RECOMMENDED);

    private final ApplicationTables tables;
    private final Moves moves;
    private final ApplicantMessages applicant;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Duration draft;
    private final Duration waiting;
    private final Duration notice;

    /**
     * @param draft how long a draft may rest
     * @param waiting how long a fix or a price sheet may wait for its answer
     * @param notice how long before the end the reminder goes out; less than half of either
     */
    QuietApplications(
            ApplicationTables tables,
            Moves moves,
            ApplicantMessages applicant,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${zhanggui.onboarding.expiry.draft:P60D}") Duration draft,
            @Value("${zhanggui.onboarding.expiry.waiting:P30D}") Duration waiting,
            @Value("${zhanggui.onboarding.expiry.notice:P7D}") Duration notice) {
        var shortest = draft.compareTo(waiting) < 0 ? draft : waiting;
        if (notice.isNegative() || notice.isZero() || notice.multipliedBy(2).compareTo(shortest) >= 0) {
            throw new IllegalArgumentException(
                    "zhanggui.onboarding.expiry.notice must be above zero and less than half of draft and waiting");
        }
        this.tables = tables;
        this.moves = moves;
        this.applicant = applicant;
        this.transaction = transaction;
        this.clock = clock;
        this.draft = draft;
        this.waiting = waiting;
        this.notice = notice;
    }

    @Scheduled(
            initialDelayString = "${zhanggui.onboarding.expiry.sweep:PT10M}",
            fixedDelayString = "${zhanggui.onboarding.expiry.sweep:PT10M}")
    void sweep() {
        sweep(DRAFTS, draft);
        sweep(WAITING, waiting);
    }

    private void sweep(Set<ApplicationState> states, Duration rest) {
        var now = clock.instant();
        each(states, rest, new Reminded.Within(now.minus(rest), now.minus(notice)), row -> {
            var ended = moves.move(row, ApplicationState.EXPIRED, SYSTEM, "quiet for " + rest.toDays() + " days");
            applicant.tell(ended, "onboarding.expired");
        });
        var untilNotice = rest.minus(notice);
        each(states, untilNotice, new Reminded.NotSince(now.minus(untilNotice)), row -> {
            tables.markReminded(row, now);
            applicant.tell(row, "onboarding.expiring");
        });
    }

    private void each(Set<ApplicationState> states, Duration rest, Reminded reminded, Consumer<ApplicationRow> act) {
        var quietSince = clock.instant().minus(rest);
        for (var number : tables.quiet(states, quietSince, reminded, BATCH)) {
            try {
                transaction.executeWithoutResult(status -> tables.lock(number)
                        .filter(row -> states.contains(row.state()) && tables.isQuiet(row, quietSince, reminded))
                        .ifPresent(act));
            } catch (RuntimeException e) {
                LOG.warn("Application {} could not be put away; the next sweep tries again", number, e);
            }
        }
    }
}
