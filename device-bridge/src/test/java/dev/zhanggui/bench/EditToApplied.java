package dev.zhanggui.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

    private static final int WARM_UP = 10;

    private final RunningCopy copy;

    private record Edit(Instant before, Map<String, Long> generations) {}

    private EditToApplied(Path data) throws IOException {
        copy = new RunningCopy(data);
    }

    public static void main(String[] arguments) throws Exception {
        int edits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        new EditToApplied(Path.of(arguments[0])).run(edits);
    }

    private void run(int edits) throws Exception {
        var connected = copy.connected();
        if (connected.size() < 2) {
            throw new IllegalStateException(
                    "At least two connected terminals are needed, there are " + connected.size());
        }
        var spare = connected.getLast();
        var machines = connected.subList(0, connected.size() - 1);
        System.out.printf(
                "%d edits of the hours of store %s, %d connected terminals%n", edits, copy.store, machines.size());
        copy.unplug(spare, true);
        var raw = copy.connectInstead(spare);
        var hours = copy.get(copy.portal + "/api/v1/stores/" + copy.store + "/hours");
        try {
            var made = new ArrayList<Edit>();
            var reference = new ArrayList<Double>();
            var record = new HashMap<String, Map<Long, Double>>();
            var etag = hours.headers().firstValue("ETag").orElseThrow();
            for (int i = 0; i < WARM_UP + edits; i++) {
                reference.add(RunningCopy.roundTrip(raw, spare));
                var before = copy.clock.instant();
                etag = put(variant(RunningCopy.JSON.readTree(hours.body()), i), etag);
                var generations = awaitApplied(machines, record, made.isEmpty() ? null : made.getLast());
                made.add(new Edit(before, generations));
            }
            report(machines, made, record, reference);
        } finally {
            raw.disconnect();
            var now = copy.get(copy.portal + "/api/v1/stores/" + copy.store + "/hours");
            put(hours.body(), now.headers().firstValue("ETag").orElseThrow());
            copy.unplug(spare, false);
        }
    }

    /** Alternates Monday's plan so that every edit is a change. */
    private static String variant(JsonNode document, int number) {
        var changed = (tools.jackson.databind.node.ObjectNode) document.deepCopy();
        var weekly = changed.withObject("weekly");
        weekly.putArray("mon").add(number % 2 == 0 ? "08:30-20:30" : "08:45-20:45");
        return RunningCopy.JSON.writeValueAsString(changed);
    }

    private String put(String document, String etag) throws Exception {
        var answer = copy.send(copy.to(copy.portal + "/api/v1/stores/" + copy.store + "/hours")
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .PUT(HttpRequest.BodyPublishers.ofString(document))
                .build());
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /** Asks gently until the portal has every terminal's proof of a newer version; reads its record of the time. */
    private Map<String, Long> awaitApplied(
            List<RunningCopy.Machine> machines, Map<String, Map<Long, Double>> record, @Nullable Edit before)
            throws Exception {
        var generations = new LinkedHashMap<String, Long>();
        var until = copy.clock.instant().plus(RunningCopy.PATIENCE);
        Thread.sleep(40);
        for (var machine : machines) {
            while (!generations.containsKey(machine.tid())) {
                var newest = copy.json(copy.portal + "/api/v1/terminals/" + machine.tid() + "/configuration")
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
                                    Figures.millis(
                                            Instant.parse(
                                                    newest.path("editedAt").asString()),
                                            Instant.parse(
                                                    newest.path("appliedAt").asString())));
                } else if (copy.clock.instant().isAfter(until)) {
                    throw new IllegalStateException(
                            machine + " did not apply within " + RunningCopy.PATIENCE + ": " + newest);
                } else {
                    Thread.sleep(5);
                }
            }
        }
        return generations;
    }

    private void report(
            List<RunningCopy.Machine> machines,
            List<Edit> made,
            Map<String, Map<Long, Double>> record,
            List<Double> reference)
            throws Exception {
        var portals = new ArrayList<Double>();
        var terminals = new ArrayList<Double>();
        for (var machine : machines) {
            var journal = copy.journal(machine);
            for (var edit : made.subList(WARM_UP, made.size())) {
                long generation = Objects.requireNonNull(edit.generations().get(machine.tid()));
                portals.add(Objects.requireNonNull(
                        Objects.requireNonNull(record.get(machine.tid())).get(generation)));
                terminals.add(Figures.millis(edit.before(), Objects.requireNonNull(journal.get(generation))));
            }
        }
        var raw = reference.subList(WARM_UP, reference.size());
        Figures.print("edit → applied, portal's record", portals);
        Figures.print("edit → applied, terminals' journals", terminals);
        Figures.print("raw MQTT QoS 1 round trip", raw);
        var settings = new LinkedHashMap<String, Object>();
        settings.put("edits", made.size() - WARM_UP);
        settings.put("terminals", machines.size());
        settings.put("p99", Figures.rounded(Figures.percentile(portals, 99)));
        settings.put("journalP50", Figures.rounded(Figures.percentile(terminals, 50)));
        settings.put("journalP99", Figures.rounded(Figures.percentile(terminals, 99)));
        settings.put("referenceP99", Figures.rounded(Figures.percentile(raw, 99)));
        settings.put("payloadBytes", RunningCopy.PAYLOAD);
        settings.put("tls", false);
        settings.put("persistence", "broker in memory, database commits every edit and report");
        var result = new LinkedHashMap<String, Object>();
        result.put("bench", "one-edit");
        result.put("ours", Figures.rounded(Figures.percentile(portals, 50)));
        result.put("reference", Figures.rounded(Figures.percentile(raw, 50)));
        result.put("ratio", Figures.rounded(Figures.percentile(portals, 50) / Figures.percentile(raw, 50)));
        result.put("unit", "ms");
        result.put("settings", settings);
        System.out.println(RunningCopy.JSON.writeValueAsString(result));
    }
}
