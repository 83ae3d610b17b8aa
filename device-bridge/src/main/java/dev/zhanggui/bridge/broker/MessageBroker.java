package dev.zhanggui.bridge.broker;

import dev.zhanggui.wire.Topics;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The port to the terminals. A broker is a cache: whatever it forgets, the portal knows. */
public interface MessageBroker extends AutoCloseable {

    /**
     * Blocks until terminals can connect.
     *
     * @throws BrokerFailedException with a sentence for the operator
     */
    void start(Terminals terminals);

    /**
     * Sends to one terminal, at least once while it is connected, nothing retained.
     *
     * @return whether the terminal is connected and subscribed; a broker that cannot know says true
     */
    CompletableFuture<Boolean> publish(String tid, Topics.Channel channel, byte[] payload);

    /** Ends the connection of a terminal whose credential was withdrawn. */
    void disconnect(String tid);

    /**
     * Which terminals this bridge listens to, of a broker that several bridges share.
     *
     * @param shards as in {@link Topics#shard}; null for all
     */
    default void listenTo(@Nullable Collection<String> shards) {}

    boolean running();

    /** Terminals connected now, or -1 when the broker cannot know. */
    int connected();

    /** What was found when the broker was tried out, for the health page; empty for one that is ours. */
    default Map<String, Object> features() {
        return Map.of();
    }

    /** What an operator must mend at the broker, in a sentence; null for nothing. */
    default @Nullable String problem() {
        return null;
    }

    @Override
    void close();
}
