package dev.zhanggui.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Three RabbitMQ nodes that are one broker, on loopback, as they come from Debian. They must be installed; without them the test fails.
 * Accounts and rights are those that {@code docs/operations/production.md} asks for.
 */
public final class RabbitCluster implements AutoCloseable {

    public static final String BRIDGE_USER = "bridge";
    public static final String BRIDGE_PASSWORD = "password-of-the-bridge";

    private static final Path HOME = Path.of("/usr/lib/rabbitmq/lib");
    private static final int NODES = 3;
    private static final Duration START = Duration.ofSeconds(120);

    private final Path folder;
    private final int names = freePort();
    private final List<Node> nodes = new ArrayList<>();

    private static final class Node {
        private final String name;
        private final int mqtt = freePort();
        private final int cluster = freePort();
        private @Nullable Process process;

        private Node(String name) {
            this.name = name;
        }
    }

    /** @param terminals password by user name */
    public RabbitCluster(Path folder, Map<String, String> terminals) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("definitions.json"), definitions(terminals));
        Files.writeString(folder.resolve("enabled"), "[rabbitmq_mqtt].\n");
        for (int i = 1; i <= NODES; i++) {
            nodes.add(new Node("zgtest" + i + "@localhost"));
        }
        // One at a time: nodes that found a cluster together may end up with two.
        try {
            for (int i = 0; i < NODES; i++) {
                start(i);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param node 0 to 2 */
    public InetSocketAddress address(int node) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), nodes.get(node).mqtt);
    }

    /** For the bridge: {@code host:port,host:port,host:port}. */
    public String servers() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.mqtt).collect(Collectors.joining(","));
    }

    /** As if its machine had lost power. */
    public void kill(int node) {
        end(nodes.get(node));
    }

    /** Comes back with what it had on disk, and joins the others. Returns when it answers. */
    public void start(int index) throws IOException {
        Node node = nodes.get(index);
        Path own = Files.createDirectories(folder.resolve(node.name));
        Path configuration = Files.writeString(own.resolve("rabbitmq.conf"), configuration(node));
        ProcessBuilder builder = new ProcessBuilder(program().toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(own.resolve("log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("HOME", folder.toString());
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("ERL_EPMD_PORT", Integer.toString(names));
        environment.put("ERL_MAX_PORTS", "4096");
        environment.put("RABBITMQ_NODENAME", node.name);
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(node.cluster));
        environment.put("RABBITMQ_CONFIG_FILE", configuration.toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled").toString());
        environment.put("RABBITMQ_MNESIA_BASE", own.resolve("data").toString());
        environment.put("RABBITMQ_LOG_BASE", own.toString());
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}");
        Process process = builder.start();
        node.process = process;
        Awaitility.await("RabbitMQ node " + node.name)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                node.name + " has ended: " + Files.readString(own.resolve("log")));
                    }
                    return answers(node.mqtt);
                });
    }

    private String configuration(Node node) {
        StringBuilder text = new StringBuilder("""
                listeners.tcp = none
                mqtt.listeners.tcp.1 = 127.0.0.1:%d
                mqtt.allow_anonymous = false
                mqtt.durable_queue_type = quorum
                mqtt.prefetch = 200
                loopback_users = none
                log.console = true
                log.console.level = warning
                log.file = false
                load_definitions = %s
                cluster_partition_handling = pause_minority
                cluster_formation.peer_discovery_backend = classic_config
                """.formatted(node.mqtt, folder.resolve("definitions.json")));
        for (int i = 0; i < NODES; i++) {
            text.append("cluster_formation.classic_config.nodes.")
                    .append(i + 1)
                    .append(" = ")
                    .append(nodes.get(i).name)
                    .append('\n');
        }
        return text.toString();
    }

    /** In RabbitMQ's topics a dot stands for a slash. */
    private static String definitions(Map<String, String> terminals) {
        List<String> users = new ArrayList<>();
        List<String> rights = new ArrayList<>();
        List<String> topics = new ArrayList<>();
        users.add(user(BRIDGE_USER, BRIDGE_PASSWORD));
        rights.add(right(BRIDGE_USER));
        topics.add(topic(
                BRIDGE_USER, "^zg\\\\.1\\\\.[^.]+\\\\.[^.]+\\\\.[ma]$", "^zg\\\\.1\\\\.[^.]+\\\\.[^.]+\\\\.[sqp]$"));
        terminals.forEach((name, password) -> {
            users.add(user(name, password));
            rights.add(right(name));
            topics.add(topic(
                    name,
                    "^zg\\\\.1\\\\.[^.]+\\\\.{username}\\\\.[sqp]$",
                    "^zg\\\\.1\\\\.[^.]+\\\\.{username}\\\\.[ma]$"));
        });
        return """
                {"vhosts":[{"name":"/"}],
                 "policies":[{"vhost":"/","name":"sessions","pattern":"^mqtt-subscription-","apply-to":"queues",
                              "definition":{"ha-mode":"exactly","ha-params":2,"ha-sync-mode":"automatic"}}],
                 "users":[%s],"permissions":[%s],"topic_permissions":[%s]}
                """.formatted(String.join(",", users), String.join(",", rights), String.join(",", topics));
    }

    private static String user(String name, String password) {
        return "{\"name\":\"%s\",\"tags\":\"\",\"hashing_algorithm\":\"rabbit_password_hashing_sha256\",\"password_hash\":\"%s\"}"
                .formatted(name, hash(name, password));
    }

    /** Four bytes of salt, and SHA-256 over them and the password. */
    private static String hash(String name, String password) {
        byte[] salt = new byte[] {1, 2, 3, (byte) name.hashCode()};
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            byte[] digest = sha.digest(password.getBytes(StandardCharsets.UTF_8));
            byte[] all = java.util.Arrays.copyOf(salt, salt.length + digest.length);
            System.arraycopy(digest, 0, all, salt.length, digest.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its own subscriptions, and the exchange of all topics, where {@link #topic} says which. */
    private static String right(String user) {
        String own = "^mqtt-subscription-.*";
        String with = "^(mqtt-subscription-.*|amq\\\\.topic)$";
        return "{\"user\":\"%s\",\"vhost\":\"/\",\"configure\":\"%s\",\"write\":\"%s\",\"read\":\"%s\"}"
                .formatted(user, own, with, with);
    }

    private static String topic(String user, String write, String read) {
        return "{\"user\":\"%s\",\"vhost\":\"/\",\"exchange\":\"amq.topic\",\"write\":\"%s\",\"read\":\"%s\"}"
                .formatted(user, write, read);
    }

    private static Path program() throws IOException {
        if (Files.isDirectory(HOME)) {
            try (var versions = Files.list(HOME)) {
                var found = versions.map(version -> version.resolve("sbin").resolve("rabbitmq-server"))
                        .filter(Files::isExecutable)
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new IOException("This test needs RabbitMQ (Debian: apt-get install rabbitmq-server)");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With all that it started, at once. */
    private static void end(Node node) {
        Process process = node.process;
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(it -> it.onExit().join());
    }

    @Override
    public void close() {
        nodes.forEach(RabbitCluster::end);
        // The first node started the daemon that knows the nodes' ports; it outlives them.
        try {
            new ProcessBuilder("epmd", "-port", Integer.toString(names), "-kill")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("epmd.log").toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
