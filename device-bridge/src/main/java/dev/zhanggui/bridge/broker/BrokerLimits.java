package dev.zhanggui.bridge.broker;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the embedded broker bears, so that a broken or hostile device harms itself alone. Sizes of messages and of the queue to a terminal
 * are fixed by the protocol.
 *
 * @param connections at once, at least 1; further ones are turned away and come again. A GiB of memory carries some 25,000.
 * @param messagesPerSecond of one terminal on the average, at least 1; five times as many at once. A terminal that comes into a shop sends
 *     some twenty, an update of it four. Who sends more is disconnected.
 */
@ConfigurationProperties("zhanggui.bridge.limits")
public record BrokerLimits(
        @DefaultValue("25000") int connections,
        @DefaultValue("100") int messagesPerSecond) {

    public static final BrokerLimits DEFAULT = new BrokerLimits(25_000, 100);

    public BrokerLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("ZHANGGUI_MQTT_CONNECTIONS is at least 1; it is " + connections);
        }
        if (messagesPerSecond < 1) {
            throw new IllegalArgumentException("ZHANGGUI_MQTT_RATE is at least 1; it is " + messagesPerSecond);
        }
    }
}
