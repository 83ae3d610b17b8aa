package dev.zhanggui.terminal;

import dev.zhanggui.nemesis.Guard;
import dev.zhanggui.nemesis.Happened;
import dev.zhanggui.nemesis.Version;
import dev.zhanggui.terminal.store.Boot.GivenUp;
import dev.zhanggui.terminal.store.Flash;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The parts that make a terminal safe (verifier, floor, installation, slots, fetch) put together for a world that is stepped by hand:
 * no thread, no socket, no clock of its own. Between the parts it does what {@link VirtualTerminal} does. A guard can be left out
 * of it, which no real terminal allows.
 */
public final class SteppedTerminal {

    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(8);
    private static final Duration POISON_WORKS_AFTER = Duration.ofMillis(150);

    /** All that is around a terminal. */
    public interface World {

        /** By the terminal's own clock, which may be off. */
        Instant ownTime();

        /** The time that passes. */
        Instant trueTime();

        RandomGenerator random();

        /** Not after the power has gone. */
        void later(Duration delay, Runnable step);

        /** @return whether it is on the way; false without a connection */
        boolean send(Channel channel, byte[] message);

        /** The terminal's own log. */
        void log(Happened line);

        /** Something in what runs brings it down; it starts again by itself. */
        void crash();
    }

    private final String tid;
    private final String boot;
    private final World world;
    private final StateFolder folder;
    private final Verifier verifier;
    private final List<VerificationKey> trusted;
    private final Set<Guard> off;
    private final @Nullable String poison;
    private final Duration soak;
    private final Installation installation;
    private Floor floor;
    private @Nullable Fetch fetch;
    private String fetchedJws = "";
    private String fetchedDigest = "";
    private int questions;
    private long seq;
    private int births;
    private boolean connected;

    /**
     * Power comes.
     *
     * @param boot new at every start
     * @param trusted keys that it pinned when it was activated
     * @param poison while what runs contains this, it crashes a moment after its start; null: never
     */
    public SteppedTerminal(
            String tid,
            String boot,
            World world,
            Flash flash,
            List<VerificationKey> trusted,
            Set<Guard> off,
            @Nullable String poison,
            Duration soak) {
        this.tid = tid;
        this.boot = boot;
        this.world = world;
        this.folder = StateFolder.on(flash);
        this.trusted = trusted;
        this.verifier = new Verifier(tid, trusted);
        this.off = off;
        this.poison = poison;
        this.soak = soak;
        this.floor = folder.floor();
        installation = new Installation(folder, verifier, soak, world.ownTime());
        installation.untold().forEach(this::rolledBack);
        world.log(new Happened.Raised(tid, new Version(floor.epoch(), floor.gen(), floor.digest())));
        world.log(new Happened.Booted(tid, boot, running()));
        awaitSoak();
        poisoned();
    }

    /** What runs; null for nothing. */
    public @Nullable Version running() {
        Configuration active = installation.active();
        return active == null ? null : version(active.manifest(), active.digest());
    }

    public byte[] will() {
        return StrictJson.MAPPER.writeValueAsBytes(new Presence(tid, false, boot));
    }

    /** The line is there, and subscribed. */
    public void connected() {
        connected = true;
        birth(0);
        send(Channel.PRESENCE, new Presence(tid, true, boot));
        tellGivenUp();
    }

    private void birth(int before) {
        int mine = ++births;
        Version running = running();
        send(
                Channel.STATUS,
                Status.of(new Birth(
                        tid,
                        running == null ? 0 : running.epoch(),
                        running == null ? 0 : running.gen(),
                        running == null ? null : running.digest(),
                        "SMART_POS",
                        "stepped/1",
                        boot,
                        world.ownTime())));
        if (off.contains(Guard.BIRTH_AGAIN)) {
            return;
        }
        world.later(BirthAgain.after(before, world.random()), () -> {
            if (connected && births == mine) {
                birth(before + 1);
            }
        });
    }

    public void lost() {
        connected = false;
        fetch = null;
    }

    public void message(Channel channel, byte[] payload) {
        switch (channel) {
            case MANIFEST -> manifest(payload);
            case ANSWER -> answer(payload);
            case STATUS, QUERY, PRESENCE -> throw new IllegalArgumentException(channel + " runs up");
        }
    }

    /** In good order. */
    public void stop() {
        installation.stopped();
    }

    private void manifest(byte[] arrived) {
        String jws = new String(arrived, StandardCharsets.ISO_8859_1);
        String digest = Wire.digest(jws);
        switch (checker(arrived).manifest(arrived)) {
            case Verdict.Refused<Manifest>(RejectCode code, String detail) -> reject(0, 0, digest, code, detail);
            case Verdict.Accepted<Manifest>(Manifest manifest) -> genuine(manifest, jws, digest);
        }
    }

    /** Without the check of the subject: whoever it names, it is meant. */
    private Verifier checker(byte[] jws) {
        if (off.contains(Guard.SUBJECT_AT_TERMINAL)) {
            try {
                String payload = new String(jws, StandardCharsets.ISO_8859_1).split("\\.")[1];
                return new Verifier(
                        StrictJson.read(Base64.getUrlDecoder().decode(payload), Manifest.class)
                                .tid(),
                        trusted);
            } catch (RuntimeException e) {
                return verifier;
            }
        }
        return verifier;
    }

