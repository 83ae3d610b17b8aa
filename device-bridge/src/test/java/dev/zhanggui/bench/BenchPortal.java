package dev.zhanggui.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhanggui.support.Samples;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.AcceptanceDocument;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Outside;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The portal's end of the wire with a memory for a database: signs as the portal does, hands out what was signed before, counts what
 * comes back. So many hand-outs are under way at a time, as if that many edits were made.
 */
final class BenchPortal implements AutoCloseable {

    static final String TOKEN = "bridge-token-of-a-benchmark";

    private final Object lock = new Object();
    private final Signer signer = new Signer("k1");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Instant now = Instant.now();
    private final List<DocumentRef> standing;
    private final List<DocumentRef> standingInline;
    private final List<DocumentRef> changing;
    private final Map<String, Long> generations = new HashMap<>();
    private final Map<String, String> desired = new HashMap<>();
    private final Deque<Link.WorkItem> supply = new ArrayDeque<>();
    private final Set<String> born = new HashSet<>();
    /** Terminals that have not answered their version: none gets the next before, as in the portal. */
    private final Set<String> underWay = new HashSet<>();

    private int window;
    private boolean filling;
    private long workCalls;
    private long reportCalls;
    private long applied;
    private long handedOut;
    private long other;

    BenchPortal() throws IOException {
        var hours = signer.inline(DocumentRef.HOURS, Samples.openAround(now));
        var codes = signer.inline(DocumentRef.CODES, Samples.codes());
        var screen = signer.inline(DocumentRef.SCREEN, Samples.screen());
        standingInline = List.of(hours, codes, screen);
        standing = standingInline.stream()
                .map(ref -> new DocumentRef(ref.kind(), ref.digest(), ref.size(), null))
                .toList();
        changing = List.of(acceptance(false), acceptance(true));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext(Link.PATH, this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Provision.Activation activation(String tid, int mqttPort) {
        return new Provision.Activation(
                tid, "127.0.0.1", mqttPort, token(tid), List.of(signer.verificationKey()), Instant.now());
    }

    private DocumentRef acceptance(boolean frozen) {
        return signer.inline(
                DocumentRef.ACCEPTANCE,
                new AcceptanceDocument(
                        frozen,
                        frozen ? new Text("店主临时打烊", "Closed by the owner") : null,
                        new Outside(Outside.ALLOW_CAPPED, 20_000L),
                        List.of(new Text("可以付现金", "Cash is fine"))));
    }

    // What a benchmark does to it

    /** Signs the next version for each of these, the first one with all of its documents in it. */
    List<Link.WorkItem> sign(List<String> tids) {
        return tids.stream().map(this::sign).toList();
    }

    private Link.WorkItem sign(String tid) {
        long generation = generations.merge(tid, 1L, Long::sum);
        var documents = new ArrayList<>(generation == 1 ? standingInline : standing);
        documents.add(changing.get((int) (generation % changing.size())));
        var jws = signer.manifest(
                new Manifest(Wire.VERSION, tid, 1, generation, now, now.plus(Duration.ofDays(7)), documents, 0));
        var digest = Wire.digest(jws);
        return new Link.WorkItem(tid, 1, generation, Link.Lane.EDIT, digest, jws, "w-" + generation);
    }

    /** Hands these out in order, so many at a time. */
    void push(List<Link.WorkItem> items, int most) {
        synchronized (lock) {
            supply.addAll(items);
            window = most;
            lock.notifyAll();
        }
    }

    /** Hands out no more; what is under way comes back. */
    List<Link.WorkItem> stop() throws InterruptedException {
        synchronized (lock) {
            var left = List.copyOf(supply);
            supply.clear();
            awaitNothingUnderWay();
            return left;
        }
    }

    void awaitNothingUnderWay() throws InterruptedException {
        synchronized (lock) {
            long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
            while (!underWay.isEmpty() || !supply.isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(underWay.size() + " never came back, " + supply.size()
                            + " were not handed out, " + applied + " applied, " + other + " otherwise");
                }
                lock.wait(100);
            }
        }
    }

    /** Until each of so many terminals has said what it runs, counted from now on. */
    void awaitBirths(int terminals, Duration patience) throws InterruptedException {
        synchronized (lock) {
            long end = System.nanoTime() + patience.toNanos();
            while (born.size() < terminals) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(born.size() + " of " + terminals + " were born");
                }
                lock.wait(100);
            }
        }
    }

    void forgetBirths() {
        synchronized (lock) {
            born.clear();
        }
    }

    int born() {
        synchronized (lock) {
            return born.size();
        }
    }

    long applied() {
        synchronized (lock) {
            return applied;
        }
    }

    /** Calls of the bridge that handed out something, or brought something. */
    long calls() {
        synchronized (lock) {
            return workCalls + reportCalls;
        }
    }

    long handedOut() {
        synchronized (lock) {
            return handedOut;
        }
    }

    /** Refused, rolled back, not connected: none of it belongs into a benchmark. */
    long other() {
        synchronized (lock) {
            return other;
        }
    }

    // HTTP

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = exchange.getRequestURI().getPath().substring(Link.PATH.length());
            var body = exchange.getRequestBody().readAllBytes();
            var answer = switch (call) {
                case "hello" -> new Link.HelloAnswer(Instant.now(), Wire.VERSION);
                case "work" -> work(StrictJson.MAPPER.readValue(body, Link.WorkRequest.class));
                case "reports" -> take(StrictJson.MAPPER.readValue(body, Link.Reports.class));
                case "admissions" -> admissions(StrictJson.MAPPER.readValue(body, Link.Admissions.class));
                default -> null;
            };
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var bytes = StrictJson.MAPPER.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Link.WorkAnswer work(Link.WorkRequest request) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(request.waitMillis()).toNanos();
        synchronized (lock) {
            while (!mayHandOut()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return new Link.WorkAnswer(List.of(), List.of());
                }
                lock.wait(Math.max(1, left / 1_000_000));
            }
            var items = new ArrayList<Link.WorkItem>();
            while (mayHandOut() && items.size() < request.max()) {
                var item = supply.remove();
                desired.put(item.tid(), item.digest());
                underWay.add(item.tid());
                items.add(item);
            }
            handedOut += items.size();
            workCalls++;
            return new Link.WorkAnswer(items, List.of());
        }
    }

    /** In lots, as edits come that concern many terminals: filled up when half of what was under way has come back. */
    private boolean mayHandOut() {
        if (underWay.size() <= window / 2) {
            filling = true;
        } else if (underWay.size() >= window) {
            filling = false;
        }
        var next = supply.peek();
        return next != null && filling && !underWay.contains(next.tid());
    }

    private Link.ReportsAnswer take(Link.Reports batch) {
        synchronized (lock) {
            reportCalls++;
            for (var report : batch.reports()) {
                if (report.stage() == Report.Stage.APPLIED && report.digest().equals(desired.get(report.tid()))) {
                    applied++;
                    underWay.remove(report.tid());
                } else {
                    other(report);
                }
            }
            batch.deliveries().stream().filter(it -> !it.published()).forEach(this::other);
            batch.births().forEach(this::birth);
            lock.notifyAll();
            return new Link.ReportsAnswer(List.of());
        }
    }

    private void birth(Birth birth) {
        var wanted = desired.get(birth.tid());
        if (wanted == null || wanted.equals(birth.digest())) {
            born.add(birth.tid());
        } else {
            other(birth);
        }
    }

    private void other(Object what) {
        if (++other <= 5) {
            System.out.println("  not what was wanted: " + what);
        }
    }

    private static Link.AdmissionsAnswer admissions(Link.Admissions asked) {
        return new Link.AdmissionsAnswer(asked.credentials().stream()
                .map(it -> new Link.CredentialAnswer(token(it.tid()).equals(it.token())))
                .toList());
    }

    private static String token(String tid) {
        return "token-of-" + tid;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
