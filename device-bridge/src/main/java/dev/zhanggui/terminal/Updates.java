package dev.zhanggui.terminal;

import dev.zhanggui.terminal.TerminalView.Rejected;
import dev.zhanggui.terminal.store.Boot.GivenUp;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.terminal.trust.TrustedRoot;
import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What becomes of a manifest that arrives, and what is told of it.
 *
 * <pre>
 * manifest → signature, address, version → documents → spare slot → floor → switch → self-test → report → soak
 * </pre>
 */
final class Updates {

    private static final System.Logger log = System.getLogger(Updates.class.getName());

    private static final String FIRMWARE = "zhanggui-kit/1";
    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(8);

    /** Who is told. */
    interface Owner {

        /** A configuration has begun to run. */
        void applied();

        void show();
    }

    /** A genuine manifest that waits for documents. */
    private record Pending(Fetch fetch, String jws, String digest, int questions) {

        Pending oneMore() {
            return new Pending(fetch, jws, digest, questions + 1);
        }
    }

    /** A manifest whose key a newer root may name. */
    private record Unknown(byte[] manifest, String digest, String detail) {}

    private final Device device;
    private final Line line;
    private final Owner owner;
    private @Nullable Verifier verifier;
    private @Nullable TrustedRoot root;
    private long announcedRoot;
    private @Nullable Unknown waitsForRoot;
    private int rootQuestions;
    private Floor floor = Floor.NONE;
    private @Nullable Installation installation;
    private @Nullable Long appliedAfterMillis;
    private @Nullable Rejected rejected;
    private @Nullable Pending pending;
    private @Nullable Future<?> soaked;
    private @Nullable Future<?> again;

    Updates(Device device, Line line, Owner owner) {
        this.device = device;
        this.line = line;
        this.owner = owner;
    }

    @Nullable
    Configuration active() {
        Installation it = installation;
        return it == null ? null : it.active();
    }

    @Nullable
    Instant appliedAt() {
        Installation it = installation;
        return it == null ? null : it.appliedAt();
    }

    /** From the portal's signature to the activation. */
    @Nullable
    Long appliedAfterMillis() {
        return appliedAfterMillis;
    }

    /** The last refusal, while it is newer than the last activation. */
    @Nullable
    Rejected rejected() {
        return rejected;
    }

    void forgetRejected() {
        rejected = null;
    }

    // Power

    /** Brings up what ran. */
    void begin(Verifier check, @Nullable TrustedRoot believed) {
        verifier = check;
        root = believed;
        floor = device.folder().floor();
        Installation brought = new Installation(
                device.folder(),
                believed == null ? check : forMemory(believed),
                device.kit().soak(),
                device.now());
        installation = brought;
        brought.untold().forEach(what -> rolledBack(what, "restart"));
        runs();
        awaitSoak();
    }

    /** What was accepted under an earlier root runs on, though its key signs no more. */
    private Verifier forMemory(TrustedRoot believed) {
        return new Verifier(Objects.requireNonNull(device.activation()).tid(), believed.ever());
    }

    /** Into the log: what runs now, without having been activated now. */
    private void runs() {
        Configuration running = active();
        if (running == null) {
            device.journal("RUNS");
        } else {
            Manifest manifest = running.manifest();
            device.journal("RUNS", manifest.epoch(), manifest.gen(), running.digest(), 0);
        }
    }

    /** Power goes as it should, so that the next start is not taken for a crash. */
    void stopped() {
        Installation it = installation;
        if (it != null) {
            it.stopped();
        }
        Device.cancel(soaked);
    }

    /** Power goes, in whatever way. */
    void poweredDown() {
        Device.cancel(soaked);
        pending = null;
    }

    /** Whatever waits for documents waits no longer; what has arrived of them stays in the memory. */
    void interrupted() {
        pending = null;
        waitsForRoot = null;
        Device.cancel(again);
    }

    /** It belongs to nobody any more. */
    void forget() {
        verifier = null;
        root = null;
        installation = null;
        Device.cancel(soaked);
        appliedAfterMillis = null;
        rejected = null;
    }

    private void awaitSoak() {
        Device.cancel(soaked);
        Installation it = installation;
        Duration left = it == null ? Duration.ZERO : it.soakLeft(device.now());
        if (it != null && !left.isZero()) {
            soaked = device.later(left, () -> {
                it.settleIfOver(device.now());
                awaitSoak();
            });
        }
    }

    // What arrives

    void arrived(Channel channel, byte[] payload) {
        if (channel == Channel.MANIFEST) {
            manifest(payload);
        } else {
            answer(payload);
        }
    }

