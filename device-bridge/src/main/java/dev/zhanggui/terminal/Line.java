package dev.zhanggui.terminal;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.terminal.trust.BrokerTls;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the broker: connect, subscribe, birth, and again for ever when it is lost, at a moment that a server which comes
 * back can bear.
 */
final class Line {

    private static final List<String> TLS = List.of("TLSv1.3", "TLSv1.2");

    /** Refused connects in a row after which the platform is asked. */
    private static final int REFUSALS = 3;

    /** Who is called. */
    interface Owner {

        /** Subscribed: time for the birth. */
        void connected();

        void arrived(Channel channel, byte[] payload);

        /** Whatever was under way is over. */
        void lost();

        /** Over how long the fleet spreads when the server is lost; zero where nobody said. */
        Duration reconnectSpread();

        /** The broker refuses the credential again and again. */
        void perhapsUnbound();

        /** TLS fails again and again: perhaps one of the certificates has had its time. */
        void perhapsOutdated();

        /** It has connected with this for the first time. */
        void adopted(Provision.Activation given);

        void show();
    }

    private final Device device;
    private final Owner owner;
    private Map<Channel, MqttTopic> topics = Map.of();
    private @Nullable Mqtt3AsyncClient client;
    private boolean connected;
    private Identity.@Nullable Shown shown;
    private @Nullable Instant offlineSince;
    private int refusedConnects;
    private @Nullable Future<?> unanswered;

    Line(Device device, Owner owner) {
        this.device = device;
        this.owner = owner;
    }

    boolean connected() {
        return connected;
    }

    /** Until when the certificate is good that it is connected with; null when it is not, or with its token. */
    @Nullable
    Instant certificateUntil() {
        Identity.Tls tls = shown == null ? null : shown.tls();
        return tls == null || !connected
                ? null
                : tls.certificate().getNotAfter().toInstant();
    }

    /** Null while it is connected, and before it ever was. */
    @Nullable
    Instant offlineSince() {
        return offlineSince;
    }

