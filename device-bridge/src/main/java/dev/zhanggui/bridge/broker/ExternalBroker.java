package dev.zhanggui.bridge.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.lifecycle.MqttClientAutoReconnect;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any MQTT 3.1.1 broker or cluster that runs elsewhere. It must do itself what {@link EmbeddedBroker} does here: client id = user name
 * = tid, the token checked, each terminal confined to its own topics; this bridge's own user may publish {@code zg/1/+/+/m},
 * {@code …/a} and subscribe {@code zg/1/+/+/s}, {@code …/q}, {@code …/p}. Disconnections come as last wills. Of
 * several bridges each listens to its shards.
 *
 * <p>Of a cluster all nodes are named: when the connection to one is lost the next is tried, round and round. What the cluster loses
 * with a node is told again: the portal repeats what no report answers, and terminals that had to reconnect send births.
 */
public final class ExternalBroker implements MessageBroker {

    private static final Logger log = LoggerFactory.getLogger(ExternalBroker.class);

    private static final String EVERY = "+";
    private static final int SHARDS = 256;

    private final List<InetSocketAddress> servers;
    private final boolean keepSession;
    private final String bridge;
    private final String user;
    private final String password;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean probed = new AtomicBoolean();
    private final Mqtt3AsyncClient client;
    private final Set<String> heard = new HashSet<>(Set.of(EVERY));
    private volatile boolean subscribed;
    private volatile BrokerProbe.@Nullable Findings findings;

