package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.account.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Notices two machines that use one terminal's credential. Nothing is stopped by itself: people decide, because the shop trades on one
 * of the two.
 */
public interface CloneWatch {

    /** Signs within this time count together; and the same suspicion is told once within it. */
    Duration WITHIN = Duration.ofHours(1);

    /** How long a suspicion is shown after its last sign. */
    Duration SHOWN_FOR = Duration.ofDays(7);

    /**
     * For the system: terminals that said who they are. A boot id is new at each power-on, so one that comes back after another proves
     * two machines: twice within {@link #WITHIN}. A birth that was merely late is told by its own clock and does not count; clocks that
     * differ need six.
     */
    void born(Actor actor, List<Born> births);

    /** How many terminals are under suspicion by a sign at or after the moment. For staff of SERVICE, ADMIN and AUDITOR, and the system. */
    int suspectedSince(Actor actor, Instant since);

    /** @param saidAt by the terminal's own clock, which may be wrong */
    record Born(String publicId, String bootId, Instant saidAt) {}

    /** What gave it away. Texts: {@code terminal.certificate.sign.<NAME>}. */
    enum Sign {
        /** Two lives of the machine take turns. */
        BOOTS,
        /** It asked for a certificate for the key of another device. */
        KEY,
        /** Another machine claimed its serial number and was refused: {@link Activations#contestedSince}. */
        CLAIMED
    }
}
