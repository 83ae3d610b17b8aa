package dev.zhanggui.portal.shell;

import com.vaadin.flow.router.AccessDeniedException;
import dev.zhanggui.portal.shared.DatabaseAway;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an exception means to the person in front of the screen; logged once, here, when nobody expected it. */
sealed interface Failure {

    record Missing() implements Failure {}

    record NoRight() implements Failure {}

    record ChangedMeanwhile() implements Failure {}

    /** Passes by itself; what was being done is not saved, or nobody can say yet. */
    record DatabaseIsAway() implements Failure {}

    /** @param reference what the person reads out to the service desk, and what the log says */
    record Unexpected(String reference) implements Failure {}

    Logger LOG = LoggerFactory.getLogger(Failure.class);

    static Failure of(Throwable thrown) {
        if (DatabaseAway.isCauseOf(thrown)) {
            LOG.warn("A page found no database: {}", thrown.getMessage());
            return new DatabaseIsAway();
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case NotFoundException e -> {
                    return new Missing();
                }
                case com.vaadin.flow.router.NotFoundException e -> {
                    return new Missing();
                }
                case NotAllowedException e -> {
                    return new NoRight();
                }
                case AccessDeniedException e -> {
                    return new NoRight();
                }
                case LostUpdateException e -> {
                    return new ChangedMeanwhile();
                }
                default -> {}
            }
        }
        var reference = Ids.ulid().substring(16);
        LOG.error("Unexpected error {}", reference, thrown);
        return new Unexpected(reference);
    }
}