    /**
     * @param servers at least one; the nodes of a cluster
     * @param keepSession whether the broker keeps what terminals say while this bridge is away; a cluster that replicates kept
     *     sessions then loses no report with a node
     */
    public ExternalBroker(
            String bridge, List<InetSocketAddress> servers, boolean keepSession, String user, String password) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no broker named");
        }
        this.servers = List.copyOf(servers);
        this.keepSession = keepSession;
        this.bridge = bridge;
        this.user = user;
        this.password = password;
        Mqtt3ClientBuilder builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier("zhanggui-bridge-" + bridge)
                .serverAddress(current())
                .automaticReconnect(MqttClientAutoReconnect.builder()
                        .initialDelay(200, TimeUnit.MILLISECONDS)
                        .maxDelay(10, TimeUnit.SECONDS)
                        .build())
                .addConnectedListener(context -> log.info("Connected to the broker at {}", current()))
                .addDisconnectedListener(context -> {
                    log.warn(
                            "No connection to the broker at {}: {}",
                            current(),
                            context.getCause().getMessage());
                    turn.incrementAndGet();
                    context.getReconnector()
                            .transportConfig(MqttClientTransportConfig.builder()
                                    .serverAddress(current())
                                    .build());
                });
        if (!user.isEmpty()) {
            builder = builder.simpleAuth()
                    .username(user)
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        client = builder.buildAsync();
    }

    private InetSocketAddress current() {
        return servers.get(Math.floorMod(turn.get(), servers.size()));
    }

    @Override
    public void start(Terminals terminals) {
        client.publishes(MqttGlobalPublishFilter.ALL, message -> take(terminals, message), true);
        // What is missed without a kept session, births tell again. Tries on for ever; health says whether it is
        // connected.
        client.connectWith().cleanSession(!keepSession).keepAlive(30).send().thenRun(this::subscribe);
    }

    /** To all terminals until the portal says which are this bridge's. */
    private void subscribe() {
        synchronized (heard) {
            listen(heard).thenAccept(done -> {
                subscribed = done;
                if (probed.compareAndSet(false, true)) {
                    Thread.ofVirtual().name("broker-probe").start(this::probe);
                }
            });
        }
    }

    @Override
    public void listenTo(@Nullable Collection<String> shards) {
        Set<String> wanted = shards == null || shards.size() == SHARDS ? Set.of(EVERY) : Set.copyOf(shards);
        synchronized (heard) {
            Set<String> more = new TreeSet<>(wanted);
            more.removeAll(heard);
            Set<String> less = new TreeSet<>(heard);
            less.removeAll(wanted);
            if (more.isEmpty() && less.isEmpty() || !client.getState().isConnected()) {
                // Without a connection: the next answer says it again.
                return;
            }
            heard.clear();
            heard.addAll(wanted);
            log.info("Listening to {}", wanted.contains(EVERY) ? "all shards" : wanted.size() + " shards");
            // First the new ones: twice does no harm.
            listen(more).thenAccept(done -> {
                if (done) {
                    subscribed = true;
                    forget(less);
                }
            });
        }
    }

    private CompletableFuture<Boolean> listen(Set<String> shards) {
        List<Mqtt3Subscription> subscriptions = filters(shards)
                .map(filter -> Mqtt3Subscription.builder()
                        .topicFilter(filter)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build())
                .toList();
        if (subscriptions.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        // The client repeats it after each reconnect.
        return client.subscribeWith().addSubscriptions(subscriptions).send().handle((ack, failure) -> {
            if (failure != null) {
                log.warn("The broker refuses the subscriptions: {}", failure.getMessage());
            }
            return failure == null;
        });
    }

    private void forget(Set<String> shards) {
        if (!shards.isEmpty()) {
            client.unsubscribe(Mqtt3Unsubscribe.builder()
                            .addTopicFilters(filters(shards).map(MqttTopicFilter::of))
                            .build())
                    .exceptionally(failure -> {
                        log.warn("The broker goes on sending: {}", failure.getMessage());
                        return null;
                    });
        }
    }

    private static Stream<String> filters(Set<String> shards) {
        return shards.stream()
                .flatMap(shard -> Stream.of(Channel.STATUS, Channel.QUERY, Channel.PRESENCE)
                        .map(channel -> Topics.up(shard, channel)));
    }

    private void probe() {
        BrokerProbe.Findings found = new BrokerProbe(current(), bridge, user, password).run();
        findings = found;
        String problem = found.problem();
        if (problem == null) {
            log.info("The broker was tried out: {}", found);
        } else {
            log.error("The broker was tried out: {} ({})", problem, found);
        }
    }

    private static void take(Terminals terminals, Mqtt3Publish message) {
        Topics.parse(message.getTopic().toString())
                .filter(address -> !address.channel().down())
                .map(address -> terminals.received(address.tid(), address.channel(), message.getPayloadAsBytes()))
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                // Also what could not be kept: the broker has promised it to the terminal already, sends it to nobody
                // else, and
                // would hold back what comes after. The terminal's next birth says it again.
                .whenComplete((kept, failure) -> message.acknowledge());
    }

    @Override
    public CompletableFuture<Boolean> publish(String tid, Channel channel, byte[] payload) {
        return client.publishWith()
                .topic(new Topics(tid).of(channel))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send()
                .thenApply(sent -> true);
    }

    /** A foreign broker offers no portable way; it refuses the next connection. */
    @Override
    public void disconnect(String tid) {
        log.info("{} stays connected until the broker checks its credential again", tid);
    }

    @Override
    public boolean running() {
        return subscribed && client.getState().isConnected();
    }

    @Override
    public int connected() {
        return -1;
    }

    /** Empty until the broker was reached for the first time. */
    @Override
    public Map<String, Object> features() {
        BrokerProbe.Findings found = findings;
        if (found == null) {
            return Map.of();
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("qos1", found.qos1());
        all.put("refusesStrangers", found.refusesStrangers());
        all.put("largeMessages", found.largeMessages());
        all.put("mqtt5", found.mqtt5());
        all.put("acknowledgedMillis", found.acknowledgedMillis());
        return all;
    }

    @Override
    public @Nullable String problem() {
        BrokerProbe.Findings found = findings;
        return found == null ? null : found.problem();
    }

    @Override
    public void close() {
        subscribed = false;
        client.disconnect();
    }
}