    void connect() {
        Provision.Activation given = device.activation();
        if (given == null || device.faults().network() || device.state() != State.ACTIVE) {
            return;
        }
        topics = topics(given.tid());
        byte[] will = StrictJson.MAPPER.writeValueAsBytes(new Presence(given.tid(), false, device.bootId()));
        Mqtt3AsyncClient[] self = new Mqtt3AsyncClient[1];
        Identity.Shown with = device.identity().shown(given);
        shown = with;
        Mqtt3AsyncClient fresh = client(with)
                .willPublish()
                .topic(topic(Channel.PRESENCE))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(will)
                .applyWillPublish()
                .transportConfig()
                .mqttConnectTimeout(device.kit().answers().toMillis(), TimeUnit.MILLISECONDS)
                .applyTransportConfig()
                .executorConfig(device.kit().mqtt())
                .addDisconnectedListener(context -> device.loop().execute(() -> {
                    if (self[0] == client) {
                        lost(context.getCause());
                    }
                }))
                .buildAsync();
        self[0] = fresh;
        client = fresh;
        // Before connecting, or the first manifest could pass by.
        fresh.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> device.loop().execute(() -> {
                    if (fresh == client) {
                        take(message);
                    }
                }));
        fresh.connectWith()
                .cleanSession(true)
                .keepAlive((int) device.kit().keepAlive().toSeconds())
                .send()
                .thenCompose(ack -> fresh.subscribeWith()
                        .addSubscription()
                        .topicFilter(topic(Channel.MANIFEST).filter())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .applySubscription()
                        .addSubscription()
                        .topicFilter(topic(Channel.ANSWER).filter())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .applySubscription()
                        .send())
                .whenCompleteAsync(
                        (ack, failure) -> {
                            if (fresh != client) {
                                fresh.disconnect();
                            } else if (failure == null) {
                                subscribed();
                            } else if (fresh.getState().isConnected()) {
                                // The broker refuses the subscription: no use in staying.
                                hangUp();
                                device.retryLater(this::connect);
                            }
                        },
                        device.loop());
        // The client waits for a SUBACK for ever.
        Device.cancel(unanswered);
        unanswered = device.later(device.kit().answers().multipliedBy(2), () -> {
            if (fresh == client && !connected && fresh.getState().isConnected()) {
                hangUp();
                device.identity().failed(with);
                device.retryLater(this::connect);
            }
        });
    }

    private Mqtt3ClientBuilder client(Identity.Shown with) {
        Provision.Activation given = with.activation();
        Identity.Tls tls = with.tls();
        Mqtt3ClientBuilder builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier(given.tid())
                .serverHost(Objects.requireNonNullElse(given.mqttHost(), "127.0.0.1"));
        return tls == null
                ? builder.serverPort(Objects.requireNonNullElse(given.mqttPort(), 1883))
                        .simpleAuth()
                        .username(given.tid())
                        .password(given.token().getBytes(StandardCharsets.UTF_8))
                        .applySimpleAuth()
                : builder.serverPort(tls.port())
                        .sslConfig(MqttClientSslConfig.builder()
                                .keyManagerFactory(BrokerTls.shows(tls.key(), tls.certificate()))
                                .trustManagerFactory(BrokerTls.believes(tls.authorities(), notBefore(given)))
                                .protocols(TLS)
                                .build())
                        .simpleAuth()
                        .username(given.tid())
                        .applySimpleAuth();
    }

    /** Whatever its clock says, it is later than what the platform said when it gave the activation. */
    private Instant notBefore(Provision.Activation given) {
        Instant now = device.now();
        return now.isBefore(given.serverTime()) ? given.serverTime() : now;
    }

    /** Puts the cable out of use, on purpose. */
    void cut() {
        device.cancelRetry();
        hangUp();
        offlineSince = device.now();
    }

    void hangUp() {
        Mqtt3AsyncClient to = client;
        client = null;
        connected = false;
        if (to != null) {
            to.disconnect();
        }
    }

    /**
     * Lost if the line is: the next birth tells the state anyway.
     *
     * @return completes when the broker has it, perhaps never
     */
    CompletableFuture<?> send(Channel channel, Object message) {
        Mqtt3AsyncClient to = client;
        Provision.Activation given = device.activation();
        if (to == null || given == null || !connected) {
            return new CompletableFuture<>();
        }
        return to.publishWith()
                .topic(topic(channel))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(StrictJson.MAPPER.writeValueAsBytes(message))
                .send();
    }

    private void subscribed() {
        boolean wasOffline = offlineSince != null;
        connected = true;
        offlineSince = null;
        refusedConnects = 0;
        Device.cancel(unanswered);
        device.succeeded();
        Identity.Shown with = shown;
        if (with != null && with.renewed()) {
            adopt(with);
        }
        owner.connected();
        device.tell("open", wasOffline ? new Text("又连上了", "is connected again") : new Text("已连上", "is connected"));
        owner.show();
    }

    private void adopt(Identity.Shown with) {
        try {
            device.identity().connected(with);
        } catch (UncheckedIOException e) {
            // No room: the old one stays as well.
            return;
        }
        device.journal("RENEWED");
        device.tell("ink", new Text("换上了新证书", "has a new certificate"));
        owner.adopted(with.activation());
    }

    private void lost(Throwable cause) {
        boolean was = connected;
        connected = false;
        client = null;
        Identity.Shown with = shown;
        boolean secured = with != null && with.tls() != null;
        if (with != null && !was) {
            device.identity().failed(with);
        }
        if (secured && !was && !device.clock().told()) {
            // A certificate looks outdated to a clock that is wrong.
            device.clock().ask(() -> {});
        }
        owner.lost();
        if (offlineSince == null) {
            offlineSince = device.now();
        }
        if (was) {
            device.tell("closed", new Text("断网，照常工作", "is offline and carries on"));
        }
        long spread = owner.reconnectSpread().toMillis();
        if (was && spread > 0) {
            device.retryIn(Duration.ofMillis(device.kit().random().nextLong(spread)), this::connect);
        } else if (cause instanceof Mqtt3ConnAckException refused
                && refused.getMqttMessage().getReturnCode() == Mqtt3ConnAckReturnCode.NOT_AUTHORIZED
                && ++refusedConnects % REFUSALS == 0) {
            owner.perhapsUnbound();
        } else {
            if (secured && !was && isAboutTls(cause) && ++refusedConnects % REFUSALS == 0) {
                owner.perhapsOutdated();
            }
            device.retryLater(this::connect);
        }
        owner.show();
    }

    /** Neither an answer of the broker nor the lack of one. */
    private static boolean isAboutTls(Throwable cause) {
        for (Throwable it = cause; it != null; it = it.getCause()) {
            if (it instanceof Mqtt3ConnAckException || it instanceof ConnectException) {
                return false;
            }
        }
        return true;
    }

    private void take(Mqtt3Publish message) {
        int slow = device.faults().defects().slowMillis();
        if (slow > 0) {
            device.later(Duration.ofMillis(slow), () -> handOn(message));
        } else {
            handOn(message);
        }
    }

    private void handOn(Mqtt3Publish message) {
        topics.forEach((channel, topic) -> {
            if (channel.down() && topic.equals(message.getTopic())) {
                owner.arrived(channel, message.getPayloadAsBytes());
            }
        });
    }

    private MqttTopic topic(Channel channel) {
        return Objects.requireNonNull(topics.get(channel));
    }

    private static Map<Channel, MqttTopic> topics(String tid) {
        Topics own = new Topics(tid);
        Map<Channel, MqttTopic> all = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            all.put(channel, MqttTopic.of(own.of(channel)));
        }
        return all;
    }
}
