package dev.zhanggui.bridge;

import dev.zhanggui.bridge.broker.BrokerFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** {@code java -jar device-bridge.jar}; configuration by environment, see {@code application.yaml}. */
@SpringBootApplication
public class BridgeApplication {

    /** Exit code when the environment must be put right before a start can succeed. */
    static final int CANNOT_START = 69;

    public static void main(String[] args) {
        Optional<String> problem = problem(System.getenv());
        if (problem.isPresent()) {
            System.err.println("device-bridge: " + problem.get());
            System.exit(CANNOT_START);
        }
        try {
            SpringApplication.run(BridgeApplication.class, args);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BrokerFailedException) {
                    System.err.println("device-bridge: " + cause.getMessage());
                    System.exit(CANNOT_START);
                }
            }
            throw e;
        }
    }

    /** What would keep the bridge from starting, in one sentence that says what to do. */
    static Optional<String> problem(Map<String, String> environment) {
        if (environment.getOrDefault("ZHANGGUI_BRIDGE_TOKEN", "").isBlank()) {
            return Optional.of("ZHANGGUI_BRIDGE_TOKEN is not set; give it the same value as the portal's");
        }
        boolean external = Boolean.parseBoolean(environment.getOrDefault("ZHANGGUI_MQTT_EXTERNAL", "false"));
        return port(environment, "ZHANGGUI_BRIDGE_PORT", "8070", "ZHANGGUI_BRIDGE_BIND")
                .or(() -> external
                        ? Optional.empty()
                        : port(environment, "ZHANGGUI_MQTT_PORT", "1883", "ZHANGGUI_MQTT_BIND")
                                .or(() -> port(environment, "ZHANGGUI_MQTT_TLS_PORT", "0", "ZHANGGUI_MQTT_BIND")));
    }

    private static Optional<String> port(
            Map<String, String> environment, String portName, String portDefault, String bindName) {
        String port = environment.getOrDefault(portName, portDefault);
        String bind = environment.getOrDefault(bindName, "127.0.0.1");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), Integer.parseInt(port)));
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of(portName + "=" + port + " is not a port number");
        } catch (IOException e) {
            return Optional.of("port " + port + " on " + bind + " cannot be used (" + e.getMessage()
                    + "); end the other program or set " + portName);
        }
    }
}
