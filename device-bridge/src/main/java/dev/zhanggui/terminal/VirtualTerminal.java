package dev.zhanggui.terminal;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.TerminalView.Rejected;
import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.terminal.reading.HoursReading;
import dev.zhanggui.terminal.screen.Screen;
import dev.zhanggui.terminal.store.Boot.GivenUp;
import dev.zhanggui.terminal.store.FolderFlash;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.DeviceKey;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.terminal.trust.Verdict;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One terminal, from the box to the counter. Every step runs on its own {@link SerialExecutor}; what comes from other threads
 * (network, timers, visitors) enters through it.
 *
 * <pre>
 * power on → announce → code on the screen → poll → activated
 * activated → connect → subscribe → birth → manifest, only if another one is due
 * manifest → signature, address, version, documents → spare slot → floor → switch → self-test → report → soak
 * </pre>
 */
final class VirtualTerminal {

    private static final System.Logger log = System.getLogger(VirtualTerminal.class.getName());

    private static final String FIRMWARE = "zhanggui-kit/1";
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);
    private static final Duration QUERY_PATIENCE = Duration.ofSeconds(8);
    private static final Duration BOOT_TIME = Duration.ofMillis(1400);
    private static final Duration POISON_WORKS_AFTER = Duration.ofMillis(150);
    private static final Duration RETRY_BASE = Duration.ofMillis(400);
    private static final Duration RETRY_CAP = Duration.ofSeconds(20);

    /** A genuine manifest that waits for documents. */
    private record Pending(Fetch fetch, String jws, String digest, int questions) {

        Pending oneMore() {
            return new Pending(fetch, jws, digest, questions + 1);
        }
    }

    private final Kit kit;
    private final int number;
    private final DeviceClass deviceClass;
    private final String serial;
    private final FolderFlash flash;
    private final StateFolder folder;
    private final DeviceKey key;
    private final SerialExecutor loop;
    private final Consumer<VirtualTerminal> changed;
    private final EventSink events;

    private State state = State.ANNOUNCING;
    private Faults faults = Faults.NONE;
    private String bootId = "";
    private long seq;
    private @Nullable String shownCode;
    private @Nullable Instant codeExpiresAt;
    private Provision.@Nullable Refusal refusal;
    private Provision.@Nullable Activation activation;
    private @Nullable Verifier verifier;
    private Floor floor = Floor.NONE;
    private @Nullable Installation installation;
    private @Nullable Long appliedAfterMillis;
    private @Nullable Rejected rejected;
    private @Nullable Pending pending;
    private @Nullable Mqtt3AsyncClient client;
    private boolean connected;
    private @Nullable Instant offlineSince;
    private int failures;
    private int refusedConnects;
    private Duration ownClockAhead = Duration.ZERO;
    private @Nullable Future<?> retry;
    private @Nullable Future<?> tick;
    private @Nullable Future<?> soaked;
    private volatile TerminalView view;

    /** Where a terminal's lines for the page go. */
    interface EventSink {
        void tell(VirtualTerminal terminal, String tone, Text text);
    }

    VirtualTerminal(
            Kit kit,
            int number,
            DeviceClass deviceClass,
            String serial,
            Consumer<VirtualTerminal> changed,
            EventSink events) {
        this.kit = kit;
        this.number = number;
        this.deviceClass = deviceClass;
        this.serial = serial;
        this.flash = StateFolder.flash(kit.folder(), serial);
        this.folder = StateFolder.open(flash, serial, deviceClass.name(), kit.random());
        this.key = DeviceKey.of(folder.device().privateKey());
        this.loop = new SerialExecutor(kit.shared());
        this.changed = changed;
        this.events = events;
        this.view = draw();
    }

    String serial() {
        return serial;
    }

    TerminalView view() {
        return view;
    }

    /** The name a visitor knows it by: its place, or its class while it has none. */
    Text name() {
        TerminalView now = view;
        Screen screen = now.screen();
        return screen == null || screen.seat().isEmpty() ? deviceClass.title() : new Text(screen.seat(), screen.seat());
    }

    List<String> journal() {
        return folder.journal();
    }

    void powerOn() {
        loop.execute(this::boot);
    }

    void powerOff() {
        loop.execute(() -> {
            stopped();
            cancel(tick);
            hangUp();
        });
    }

    void setFaults(Faults wanted) {
        loop.execute(() -> {
            Faults before = faults;
            faults = wanted;
            if (before.network() != wanted.network()) {
                network(wanted.network());
            }
            if (before.tamper() != wanted.tamper()) {
                tamper(wanted.tamper());
            }
            if (before.clockYears() != wanted.clockYears()) {
                askTime(true);
            }
            flash.full(wanted.defects().fullFlash());
            poisoned();
            show();
        });
    }

    void reboot() {
        loop.execute(() -> {
            events.tell(this, "plain", new Text("重启", "restarts"));
            journal("REBOOT", 0, 0, "", 0);
            stopped();
            restart();
        });
    }

    // Power

    /** In good order, so that the next start is not taken for a crash. */
    private void stopped() {
        Installation it = installation;
        if (it != null) {
            it.stopped();
        }
        cancel(retry);
        cancel(soaked);
    }

    private void restart() {
        cancel(retry);
        cancel(soaked);
        hangUp();
        pending = null;
        state = State.BOOTING;
        show();
        later(BOOT_TIME, this::boot);
    }

    private void crash() {
        journal("CRASH", 0, 0, "", 0);
        events.tell(this, "stop", new Text("死机，自己重启", "crashes and restarts"));
        restart();
    }

    /** A defect of the model: something in what runs brings it down. */
    private void poisoned() {
        String poison = faults.defects().poison();
        Configuration running = active();
        if (poison != null && running != null && state == State.ACTIVE && running.contains(poison)) {
            String life = bootId;
            later(POISON_WORKS_AFTER, () -> {
                Configuration still = active();
                if (life.equals(bootId) && state == State.ACTIVE && still != null && still.contains(poison)) {
                    crash();
                }
            });
        }
    }

    private void boot() {
        byte[] random = new byte[10];
        kit.random().nextBytes(random);
        bootId = HexFormat.of().formatHex(random);
        seq = 0;
        failures = 0;
        pending = null;
        ownClockAhead = Duration.ZERO;
        journal("BOOT", 0, 0, "", 0);
        boolean reboot = state == State.BOOTING;
        folder.activation().ifPresentOrElse(this::activate, this::announce);
        if (reboot && active() != null) {
            events.tell(this, "open", new Text("重启完成，版本没变", "is back with the same version"));
        }
    }

    // Provisioning

    private void announce() {
        if (state != State.WAITING && state != State.REFUSED) {
            state = State.ANNOUNCING;
        }
        show();
        provision(Provision.Request.ANNOUNCE);
    }

    private void poll() {
        Instant expires = codeExpiresAt;
        provision(expires != null && expires.isBefore(now()) ? Provision.Request.ANNOUNCE : Provision.Request.POLL);
    }

    private void provision(String call) {
        if (faults.network()) {
            return;
        }
        byte[] body = StrictJson.MAPPER.writeValueAsBytes(key.sign(call, serial, deviceClass.name(), kit.random()));
        HttpRequest request = HttpRequest.newBuilder(kit.provisionUrl().resolve("/provision/v1/" + call))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        kit.http()
                .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .whenCompleteAsync(
                        (response, failure) -> {
                            if (failure != null || response.statusCode() != 200) {
                                retryLater(() -> provision(call));
                                return;
                            }
                            try {
                                provisioned(StrictJson.read(response.body(), Provision.Answer.class));
                            } catch (JacksonException e) {
                                log.log(System.Logger.Level.WARNING, "Answer to {0} is not readable", call);
                                retryLater(() -> provision(call));
                            }
                        },
                        loop);
    }

    private void provisioned(Provision.Answer answer) {
        if (state == State.ACTIVE && answer.state() == Provision.State.WAITING) {
            events.tell(this, "plain", new Text("已解绑，等人来认领", "was unbound and waits for a new owner"));
        }
        Duration again = Duration.ofMillis(Math.max(250, answer.pollAfterMillis()));
        switch (answer.state()) {
            case WAITING -> {
                failures = 0;
                if (activation != null) {
                    folder.deactivated();
                    forget();
                }
                String code = answer.shownCode();
                if (code != null && !code.equals(shownCode)) {
                    shownCode = code;
                    codeExpiresAt = answer.expiresAt();
                    events.tell(this, "plain", new Text("在屏幕上亮出了激活码", "shows its activation code"));
                }
                state = State.WAITING;
                refusal = null;
                show();
                // No code and no end: the portal has forgotten this one, so a new one is due.
                retryIn(again, code == null && answer.expiresAt() == null ? this::announce : this::poll);
            }
            case REFUSED -> {
                failures = 0;
                Provision.Refusal why = answer.refusal();
                if (!Objects.equals(why, refusal)) {
                    events.tell(this, "stop", new Text("平台不认识这台机器", "is not known to the platform"));
                }
                refusal = why;
                state = State.REFUSED;
                shownCode = null;
                show();
                retryIn(again.compareTo(Duration.ofSeconds(5)) < 0 ? Duration.ofSeconds(5) : again, this::announce);
            }
            case ACTIVATED -> {
                Provision.Activation given = answer.activation();
                if (given == null) {
                    retryLater(this::announce);
                    return;
                }
                folder.activated(given);
                journal("ACTIVATED", 0, 0, "", 0);
                events.tell(this, "ink", new Text("激活成功", "is activated"));
                activate(given);
            }
        }
    }

    private void forget() {
        activation = null;
        verifier = null;
        installation = null;
        cancel(soaked);
        appliedAfterMillis = null;
        rejected = null;
        hangUp();
    }

    // Work

    private void activate(Provision.Activation given) {
        Verifier check;
        try {
            check = new Verifier(given.tid(), given.keys());
        } catch (IllegalArgumentException e) {
            log.log(System.Logger.Level.WARNING, "{0}: {1}", serial, e.getMessage());
            retryLater(this::announce);
            return;
        }
        verifier = check;
        activation = given;
        state = State.ACTIVE;
        shownCode = null;
        codeExpiresAt = null;
        refusal = null;
        floor = folder.floor();
        Installation brought = new Installation(folder, check, kit.soak(), now());
        installation = brought;
        brought.untold().forEach(what -> rolledBack(what, "restart"));
        awaitSoak();
        show();
        connect();
        poisoned();
    }

    private @Nullable Configuration active() {
        Installation it = installation;
        return it == null ? null : it.active();
    }

    private void awaitSoak() {
        cancel(soaked);
        Installation it = installation;
        Duration left = it == null ? Duration.ZERO : it.soakLeft(now());
        if (it != null && !left.isZero()) {
            soaked = later(left, () -> {
                it.settleIfOver(now());
                awaitSoak();
            });
        }
    }

    private void connect() {
        Provision.Activation given = activation;
        if (given == null || faults.network() || state != State.ACTIVE) {
            return;
        }
        Topics topics = new Topics(given.tid());
        byte[] will = StrictJson.MAPPER.writeValueAsBytes(new Presence(given.tid(), false, bootId));
        Mqtt3AsyncClient[] self = new Mqtt3AsyncClient[1];
        Mqtt3AsyncClient fresh = MqttClient.builder()
                .useMqttVersion3()
                .identifier(given.tid())
                .serverHost(Objects.requireNonNullElse(given.mqttHost(), "127.0.0.1"))
                .serverPort(Objects.requireNonNullElse(given.mqttPort(), 1883))
                .simpleAuth()
                .username(given.tid())
                .password(given.token().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .willPublish()
                .topic(topics.of(Channel.PRESENCE))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(will)
                .applyWillPublish()
                .addDisconnectedListener(context -> loop.execute(() -> {
                    if (self[0] == client) {
                        lost(context.getCause());
                    }
                }))
                .buildAsync();
        self[0] = fresh;
        client = fresh;
        // Before connecting, or the first manifest could pass by.
        fresh.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> loop.execute(() -> {
                    if (fresh == client) {
                        take(topics, message);
                    }
                }));
        fresh.connectWith()
                .cleanSession(true)
                .keepAlive(20)
                .send()
                .thenCompose(ack -> fresh.subscribeWith()
                        .addSubscription()
                        .topicFilter(topics.of(Channel.MANIFEST))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .applySubscription()
                        .addSubscription()
                        .topicFilter(topics.of(Channel.ANSWER))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .applySubscription()
                        .send())
                .whenCompleteAsync(
                        (ack, failure) -> {
                            if (fresh != client) {
                                fresh.disconnect();
                            } else if (failure == null) {
                                connected(given);
                            } else if (fresh.getState().isConnected()) {
                                // The broker refuses the subscription: no use in staying.
                                hangUp();
                                retryLater(this::connect);
                            }
                        },
                        loop);
    }

    private void connected(Provision.Activation given) {
        boolean wasOffline = offlineSince != null;
        connected = true;
        offlineSince = null;
        failures = 0;
        refusedConnects = 0;
        Configuration running = active();
        send(
                Channel.STATUS,
                Status.of(
                        running == null
                                ? new Birth(given.tid(), 0, 0, null, deviceClass.name(), FIRMWARE, bootId, now())
                                : new Birth(
                                        given.tid(),
                                        running.manifest().epoch(),
                                        running.manifest().gen(),
                                        running.digest(),
                                        deviceClass.name(),
                                        FIRMWARE,
                                        bootId,
                                        now())));
        send(Channel.PRESENCE, new Presence(given.tid(), true, bootId));
        tellGivenUp();
        events.tell(
                this, "open", wasOffline ? new Text("又连上了", "is connected again") : new Text("已连上", "is connected"));
        askTime(false);
        show();
    }

    private void lost(Throwable cause) {
        boolean was = connected;
        connected = false;
        client = null;
        // The next birth brings it again; what has arrived of its documents stays.
        pending = null;
        if (offlineSince == null) {
            offlineSince = now();
        }
        if (was) {
            events.tell(this, "closed", new Text("断网，照常工作", "is offline and carries on"));
        }
        Configuration running = active();
        long spread = running == null ? 0 : running.manifest().reconnectSpreadMillis();
        if (was && spread > 0) {
            retryIn(Duration.ofMillis(kit.random().nextLong(spread)), this::connect);
        } else if (cause instanceof Mqtt3ConnAckException refused
                && refused.getMqttMessage().getReturnCode() == Mqtt3ConnAckReturnCode.NOT_AUTHORIZED
                && ++refusedConnects % 3 == 0) {
            // Perhaps it was unbound: the platform says so to its key, or confirms the credential.
            provision(Provision.Request.ANNOUNCE);
        } else {
            retryLater(this::connect);
        }
        show();
    }

    private void take(Topics topics, Mqtt3Publish message) {
        int slow = faults.defects().slowMillis();
        if (slow > 0) {
            later(Duration.ofMillis(slow), () -> handle(topics, message));
        } else {
            handle(topics, message);
        }
    }

    private void handle(Topics topics, Mqtt3Publish message) {
        String topic = message.getTopic().toString();
        byte[] payload = message.getPayloadAsBytes();
        if (topic.equals(topics.of(Channel.MANIFEST))) {
            manifest(payload);
        } else if (topic.equals(topics.of(Channel.ANSWER))) {
            answer(payload);
        }
    }

    private void manifest(byte[] arrived) {
        Verifier check = verifier;
        if (check == null) {
            return;
        }
        byte[] bytes = faults.tamper() ? tampered(arrived) : arrived;
        String jws = new String(bytes, StandardCharsets.ISO_8859_1);
        String digest = Wire.digest(jws);
        switch (check.manifest(bytes)) {
            case Verdict.Refused<Manifest>(RejectCode code, String detail) -> reject(0, 0, digest, code, detail);
            case Verdict.Accepted<Manifest>(Manifest manifest) -> genuine(manifest, jws, digest);
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
            report(manifest, digest, Report.Stage.APPLIED, null, "already active");
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
        pending = new Pending(new Fetch(manifest, atHand, folder, kit.clock().instant()), jws, digest, 0);
        proceed();
    }

    /** Completes the waiting manifest, or asks for what it lacks. */
    private void proceed() {
        Pending waiting = pending;
        if (waiting == null) {
            return;
        }
        Manifest manifest = waiting.fetch().manifest();
        switch (waiting.fetch().next(kit.clock().instant())) {
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
                    report(manifest, waiting.digest(), Report.Stage.RECEIVED, null, null);
                }
                Pending asked = waiting.oneMore();
                pending = asked;
                send(Channel.QUERY, query);
                later(QUERY_PATIENCE, () -> {
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
        Provision.Activation given = activation;
        if (waiting == null || given == null) {
            return;
        }
        Answer answer = Fetch.read(payload).orElse(null);
        if (answer == null) {
            log.log(System.Logger.Level.WARNING, "{0}: answer is not readable", serial);
        } else if (answer.tid().equals(given.tid()) && waiting.fetch().take(answer)) {
            proceed();
        }
    }

    private void complete(Pending waiting, Map<String, String> documents) {
        Manifest manifest = waiting.fetch().manifest();
        switch (Objects.requireNonNull(verifier).configuration(manifest, waiting.jws(), documents)) {
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
        if (faults.defects().lying()) {
            report(manifest, configuration.digest(), Report.Stage.APPLIED, null, null);
            return;
        }
        Instant at = now();
        switch (it.install(configuration, at)) {
            case Installation.Outcome.NotStored() -> {
                floor = folder.floor();
                reject(
                        manifest.epoch(),
                        manifest.gen(),
                        configuration.digest(),
                        RejectCode.STORAGE,
                        "cannot be stored");
            }
            case Installation.Outcome.RolledBack(GivenUp what, String detail) -> {
                floor = folder.floor();
                rolledBack(what, detail);
            }
            case Installation.Outcome.Running() -> {
                floor = folder.floor();
                rejected = null;
                appliedAfterMillis =
                        Math.max(0, Duration.between(manifest.issuedAt(), at).toMillis());
                report(manifest, configuration.digest(), Report.Stage.APPLIED, null, null);
                journal("APPLIED", manifest.epoch(), manifest.gen(), configuration.digest(), 0);
                awaitSoak();
                show();
                events.tell(this, "open", new Text("第 " + manifest.gen() + " 版已生效", "runs version " + manifest.gen()));
                poisoned();
            }
        }
    }

    private void rolledBack(GivenUp what, String detail) {
        RejectCode code = RejectCode.of(what.code()).orElseThrow();
        Text words = RejectWords.of(code);
        remember(code);
        awaitSoak();
        journal("ROLLED_BACK", what.epoch(), what.gen(), what.digest(), what.code());
        events.tell(
                this,
                "stop",
                new Text(
                        "退回第 " + what.gen() + " 版：" + words.zh() + "（" + detail + "）",
                        "gives up version " + what.gen() + ": " + words.en() + " (" + detail + ")"));
        tellGivenUp();
        show();
    }

    /** Until the broker has it, again after each connect. */
    private void tellGivenUp() {
        Installation it = installation;
        Provision.Activation given = activation;
        Mqtt3AsyncClient to = client;
        if (it == null || given == null || to == null || !connected) {
            return;
        }
        for (GivenUp what : it.untold()) {
            send(
                            Channel.STATUS,
                            Status.of(new Report(
                                    given.tid(),
                                    what.epoch(),
                                    what.gen(),
                                    what.digest(),
                                    Report.Stage.ROLLED_BACK,
                                    what.code(),
                                    null,
                                    now(),
                                    ++seq)))
                    .thenRunAsync(() -> it.told(what), loop);
        }
    }

    private void reject(long epoch, long gen, String digest, RejectCode code, String detail) {
        remember(code);
        journal("REJECTED", epoch, gen, digest, code.number());
        Provision.Activation given = activation;
        if (given != null) {
            send(
                    Channel.STATUS,
                    Status.of(new Report(
                            given.tid(),
                            epoch,
                            gen,
                            digest,
                            Report.Stage.REJECTED,
                            code.number(),
                            detail,
                            now(),
                            ++seq)));
        }
        Configuration running = active();
        Text words = RejectWords.of(code);
        String zhKeep = running == null ? "" : "，照旧用第 " + running.manifest().gen() + " 版";
        String enKeep =
                running == null ? "" : ", keeps version " + running.manifest().gen();
        events.tell(
                this,
                "stop",
                new Text(
                        "拒绝 " + code.number() + "：" + words.zh() + zhKeep,
                        "refuses (" + code.number() + "): " + words.en() + enKeep));
        show();
    }

    private void remember(RejectCode code) {
        rejected = new Rejected(code.number(), code.name(), RejectWords.of(code), now());
    }

    private void report(
            Manifest manifest, String digest, Report.Stage stage, @Nullable RejectCode code, @Nullable String detail) {
        send(
                Channel.STATUS,
                Status.of(new Report(
                        manifest.tid(),
                        manifest.epoch(),
                        manifest.gen(),
                        digest,
                        stage,
                        code == null ? 0 : code.number(),
                        detail,
                        now(),
                        ++seq)));
    }

    /**
     * Lost if the line is: the next birth tells the state anyway.
     *
     * @return completes when the broker has it, perhaps never
     */
    private CompletableFuture<?> send(Channel channel, Object message) {
        Mqtt3AsyncClient to = client;
        Provision.Activation given = activation;
        if (to == null || given == null || !connected) {
            return new CompletableFuture<>();
        }
        return to.publishWith()
                .topic(new Topics(given.tid()).of(channel))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(StrictJson.MAPPER.writeValueAsBytes(message))
                .send();
    }

    private void hangUp() {
        Mqtt3AsyncClient to = client;
        client = null;
        connected = false;
        if (to != null) {
            to.disconnect();
        }
    }

    // Faults

    private void network(boolean cut) {
        if (cut) {
            cancel(retry);
            hangUp();
            offlineSince = now();
            events.tell(this, "closed", new Text("网线被拔了，照常工作", "lost its cable and carries on"));
        } else if (activation != null) {
            events.tell(this, "plain", new Text("网线插回来了", "has its cable back"));
            connect();
        } else {
            announce();
        }
    }

    private void tamper(boolean on) {
        Configuration running = active();
        if (!on) {
            rejected = null;
            Mqtt3AsyncClient to = client;
            if (to != null && connected) {
                // What was refused meanwhile is asked for again, by a new birth.
                hangUp();
                connect();
            }
        } else if (running != null) {
            // A copy of what runs, with one byte flipped on the way: what a thief on the line would send.
            manifest(running.jws().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    // Time

    private Instant ownClock() {
        // Years as days: an Instant knows no years.
        return kit.clock().instant().plus(Math.round(faults.clockYears() * 365.2425), ChronoUnit.DAYS);
    }

    /** Its own clock, unless the network's is known to be far from it. */
    private Instant now() {
        return ownClockAhead.abs().compareTo(CLOCK_TOLERANCE) > 0 ? ownClock().minus(ownClockAhead) : ownClock();
    }

    private record NetworkTime(Instant at) {}

    private void askTime(boolean tell) {
        if (faults.network()) {
            return;
        }
        URI time = kit.provisionUrl().resolve("/provision/v1/time");
        kit.http()
                .sendAsync(
                        HttpRequest.newBuilder(time)
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .whenCompleteAsync(
                        (response, failure) -> {
                            if (failure != null || response.statusCode() != 200) {
                                return;
                            }
                            try {
                                Instant network = StrictJson.read(response.body(), NetworkTime.class)
                                        .at();
                                ownClockAhead = Duration.between(network, ownClock());
                            } catch (JacksonException e) {
                                return;
                            }
                            if (tell && faults.clockYears() != 0) {
                                events.tell(
                                        this,
                                        "attend",
                                        new Text(
                                                "时钟快了 " + faults.clockYears() + " 年，已按网络时间算",
                                                "has a clock " + faults.clockYears()
                                                        + " years ahead and goes by the network's"));
                            }
                            show();
                        },
                        loop);
    }

    // Showing

    private void show() {
        try {
            view = draw();
        } catch (RuntimeException e) {
            Installation it = installation;
            GivenUp what = it == null ? null : it.failed().orElse(null);
            if (what == null) {
                // It stood its soak: better the last picture than none.
                log.log(System.Logger.Level.ERROR, serial + " cannot draw its screen", e);
            } else {
                rolledBack(what, "screen");
                return;
            }
        }
        changed.accept(this);
        cancel(tick);
        Duration untilChange = Duration.between(now(), nextLook());
        tick = later(untilChange.plusMillis(5), this::show);
    }

    /** When the screen may say something else: at a transition, at midnight (today, tomorrow), at the latest in an hour. */
    private Instant nextLook() {
        Instant now = now();
        Instant next = now.plus(1, ChronoUnit.HOURS);
        Configuration running = active();
        HoursDocument hours = running == null ? null : running.hours();
        if (hours != null) {
            ZoneOffset offset = HoursReading.at(hours, now).offset();
            Instant midnight = now.atOffset(offset)
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay()
                    .toInstant(offset);
            Instant transition = HoursReading.nextTransition(hours, now);
            next = midnight.isBefore(next) ? midnight : next;
            next = transition != null && transition.isBefore(next) ? transition : next;
        }
        return next;
    }

    private TerminalView draw() {
        Configuration running = active();
        Provision.Activation given = activation;
        Screen screen = running == null ? null : Screen.of(running, now());
        Provision.Refusal why = refusal;
        return new TerminalView(
                number,
                serial,
                deviceClass.name(),
                deviceClass.title(),
                state,
                connected,
                shownCode,
                codeExpiresAt,
                why == null ? null : why.name(),
                given == null ? null : given.tid(),
                running == null ? 0 : running.manifest().epoch(),
                running == null ? 0 : running.manifest().gen(),
                running == null ? null : running.digest(),
                installation == null ? null : installation.appliedAt(),
                appliedAfterMillis,
                screen == null ? null : screen.open(),
                screen == null ? null : screen.line().zh(),
                screen == null ? null : screen.nextChange(),
                screen == null ? null : screen.qrUrl(),
                screen,
                rejected,
                offlineSince,
                ownClockAhead.abs().compareTo(CLOCK_TOLERANCE) > 0 ? ownClockAhead.toSeconds() : 0,
                faults);
    }

    // Timers and paper

    private void retryLater(Runnable step) {
        long bound = Math.min(RETRY_CAP.toMillis(), RETRY_BASE.toMillis() << Math.min(failures, 16));
        failures++;
        retryIn(Duration.ofMillis(50 + kit.random().nextLong(bound)), step);
    }

    private void retryIn(Duration delay, Runnable step) {
        cancel(retry);
        retry = later(delay, step);
    }

    private Future<?> later(Duration delay, Runnable step) {
        return kit.timer().schedule(() -> loop.execute(step), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void journal(String event, long epoch, long gen, String digest, int code) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", kit.clock().instant());
        line.put("boot", bootId);
        line.put("event", event);
        if (!digest.isEmpty()) {
            line.put("epoch", epoch);
            line.put("gen", gen);
            line.put("digest", digest);
        }
        if (code != 0) {
            line.put("code", code);
        }
        folder.journal(line);
    }
}
