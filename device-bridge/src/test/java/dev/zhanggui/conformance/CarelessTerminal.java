package dev.zhanggui.conformance;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import dev.zhanggui.terminal.trust.DeviceKey;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A terminal as nobody should build one: it believes whatever it is sent, waits for ever, and has the bad habits it is given. */
final class CarelessTerminal implements AutoCloseable {

    enum Habit {
        SIGNS_NOTHING,
        POLLS_IN_HASTE,
        CHANGES_ITS_KEY,
        KEEPS_ITS_SESSION,
        HAS_NO_WILL,
        HAS_NO_KEEP_ALIVE,
        LISTENS_TO_ALL,
        SPEAKS_BEFORE_IT_LISTENS,
        CLAIMS_TO_RUN_SOMETHING,
        RETAINS,
        LIES,
        REFUSES_ALL,
        ASKS_FOR_DOCUMENTS,
        REFUSES_COPIES,
        REFUSES_WHAT_IT_DOES_NOT_KNOW,
        GOES_BY_ITS_CLOCK,
        WAITS_FOR_ACKNOWLEDGEMENTS,
        NEVER_COMES_BACK,
        REPORTS_BACKWARDS
    }

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String BOOT = "always-the-same";

    private final Set<Habit> habits;
    private final URI provision;
    private final SecureRandom random = new SecureRandom();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("careless").factory());
    private DeviceKey key = DeviceKey.make(random);
    private Provision.@Nullable Activation activation;
    private volatile @Nullable Mqtt3AsyncClient client;
    private @Nullable Manifest active;
    private @Nullable String activeDigest;
    private @Nullable Manifest waiting;
    private @Nullable String waitingDigest;
    private boolean acknowledged;
    private long seq;

    CarelessTerminal(URI provision, Set<Habit> habits) {
        this.provision = provision;
        this.habits = habits;
        loop.execute(() -> call(Provision.Request.ANNOUNCE));
    }

    /** As a power switch would that takes the line and nothing else. */
    void reconnect() {
        Mqtt3AsyncClient now = client;
        if (now != null) {
            now.disconnect();
        }
    }

    @Override
    public void close() {
        loop.shutdownNow();
        Mqtt3AsyncClient last = client;
        if (last != null) {
            last.disconnect();
        }
        http.shutdownNow();
    }

    private boolean has(Habit habit) {
        return habits.contains(habit);
    }

    private void later(Duration delay, Runnable step) {
        try {
            loop.schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It is switched off.
        }
    }

    private void call(String call) {
        Provision.Request request = key.sign(call, "ZG-CARELESS", "QR_PLATE", random);
        if (has(Habit.SIGNS_NOTHING)) {
            request = new Provision.Request(
                    request.serial(), request.deviceClass(), request.publicKey(), request.nonce(), "A".repeat(86));
        }
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(provision.resolve("/provision/v1/" + call))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(StrictJson.MAPPER.writeValueAsBytes(request)))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            Provision.Answer answer = StrictJson.read(response.body(), Provision.Answer.class);
            activation = answer.activation();
            if (activation == null) {
                later(
                        has(Habit.POLLS_IN_HASTE) ? PAUSE : Duration.ofMillis(answer.pollAfterMillis()),
                        () -> call(Provision.Request.POLL));
            } else {
                connect();
            }
        } catch (IOException e) {
            if (has(Habit.CHANGES_ITS_KEY)) {
                key = DeviceKey.make(random);
            }
            later(PAUSE, () -> call(Provision.Request.ANNOUNCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String topic(Channel channel) {
        return new Topics(activation.tid()).of(channel);
    }

    private void connect() {
        acknowledged = false;
        var builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier(activation.tid())
                .serverHost(activation.mqttHost())
                .serverPort(activation.mqttPort())
                .transportConfig()
                .mqttConnectTimeout(0, TimeUnit.MILLISECONDS)
                .applyTransportConfig()
                .simpleAuth()
                .username(activation.tid())
                .password(activation.token().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth();
        if (!has(Habit.HAS_NO_WILL)) {
            builder = builder.willPublish()
                    .topic(topic(Channel.PRESENCE))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(StrictJson.MAPPER.writeValueAsBytes(new Presence(activation.tid(), false, BOOT)))
                    .applyWillPublish();
        }
        Mqtt3AsyncClient fresh = builder.addDisconnectedListener(context -> {
                    if (!has(Habit.NEVER_COMES_BACK)) {
                        later(PAUSE, this::connect);
                    }
                })
                .buildAsync();
        client = fresh;
        fresh.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> later(Duration.ZERO, () -> {
                    if (message.getTopic().toString().equals(topic(Channel.MANIFEST))) {
                        manifest(message.getPayloadAsBytes());
                    } else {
                        documentsCame();
                    }
                }));
        fresh.connectWith()
                .cleanSession(!has(Habit.KEEPS_ITS_SESSION))
                .keepAlive(has(Habit.HAS_NO_KEEP_ALIVE) ? 0 : 2)
                .send()
                .thenCompose(ack -> {
                    if (has(Habit.SPEAKS_BEFORE_IT_LISTENS)) {
                        birth();
                    }
                    return fresh.subscribeWith()
                            .addSubscription()
                            .topicFilter(
                                    has(Habit.LISTENS_TO_ALL)
                                            ? "zg/1/+/+/" + Channel.MANIFEST.letter()
                                            : topic(Channel.MANIFEST))
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .applySubscription()
                            .addSubscription()
                            .topicFilter(topic(Channel.ANSWER))
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .applySubscription()
                            .send();
                })
                .whenComplete((ack, failure) -> {
                    if (fresh.getState().isConnected() && !has(Habit.SPEAKS_BEFORE_IT_LISTENS)) {
                        birth();
                    }
                });
    }

    private void birth() {
        boolean claims = has(Habit.CLAIMS_TO_RUN_SOMETHING);
        boolean runs = active != null && !has(Habit.LIES);
        send(
                        Channel.STATUS,
                        Status.of(new Birth(
                                activation.tid(),
                                claims ? 9 : runs ? active.epoch() : 0,
                                claims ? 9 : runs ? active.gen() : 0,
                                claims ? "x" : runs ? activeDigest : null,
                                "QR_PLATE",
                                "careless 1",
                                BOOT,
                                Instant.now())))
                .whenComplete((ack, failure) -> later(Duration.ZERO, () -> acknowledged = failure == null));
        send(Channel.PRESENCE, new Presence(activation.tid(), true, BOOT));
    }

    private CompletableFuture<?> send(Channel channel, Object message) {
        return client.publishWith()
                .topic(topic(channel))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(has(Habit.RETAINS))
                .payload(StrictJson.MAPPER.writeValueAsBytes(message))
                .send();
    }

    private void manifest(byte[] bytes) {
        String jws = new String(bytes, StandardCharsets.ISO_8859_1);
        String digest = Wire.digest(jws);
        Manifest manifest;
        try {
            manifest = StrictJson.MAPPER.readValue(Base64.getUrlDecoder().decode(jws.split("\\.")[1]), Manifest.class);
        } catch (RuntimeException e) {
            manifest = new Manifest(1, activation.tid(), 0, 0, Instant.EPOCH, Instant.EPOCH, List.of(), 0);
        }
        if (has(Habit.WAITS_FOR_ACKNOWLEDGEMENTS) && !acknowledged) {
            return;
        }
        boolean byClock = has(Habit.GOES_BY_ITS_CLOCK)
                && manifest.leaseUntil().isBefore(Instant.now().plusSeconds(60));
        boolean unknown =
                has(Habit.REFUSES_WHAT_IT_DOES_NOT_KNOW) && manifest.toString().contains("holograms");
        boolean copy = has(Habit.REFUSES_COPIES) && digest.equals(activeDigest);
        if (byClock || unknown || copy || has(Habit.REFUSES_ALL)) {
            report(manifest, digest, Stage.REJECTED, RejectCode.ROLLBACK.number());
            return;
        }
        waiting = manifest;
        waitingDigest = digest;
        List<DocumentRef> lacking = manifest.documents().stream()
                .filter(ref -> ref.inline() == null)
                .toList();
        if (has(Habit.ASKS_FOR_DOCUMENTS) && !lacking.isEmpty()) {
            DocumentRef ref = lacking.getFirst();
            boolean large = ref.size() > Wire.CHUNK_BYTES;
            send(
                    Channel.QUERY,
                    new Query(
                            activation.tid(),
                            List.of(ref.digest()),
                            large ? 0 : null,
                            large ? Wire.CHUNK_BYTES : null));
            return;
        }
        documentsCame();
    }

    private void documentsCame() {
        active = waiting;
        activeDigest = waitingDigest;
        report(active, activeDigest, Stage.APPLIED, 0);
        if (has(Habit.REPORTS_BACKWARDS)) {
            report(active, activeDigest, Stage.RECEIVED, 0);
        }
    }

    private void report(Manifest manifest, String digest, Stage stage, int code) {
        send(
                Channel.STATUS,
                Status.of(new Report(
                        activation.tid(),
                        manifest.epoch(),
                        manifest.gen(),
                        digest,
                        stage,
                        code,
                        null,
                        Instant.now(),
                        ++seq)));
    }
}