    private void genuine(Manifest manifest, String jws, String digest) {
        Version version = version(manifest, digest);
        world.log(new Happened.Received(tid, version));
        var objection = floor.objection(manifest, digest);
        if (objection.isPresent() && !off.contains(Guard.FLOOR)) {
            reject(
                    manifest.epoch(),
                    manifest.gen(),
                    digest,
                    objection.get().code(),
                    objection.get().detail());
            return;
        }
        Configuration running = installation.active();
        if (running != null && running.digest().equals(digest)) {
            report(manifest.epoch(), manifest.gen(), digest, Report.Stage.APPLIED, 0, "already active");
            return;
        }
        GivenUp tried = installation.quarantine(digest).orElse(null);
        if (tried != null && !off.contains(Guard.QUARANTINE)) {
            reject(manifest.epoch(), manifest.gen(), digest, RejectCode.QUARANTINED, "given up before");
            return;
        }
        fetch = new Fetch(manifest, running == null ? Map.of() : running.documents(), folder, world.trueTime());
        fetchedJws = jws;
        fetchedDigest = digest;
        questions = 0;
        proceed();
    }

    private void proceed() {
        Fetch waiting = fetch;
        if (waiting == null) {
            return;
        }
        Manifest manifest = waiting.manifest();
        switch (waiting.next(world.trueTime())) {
            case Fetch.Step.Complete(Map<String, String> documents) -> {
                fetch = null;
                complete(waiting, manifest, documents);
            }
            case Fetch.Step.GivenUp(RejectCode code, String detail) -> {
                fetch = null;
                reject(manifest.epoch(), manifest.gen(), fetchedDigest, code, detail);
            }
            case Fetch.Step.Ask(Query query) -> {
                if (questions++ == 0) {
                    report(manifest.epoch(), manifest.gen(), fetchedDigest, Report.Stage.RECEIVED, 0, null);
                }
                int asked = questions;
                send(Channel.QUERY, query);
                world.later(QUERY_PATIENCE, () -> {
                    if (fetch == waiting && questions == asked) {
                        waiting.unanswered();
                        proceed();
                    }
                });
            }
        }
    }

    private void answer(byte[] payload) {
        Fetch waiting = fetch;
        Answer answer = Fetch.read(payload).orElse(null);
        if (waiting != null && answer != null && answer.tid().equals(tid) && waiting.take(answer)) {
            proceed();
        }
    }

    private void complete(Fetch waiting, Manifest manifest, Map<String, String> documents) {
        switch (checker(fetchedJws.getBytes(StandardCharsets.ISO_8859_1))
                .configuration(manifest, fetchedJws, documents)) {
            case Verdict.Refused<Configuration>(RejectCode code, String detail) ->
                reject(manifest.epoch(), manifest.gen(), fetchedDigest, code, detail);
            case Verdict.Accepted<Configuration>(Configuration configuration) -> {
                apply(configuration);
                waiting.done();
            }
        }
    }

    private void apply(Configuration configuration) {
        Manifest manifest = configuration.manifest();
        Version version = version(manifest, configuration.digest());
        world.log(new Happened.Verified(tid, version));
        if (off.contains(Guard.REPORT_AFTER_SWITCH)) {
            report(manifest.epoch(), manifest.gen(), version.digest(), Report.Stage.APPLIED, 0, null);
        }
        Installation.Outcome outcome = installation.install(configuration, world.ownTime());
        floor = folder.floor();
        world.log(new Happened.Raised(tid, new Version(floor.epoch(), floor.gen(), floor.digest())));
        switch (outcome) {
            case Installation.Outcome.NotStored() ->
                reject(manifest.epoch(), manifest.gen(), version.digest(), RejectCode.STORAGE, "cannot be stored");
            case Installation.Outcome.RolledBack(GivenUp what, String detail) -> {
                rolledBack(what);
                tellGivenUp();
            }
            case Installation.Outcome.Running() -> {
                world.log(new Happened.Activated(tid, version));
                report(manifest.epoch(), manifest.gen(), version.digest(), Report.Stage.APPLIED, 0, null);
                awaitSoak();
                poisoned();
            }
        }
    }

    private void rolledBack(GivenUp what) {
        world.log(new Happened.RolledBack(
                tid, new Version(what.epoch(), what.gen(), what.digest()), what.code(), running()));
    }

    private void tellGivenUp() {
        for (GivenUp what : installation.untold()) {
            if (connected
                    && report(what.epoch(), what.gen(), what.digest(), Report.Stage.ROLLED_BACK, what.code(), null)) {
                installation.told(what);
            }
        }
    }

    private void awaitSoak() {
        Duration left = installation.soakLeft(world.ownTime());
        if (!left.isZero()) {
            world.later(left, () -> {
                installation.settleIfOver(world.ownTime());
                awaitSoak();
            });
            return;
        }
        Version stands = running();
        if (stands != null) {
            world.log(new Happened.Proven(tid, stands));
        }
    }

    private void poisoned() {
        Configuration active = installation.active();
        if (poison != null && active != null && active.contains(poison)) {
            world.later(POISON_WORKS_AFTER, () -> {
                if (Objects.equals(installation.active(), active)) {
                    world.crash();
                }
            });
        }
    }

    private void reject(long epoch, long gen, String digest, RejectCode code, String detail) {
        world.log(new Happened.Rejected(tid, new Version(epoch, gen, digest), code.number()));
        report(epoch, gen, digest, Report.Stage.REJECTED, code.number(), detail);
    }

    private boolean report(long epoch, long gen, String digest, Report.Stage stage, int code, @Nullable String detail) {
        return send(
                Channel.STATUS,
                Status.of(new Report(tid, epoch, gen, digest, stage, code, detail, world.ownTime(), ++seq)));
    }

    private boolean send(Channel channel, Object message) {
        return connected && world.send(channel, StrictJson.MAPPER.writeValueAsBytes(message));
    }

    private static Version version(Manifest manifest, String digest) {
        return new Version(manifest.epoch(), manifest.gen(), digest);
    }
}