    /** A copy of what runs, as if it had arrived once more. */
    void arrivedAgain() {
        Configuration running = active();
        if (running != null) {
            manifest(running.jws().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void manifest(byte[] arrived) {
        Verifier check = verifier;
        if (check == null) {
            return;
        }
        judge(check, device.faults().tamper() ? tampered(arrived) : arrived);
    }

    private void judge(Verifier check, byte[] bytes) {
        String jws = new String(bytes, StandardCharsets.ISO_8859_1);
        String digest = Wire.digest(jws);
        switch (check.manifest(bytes)) {
            case Verdict.Refused<Manifest>(RejectCode code, String detail) -> {
                if (code == RejectCode.UNKNOWN_KEY && root != null) {
                    waitForRoot(new Unknown(bytes, digest, detail));
                } else {
                    reject(0, 0, digest, code, detail);
                }
            }
            case Verdict.Accepted<Manifest>(Manifest manifest) -> genuine(manifest, jws, digest);
        }
    }

    // Roots

    /**
     * What it believes with this activation; null where there are no roots. A root that is not the next one is left alone: the one that
     * it has was written down, and brings in those between.
     *
     * @throws IllegalArgumentException when the first one is not to be believed
     */
    @Nullable
    TrustedRoot root(Provision.Activation given) {
        TrustedRoot kept = device.folder().root().orElse(null);
        SignedRoot fresh = given.root();
        if (fresh == null) {
            return kept;
        }
        return switch (kept == null ? TrustedRoot.first(fresh) : kept.next(fresh)) {
            case Verdict.Accepted<TrustedRoot>(TrustedRoot next) -> {
                device.folder().root(next);
                yield next;
            }
            case Verdict.Refused<TrustedRoot>(RejectCode code, String detail) -> {
                if (kept == null) {
                    throw new IllegalArgumentException("Root refused with " + code + ": " + detail);
                }
                yield kept;
            }
        };
    }

    /** The newest wins here, too: what waited before is not spoken of again. The question's time runs on. */
    private void waitForRoot(Unknown fresh) {
        boolean asked = waitsForRoot != null;
        waitsForRoot = fresh;
        if (asked) {
            return;
        }
        int question = ++rootQuestions;
        askRoot();
        device.later(QUERY_PATIENCE, () -> {
            Unknown waiting = waitsForRoot;
            if (waiting != null && question == rootQuestions) {
                waitsForRoot = null;
                reject(0, 0, waiting.digest(), RejectCode.UNKNOWN_KEY, waiting.detail());
            }
        });
    }

    private void askRoot() {
        Provision.Activation given = device.activation();
        TrustedRoot own = root;
        if (given != null && own != null) {
            line.send(Channel.QUERY, Query.whole(given.tid(), List.of(SignedRoot.name(own.version() + 1))));
        }
    }

    private void announced(Manifest manifest) {
        manifest.documents().stream()
                .filter(ref -> ref.kind().equals(DocumentRef.ROOT))
                .flatMapToLong(ref -> SignedRoot.version(ref.digest()).stream())
                .forEach(version -> announcedRoot = Math.max(announcedRoot, version));
        askAnnouncedRoot();
    }

    private void askAnnouncedRoot() {
        TrustedRoot own = root;
        if (own != null && announcedRoot > own.version()) {
            askRoot();
        }
    }

    private void roots(Answer answer) {
        for (SignedDocument document : answer.documents()) {
            TrustedRoot own = root;
            if (own != null && document.digest().equals(SignedRoot.name(own.version() + 1))) {
                try {
                    SignedRoot next =
                            StrictJson.read(document.jws().getBytes(StandardCharsets.UTF_8), SignedRoot.class);
                    root(own, next);
                } catch (JacksonException e) {
                    log.log(System.Logger.Level.WARNING, "{0}: root is not readable", device.serial());
                }
            }
        }
    }

    private void root(TrustedRoot own, SignedRoot fresh) {
        switch (own.next(fresh)) {
            case Verdict.Refused<TrustedRoot>(RejectCode code, String detail) -> {
                device.journal("ROOT_REFUSED", 0, 0, "", code.number());
                log.log(System.Logger.Level.WARNING, "{0}: root refused with {1}: {2}", device.serial(), code, detail);
            }
            case Verdict.Accepted<TrustedRoot>(TrustedRoot next) -> {
                try {
                    device.folder().root(next);
                } catch (UncheckedIOException e) {
                    log.log(System.Logger.Level.WARNING, "{0}: root not stored", device.serial());
                    return;
                }
                believe(next);
            }
        }
    }

    /** It is written down. */
    private void believe(TrustedRoot next) {
        Verifier check =
                new Verifier(Objects.requireNonNull(device.activation()).tid(), next);
        root = next;
        verifier = check;
        Installation it = installation;
        if (it != null) {
            it.believes(forMemory(next));
        }
        device.journal("ROOT");
        device.tell("plain", new Text("换用第 " + next.version() + " 版信任根", "trusts root " + next.version()));
        Unknown waiting = waitsForRoot;
        waitsForRoot = null;
        askAnnouncedRoot();
        if (waiting != null) {
            judge(check, waiting.manifest());
        }
    }

    /** One letter of the signature changed. */
    private static byte[] tampered(byte[] arrived) {
        byte[] bytes = arrived.clone();
        int at = Math.max(0, bytes.length - 10);
        if (bytes.length > 0) {
            bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
        }
        return bytes;
    }

    private void genuine(Manifest manifest, String jws, String digest) {
        announced(manifest);
        var objection = floor.objection(manifest, digest);
        if (objection.isPresent()) {
            reject(
                    manifest.epoch(),
                    manifest.gen(),
                    digest,
                    objection.get().code(),
                    objection.get().detail());
            return;
        }
        Configuration running = active();
        if (running != null && running.digest().equals(digest)) {
            report(manifest, digest, Report.Stage.APPLIED, "already active");
            return;
        }
        Installation it = installation;
        GivenUp tried = it == null ? null : it.quarantine(digest).orElse(null);
        if (tried != null) {
            reject(
                    manifest.epoch(),
                    manifest.gen(),
                    digest,
                    RejectCode.QUARANTINED,
                    "given up before with code " + tried.code());
            return;
        }
        Map<String, String> atHand = running == null ? Map.of() : running.documents();
        pending = new Pending(new Fetch(manifest, atHand, device.folder(), trueTime()), jws, digest, 0);
        proceed();
    }

    /** Completes the waiting manifest, or asks for what it lacks. */
    private void proceed() {
        Pending waiting = pending;
        if (waiting == null) {
            return;
        }
        Manifest manifest = waiting.fetch().manifest();
        switch (waiting.fetch().next(trueTime())) {
            case Fetch.Step.Complete(Map<String, String> documents) -> {
                pending = null;
                complete(waiting, documents);
            }
            case Fetch.Step.GivenUp(RejectCode code, String detail) -> {
                pending = null;
                reject(manifest.epoch(), manifest.gen(), waiting.digest(), code, detail);
            }
            case Fetch.Step.Ask(Query query) -> {
                if (waiting.questions() == 0) {
                    report(manifest, waiting.digest(), Report.Stage.RECEIVED, null);
                }
                Pending asked = waiting.oneMore();
                pending = asked;
                line.send(Channel.QUERY, query);
                device.later(QUERY_PATIENCE, () -> {
                    if (pending == asked) {
                        asked.fetch().unanswered();
                        proceed();
                    }
                });
            }
        }
    }

    private void answer(byte[] payload) {
        Pending waiting = pending;
        Provision.Activation given = device.activation();
        if (given == null || waiting == null && root == null) {
            return;
        }
        Answer answer = Fetch.read(payload).orElse(null);
        if (answer == null) {
            log.log(System.Logger.Level.WARNING, "{0}: answer is not readable", device.serial());
        } else if (answer.tid().equals(given.tid())) {
            roots(answer);
            if (waiting != null && waiting == pending && waiting.fetch().take(answer)) {
                proceed();
            }
        }
    }

    private void complete(Pending waiting, Map<String, String> documents) {
        Manifest manifest = waiting.fetch().manifest();
        switch (Objects.requireNonNull(verifier).configuration(manifest, waiting.jws(), documents, active())) {
            case Verdict.Refused<Configuration>(RejectCode code, String detail) ->
                reject(manifest.epoch(), manifest.gen(), waiting.digest(), code, detail);
            case Verdict.Accepted<Configuration>(Configuration configuration) -> {
                apply(configuration);
                waiting.fetch().done();
            }
        }
    }

    private void apply(Configuration configuration) {
        Manifest manifest = configuration.manifest();
        Installation it = Objects.requireNonNull(installation);
        if (device.faults().defects().lying()) {
            report(manifest, configuration.digest(), Report.Stage.APPLIED, null);
            return;
        }
        Instant at = device.now();
        switch (it.install(configuration, at)) {
            case Installation.Outcome.NotStored() -> {
                floor = device.folder().floor();
                reject(
                        manifest.epoch(),
                        manifest.gen(),
                        configuration.digest(),
                        RejectCode.STORAGE,
                        "cannot be stored");
            }
            case Installation.Outcome.RolledBack(GivenUp what, String detail) -> {
                floor = device.folder().floor();
                rolledBack(what, detail);
            }
            case Installation.Outcome.Running() -> {
                floor = device.folder().floor();
                rejected = null;
                appliedAfterMillis =
                        Math.max(0, Duration.between(manifest.issuedAt(), at).toMillis());
                // First its own log, then the word: the log is the proof.
                device.journal("APPLIED", manifest.epoch(), manifest.gen(), configuration.digest(), 0);
                report(manifest, configuration.digest(), Report.Stage.APPLIED, null);
                awaitSoak();
                owner.show();
                device.tell("open", new Text("第 " + manifest.gen() + " 版已生效", "runs version " + manifest.gen()));
                owner.applied();
            }
        }
    }

    /** What runs cannot be shown: gives it up while it is in its soak; false when there is nothing to go back from. */
    boolean failed() {
        Installation it = installation;
        GivenUp what = it == null ? null : it.failed().orElse(null);
        if (what != null) {
            rolledBack(what, "screen");
        }
        return what != null;
    }

    private void rolledBack(GivenUp what, String detail) {
        RejectCode code = RejectCode.of(what.code()).orElseThrow();
        Text words = RejectWords.of(code);
        remember(code);
        awaitSoak();
        device.journal("ROLLED_BACK", what.epoch(), what.gen(), what.digest(), what.code());
        runs();
        device.tell(
                "stop",
                new Text(
                        "退回第 " + what.gen() + " 版：" + words.zh() + "（" + detail + "）",
                        "gives up version " + what.gen() + ": " + words.en() + " (" + detail + ")"));
        tellGivenUp();
        owner.show();
    }

    private void reject(long epoch, long gen, String digest, RejectCode code, String detail) {
        remember(code);
        device.journal("REJECTED", epoch, gen, digest, code.number());
        send(epoch, gen, digest, Report.Stage.REJECTED, code.number(), detail);
        Configuration running = active();
        Text words = RejectWords.of(code);
        String zhKeep = running == null ? "" : "，照旧用第 " + running.manifest().gen() + " 版";
        String enKeep =
                running == null ? "" : ", keeps version " + running.manifest().gen();
        device.tell(
                "stop",
                new Text(
                        "拒绝 " + code.number() + "：" + words.zh() + zhKeep,
                        "refuses (" + code.number() + "): " + words.en() + enKeep));
        owner.show();
    }

    private void remember(RejectCode code) {
        rejected = new Rejected(code.number(), code.name(), RejectWords.of(code), device.now());
    }

    // What is told

    /** After each connect: what really runs, that it is there, and what it had to give up. */
    void introduce() {
        Provision.Activation given = device.activation();
        if (given == null) {
            return;
        }
        birth(given, 0);
        line.send(Channel.PRESENCE, new Presence(given.tid(), true, device.bootId()));
        tellGivenUp();
        askAnnouncedRoot();
    }

    /** @param before how often it was said on this connection */
    private void birth(Provision.Activation given, int before) {
        Configuration running = active();
        line.send(
                Channel.STATUS,
                Status.of(new Birth(
                        given.tid(),
                        running == null ? 0 : running.manifest().epoch(),
                        running == null ? 0 : running.manifest().gen(),
                        running == null ? null : running.digest(),
                        device.deviceClass().name(),
                        FIRMWARE,
                        device.bootId(),
                        device.now())));
        Device.cancel(again);
        again = device.later(BirthAgain.after(before, device.kit().random()), () -> {
            if (line.connected() && given.equals(device.activation())) {
                birth(given, before + 1);
            }
        });
    }

    /** Until the broker has it, again after each connect. */
    private void tellGivenUp() {
        Installation it = installation;
        if (it == null || !line.connected()) {
            return;
        }
        for (GivenUp what : it.untold()) {
            send(what.epoch(), what.gen(), what.digest(), Report.Stage.ROLLED_BACK, what.code(), null)
                    .thenRunAsync(() -> it.told(what), device.loop());
        }
    }

    private void report(Manifest manifest, String digest, Report.Stage stage, @Nullable String detail) {
        send(manifest.epoch(), manifest.gen(), digest, stage, 0, detail);
    }

    private CompletableFuture<?> send(
            long epoch, long gen, String digest, Report.Stage stage, int code, @Nullable String detail) {
        Provision.Activation given = device.activation();
        return given == null
                ? new CompletableFuture<>()
                : line.send(
                        Channel.STATUS,
                        Status.of(new Report(
                                given.tid(), epoch, gen, digest, stage, code, detail, device.now(), device.nextSeq())));
    }

    private Instant trueTime() {
        return device.kit().clock().instant();
    }
}
