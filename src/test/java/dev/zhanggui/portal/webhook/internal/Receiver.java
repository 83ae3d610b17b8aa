package dev.zhanggui.portal.webhook.internal;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A merchant's own server: takes webhooks on loopback and checks their signatures with the library that merchants use. */
final class Receiver implements AutoCloseable {

    /** What it answers. */
    record Reply(int status, Map<String, String> headers, String body) {

        static Reply of(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    record Taken(String id, long timestamp, String signature, String type, String host, String body) {

        boolean isSignedWith(String secret) {
            try {
                return Arrays.asList(signature.split(" ")).contains(new Webhook(secret).sign(id, timestamp, body));
            } catch (WebhookSigningException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<String> ids = new CopyOnWriteArrayList<>();
    private volatile Function<Taken, Reply> reply = it -> Reply.of(204);

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    void answer(int status) {
        answer(it -> Reply.of(status));
    }

    void answer(Function<Taken, Reply> how) {
        reply = how;
    }

    /** The next one, waited for. */
    Taken next() throws InterruptedException {
        var it = taken.poll(20, TimeUnit.SECONDS);
        if (it == null) {
            throw new AssertionError("nothing came");
        }
        return it;
    }

    /** Ids of all that came, as they came. */
    CopyOnWriteArrayList<String> ids() {
        return ids;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var it = new Taken(
                String.valueOf(headers.getFirst("webhook-id")),
                Long.parseLong(headers.getFirst("webhook-timestamp")),
                String.valueOf(headers.getFirst("webhook-signature")),
                String.valueOf(headers.getFirst("Content-Type")),
                String.valueOf(headers.getFirst("Host")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        ids.add(it.id());
        taken.add(it);
        var answer = reply.apply(it);
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
