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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long an edit takes until terminals run it, beside the raw QoS 1 round trip of the same broker in the same run.
 *
 * <p>Each edit is a PUT of a store's hours by the API. Three clocks are read: the portal's record (the edit's mark to the
 * recorded proof), the terminal's journal (before the PUT to its activation), and this program's own for the raw round trip, which
 * is a PUBLISH of the size of a manifest until its PUBACK, sent between the edits by a client in place of a terminal of that store
 * whose cable is out meanwhile.
 *
 * <pre>java -cp 'device-bridge/target/lib/*' EditToApplied.java DATA [EDITS]</pre>
 */
public final class EditToApplied {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAYLOAD = 1500;
    private static final int WARM_UP = 10;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Clock clock = Clock.systemUTC();
    private final Path data;
    private final JsonNode demo;
    private final String portal;
    private final String screens;
    private final String store;

    private record Machine(String serial, String tid) {}

    private record Edit(Instant before, Map<String, Long> generations) {}

    private EditToApplied(Path data) throws IOException {
        this.data = data;
        demo = JSON.readTree(Files.readString(data.resolve("demo.json")));
        portal = demo.path("portal").asString();
        screens = demo.path("screens").asString();
        store = demo.path("stores").get(0).asString();
    }

    public static void main(String[] arguments) throws Exception {
        int edits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        new EditToApplied(Path.of(arguments[0])).run(edits);
    }

    private void run(int edits) throws Exception {
        var connected = connected();
        if (connected.size() < 2) {
            throw new IllegalStateException(
                    "At least two connected terminals are needed, there are " + connected.size());
        }
        var spare = connected.getLast();
        var machines = connected.subList(0, connected.size() - 1);
        System.out.printf("%d edits of the hours of store %s, %d connected terminals%n", edits, store, machines.size());
        post(screens + "/api/terminals/" + spare.serial() + "/faults", "{\"network\":true}");
        var raw = connectInstead(spare);
        var hours = get(portal + "/api/v1/stores/" + store + "/hours");
        try {
            var made = new ArrayList<Edit>();
            var reference = new ArrayList<Double>();
            var record = new HashMap<String, Map<Long, Double>>();
            var etag = hours.headers().firstValue("ETag").orElseThrow();
            for (int i = 0; i < WARM_UP + edits; i++) {
                reference.add(roundTrip(raw, spare));
                var before = clock.instant();
                etag = put(variant(JSON.readTree(hours.body()), i), etag);
                var generations = awaitApplied(machines, record, made.isEmpty() ? null : made.getLast());
                made.add(new Edit(before, generations));
            }
            report(machines, made, record, reference);
        } finally {
            raw.disconnect();
            var now = get(portal + "/api/v1/stores/" + store + "/hours");
            put(hours.body(), now.headers().firstValue("ETag").orElseThrow());
            post(screens + "/api/terminals/" + spare.serial() + "/faults", "{\"network\":false}");
        }
    }

