package dev.zhanggui.conformance;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the terminal did at the broker. {@code connection} counts from 1, {@code nanos} is {@link System#nanoTime()}. */
sealed interface Seen {

    int connection();

    long nanos();

    /** A TCP connection. */
    record Opened(int connection, long nanos) implements Seen {}

    /**
     * @param level 4 for MQTT 3.1.1
     * @param tokenFits whether user name and password are the ones of its activation
     */
    record Connect(
            int connection,
            long nanos,
            int level,
            String clientId,
            boolean cleanSession,
            int keepAliveSeconds,
            boolean tokenFits,
            @Nullable Will will)
            implements Seen {}

    record Will(String topic, int qos, boolean retained, byte[] payload) {}

    /** @param filters with the QoS asked for */
    record Subscribe(int connection, long nanos, Map<String, Integer> filters) implements Seen {}

    /** The broker has sent its SUBACK. */
    record Granted(int connection, long nanos) implements Seen {}

    record Publish(
            int connection, long nanos, String topic, int qos, boolean retained, boolean duplicate, byte[] payload)
            implements Seen {}

    /** The terminal has acknowledged what was sent to it. */
    record Acknowledged(int connection, long nanos) implements Seen {}

    /** Not MQTT, or more of it than anybody needs. */
    record Unreadable(int connection, long nanos) implements Seen {}

    record Closed(int connection, long nanos) implements Seen {}
}
