package dev.zhanggui.nemesis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.VerificationKey;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A {@link ModelPortal} behind the link, for a real bridge. It can break as a server does, before or after the commit. */
public final class ModelPortalServer implements AutoCloseable {

    /** What becomes of a call. */
    public enum Mood {
        WELL,
        /** 503, and nothing was done. */
        AWAY,
        /** Done and committed, and the answer is lost. */
        ANSWER_LOST,
        /** Done twice, as when a load balancer repeats a call. */
        TWICE
    }

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Object wake = new Object();
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Provision.Activation> activations = new ConcurrentHashMap<>();
    private volatile ModelPortal portal;
    private volatile Mood mood = Mood.WELL;
    private volatile boolean later;
    private volatile boolean closed;

    public ModelPortalServer(ModelPortal portal, Clock clock) throws IOException {
        this.portal = portal;
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(Link.PATH, this::exchange);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The bridge goes on with another portal, which knows other terminals. */
    public void serve(ModelPortal other) {
        portal = other;
        wakeUp();
    }

    public void mood(Mood now) {
        mood = now;
        wakeUp();
    }

    /** Whether answers carry a field of a later version. */
    public void speakLater(boolean now) {
        later = now;
    }

    /** Something became due. */
    public void wakeUp() {
        synchronized (wake) {
            wake.notifyAll();
        }
    }

    /** The same object, with a field that nobody knows. */
    static String withLater(String json) {
        return "{\"later\":{\"much\":[1]}" + (json.equals("{}") ? "" : ",") + json.substring(1);
    }

    public static String token(String tid) {
        return "token-of-" + tid;
    }

    /** What a terminal keeps after it was activated, with a broker at this port. */
    public Provision.Activation activate(String serial, String tid, int mqttPort, List<VerificationKey> keys) {
        Provision.Activation given =
                new Provision.Activation(tid, "127.0.0.1", mqttPort, token(tid), keys, clock.instant());
        activations.put(serial, given);
        return given;
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + FakePortal.TOKEN)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            Mood now = mood;
            if (now == Mood.AWAY) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String call = exchange.getRequestURI().getPath().substring(Link.PATH.length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            Object answer = answer(call, body);
            if (now == Mood.TWICE) {
                answer = answer(call, body);
            }
            if (mood == Mood.ANSWER_LOST) {
                return; // closed without a word
            }
            String json = StrictJson.MAPPER.writeValueAsString(answer);
            byte[] bytes = (later ? withLater(json) : json).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Object answer(String call, byte[] body) throws InterruptedException {
        return switch (call) {
            case "hello" -> new Link.HelloAnswer(clock.instant(), Wire.VERSION);
            case "work" -> work(StrictJson.MAPPER.readValue(body, Link.WorkRequest.class));
            case "reports" ->
                new Link.ReportsAnswer(
                        portal.take(StrictJson.MAPPER.readValue(body, Link.Reports.class), null, Map.of()));
            case "documents" -> portal.documents(StrictJson.MAPPER.readValue(body, Link.DocumentsRequest.class));
            case "credentials" -> credential(StrictJson.MAPPER.readValue(body, Link.Credential.class));
            case "admissions" ->
                new Link.AdmissionsAnswer(
                        StrictJson.MAPPER.readValue(body, Link.Admissions.class).credentials().stream()
                                .map(this::credential)
                                .toList());
            default -> provision(StrictJson.MAPPER.readValue(body, Provision.Request.class));
        };
    }

    private Link.CredentialAnswer credential(Link.Credential credential) {
        return new Link.CredentialAnswer(token(credential.tid()).equals(credential.token())
                && portal.terminals().contains(credential.tid()));
    }

    /** Terminals of these runs are activated before they are switched on, and told the same again if they ask. */
    private Provision.Answer provision(Provision.Request request) {
        Provision.Activation given = activations.get(request.serial());
        return given == null
                ? new Provision.Answer(
                        Provision.State.REFUSED, null, null, 1_000, null, Provision.Refusal.UNKNOWN_SERIAL)
                : new Provision.Answer(Provision.State.ACTIVATED, null, null, 1_000, given, null);
    }

    private Link.WorkAnswer work(Link.WorkRequest request) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(request.waitMillis()).toNanos();
        synchronized (wake) {
            while (true) {
                List<Link.WorkItem> items = portal.work(request.bridge(), null, request.max());
                long left = end - System.nanoTime();
                if (!items.isEmpty() || left <= 0 || closed || mood != Mood.WELL) {
                    return new Link.WorkAnswer(items, List.of());
                }
                wake.wait(Math.max(1, Math.min(LOOK.toMillis(), left / 1_000_000)));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        wakeUp();
        server.stop(0);
        threads.shutdownNow();
    }
}
