package dev.zhanggui.bench;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running copy, found by its {@code demo.json}: its portal, its screens, its first store, and raw round trips of the same machine. */
final class RunningCopy {

    static final JsonMapper JSON = JsonMapper.shared();
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int PAYLOAD = 1500;

    final Clock clock = Clock.systemUTC();
    final String portal;
    final String screens;
    final String store;
    final JsonNode demo;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;

    record Machine(String serial, String tid) {}

    RunningCopy(Path data) throws IOException {
        this.data = data;
        demo = JSON.readTree(Files.readString(data.resolve("demo.json")));
        portal = demo.path("portal").asString();
        screens = demo.path("screens").asString();
        store = demo.path("stores").get(0).asString();
    }

    /** Terminals of the store that the screens' process has powered on and connected. */
    List<Machine> connected() throws Exception {
        var ofStore = new ArrayList<String>();
        json(portal + "/api/v1/terminals?store=" + store)
                .path("items")
                .forEach(terminal -> ofStore.add(terminal.path("id").asString()));
        var machines = new ArrayList<Machine>();
        for (var terminal : json(screens + "/api/terminals")) {
            var tid = terminal.path("tid").asString("");
            if (terminal.path("connected").asBoolean() && ofStore.contains(tid)) {
                machines.add(new Machine(terminal.path("serial").asString(), tid));
            }
        }
        return machines;
    }

    /** Takes the terminal's cable out, or puts it back in. */
    void unplug(Machine machine, boolean out) throws Exception {
        post(screens + "/api/terminals/" + machine.serial() + "/faults", "{\"network\":" + out + "}");
    }

    Mqtt3BlockingClient connectInstead(Machine spare) throws Exception {
        var activation = JSON.readTree(Files.readString(
                data.resolve("terminals").resolve(spare.serial()).resolve("activation.json")));
        var mqtt = URI.create(demo.path("mqtt").asString());
        var client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(spare.tid())
                .serverHost(mqtt.getHost())
                .serverPort(mqtt.getPort())
                .buildBlocking();
        var until = clock.instant().plus(PATIENCE);
        while (true) {
            try {
                client.connectWith()
                        .simpleAuth()
                        .username(spare.tid())
                        .password(activation.path("token").asString().getBytes(StandardCharsets.UTF_8))
                        .applySimpleAuth()
                        .send();
                return client;
            } catch (RuntimeException e) {
                if (clock.instant().isAfter(until)) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    /** PUBLISH until PUBACK on a topic whose messages the bridge drops unread. */
    static double roundTrip(Mqtt3BlockingClient raw, Machine spare) throws Exception {
        var shard = HexFormat.of()
                .toHexDigits(
                        MessageDigest.getInstance("SHA-256").digest(spare.tid().getBytes(StandardCharsets.UTF_8))[0]);
        long start = System.nanoTime();
        raw.publishWith()
                .topic("zg/1/" + shard + "/" + spare.tid() + "/q")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(new byte[PAYLOAD])
                .send();
        return (System.nanoTime() - start) / 1e6;
    }

    Map<Long, Instant> journal(Machine machine) throws Exception {
        var applied = new HashMap<Long, Instant>();
        get(screens + "/api/terminals/" + machine.serial() + "/journal")
                .body()
                .lines()
                .map(JSON::readTree)
                .filter(line -> line.path("event").asString("").equals("APPLIED"))
                .forEach(line -> applied.put(
                        line.path("gen").asLong(), Instant.parse(line.path("at").asString())));
        return applied;
    }

    JsonNode json(String url) throws Exception {
        return JSON.readTree(get(url).body());
    }

    HttpResponse<String> get(String url) throws Exception {
        return send(to(url).build());
    }

    HttpResponse<String> post(String url, String body) throws Exception {
        return send(to(url).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** With the merchant's key, when it goes to the portal. */
    HttpRequest.Builder to(String url) {
        var request = HttpRequest.newBuilder(URI.create(url));
        return url.startsWith(portal)
                ? request.header(
                        "Authorization",
                        "Bearer " + demo.path("apiKeys").path("merchant").asString())
                : request;
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(request.method() + " " + request.uri() + " was answered "
                    + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }
}
