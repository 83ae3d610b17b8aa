package dev.zhanggui.portal.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.zhanggui.portal.webhook.Attempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {

    private static final Instant AT = Instant.parse("2026-03-16T02:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(15);

    private final Receiver receiver = new Receiver();
    private final HttpSender sender =
            new HttpSender(new AddressGuard(true, InetAddress::getAllByName), LONG, Slots.ALL);

    @AfterEach
    void close() throws IOException {
        receiver.close();
        sender.close();
    }

    @Test
    void it_posts_the_message_and_tells_what_came_back() throws InterruptedException {
        receiver.answer(
                it -> new Receiver.Reply(202, Map.of("Content-Type", "text/plain; charset=utf-8"), "收到\u0000了\n"));

        assertThat(sender.send(message(receiver.url()))).isEqualTo(new Sender.Answer.Said(202, "收到了", null));

        var taken = receiver.next();
        assertThat(taken.id()).isEqualTo("01KID");
        assertThat(taken.timestamp()).isEqualTo(AT.getEpochSecond());
        assertThat(taken.signature()).isEqualTo("v1,abc");
        assertThat(taken.type()).startsWith("application/json");
        assertThat(taken.body()).isEqualTo("{\"type\":\"ping\",\"words\":\"好\"}");
    }

    @Test
    void it_keeps_the_first_kilobyte_of_a_long_answer_and_does_not_wait_for_the_rest() {
        receiver.answer(it -> new Receiver.Reply(500, Map.of(), "长".repeat(500_000)));
        var said = (Sender.Answer.Said) sender.send(message(receiver.url()));
        // 1,024 bytes end within a character of three.
        assertThat(said).isEqualTo(new Sender.Answer.Said(500, "长".repeat(341), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void it_follows_no_redirect(int status) {
        try (var inside = new Receiver()) {
            receiver.answer(it -> new Receiver.Reply(status, Map.of("Location", inside.url()), ""));
            assertThat(sender.send(message(receiver.url()))).isEqualTo(new Sender.Answer.Said(status, null, null));
            assertThat(inside.ids()).isEmpty();
        }
    }

    @Test
    void it_reads_when_to_come_back_where_that_is_meant() {
        receiver.answer(it -> new Receiver.Reply(429, Map.of("Retry-After", "120"), ""));
        assertThat(sender.send(message(receiver.url())))
                .isEqualTo(new Sender.Answer.Said(429, null, Duration.ofMinutes(2)));
        receiver.answer(it -> new Receiver.Reply(503, Map.of("Retry-After", "Mon, 16 Mar 2026 03:00:00 GMT"), ""));
        assertThat(sender.send(message(receiver.url())))
                .isEqualTo(new Sender.Answer.Said(503, null, Duration.ofHours(1)));
        receiver.answer(it -> new Receiver.Reply(503, Map.of("Retry-After", "soon"), ""));
        assertThat(sender.send(message(receiver.url()))).isEqualTo(new Sender.Answer.Said(503, null, null));
        receiver.answer(it -> new Receiver.Reply(500, Map.of("Retry-After", "120"), ""));
        assertThat(sender.send(message(receiver.url()))).isEqualTo(new Sender.Answer.Said(500, null, null));
    }

    @Test
    void it_does_not_wait_for_ever() throws IOException {
        var release = new CountDownLatch(1);
        receiver.answer(it -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Receiver.Reply.of(204);
        });
        try (var hasty = new HttpSender(new AddressGuard(true, InetAddress::getAllByName), Duration.ofMillis(300), 1)) {
            assertThat(hasty.send(message(receiver.url())))
                    .isEqualTo(new Sender.Answer.Nothing(Attempt.Error.TOO_SLOW));
        } finally {
            release.countDown();
        }
    }

    @Test
    void it_tells_why_nobody_answered() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(sender.send(message("http://127.0.0.1:" + closed + "/")))
                .isEqualTo(new Sender.Answer.Nothing(Attempt.Error.NOT_REACHED));
        try (var nameless = sender(host -> {
            throw new UnknownHostException(host);
        })) {
            assertThat(nameless.send(message("https://hook.example/")))
                    .isEqualTo(new Sender.Answer.Nothing(Attempt.Error.NAME_UNKNOWN));
        }
    }

    /** The guard's own verdicts are in {@link AddressGuardTest}: here, that the client asks it for names and for addresses. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "127.1", "2130706433"})
    void it_sends_nothing_to_the_machine_itself_unless_it_may(String host) throws IOException {
        try (var strict = new HttpSender(new AddressGuard(false, InetAddress::getAllByName), LONG, 1)) {
            assertThat(strict.send(message("http://" + host + ":" + receiver.port() + "/")))
                    .isEqualTo(new Sender.Answer.Nothing(Attempt.Error.ADDRESS_PRIVATE));
        }
        assertThat(receiver.ids()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "fd00::8", "192.168.0.1"})
    void a_name_that_leads_inside_is_refused(String address) throws IOException {
        try (var named = sender(host -> new InetAddress[] {InetAddress.ofLiteral(address)})) {
            assertThat(named.send(message("http://hook.example/")))
                    .isEqualTo(new Sender.Answer.Nothing(Attempt.Error.ADDRESS_PRIVATE));
        }
    }

    /** A name server that says one thing to the judge and another to the client finds that nobody asks twice. */
    @Test
    void the_address_that_was_judged_is_the_one_connected_to() throws IOException, InterruptedException {
        var asked = new AtomicInteger();
        try (var named = sender(host -> asked.getAndIncrement() == 0
                ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                : new InetAddress[] {InetAddress.ofLiteral("10.0.0.1")})) {
            assertThat(named.send(message("http://hook.example:" + receiver.port() + "/")))
                    .isEqualTo(new Sender.Answer.Said(204, null, null));
        }
        assertThat(receiver.next().host()).isEqualTo("hook.example:" + receiver.port());
        assertThat(asked).hasValue(1);
    }

    @Test
    void it_does_not_talk_to_a_host_that_nobody_vouches_for(@TempDir Path dir)
            throws IOException, GeneralSecurityException, InterruptedException {
        var store = dir.resolve("self.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "secret".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        var heard = new AtomicInteger();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(sender.send(
                            message("https://127.0.0.1:" + server.getAddress().getPort() + "/")))
                    .isEqualTo(new Sender.Answer.Nothing(Attempt.Error.TLS_FAILED));
            assertThat(heard).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static HttpSender sender(AddressGuard.Names names) {
        return new HttpSender(new AddressGuard(true, names), LONG, 1);
    }

    private static Sender.Message message(String url) {
        return new Sender.Message(URI.create(url), "01KID", AT, "v1,abc", "{\"type\":\"ping\",\"words\":\"好\"}");
    }
}
