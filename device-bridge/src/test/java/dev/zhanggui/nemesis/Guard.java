package dev.zhanggui.nemesis;

import java.util.Set;

/**
 * Something that keeps a promise. A test leaves one out and must then see the promise broken: a suite that stays green without the
 * guard proves nothing about it. None of these can be left out of the product; the simulation leaves them out of its own parts.
 */
public enum Guard {
    /** The terminal trusts the portal's key and no other. */
    SIGNATURE(Invariant.I1),
    /** The terminal refuses what is older than the newest that it has accepted. */
    FLOOR(Invariant.I2),
    /** The portal takes the words of a bridge for the shards that it holds now, not for those that it held once. */
    FENCE(Invariant.I6),
    /** What a bridge heard before it lost a shard does not count because it has the shard again. */
    FENCE_OF_THE_HEARING(Invariant.I6),
    /** The shards of a bridge that falls silent, and what it has claimed, go to another one after a while. */
    LEASE(Invariant.I3),
    /** A terminal says its birth again, in case nobody listened. */
    BIRTH_AGAIN(Invariant.I3),
    /** What heals has the moment as its epoch, above every floor. */
    HEALING_EPOCH(Invariant.I3),
    /** A version is committed only if nothing changed since it was compiled. */
    CONDITIONAL_UPDATE(Invariant.I4),
    /** What is handed out is read from what was committed. */
    COMMITTED_ONLY(Invariant.I5),
    /** APPLIED is said after the activation, not before. */
    REPORT_AFTER_SWITCH(Invariant.I6),
    /** The terminal does not try again what it has given up. */
    QUARANTINE(Invariant.I7),
    /** The bridge takes what a terminal says for a word about itself only. */
    SUBJECT_AT_BRIDGE(Invariant.I8),
    /** The terminal takes what names it, and nothing else. */
    SUBJECT_AT_TERMINAL(Invariant.I8),
    /** The bridge's outbox refuses what it cannot hold. */
    CAPACITY(Invariant.I9),
    /** Every merchant gets its turn. */
    FAIRNESS(Invariant.I10),
    /** What is written to flash is forced before it is relied on. */
    FORCED_WRITES(Invariant.I11),
    /** The next group of a roll-out waits for the proof of the one before. */
    GATE(Invariant.I12);

    public static final Set<Guard> NONE = Set.of();

    private final Invariant keeps;

    Guard(Invariant keeps) {
        this.keeps = keeps;
    }

    /** The promise that breaks without it. */
    public Invariant keeps() {
        return keeps;
    }
}
