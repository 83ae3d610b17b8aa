package dev.zhanggui.terminal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhanggui.terminal.TerminalView.Defects;
import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.trust.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The page with all screens, live, and the kit's small HTTP interface.
 *
 * <pre>
 * GET  /                              the page; ?lang=en
 * GET  /api/terminals                 all of them
 * POST /api/terminals                 {serial, deviceClass}: powers one on
 * GET  /api/terminals/{serial}
 * GET  /api/terminals/{serial}/journal
 * POST /api/terminals/{serial}/faults {network?, tamper?, clockYears?, reboot?, poison?, lying?, fullFlash?, slowMillis?}:
 *                                     what is left out stays as it is, an empty poison is none
 * GET  /api/events                    server-sent: all, terminal, event
 * </pre>
 */
public final class ScreensServer implements AutoCloseable {

    private static final int MAX_BODY = 4096;
    private static final int MOST_SLOW_MILLIS = 60_000;
    private static final int WATCHER_BACKLOG = 2000;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final Set<String> FILES = Set.of("index.html", "screens.css", "screens.js", "shapes.js", "icon.svg");

    record PowerOnRequest(@Nullable String serial, @Nullable String deviceClass) {}

    record FaultsRequest(
            @Nullable Boolean network,
            @Nullable Boolean tamper,
            @Nullable Integer clockYears,
            @Nullable Boolean reboot,
            @Nullable String poison,
            @Nullable Boolean lying,
            @Nullable Boolean fullFlash,
            @Nullable Integer slowMillis) {

        Defects defects(Defects now) {
            String text = poison == null ? now.poison() : poison;
            return new Defects(
                    text == null || text.isBlank() ? null : text,
                    lying == null ? now.lying() : lying,
                    fullFlash == null ? now.fullFlash() : fullFlash,
                    slowMillis == null ? now.slowMillis() : Math.clamp(slowMillis.longValue(), 0, MOST_SLOW_MILLIS));
        }
    }

    record Problem(int status, String title, String detail) {}

    /** @param portal where a visitor changes what the screens show */
    record All(
            List<TerminalView> terminals,
            List<Event> events,
            @Nullable URI portal) {}

