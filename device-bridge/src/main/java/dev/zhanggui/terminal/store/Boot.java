package dev.zhanggui.terminal.store;

import dev.zhanggui.terminal.trust.Configuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which slot runs, which one is last-known-good, and what was given up. One file, replaced as a whole: replacing it is the switch.
 *
 * <pre>
 * activate → in soak ── soak over ──────────────────────→ good: the other slot is spare
 *               ├────── newer one activated ────────────→ in soak; good stays where it is
 *               └────── self-test or soak failed ───────→ the good one runs again, the digest is in quarantine
 * </pre>
 *
 * @param active null when nothing runs
 * @param good the newest that has stood its soak; null before the first
 * @param givenUp newest first, at most {@link #REMEMBERED}
 */
public record Boot(@Nullable Installed active, @Nullable Installed good, List<GivenUp> givenUp) {

    /** Of a terminal that has never run anything. */
    public static final Boot NONE = new Boot(null, null, List.of());

    /** Digests kept in quarantine. */
    public static final int REMEMBERED = 8;

    /** Starts within one soak that are too many: a crash loop. */
    public static final int CRASH_LOOP = 3;

    public enum Slot {
        A,
        B;

        Slot other() {
            return this == A ? B : A;
        }
    }

    /**
     * @param digest of the manifest in the slot: a slot that holds another one does not count
     * @param at moment of activation
     * @param soakUntil null once it has stood its soak
     * @param starts that were not announced by an orderly stop, since it was activated
     * @param stopped the last stop was an orderly one
     */
    public record Installed(
            Slot slot, String digest, Instant at, @Nullable Instant soakUntil, int starts, boolean stopped) {}

    /**
     * A manifest that is not tried again.
     *
     * @param told the portal has the report
     */
    public record GivenUp(String digest, long epoch, long gen, int code, boolean told) {}

    public Boot {
        givenUp = List.copyOf(givenUp);
    }

    /** The slot that may be written to: never that of the last-known-good. */
    public Slot spare() {
        Installed kept = good != null ? good : active;
        return kept == null ? Slot.A : kept.slot().other();
    }

    public boolean soaking() {
        return active != null && active.soakUntil() != null;
    }

    /** How long the soak still lasts, never longer than a whole one: a clock that was set back must not make it endless. */
    public Duration soakLeft(Instant now, Duration soak) {
        Instant until = active == null ? null : active.soakUntil();
        if (until == null || !now.isBefore(until)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, until);
        return left.compareTo(soak) > 0 ? soak : left;
    }

    /** What is in the spare slot runs from now on. */
    public Boot activate(String digest, Instant now, Duration soak) {
        return new Boot(new Installed(spare(), digest, now, now.plus(soak), 0, false), good, givenUp);
    }

    /** The active one has stood its soak. */
    public Boot settled() {
        Installed it = active;
        if (it == null) {
            return this;
        }
        Installed stood = new Installed(it.slot(), it.digest(), it.at(), null, 0, false);
        return new Boot(stood, stood, givenUp);
    }

    /** Power came back. */
    public Boot started() {
        Installed it = active;
        return it == null || it.soakUntil() == null
                ? this
                : new Boot(
                        new Installed(
                                it.slot(),
                                it.digest(),
                                it.at(),
                                it.soakUntil(),
                                it.starts() + (it.stopped() ? 0 : 1),
                                false),
                        good,
                        givenUp);
    }

    /** Power goes as it should: the next start is no sign of a crash. */
    public Boot stopped() {
        Installed it = active;
        return it == null || it.soakUntil() == null
                ? this
                : new Boot(
                        new Installed(it.slot(), it.digest(), it.at(), it.soakUntil(), it.starts(), true),
                        good,
                        givenUp);
    }

    public boolean crashLoop() {
        return active != null && active.soakUntil() != null && active.starts() >= CRASH_LOOP;
    }

    /** The slot cannot be read: back to the good one, without a word against the content. */
    public Boot fallenBack() {
        Installed left = active == null || active.equals(good) ? null : good;
        return new Boot(left, left, givenUp);
    }

    /** Back to the good one; this digest is not tried again. */
    public Boot rolledBack(Configuration failed, int code) {
        List<GivenUp> list = new ArrayList<>();
        list.add(new GivenUp(
                failed.digest(), failed.manifest().epoch(), failed.manifest().gen(), code, false));
        givenUp.stream()
                .filter(it -> !it.digest().equals(failed.digest()))
                .limit(REMEMBERED - 1)
                .forEach(list::add);
        return new Boot(good, good, list);
    }

    /** Why a manifest with this digest is not tried again; empty when it may be. */
    public Optional<GivenUp> quarantine(String digest) {
        return givenUp.stream().filter(it -> it.digest().equals(digest)).findFirst();
    }

    /** The portal has heard of this one. */
    public Boot told(String digest) {
        return new Boot(
                active,
                good,
                givenUp.stream()
                        .map(it -> it.digest().equals(digest)
                                ? new GivenUp(it.digest(), it.epoch(), it.gen(), it.code(), true)
                                : it)
                        .toList());
    }
}
