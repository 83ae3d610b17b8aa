package dev.zhanggui.terminal;

import dev.zhanggui.terminal.store.Boot;
import dev.zhanggui.terminal.store.Boot.GivenUp;
import dev.zhanggui.terminal.store.Boot.Installed;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs, and the way back when it fails; see {@link Boot} for the states. Whoever calls it says what time it is. Nothing here
 * leaves the terminal without last-known-good, not even a memory that takes nothing more.
 */
final class Installation {

    private static final System.Logger log = System.getLogger(Installation.class.getName());

    /** What became of a configuration that was to be activated. */
    sealed interface Outcome {

        record Running() implements Outcome {}

        /** There was no room; what ran before runs on. */
        record NotStored() implements Outcome {}

        /** It failed its self-test; what stood before runs again. */
        record RolledBack(GivenUp what, String detail) implements Outcome {}
    }

    private final StateFolder folder;
    private Verifier verifier;
    private final Duration soak;
    private Boot boot;
    private @Nullable Configuration active;
    private @Nullable Instant appliedAt;

    /** Power comes: brings up what ran, or what stood before it when that has failed too often or cannot be read. */
    Installation(StateFolder folder, Verifier verifier, Duration soak, Instant now) {
        this.folder = folder;
        this.verifier = verifier;
        this.soak = soak;
        this.boot = folder.boot();
        settleIfOver(now);
        if (boot.soaking()) {
            write(boot.started());
        }
        bringUp();
        Configuration running = active;
        if (running != null && boot.crashLoop()) {
            giveUp(running, RejectCode.SOAK);
        } else if (running != null && boot.soaking()) {
            SelfTest.failure(running, now).ifPresent(failure -> giveUp(running, RejectCode.SELF_TEST));
        }
    }

    /** From now on what is in the memory is checked with these keys. */
    void believes(Verifier now) {
        verifier = now;
    }

    @Nullable
    Configuration active() {
        return active;
    }

    /** When the active one was activated; null when nothing runs. */
    @Nullable
    Instant appliedAt() {
        return appliedAt;
    }

    /** Set when this digest was given up before. */
    Optional<GivenUp> quarantine(String digest) {
        return boot.quarantine(digest);
    }

    Outcome install(Configuration configuration, Instant now) {
        settleIfOver(now);
        Boot next = boot.activate(configuration.digest(), now, soak);
        try {
            folder.activate(configuration, next);
        } catch (UncheckedIOException e) {
            log.log(System.Logger.Level.WARNING, "Not stored: {0}", e.getMessage());
            return new Outcome.NotStored();
        }
        boot = next;
        active = configuration;
        appliedAt = now;
        return SelfTest.failure(configuration, now)
                .<Outcome>map(failure -> new Outcome.RolledBack(giveUp(configuration, RejectCode.SELF_TEST), failure))
                .orElseGet(Outcome.Running::new);
    }

    /** It failed while it was in its soak; empty when nothing is in its soak, so that there is nothing to go back from. */
    Optional<GivenUp> failed() {
        Configuration running = active;
        return running != null && boot.soaking() ? Optional.of(giveUp(running, RejectCode.SOAK)) : Optional.empty();
    }

    /** How long to wait until {@link #settleIfOver}; zero when nothing is in its soak. */
    Duration soakLeft(Instant now) {
        return boot.soakLeft(now, soak);
    }

    /**
     * The active one becomes last-known-good when its soak is over; not when its slot holds something else by now, because the power
     * went, or the room ended, while the next one was being written there.
     */
    void settleIfOver(Instant now) {
        Installed it = boot.active();
        if (it != null && boot.soaking() && boot.soakLeft(now, soak).isZero() && load(it) != null) {
            write(boot.settled());
        }
    }

    /** Power goes as it should. */
    void stopped() {
        if (boot.soaking()) {
            write(boot.stopped());
        }
    }

    /** What was given up and the portal has not heard of, oldest first. */
    List<GivenUp> untold() {
        return boot.givenUp().reversed().stream().filter(it -> !it.told()).toList();
    }

    void told(GivenUp it) {
        write(boot.told(it.digest()));
    }

    private GivenUp giveUp(Configuration failed, RejectCode code) {
        write(boot.rolledBack(failed, code.number()));
        bringUp();
        return boot.givenUp().getFirst();
    }

    private void bringUp() {
        for (Installed it = boot.active(); it != null; it = boot.active()) {
            Configuration stored = load(it);
            if (stored != null) {
                active = stored;
                appliedAt = it.at();
                return;
            }
            log.log(System.Logger.Level.WARNING, "What slot {0} holds is not what was put there", it.slot());
            write(boot.fallenBack());
        }
        active = null;
        appliedAt = null;
    }

    /** Checked like everything else: flash can be tampered with too. Null unless it is the very one. */
    private @Nullable Configuration load(Installed installed) {
        StateFolder.Stored stored = folder.stored(installed.slot()).orElse(null);
        if (stored == null) {
            return null;
        }
        byte[] jws = stored.manifest().getBytes(StandardCharsets.ISO_8859_1);
        return verifier.manifest(jws) instanceof Verdict.Accepted<Manifest>(Manifest manifest)
                        && verifier.configuration(manifest, stored.manifest(), stored.documents())
                                instanceof Verdict.Accepted<Configuration>(Configuration configuration)
                        && Objects.equals(configuration.digest(), installed.digest())
                ? configuration
                : null;
    }

    /** Holds for this life of the terminal even if it cannot be written. */
    private void write(Boot next) {
        boot = next;
        try {
            folder.boot(next);
        } catch (UncheckedIOException e) {
            log.log(System.Logger.Level.WARNING, "Which slot runs cannot be written: {0}", e.getMessage());
        }
    }
}
