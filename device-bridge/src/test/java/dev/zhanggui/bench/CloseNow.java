package dev.zhanggui.bench;

import java.io.IOException;
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
 * How long <em>close now</em> takes until the store's terminals show closed, and until the scan page says so.
 *
 * <p>The request goes to the API. A terminal's moment is that of its own journal, which it writes when it activates the version
 * that its screen then shows; the scan page's is the end of the first answer that says closed, asked for every few milliseconds.
 * In the same run: an HTTP round trip to the portal that touches nothing, and a QoS 1 round trip of the broker. Their sum is the
 * reference, the least that a request and a message can take.
 *
 * <pre>java -cp 'device-bridge/target/lib/*' CloseNow.java DATA [CLOSINGS]</pre>
 */
public final class CloseNow {

    private static final int WARM_UP = 10;
    private static final long PAGE_EVERY_MILLIS = 3;

    private final RunningCopy copy;
    private final String closures;
    private final String page;

    private record Closing(Instant before, Instant pageSaidSo, Map<RunningCopy.Machine, Long> generations) {}

    private CloseNow(Path data) throws IOException {
        copy = new RunningCopy(data);
        closures = copy.portal + "/api/v1/stores/" + copy.store + "/closures";
        page = copy.portal + "/q/" + copy.demo.path("qrCodes").get(0).asString() + "?again=1&lang=en";
    }

    public static void main(String[] arguments) throws Exception {
        int closings = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        new CloseNow(Path.of(arguments[0])).run(closings);
    }

    private void run(int closings) throws Exception {
        var connected = copy.connected();
        if (connected.size() < 2) {
            throw new IllegalStateException(
                    "At least two connected terminals are needed, there are " + connected.size());
        }
        var spare = connected.getLast();
        var machines = connected.subList(0, connected.size() - 1);
        System.out.printf("%d × close now of store %s, %d terminals%n", closings, copy.store, machines.size());
        copy.unplug(spare, true);
        var raw = copy.connectInstead(spare);
        var made = new ArrayList<Closing>();
        var http = new ArrayList<Double>();
        var mqtt = new ArrayList<Double>();
        try {
            for (int i = 0; i < WARM_UP + closings; i++) {
                turn("open");
                awaitScreens(machines, true);
                http.add(emptyRequest());
                mqtt.add(RunningCopy.roundTrip(raw, spare));
                made.add(close(machines));
            }
        } finally {
            raw.disconnect();
            end();
            copy.unplug(spare, false);
        }
        report(
                machines,
                made.subList(WARM_UP, made.size()),
                http.subList(WARM_UP, http.size()),
                mqtt.subList(WARM_UP, mqtt.size()));
    }

    private Closing close(List<RunningCopy.Machine> machines) throws Exception {
        var before = copy.clock.instant();
        var told = CompletableFuture.supplyAsync(this::pageSaysClosed);
        turn("close");
        var generations = awaitScreens(machines, false);
        return new Closing(before, told.get(RunningCopy.PATIENCE.toSeconds(), TimeUnit.SECONDS), generations);
    }

    private Instant pageSaysClosed() {
        try {
            while (!copy.get(page).body().contains("class=\"state closed\"")) {
                Thread.sleep(PAGE_EVERY_MILLIS);
            }
            return copy.clock.instant();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the screens until all show it; the version that each shows then. */
    private Map<RunningCopy.Machine, Long> awaitScreens(List<RunningCopy.Machine> machines, boolean open)
            throws Exception {
        var generations = new LinkedHashMap<RunningCopy.Machine, Long>();
        var until = copy.clock.instant().plus(RunningCopy.PATIENCE);
        while (generations.size() < machines.size()) {
            for (var view : copy.json(copy.screens + "/api/terminals")) {
                machines.stream()
                        .filter(machine ->
                                machine.serial().equals(view.path("serial").asString()))
                        .filter(machine -> view.path("open").asBoolean(!open) == open)
                        .forEach(machine -> generations.putIfAbsent(
                                machine, view.path("gen").asLong()));
            }
            if (copy.clock.instant().isAfter(until)) {
                throw new IllegalStateException("Only " + generations.keySet() + " show " + (open ? "open" : "closed")
                        + " after " + RunningCopy.PATIENCE);
            }
            Thread.sleep(5);
        }
        return generations;
    }

    private double emptyRequest() throws Exception {
        long start = System.nanoTime();
        copy.get(copy.portal + "/api/v1/problems/not-found");
        return (System.nanoTime() - start) / 1e6;
    }

    private void turn(String kind) throws Exception {
        copy.post(closures, "{\"kind\":\"" + kind + "\",\"end\":\"untilEnded\"}");
    }

    private void end() throws Exception {
        copy.send(copy.to(closures + "/current").DELETE().build());
    }

    private void report(List<RunningCopy.Machine> machines, List<Closing> made, List<Double> http, List<Double> mqtt)
            throws Exception {
        var journals = new HashMap<RunningCopy.Machine, Map<Long, Instant>>();
        for (var machine : machines) {
            journals.put(machine, copy.journal(machine));
        }
        var screens = new ArrayList<Double>();
        var pages = new ArrayList<Double>();
        for (var closing : made) {
            closing.generations()
                    .forEach((machine, generation) -> screens.add(Figures.millis(
                            closing.before(),
                            Objects.requireNonNull(Objects.requireNonNull(journals.get(machine))
                                    .get(generation)))));
            pages.add(Figures.millis(closing.before(), closing.pageSaidSo()));
        }
        Figures.print("close now → terminal's screen", screens);
        Figures.print("close now → scan page", pages);
        Figures.print("raw HTTP round trip", http);
        Figures.print("raw MQTT QoS 1 round trip", mqtt);
        double ours = Figures.percentile(screens, 50);
        double reference = Figures.percentile(http, 50) + Figures.percentile(mqtt, 50);
        var settings = new LinkedHashMap<String, Object>();
        settings.put("closings", made.size());
        settings.put("terminals", machines.size());
        settings.put("p99", Figures.rounded(Figures.percentile(screens, 99)));
        settings.put("pageP50", Figures.rounded(Figures.percentile(pages, 50)));
        settings.put("pageP99", Figures.rounded(Figures.percentile(pages, 99)));
        settings.put("httpP50", Figures.rounded(Figures.percentile(http, 50)));
        settings.put("httpP99", Figures.rounded(Figures.percentile(http, 99)));
        settings.put("mqttP50", Figures.rounded(Figures.percentile(mqtt, 50)));
        settings.put("mqttP99", Figures.rounded(Figures.percentile(mqtt, 99)));
        settings.put("payloadBytes", RunningCopy.PAYLOAD);
        settings.put("pageEveryMillis", PAGE_EVERY_MILLIS);
        settings.put("tls", false);
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", "close-now");
        result.put("ours", Figures.rounded(ours));
        result.put("reference", Figures.rounded(reference));
        result.put("ratio", Figures.rounded(ours / reference));
        result.put("unit", "ms");
        result.put("settings", settings);
        System.out.println(RunningCopy.JSON.writeValueAsString(result));
    }
}
