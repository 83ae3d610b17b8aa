package dev.zhanggui.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A foreign broker, and foreign clients, as they come from Debian. They must be installed; without them the test fails. */
public final class Mosquitto implements AutoCloseable {

    public static final String BRIDGE_USER = "bridge";
    public static final String BRIDGE_PASSWORD = "password-of-the-bridge";

    /** As docs/operations/production.md says. */
    private static final String RIGHTS = """
            user bridge
            topic write zg/1/+/+/m
            topic write zg/1/+/+/a
            topic read zg/1/+/+/s
            topic read zg/1/+/+/q
            topic read zg/1/+/+/p

            pattern read zg/1/+/%u/m
            pattern read zg/1/+/%u/a
            pattern write zg/1/+/%u/s
            pattern write zg/1/+/%u/q
            pattern write zg/1/+/%u/p
            """;

    /** How a client ended, and what it said. */
    public record Ended(int code, String output) {}

    private final Process broker;
    private final int port;

    /** @param terminals password by user name */
    public Mosquitto(Path folder, int port, Map<String, String> terminals) throws IOException, InterruptedException {
        this.port = port;
        List<String> accounts = new ArrayList<>(List.of(BRIDGE_USER + ":" + BRIDGE_PASSWORD));
        terminals.forEach((user, password) -> accounts.add(user + ":" + password));
        Path passwords = Files.write(folder.resolve("passwords"), accounts);
        Ended hashed = end(start("mosquitto_passwd", "-U", passwords.toString()));
        if (hashed.code() != 0) {
            throw new IOException("mosquitto_passwd: " + hashed.output());
        }
        Path rights = Files.writeString(folder.resolve("rights"), RIGHTS);
        Path configuration = Files.write(
                folder.resolve("mosquitto.conf"),
                List.of(
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous false",
                        "password_file " + passwords,
                        "acl_file " + rights,
                        "max_packet_size 131072",
                        "persistence false",
                        "log_dest stdout",
                        "user " + System.getProperty("user.name")));
        Path log = folder.resolve("log");
        broker = start(new ProcessBuilder(command(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        Awaitility.await("mosquitto on port " + port)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!broker.isAlive()) {
                        throw new IllegalStateException("mosquitto has ended: " + Files.readString(log));
                    }
                    return answers();
                });
    }

    /** {@code mosquitto_pub} as this user, at least once. */
    public Ended publish(String user, String password, String topic, String message)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command("mosquitto_pub", user, password));
        command.addAll(List.of("-i", user + "-pub", "-t", topic, "-q", "1", "-m", message));
        return end(start(command.toArray(String[]::new)));
    }

    /** {@code mosquitto_sub} for one message, line by line; a line says when it is subscribed. */
    public Process subscribe(String user, String password, String... topics) throws IOException {
        List<String> command = new ArrayList<>(List.of("stdbuf", "-oL"));
        command.addAll(command("mosquitto_sub", user, password));
        command.addAll(List.of("-i", user, "-q", "1", "-C", "1", "-W", "20", "-d"));
        for (String topic : topics) {
            command.addAll(List.of("-t", topic));
        }
        return start(command.toArray(String[]::new));
    }

    /** A client with a certificate in place of a password, at a broker that need not be this one. */
    public static Process withCertificate(
            String program, Authority.Pem files, String host, int port, String tid, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("stdbuf", "-oL", program));
        command.addAll(List.of("-h", host, "-p", Integer.toString(port), "-i", tid, "-u", tid, "-q", "1", "-d"));
        command.addAll(List.of("--cafile", files.authority().toString()));
        command.addAll(List.of(
                "--cert", files.certificate().toString(), "--key", files.key().toString()));
        command.addAll(List.of(more));
        return start(command.toArray(String[]::new));
    }

    public static Ended end(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private List<String> command(String program, String user, String password) {
        return List.of(program, "-h", "127.0.0.1", "-p", Integer.toString(port), "-u", user, "-P", password);
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Debian puts it where only the administrator looks. */
    private static String command() {
        return Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";
    }

    private static Process start(String... command) throws IOException {
        return start(new ProcessBuilder(command).redirectErrorStream(true));
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "This test needs " + builder.command().getFirst()
                            + " (Debian: apt-get install mosquitto mosquitto-clients)",
                    e);
        }
    }

    @Override
    public void close() {
        broker.destroy();
        try {
            broker.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
