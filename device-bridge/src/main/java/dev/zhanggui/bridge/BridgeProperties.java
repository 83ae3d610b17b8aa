package dev.zhanggui.bridge;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param name stable name of this bridge
 * @param portalUrl base address of the portal
 * @param token bearer token of the link to the portal
 * @param mqtt where terminals connect
 */
@ConfigurationProperties("zhanggui.bridge")
public record BridgeProperties(String name, URI portalUrl, String token, Mqtt mqtt) {

    /**
     * @param bind address the embedded broker listens on
     * @param port of the embedded broker, or of the external one
     * @param host the name under which terminals reach the broker
     * @param external whether to use a broker that runs elsewhere, at {@code host} and {@code port}
     * @param user for the external broker
     * @param password for the external broker
     */
    public record Mqtt(String bind, int port, String host, boolean external, String user, String password) {}
}