    /** Terminals of the store that the screens' process has powered on and connected. */
    private List<Machine> connected() throws Exception {
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

    /** Alternates Monday's plan so that every edit is a change. */
    private static String variant(JsonNode document, int number) {
        var changed = (tools.jackson.databind.node.ObjectNode) document.deepCopy();
        var weekly = changed.withObject("weekly");
        weekly.putArray("mon").add(number % 2 == 0 ? "08:30-20:30" : "08:45-20:45");
        return JSON.writeValueAsString(changed);
    }

    private String put(String document, String etag) throws Exception {
        var answer = send(HttpRequest.newBuilder(URI.create(portal + "/api/v1/stores/" + store + "/hours"))
                .header(
                        "Authorization",
                        "Bearer " + demo.path("apiKeys").path("merchant").asString())
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .PUT(HttpRequest.BodyPublishers.ofString(document))
                .build());
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /** Asks gently until the portal has every terminal's proof of a newer version; reads its record of the time. */
    private Map<String, Long> awaitApplied(
            List<Machine> machines, Map<String, Map<Long, Double>> record, @Nullable Edit before) throws Exception {
        var generations = new LinkedHashMap<String, Long>();
        var until = clock.instant().plus(PATIENCE);
        Thread.sleep(40);
        for (var machine : machines) {
            while (!generations.containsKey(machine.tid())) {
                var newest = json(portal + "/api/v1/terminals/" + machine.tid() + "/configuration")
                        .path("history")
                        .get(0);
                long generation = newest.path("version").path("generation").asLong();
                boolean newer = before == null
                        || generation
                                > Objects.requireNonNull(before.generations().get(machine.tid()));
                if (newer && newest.path("outcome").asString().equals("APPLIED")) {
                    generations.put(machine.tid(), generation);
                    record.computeIfAbsent(machine.tid(), tid -> new HashMap<>())
                            .put(
                                    generation,
                                    millis(
                                            Instant.parse(
                                                    newest.path("editedAt").asString()),
                                            Instant.parse(
                                                    newest.path("appliedAt").asString())));
                } else if (clock.instant().isAfter(until)) {
                    throw new IllegalStateException(machine + " did not apply within " + PATIENCE + ": " + newest);
                } else {
                    Thread.sleep(5);
                }
            }
        }
        return generations;
    }

    private Mqtt3BlockingClient connectInstead(Machine spare) throws Exception {
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
    private static double roundTrip(Mqtt3BlockingClient raw, Machine spare) throws Exception {
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

    private void report(
            List<Machine> machines, List<Edit> made, Map<String, Map<Long, Double>> record, List<Double> reference)
            throws Exception {
        var portals = new ArrayList<Double>();
        var terminals = new ArrayList<Double>();
        for (var machine : machines) {
            var journal = journal(machine);
            for (var edit : made.subList(WARM_UP, made.size())) {
                long generation = Objects.requireNonNull(edit.generations().get(machine.tid()));
                portals.add(Objects.requireNonNull(
                        Objects.requireNonNull(record.get(machine.tid())).get(generation)));
                terminals.add(millis(edit.before(), Objects.requireNonNull(journal.get(generation))));
            }
        }
        var raw = reference.subList(WARM_UP, reference.size());
        print("edit → applied, portal's record", portals);
        print("edit → applied, terminals' journals", terminals);
        print("raw MQTT QoS 1 round trip", raw);
        var settings = new LinkedHashMap<String, Object>();
        settings.put("edits", made.size() - WARM_UP);
        settings.put("terminals", machines.size());
        settings.put("p99", rounded(percentile(portals, 99)));
        settings.put("journalP50", rounded(percentile(terminals, 50)));
        settings.put("journalP99", rounded(percentile(terminals, 99)));
        settings.put("referenceP99", rounded(percentile(raw, 99)));
        settings.put("payloadBytes", PAYLOAD);
        settings.put("tls", false);
        settings.put("persistence", "broker in memory, database commits every edit and report");
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", "edit-to-applied");
        result.put("ours", rounded(percentile(portals, 50)));
        result.put("reference", rounded(percentile(raw, 50)));
        result.put("ratio", rounded(percentile(portals, 50) / percentile(raw, 50)));
        result.put("unit", "ms");
        result.put("settings", settings);
        System.out.println(JSON.writeValueAsString(result));
    }

    private Map<Long, Instant> journal(Machine machine) throws Exception {
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

    private static void print(String what, List<Double> millis) {
        System.out.printf(
                Locale.ROOT,
                "%-38s p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms   n %d%n",
                what,
                percentile(millis, 50),
                percentile(millis, 99),
                percentile(millis, 100),
                millis.size());
    }

    private static double percentile(List<Double> values, int percent) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private JsonNode json(String url) throws Exception {
        return JSON.readTree(get(url).body());
    }

    private HttpResponse<String> get(String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (url.startsWith(portal)) {
            request.header(
                    "Authorization",
                    "Bearer " + demo.path("apiKeys").path("merchant").asString());
        }
        return send(request.build());
    }

    private void post(String url, String body) throws Exception {
        send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(request.method() + " " + request.uri() + " was answered "
                    + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }
}
