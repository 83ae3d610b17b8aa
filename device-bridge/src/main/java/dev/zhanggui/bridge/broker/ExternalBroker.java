package dev.zhanggui.bridge.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientAutoReconnect;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any MQTT 3.1.1 broker or cluster that runs elsewhere. It must do itself what {@link EmbeddedBroker} does here: client id = user name
 * = tid, the token checked, each terminal confined to its own topics; this bridge's own user may publish {@code zg/1/+/+/m},
 * {@code …/a} and subscribe {@code zg/1/+/+/s}, {@code …/q}, {@code …/p}. Disconnections come as last wills.
 */
public final class ExternalBroker implements MessageBroker {

    private static final Logger log = LoggerFactory.getLogger(ExternalBroker.class);

    private final Mqtt3AsyncClient client;
    private volatile boolean subscribed;

    public ExternalBroker(String bridge, String host, int port, String user, String password) {
        Mqtt3ClientBuilder builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier("zhanggui-bridge-" + bridge)
                .serverHost(host)
                .serverPort(port)
                .automaticReconnect(MqttClientAutoReconnect.builder()
                        .initialDelay(200, TimeUnit.MILLISECONDS)
                        .maxDelay(10, TimeUnit.SECONDS)
                        .build())
                .addConnectedListener(context -> log.info("Connected to the broker at {}:{}", host, port))
                .addDisconnectedListener(context -> log.warn(
                        "No connection to the broker at {}:{}: {}",
                        host,
                        port,
                        context.getCause().getMessage()));
        if (!user.isEmpty()) {
            builder = builder.simpleAuth()
                    .username(user)
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        client = builder.buildAsync();
    }

    @Override
    public void start(Terminals terminals) {
        client.publishes(MqttGlobalPublishFilter.ALL, message -> take(terminals, message), true);
        // Clean session: what was missed, births tell again. Tries on for ever; health says whether it is connected.
        client.connectWith().cleanSession(true).keepAlive(30).send().thenRun(this::subscribe);
    }

    private void subscribe() {
        // The client repeats it after each reconnect.
        client.subscribeWith()
                .addSubscription()
                .topicFilter(Topics.allUp(Channel.STATUS))
                .qos(MqttQos.AT_LEAST_ONCE)
                .applySubscription()
                .addSubscription()
                .topicFilter(Topics.allUp(Channel.QUERY))
                .qos(MqttQos.AT_LEAST_ONCE)
                .applySubscription()
                .addSubscription()
                .topicFilter(Topics.allUp(Channel.PRESENCE))
                .qos(MqttQos.AT_LEAST_ONCE)
                .applySubscription()
                .send()
                .whenComplete((ack, failure) -> {
                    subscribed = failure == null;
                    if (failure != null) {
                        log.warn("The broker refuses the subscriptions: {}", failure.getMessage());
                    }
                });
    }

    private static void take(Terminals terminals, Mqtt3Publish message) {
        Topics.parse(message.getTopic().toString())
                .filter(address -> !address.channel().down())
                .map(address -> terminals.received(address.tid(), address.channel(), message.getPayloadAsBytes()))
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(message::acknowledge);
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

    @Override
    public void close() {
        subscribed = false;
        client.disconnect();
    }
}
