package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Wire;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bridge as the portal sees it, with as many terminals behind it as the portal believes: takes work by the link and reports of each
 * terminal that it was published and is applied. In a process of its own; told {@code applied}, answers how many the portal has taken.
 *
 * <pre>java … SimulatedBridge NAME PORTAL_PORT</pre>
 */
final class SimulatedBridge {

    private static final int BATCH = 500;
    private static final int WAITING_MOST = 4 * BATCH;
    private static final long POLL_MILLIS = 4_000;

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String name;
    private final URI portal;
    private final BlockingQueue<Link.WorkItem> taken = new ArrayBlockingQueue<>(WAITING_MOST);
    private final AtomicLong applied = new AtomicLong();
    private long fence;

    private SimulatedBridge(String name, int port) {
        this.name = name;
        this.portal = URI.create("http://127.0.0.1:" + port + Link.PATH);
    }

    public static void main(String[] arguments) throws Exception {
        var bridge = new SimulatedBridge(arguments[0], Integer.parseInt(arguments[1]));
        bridge.hello();
        Thread.ofPlatform().daemon().start(() -> bridge.endWith(bridge::work));
        Thread.ofPlatform().daemon().start(() -> bridge.endWith(bridge::report));
        answer("ready");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "applied" -> answer(bridge.applied.get());
                case "fence" -> answer(bridge.fence);
                default -> throw new IllegalArgumentException(order);
            }
        }
    }

    private static void answer(Object words) {
        System.out.println("= " + words);
    }

    private interface Loop {
        void run() throws Exception;
    }

    private void endWith(Loop loop) {
        try {
            loop.run();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void hello() throws Exception {
        var answer = call(
                "hello",
                new Link.Hello(name, "bench", Wire.VERSION, "127.0.0.1", 1883, name + "-" + Instant.now(), false),
                Link.HelloAnswer.class);
        fence = answer.fence() == null ? 0 : answer.fence();
    }

    private void work() throws Exception {
        while (true) {
            for (var item : call("work", new Link.WorkRequest(name, BATCH, POLL_MILLIS, fence), Link.WorkAnswer.class)
                    .items()) {
                taken.put(item);
            }
        }
    }

    /** As a bridge does: whatever has gathered while the batch before was under way, first that it was published, then the proof. */
    private void report() throws Exception {
        var batch = new ArrayList<Link.WorkItem>(BATCH);
        while (true) {
            batch.add(taken.take());
            taken.drainTo(batch, BATCH - 1);
            var now = Instant.now();
            send(
                    List.of(),
                    batch.stream()
                            .map(it -> new Link.Delivery(it.tid(), it.token(), true, now))
                            .toList());
            send(
                    batch.stream()
                            .map(it -> new Report(
                                    it.tid(), it.epoch(), it.gen(), it.digest(), Report.Stage.APPLIED, 0, null, now, 1))
                            .toList(),
                    List.of());
            applied.addAndGet(batch.size());
            batch.clear();
        }
    }

    private void send(List<Report> reports, List<Link.Delivery> deliveries) throws Exception {
        call(
                "reports",
                new Link.Reports(name, List.of(), reports, List.of(), deliveries, fence),
                Link.ReportsAnswer.class);
    }

    private <T> T call(String path, Object body, Class<T> answer) throws Exception {
        var response = http.send(
                HttpRequest.newBuilder(portal.resolve(path))
                        .header("Authorization", "Bearer " + BenchFleet.BRIDGE_TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " was answered " + response.statusCode());
        }
        return json.readValue(response.body(), answer);
    }
}
