package dev.zhanggui.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Provision;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The portal as a terminal out of the box meets it: {@code /provision/v1/announce}, {@code …/poll}, {@code …/time}. */
final class LabPortal implements AutoCloseable {

    /** How long a terminal shall wait from an answer to its next poll. */
    static final Duration POLL_AFTER = Duration.ofMillis(1500);

    private static final Duration CODE_LIFE = Duration.ofMinutes(15);
    private static final int MOST_BYTES = 16 * 1024;
    private static final String PATH = "/provision/v1/";

    /**
     * @param call {@code announce}, {@code poll} or {@code time}
     * @param request null for time, and for what could not be read
     * @param genuine whether its signature fits
     * @param answered false when the line was cut instead
     */
    record Call(String call, long nanos, Provision.@Nullable Request request, boolean genuine, boolean answered) {}

    record Time(Instant at) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final History<Call> calls = new History<>();
    private final Clock clock;
    private final String code;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile Provision.@Nullable Activation activation;

    /**
     * @param address port 0: any free one
     * @param code that the terminal shall show
     */
    LabPortal(InetSocketAddress address, Clock clock, String code) throws IOException {
        this.clock = clock;
        this.code = code;
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext(PATH, this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String code() {
        return code;
    }

    History<Call> calls() {
        return calls;
    }

    boolean isActivated() {
        return activation != null;
    }

    /**
     * What the merchant does who types the code.
     *
     * @param lostAnswers how many answers that say so get lost
     */
    void activate(Provision.Activation given, int lostAnswers) {
        cuts.set(lostAnswers);
        activation = given;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call = exchange.getRequestURI().getPath().substring(PATH.length());
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
            switch (call) {
                case "time" -> {
                    calls.add(new Call(call, System.nanoTime(), null, true, true));
                    answer(exchange, new Time(clock.instant()));
                }
                case Provision.Request.ANNOUNCE, Provision.Request.POLL -> provision(exchange, call, body);
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void provision(HttpExchange exchange, String call, byte[] body) throws IOException {
        Provision.Request request;
        try {
            request = StrictJson.read(body, Provision.Request.class);
        } catch (JacksonException e) {
            calls.add(new Call(call, System.nanoTime(), null, false, true));
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        Provision.Activation given = activation;
        boolean cut = given != null && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        calls.add(new Call(call, System.nanoTime(), request, genuine(call, request), !cut));
        if (cut) {
            return; // closing without an answer
        }
        answer(
                exchange,
                given == null
                        ? new Provision.Answer(
                                Provision.State.WAITING,
                                code,
                                clock.instant().plus(CODE_LIFE),
                                POLL_AFTER.toMillis(),
                                null,
                                null)
                        : new Provision.Answer(
                                Provision.State.ACTIVATED, null, null, POLL_AFTER.toMillis(), given, null));
    }

    private static void answer(HttpExchange exchange, Object answer) throws IOException {
        byte[] bytes = StrictJson.MAPPER.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static boolean genuine(String call, Provision.Request request) {
        try {
            Ed25519Signer check = new Ed25519Signer();
            check.init(
                    false, new Ed25519PublicKeyParameters(Base64.getUrlDecoder().decode(request.publicKey())));
            byte[] input = request.signingInput(call).getBytes(StandardCharsets.UTF_8);
            check.update(input, 0, input.length);
            return check.verifySignature(Base64.getUrlDecoder().decode(request.signature()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
