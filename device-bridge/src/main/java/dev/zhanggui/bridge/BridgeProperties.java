package dev.zhanggui.bridge;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param name stable name of this bridge
 * @param portalUrl base address of the portal
 * @param token bearer token of the link to the portal
 * @param mqtt where terminals connect
 * @param rememberCredentials how long after the last word of the portal terminals are let in by memory; at most a day, because the
 *     portal tells of the withdrawals of a day and no more
 */
@ConfigurationProperties("zhanggui.bridge")
public record BridgeProperties(String name, URI portalUrl, String token, Mqtt mqtt, Duration rememberCredentials) {

    private static final Duration MOST_REMEMBERED = Duration.ofDays(1);

    /** A name or an IPv4 address, and a port. */
    private static final Pattern NODE = Pattern.compile("([A-Za-z0-9.-]+):([0-9]{1,5})");

    public BridgeProperties {
        if (rememberCredentials.isNegative() || rememberCredentials.compareTo(MOST_REMEMBERED) > 0) {
            throw new IllegalArgumentException(
                    "ZHANGGUI_REMEMBER_CREDENTIALS is between 0 and 24h; it is " + rememberCredentials);
        }
    }

    /**
     * @param bind address the embedded broker listens on
     * @param port of the embedded broker, or of the external one
     * @param tlsPort of the embedded broker's TLS listener; 0 for none, and an external broker has none that this bridge knows of
     * @param folder where the key and the certificate of that listener are kept
     * @param host the name under which terminals reach the broker
     * @param external whether to use a broker that runs elsewhere, at {@code host} and {@code port}
     * @param user for the external broker
     * @param password for the external broker
     * @param servers the nodes of an external cluster as this bridge reaches them, {@code host:port,host:port}; blank for
     *     {@code host} and {@code port}
     * @param keepSession whether an external broker keeps what terminals say while this bridge is away
     */
    public record Mqtt(
            String bind,
            int port,
            int tlsPort,
            Path folder,
            String host,
            boolean external,
            String user,
            String password,
            String servers,
            boolean keepSession) {

        /** Throws {@link IllegalArgumentException} with a sentence for the operator. */
        public List<InetSocketAddress> nodes() {
            return servers.isBlank()
                    ? List.of(InetSocketAddress.createUnresolved(host, port))
                    : Arrays.stream(servers.split(",")).map(Mqtt::node).toList();
        }

        private static InetSocketAddress node(String text) {
            Matcher parts = NODE.matcher(text.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        "ZHANGGUI_MQTT_SERVERS names the nodes of the broker as host:port,host:port; \"" + text
                                + "\" is none");
            }
            return InetSocketAddress.createUnresolved(parts.group(1), Integer.parseInt(parts.group(2)));
        }
    }
}
