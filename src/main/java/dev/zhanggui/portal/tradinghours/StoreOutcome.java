package dev.zhanggui.portal.tradinghours;

import java.util.List;

/** What became of one store of {@link ApplyHours}. */
public sealed interface StoreOutcome {

    record Changed(int version) implements StoreOutcome {}

    /** It says so already; nothing was written. */
    record Unchanged(int version) implements StoreOutcome {}

    /**
     * Somebody changed it meanwhile; nothing was written.
     *
     * @param version that holds now
     */
    record Conflict(int version) implements StoreOutcome {}

    /** Its document would exceed what can be kept; the places are those of its text. */
    record Invalid(List<HoursError> errors) implements StoreOutcome {}

    /** Something broke, for this store alone; to be tried again. */
    record Failed() implements StoreOutcome {}
}
