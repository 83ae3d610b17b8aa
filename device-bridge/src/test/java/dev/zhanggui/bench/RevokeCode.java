package dev.zhanggui.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long a stop of a code takes until the page behind it says so, and until every terminal of the store has dropped it.
 *
 * <p>Each round issues a code, waits until every terminal runs the version that shows it, and stops it through the API. A
 * terminal's moment is that of its own journal, which it writes when it activates the version without the code; the page's is the
 * end of the first answer that says so, asked for every few milliseconds. In the same run: an HTTP round trip to the portal that
 * touches nothing, and a QoS 1 round trip of the broker; their sum is the reference.
 *
 * <pre>java -cp 'device-bridge/target/lib/*' RevokeCode.java DATA [CODES]</pre>
 */
public final class RevokeCode {

    private static final int WARM_UP = 10;
    private static final long PAGE_EVERY_MILLIS = 3;
    private static final int GONE = 410;

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningCopy copy;
    private final String codes;

    private record Stop(Instant before, Instant pageSaidSo, Map<RunningCopy.Machine, Long> generations) {}

    private RevokeCode(Path data) throws IOException {
        copy = new RunningCopy(data);
        codes = copy.portal + "/api/v1/qr-codes";
    }

    public static void main(String[] arguments) throws Exception {
        int stops = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        new RevokeCode(Path.of(arguments[0])).run(stops);
    }

    private void run(int stops) throws Exception {
        var connected = copy.connected();
        if (connected.size() < 2) {
            throw new IllegalStateException(
                    "At least two connected terminals are needed, there are " + connected.size());
        }
        var spare = connected.getLast();
        var machines = connected.subList(0, connected.size() - 1);
        System.out.printf("%d codes of store %s stopped, %d terminals%n", stops, copy.store, machines.size());
        copy.unplug(spare, true);
        var raw = copy.connectInstead(spare);
        var made = new ArrayList<Stop>();
        var empty = new ArrayList<Double>();
        var mqtt = new ArrayList<Double>();
        try {
            for (int i = 0; i < WARM_UP + stops; i++) {
                made.add(stop(machines));
                empty.add(emptyRequest());
                mqtt.add(RunningCopy.roundTrip(raw, spare));
            }
        } finally {
            raw.disconnect();
            copy.unplug(spare, false);
        }
        report(
                machines,
                made.subList(WARM_UP, made.size()),
                empty.subList(WARM_UP, empty.size()),
                mqtt.subList(WARM_UP, mqtt.size()));
    }

    private Stop stop(List<RunningCopy.Machine> machines) throws Exception {
        var old = generations(machines);
        var issued = RunningCopy.JSON.readTree(copy.post(codes, "{\"store\":\"" + copy.store + "\",\"place\":\"试停\"}")
                .body());
        var showing = awaitNewer(machines, old);
        var before = copy.clock.instant();
        var told = CompletableFuture.supplyAsync(
                () -> pageSaysSo(issued.path("url").asString()));
        copy.post(codes + "/" + issued.path("id").asString() + "/revoke", "{\"reason\":\"LOST\"}");
        var dropped = awaitNewer(machines, showing);
        return new Stop(before, told.get(RunningCopy.PATIENCE.toSeconds(), TimeUnit.SECONDS), dropped);
    }

    private Instant pageSaysSo(String url) {
        try {
            var look = HttpRequest.newBuilder(URI.create(url + "?again=1")).build();
            while (http.send(look, HttpResponse.BodyHandlers.ofString()).statusCode() != GONE) {
                Thread.sleep(PAGE_EVERY_MILLIS);
            }
            return copy.clock.instant();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<RunningCopy.Machine, Long> generations(List<RunningCopy.Machine> machines) throws Exception {
        var running = new LinkedHashMap<RunningCopy.Machine, Long>();
        for (var view : copy.json(copy.screens + "/api/terminals")) {
            machines.stream()
                    .filter(machine ->
                            machine.serial().equals(view.path("serial").asString()))
                    .forEach(machine -> running.put(machine, view.path("gen").asLong()));
        }
        return running;
    }

    private Map<RunningCopy.Machine, Long> awaitNewer(
            List<RunningCopy.Machine> machines, Map<RunningCopy.Machine, Long> than) throws Exception {
        var until = copy.clock.instant().plus(RunningCopy.PATIENCE);
        while (true) {
            var now = generations(machines);
            if (machines.stream().allMatch(it -> now.getOrDefault(it, 0L) > than.getOrDefault(it, 0L))) {
                return now;
            }
            if (copy.clock.instant().isAfter(until)) {
                throw new IllegalStateException("Terminals still run " + now + " after " + RunningCopy.PATIENCE);
            }
            Thread.sleep(5);
        }
    }

    private double emptyRequest() throws Exception {
        long start = System.nanoTime();
        copy.get(copy.portal + "/api/v1/problems/not-found");
        return (System.nanoTime() - start) / 1e6;
    }

    private void report(List<RunningCopy.Machine> machines, List<Stop> made, List<Double> http, List<Double> mqtt)
            throws Exception {
        var journals = new HashMap<RunningCopy.Machine, Map<Long, Instant>>();
        for (var machine : machines) {
            journals.put(machine, copy.journal(machine));
        }
        var terminals = new ArrayList<Double>();
        var pages = new ArrayList<Double>();
        for (var stop : made) {
            stop.generations()
                    .forEach((machine, generation) -> terminals.add(Figures.millis(
                            stop.before(),
                            Objects.requireNonNull(Objects.requireNonNull(journals.get(machine))
                                    .get(generation)))));
            pages.add(Figures.millis(stop.before(), stop.pageSaidSo()));
        }
        Figures.print("stop → dropped by a terminal", terminals);
        Figures.print("stop → scan page", pages);
        Figures.print("raw HTTP round trip", http);
        Figures.print("raw MQTT QoS 1 round trip", mqtt);
        double ours = Figures.percentile(terminals, 50);
        double reference = Figures.percentile(http, 50) + Figures.percentile(mqtt, 50);
        var settings = new LinkedHashMap<String, Object>();
        settings.put("codes", made.size());
        settings.put("terminals", machines.size());
        settings.put("p99", Figures.rounded(Figures.percentile(terminals, 99)));
        settings.put("slowest", Figures.rounded(Figures.percentile(terminals, 100)));
        settings.put("pageP50", Figures.rounded(Figures.percentile(pages, 50)));
        settings.put("pageP99", Figures.rounded(Figures.percentile(pages, 99)));
        settings.put("httpP50", Figures.rounded(Figures.percentile(http, 50)));
        settings.put("mqttP50", Figures.rounded(Figures.percentile(mqtt, 50)));
        settings.put("payloadBytes", RunningCopy.PAYLOAD);
        settings.put("tls", false);
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", "revoke");
        result.put("ours", Figures.rounded(ours));
        result.put("reference", Figures.rounded(reference));
        result.put("ratio", Figures.rounded(ours / reference));
        result.put("unit", "ms");
        result.put("settings", settings);
        System.out.println(RunningCopy.JSON.writeValueAsString(result));
    }
}
