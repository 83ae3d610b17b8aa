package dev.zhanggui.portal.audit;

import dev.zhanggui.portal.account.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the record, for AUDITOR and ADMIN, and proves that nobody changed it. */
public interface AuditTrail {

    /** What walking the whole chain found. */
    sealed interface ChainReport {
        /** Every sealed entry is as it was written. {@code waiting} entries are younger than the last seal. */
        record Intact(long sealed, long waiting) implements ChainReport {}

        /** @param entry the first entry that does not fit its seal, 0 when the entry itself is gone */
        record Broken(long seq, long entry, Fault fault) implements ChainReport {}
    }

    /** How a chain can be broken. */
    enum Fault {
        /** An entry was changed after it was sealed, or a seal was. */
        CHANGED,
        /** A sealed entry, or a seal between two others, is gone. */
        REMOVED,
        /** The newest seals are gone or replaced: the head says otherwise. */
        CUT_OFF,
        /** An entry stands in the table that no transaction of ours wrote. */
        INSERTED
    }

    /**
     * Newest first.
     *
     * @param before only entries with a smaller id; null for the first page
     * @param limit at most 200
     */
    List<AuditEntry> page(Actor actor, AuditQuery query, @Nullable Long before, int limit);

    /** Walks the chain from its first seal; about a second per hundred thousand entries. */
    ChainReport verify(Actor actor);
}