    private final Fleet fleet;
    private final @Nullable URI portal;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param portal address of the portal for the page's link, if known
     * @throws IOException when the address cannot be used
     */
    public ScreensServer(Fleet fleet, InetSocketAddress address, @Nullable URI portal) throws IOException {
        this.fleet = fleet;
        this.portal = portal;
        this.server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    public void start() {
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod()) {
                case "GET" -> get(exchange, path);
                case "POST" -> post(exchange, path);
                default -> problem(exchange, 405, "Method not allowed", "GET or POST");
            }
        }
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/" -> file(exchange, "index.html");
            case "/api/terminals" -> json(exchange, 200, fleet.views());
            case "/api/events" -> stream(exchange);
            default -> {
                if (!path.startsWith("/api/")) {
                    file(exchange, path.substring(1));
                    return;
                }
                String[] parts = path.split("/");
                boolean journal = parts.length == 5 && parts[4].equals("journal");
                if (!(parts.length == 4 || journal) || !parts[2].equals("terminals")) {
                    problem(exchange, 404, "Not found", "No such address");
                } else if (journal) {
                    Optional<List<String>> lines = fleet.journal(parts[3]);
                    if (lines.isPresent()) {
                        String body = lines.get().isEmpty() ? "" : String.join("\n", lines.get()) + "\n";
                        answer(exchange, 200, "application/x-ndjson", body.getBytes(StandardCharsets.UTF_8));
                    } else {
                        unknown(exchange, parts[3]);
                    }
                } else {
                    Optional<TerminalView> view = fleet.view(parts[3]);
                    if (view.isPresent()) {
                        json(exchange, 200, view.get());
                    } else {
                        unknown(exchange, parts[3]);
                    }
                }
            }
        }
    }

    private void post(HttpExchange exchange, String path) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            // A page of another site cannot send this type without asking first.
            problem(exchange, 415, "Unsupported media type", "Send application/json");
            return;
        }
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MAX_BODY);
        }
        try {
            String[] parts = path.split("/");
            if (path.equals("/api/terminals")) {
                powerOn(exchange, StrictJson.read(body, PowerOnRequest.class));
            } else if (parts.length == 5 && parts[2].equals("terminals") && parts[4].equals("faults")) {
                faults(exchange, parts[3], StrictJson.read(body, FaultsRequest.class));
            } else {
                problem(exchange, 404, "Not found", "No such address");
            }
        } catch (JacksonException e) {
            problem(exchange, 400, "Bad request", "The body is not the JSON that this address expects");
        }
    }

    private void powerOn(HttpExchange exchange, PowerOnRequest request) throws IOException {
        String serial = request.serial() == null ? "" : request.serial().strip();
        String deviceClass = request.deviceClass() == null ? "" : request.deviceClass();
        switch (fleet.powerOn(serial, deviceClass)) {
            case Fleet.PowerOn.On(TerminalView view) -> json(exchange, 201, view);
            case Fleet.PowerOn.BadSerial bad ->
                problem(exchange, 422, "Bad serial number", "3 to 40 letters, digits, dots or dashes");
            case Fleet.PowerOn.UnknownClass(String name) ->
                problem(exchange, 422, "Unknown device class", "There is no class " + name);
            case Fleet.PowerOn.OtherClass(String known, String isA) ->
                problem(exchange, 409, "Another device", known + " is a " + isA);
        }
    }

    private void faults(HttpExchange exchange, String serial, FaultsRequest request) throws IOException {
        Optional<TerminalView> view = fleet.view(serial);
        if (view.isEmpty()) {
            unknown(exchange, serial);
            return;
        }
        Faults now = view.get().faults();
        Faults wanted = new Faults(
                request.network() == null ? now.network() : request.network(),
                request.tamper() == null ? now.tamper() : request.tamper(),
                request.clockYears() == null
                        ? now.clockYears()
                        : Math.clamp(request.clockYears().longValue(), -50, 50),
                request.defects(now.defects()));
        if (!wanted.equals(now)) {
            fleet.setFaults(serial, wanted);
        }
        if (Boolean.TRUE.equals(request.reboot())) {
            fleet.reboot(serial);
        }
        json(exchange, 202, wanted);
    }

    private void stream(HttpExchange exchange) throws IOException {
        BlockingQueue<String> waiting = new LinkedBlockingQueue<>(WATCHER_BACKLOG);
        Fleet.Watcher watcher = new Fleet.Watcher() {
            @Override
            public void changed(TerminalView view) {
                offer("terminal", view);
            }

            @Override
            public void happened(Event event) {
                offer("event", event);
            }

            private void offer(String name, Object data) {
                // A visitor too slow to follow gets the whole picture again when the browser reconnects.
                if (!waiting.offer(message(name, data))) {
                    fleet.unwatch(this);
                }
            }
        };
        fleet.watch(watcher);
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            write(out, message("all", new All(fleet.views(), fleet.events(), portal)));
            while (true) {
                String next = waiting.poll(10, TimeUnit.SECONDS);
                write(out, next == null ? ": still here\n\n" : next);
                if (waiting.remainingCapacity() == 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The visitor has left.
        } finally {
            fleet.unwatch(watcher);
        }
    }

    private static String message(String name, Object data) {
        return "event: " + name + "\ndata: " + StrictJson.MAPPER.writeValueAsString(data) + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        if (!FILES.contains(name)) {
            problem(exchange, 404, "Not found", "No such page");
            return;
        }
        try (InputStream in = ScreensServer.class.getResourceAsStream("/screens/" + name)) {
            if (in == null) {
                problem(exchange, 404, "Not found", "No such page");
                return;
            }
            exchange.getResponseHeaders()
                    .set(
                            "Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            answer(
                    exchange,
                    200,
                    TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"),
                    in.readAllBytes());
        }
    }

    private static void unknown(HttpExchange exchange, String serial) throws IOException {
        problem(exchange, 404, "Unknown terminal", "No terminal here has the serial number " + serial);
    }

    private static void problem(HttpExchange exchange, int status, String title, String detail) throws IOException {
        answer(
                exchange,
                status,
                "application/problem+json",
                StrictJson.MAPPER.writeValueAsBytes(new Problem(status, title, detail)));
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        answer(exchange, status, "application/json", StrictJson.MAPPER.writeValueAsBytes(body));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
