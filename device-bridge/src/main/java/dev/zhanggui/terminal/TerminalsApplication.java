package dev.zhanggui.terminal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Virtual terminals and the page with their screens. Environment: {@code ZHANGGUI_TERMINALS} ({@code serial:CLASS,serial:CLASS}),
 * {@code ZHANGGUI_PROVISION_URL} (the bridge), {@code ZHANGGUI_SCREENS_PORT}, {@code ZHANGGUI_SCREENS_BIND}, {@code ZHANGGUI_DATA},
 * {@code ZHANGGUI_PUBLIC_URL} (the portal, for the page's link), {@code ZHANGGUI_TERMINALS_CERTIFICATES} ({@code no}: all show tokens),
 * {@code ZHANGGUI_TERMINALS_RENEW_AFTER} ({@code PT30S}: a new certificate so long after each connection, to see it happen).
 */
public final class TerminalsApplication implements AutoCloseable {

    private static final int CANNOT_START = 69;

    private final Fleet fleet;
    private final ScreensServer screens;

    /** @throws IOException when the address for the screens cannot be used */
    public TerminalsApplication(
            Path folder, URI provisionUrl, InetSocketAddress screensAddress, @Nullable URI portal, Clock clock)
            throws IOException {
        this(folder, provisionUrl, screensAddress, portal, clock, Kit.SOAK);
    }

    /**
     * @param soak how long a configuration must run before it counts as good
     * @throws IOException when the address for the screens cannot be used
     */
    public TerminalsApplication(
            Path folder,
            URI provisionUrl,
            InetSocketAddress screensAddress,
            @Nullable URI portal,
            Clock clock,
            Duration soak)
            throws IOException {
        this(folder, provisionUrl, screensAddress, portal, clock, soak, CertificateUse.USUAL);
    }

    /**
     * @param soak how long a configuration must run before it counts as good
     * @param certificates what the terminals do about them
     * @throws IOException when the address for the screens cannot be used
     */
    public TerminalsApplication(
            Path folder,
            URI provisionUrl,
            InetSocketAddress screensAddress,
            @Nullable URI portal,
            Clock clock,
            Duration soak,
            CertificateUse certificates)
            throws IOException {
        fleet = new Fleet(Kit.inFolder(folder, provisionUrl, clock, soak, certificates));
        screens = new ScreensServer(fleet, screensAddress, portal);
    }

    public Fleet fleet() {
        return fleet;
    }

    public int port() {
        return screens.port();
    }

    public void start() {
        screens.start();
        fleet.wake();
    }

    @Override
    public void close() {
        fleet.close();
        screens.close();
    }

    public static void main(String[] args) throws InterruptedException {
        // Else a flush of a few bytes waits 40 ms for the reader's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("logback.configurationFile", "logging-terminals.xml");
        Map<String, String> env = System.getenv();
        String port = env.getOrDefault("ZHANGGUI_SCREENS_PORT", "8090");
        String bind = env.getOrDefault("ZHANGGUI_SCREENS_BIND", "127.0.0.1");
        TerminalsApplication application;
        try {
            application = new TerminalsApplication(
                    Path.of(env.getOrDefault("ZHANGGUI_DATA", "data"), "terminals"),
                    URI.create(env.getOrDefault("ZHANGGUI_PROVISION_URL", "http://127.0.0.1:8070")),
                    new InetSocketAddress(InetAddress.getByName(bind), Integer.parseInt(port)),
                    env.containsKey("ZHANGGUI_PUBLIC_URL") ? URI.create(env.get("ZHANGGUI_PUBLIC_URL")) : null,
                    Clock.systemUTC(),
                    Kit.SOAK,
                    certificates(env));
        } catch (DateTimeParseException e) {
            stop("ZHANGGUI_TERMINALS_RENEW_AFTER=" + env.get("ZHANGGUI_TERMINALS_RENEW_AFTER")
                    + " is not a time such as PT30S");
            return;
        } catch (NumberFormatException e) {
            stop("ZHANGGUI_SCREENS_PORT=" + port + " is not a port number");
            return;
        } catch (IOException e) {
            stop("port " + port + " on " + bind + " cannot be used (" + e.getMessage()
                    + "); end the other program or set ZHANGGUI_SCREENS_PORT");
            return;
        }
        application.start();
        for (String entry : env.getOrDefault("ZHANGGUI_TERMINALS", "").split(",")) {
            String[] parts = entry.strip().split(":", 2);
            if (parts.length == 2 && !(application.fleet().powerOn(parts[0], parts[1]) instanceof Fleet.PowerOn.On)) {
                System.err.println(
                        "terminals: ZHANGGUI_TERMINALS names " + entry.strip() + ", which cannot be powered on");
            }
        }
        System.out.println("terminals: screens on http://" + bind + ":" + application.port());
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            application.close();
            end.countDown();
        }));
        end.await();
    }

    /** @throws DateTimeParseException when the time is none */
    private static CertificateUse certificates(Map<String, String> env) {
        String after = env.getOrDefault("ZHANGGUI_TERMINALS_RENEW_AFTER", "");
        return env.getOrDefault("ZHANGGUI_TERMINALS_CERTIFICATES", "yes").equals("no")
                ? CertificateUse.NONE
                : new CertificateUse(true, after.isBlank() ? null : Duration.parse(after));
    }

    private static void stop(String problem) {
        System.err.println("terminals: " + problem);
        System.exit(CANNOT_START);
    }
}
