package dev.zhanggui.bridge.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.suback.Mqtt3SubAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries out what a foreign broker really does, with connections of its own beside the bridge's: names and version numbers say little,
 * and a broker whose accounts were forgotten looks just like one that works. Nothing it sends reaches a terminal.
 */
final class BrokerProbe {

    /** Longer than any broker takes that is of use here. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** No terminal has this id. */
    private static final String NOBODY = "PROBE";

    /** A signed document of the largest size in one answer, with its envelope. */
    private static final int LARGE = Wire.MAX_DOCUMENT_BYTES + 2_048;

    private final InetSocketAddress server;
    private final String bridge;
    private final String user;
    private final String password;

    BrokerProbe(InetSocketAddress server, String bridge, String user, String password) {
        this.server = server;
        this.bridge = bridge;
        this.user = user;
        this.password = password;
    }

    /**
     * What was found.
     *
     * @param qos1 subscriptions are granted at QoS 1 and messages acknowledged; without it nothing here works
     * @param refusesStrangers who comes without an account, or with a wrong password, is turned away; without it anybody reads
     *     and writes everything
     * @param largeMessages a message with a document of the largest size is taken
     * @param mqtt5 also speaks MQTT 5; only makes things faster
     * @param acknowledgedMillis from a message to its acknowledgement
     */
    record Findings(
            boolean qos1, boolean refusesStrangers, boolean largeMessages, boolean mqtt5, long acknowledgedMillis) {

        /** What an operator must mend; null when the broker is fit. */
        @Nullable
        String problem() {
            if (!qos1) {
                return "the broker grants no QoS 1, or refuses this bridge its topics";
            }
            if (!refusesStrangers) {
                return "the broker lets in who has no account or a wrong password: anybody may listen and speak";
            }
            return largeMessages ? null : "the broker refuses messages of " + LARGE + " bytes: raise its limit";
        }
    }

    Findings run() {
        boolean refuses = isRefused("", "") && isRefused(user, password + "-wrong");
        boolean mqtt5 = speaksMqtt5();
        Mqtt3AsyncClient client = client("a", user, password);
        try {
            connect(client);
            boolean granted = client.subscribeWith()
                    .topicFilter(Topics.allUp(Channel.STATUS))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(ack -> ack.getReturnCodes().contains(Mqtt3SubAckReturnCode.SUCCESS_MAXIMUM_QOS_1))
                    .exceptionally(failure -> false)
                    .join();
            long start = System.nanoTime();
            boolean acknowledged = isAcknowledged(client, 200);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return new Findings(
                    granted && acknowledged, refuses, acknowledged && isAcknowledged(client, LARGE), mqtt5, took);
        } catch (CompletionException e) {
            return new Findings(false, refuses, false, mqtt5, 0);
        } finally {
            end(client);
        }
    }

    private static boolean isAcknowledged(Mqtt3AsyncClient client, int size) {
        Mqtt3Publish message = Mqtt3Publish.builder()
                .topic(new Topics(NOBODY).of(Channel.ANSWER))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(new byte[size])
                .build();
        return client.publish(message)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((sent, failure) -> failure == null)
                .join();
    }

    private boolean isRefused(String as, String with) {
        Mqtt3AsyncClient stranger = client("x", as, with);
        try {
            connect(stranger);
            return false;
        } catch (CompletionException refused) {
            return true;
        } finally {
            end(stranger);
        }
    }

    private static void connect(Mqtt3AsyncClient client) {
        client.connectWith()
                .cleanSession(true)
                .send()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private boolean speaksMqtt5() {
        Mqtt5AsyncClient client = MqttClient.builder()
                .identifier(identifier("5"))
                .serverAddress(server)
                .useMqttVersion5()
                .simpleAuth()
                .username(user)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildAsync();
        try {
            client.connect()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return true;
        } catch (CompletionException refused) {
            return false;
        } finally {
            client.disconnect().exceptionally(gone -> null);
        }
    }

    private Mqtt3AsyncClient client(String purpose, String as, String with) {
        var builder = MqttClient.builder()
                .identifier(identifier(purpose))
                .serverAddress(server)
                .useMqttVersion3();
        return as.isEmpty()
                ? builder.buildAsync()
                : builder.simpleAuth()
                        .username(as)
                        .password(with.getBytes(StandardCharsets.UTF_8))
                        .applySimpleAuth()
                        .buildAsync();
    }

    private String identifier(String purpose) {
        return "zhanggui-probe-" + bridge + "-" + purpose;
    }

    private static void end(Mqtt3AsyncClient client) {
        CompletableFuture<Void> ended = client.disconnect();
        ended.exceptionally(gone -> null);
    }
}
