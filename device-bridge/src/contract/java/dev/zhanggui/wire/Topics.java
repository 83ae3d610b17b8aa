package dev.zhanggui.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * MQTT topics {@code zg/1/{shard}/{tid}/{channel}}. The shard (first byte of SHA-256(tid), in hex) lets several bridges share the
 * work without shared subscriptions. A terminal may publish and subscribe its own topics only, with {@code tid} as its client id.
 */
public record Topics(String tid) {

    /** What travels on a topic, and which way. */
    public enum Channel {
        /** Down: a compact JWS whose payload is a {@link Manifest}. */
        MANIFEST("m", true),
        /** Down: {@link Answer} to a {@link Query}. */
        ANSWER("a", true),
        /** Up: {@link Status}, that is a {@link Birth} or a {@link Report}. */
        STATUS("s", false),
        /** Up: {@link Query} for documents that were not inline. */
        QUERY("q", false),
        /** Up: {@link Presence}, also the last will. */
        PRESENCE("p", false);

        private final String letter;
        private final boolean down;

        Channel(String letter, boolean down) {
            this.letter = letter;
            this.down = down;
        }

        public String letter() {
            return letter;
        }

        /** Whether it runs from the portal to the terminal. */
        public boolean down() {
            return down;
        }
    }

    /** A topic taken apart. */
    public record Address(String tid, Channel channel) {}

    private static final String PREFIX = "zg/1/";

    /** Everything that terminals send, in all shards; for a bridge behind an external broker. */
    public static String allUp(Channel channel) {
        return up("+", channel);
    }

    /** What the terminals of a shard send, or of all for the shard {@code +}; for a bridge behind an external broker. */
    public static String up(String shard, Channel channel) {
        return PREFIX + shard + "/+/" + channel.letter();
    }

    public String of(Channel channel) {
        return PREFIX + shard(tid) + "/" + tid + "/" + channel.letter();
    }

    public static String shard(String tid) {
        return HexFormat.of().toHexDigits(Wire.sha256(tid.getBytes(StandardCharsets.UTF_8))[0]);
    }

    /** Empty for a topic that is not ours, is in the wrong shard, or contains a wildcard. */
    public static Optional<Address> parse(String topic) {
        String[] parts = topic.split("/", -1);
        if (parts.length != 5 || !topic.startsWith(PREFIX) || parts[3].isEmpty() || !parts[2].equals(shard(parts[3]))) {
            return Optional.empty();
        }
        for (Channel channel : Channel.values()) {
            if (channel.letter().equals(parts[4])) {
                return Optional.of(new Address(parts[3], channel));
            }
        }
        return Optional.empty();
    }
}
