package dev.zhanggui.bridge.broker;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.interceptor.puback.PubackInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.PublishToClientResult;
import dev.zhanggui.certificate.Certificates;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HiveMQ CE in this process, in memory only: the truth is in the portal's database.
 *
 * <p>A terminal connects with its tid as client id and as user name, and with its certificate or its token as password; it may publish
 * and subscribe its own topics and nothing else. Its messages go to {@link Terminals} and to no other client.
 */
public final class EmbeddedBroker implements MessageBroker {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** A message may wait this long for the portal before the terminal is told to send it again. */
    private static final Duration HOLD = Duration.ofHours(12);

    /** A ULID: nothing in it can be read as a part of a topic filter. */
    private static final Pattern TID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    /** Together longer than {@link #ADMISSION}. */
    private static final int TRIES_TO_END = 250;

    private static final int TRY_TO_END_AFTER_MILLIS = 100;
    private static final Duration ADMISSION = Duration.ofSeconds(20);

    /** In bytes; ours have 43. What strangers send is kept until the portal has answered. */
    private static final int LONGEST_TOKEN = 128;

    private static final String CONNECTION = "zhanggui.connection";

    /** What a broker offers its extensions is one for the whole process: the next may start only after the end of the one before. */
    private static final AtomicReference<@Nullable Thread> ENDING = new AtomicReference<>();

    private static final Duration ENDING_LOOK = Duration.ofMillis(10);

    /** What it would wait for at its end to be written: there is nothing, it keeps all in memory. */
    private static final int GRACE_MILLIS = 10;

    /**
     * Most messages on their way to one terminal, as many as the broker's queue holds. The broker sends nothing more while one
     * of them is not acknowledged.
     */
    private static final int UNACKNOWLEDGED_MOST = 16;

    /** A terminal that acknowledges nothing for so long has to connect anew, and its birth tells what it lacks. */
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);

    /** @param since of the last acknowledgement, or of the first message when there was none since; {@link System#nanoTime} */
    private record Unacknowledged(String connection, int messages, long since) {}

    private final String bindAddress;
    private final int port;
    private final @Nullable TlsListener tls;
    private final BrokerLimits limits;
    private final AtomicLong floods = new AtomicLong();
    private final ConcurrentMap<String, String> connections = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Unacknowledged> unacknowledged = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<CompletableFuture<Void>>> held = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("broker-watch").daemon().factory());
    private final AtomicLong connectionNumber = new AtomicLong();
    private final Duration acknowledgedWithin;
    private @Nullable Path folder;
    private @Nullable EmbeddedHiveMQ server;
    private volatile boolean running;

    /** @param tls the second door, null for none */
    public EmbeddedBroker(String bindAddress, int port, @Nullable TlsListener tls, BrokerLimits limits) {
        this(bindAddress, port, tls, limits, ACKNOWLEDGED_WITHIN);
    }

    EmbeddedBroker(
            String bindAddress, int port, @Nullable TlsListener tls, BrokerLimits limits, Duration acknowledgedWithin) {
        this.bindAddress = bindAddress;
        this.port = port;
        this.tls = tls;
        this.limits = limits;
        this.acknowledgedWithin = acknowledgedWithin;
    }

    /** Connections that were ended because their terminal sent too much, since the start. */
    public long floods() {
        return floods.get();
    }

    @Override
    public void start(Terminals terminals) {
        try {
            Thread before = ENDING.get();
            if (before != null) {
                before.join();
            }
            folder = Files.createTempDirectory("zhanggui-broker");
            Path conf = Files.createDirectory(folder.resolve("conf"));
            Files.writeString(conf.resolve("config.xml"), configuration());
            EmbeddedHiveMQ hive = EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(conf)
                    .withDataFolder(Files.createDirectory(folder.resolve("data")))
                    .withExtensionsFolder(Files.createDirectory(folder.resolve("extensions")))
                    .withEmbeddedExtension(EmbeddedExtension.builder()
                            .withId("zhanggui-bridge")
                            .withName("Zhanggui device bridge")
                            .withVersion("1")
                            .withExtensionMain(new Guard(terminals))
                            .build())
                    .withoutLoggingBootstrap()
                    .build();
            // The embedded builder switches this off; without it a broker whose extension failed would let everyone in.
            InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
            InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
            InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(GRACE_MILLIS);
            server = hive;
            hive.start().get();
            running = true;
            watch.scheduleWithFixedDelay(this::releaseForTheGone, 1, 1, TimeUnit.SECONDS);
            watch.scheduleWithFixedDelay(this::endTheDeaf, 1, 1, TimeUnit.SECONDS);
            log.info("MQTT broker listens on {}:{}", bindAddress, port);
        } catch (IOException e) {
            throw new BrokerFailedException("The MQTT broker needs a temporary folder: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new BrokerFailedException("The MQTT broker did not start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerFailedException("Interrupted while the MQTT broker started", e);
        }
    }

    /**
     * The broker does one thing after the other for a client id: a message that waits for the portal would keep its sender, once its
     * connection broke, from coming in again. The sender is gone, so nobody misses the acknowledgement; the message itself stays in the
     * outbox.
     */
    private void releaseForTheGone() {
        held.forEach((tid, waiting) -> Services.clientService()
                .isClientConnected(tid)
                .thenAccept(connected -> {
                    if (!connected) {
                        waiting.forEach(released -> released.complete(null));
                    }
                }));
    }

    @Override
    public CompletableFuture<Boolean> publish(String tid, Channel channel, byte[] payload) {
        String connection = connections.get(tid);
        if (!running || connection == null || !sent(tid, connection)) {
            return CompletableFuture.completedFuture(false);
        }
        return Services.publishService()
                .publishToClient(
                        Builders.publish()
                                .topic(new Topics(tid).of(channel))
                                .qos(Qos.AT_LEAST_ONCE)
                                .retain(false)
                                .payload(ByteBuffer.wrap(payload))
                                .build(),
                        tid)
                .handle((result, failure) -> {
                    boolean taken = result == PublishToClientResult.SUCCESSFUL;
                    if (!taken) {
                        acknowledged(tid, connection);
                    }
                    return taken;
                });
    }

    /** @return false when it has enough to acknowledge */
    private boolean sent(String tid, String connection) {
        boolean[] room = {true};
        unacknowledged.compute(tid, (key, before) -> {
            if (before == null || !before.connection().equals(connection)) {
                return new Unacknowledged(connection, 1, System.nanoTime());
            }
            room[0] = before.messages() < UNACKNOWLEDGED_MOST;
            return room[0] ? new Unacknowledged(connection, before.messages() + 1, before.since()) : before;
        });
        return room[0];
    }

    private void acknowledged(String tid, String connection) {
        unacknowledged.computeIfPresent(tid, (key, before) -> {
            if (!before.connection().equals(connection)) {
                return before;
            }
            return before.messages() == 1
                    ? null
                    : new Unacknowledged(connection, before.messages() - 1, System.nanoTime());
        });
    }

    private void endTheDeaf() {
        long now = System.nanoTime();
        unacknowledged.forEach((tid, waiting) -> {
            if (now - waiting.since() > acknowledgedWithin.toNanos() && unacknowledged.remove(tid, waiting)) {
                log.warn("{} acknowledges nothing: it has to connect anew", tid);
                disconnect(tid);
            }
        });
    }

    @Override
    public void disconnect(String tid) {
        if (running) {
            end(tid, connections.get(tid), TRIES_TO_END);
        }
    }

    /** The broker cannot end a connection that is being made yet: tried again until it can, or until there is a newer one. */
    private void end(String tid, @Nullable String connection, int tries) {
        Services.clientService().disconnectClient(tid).thenAccept(ended -> {
            if (!ended && tries > 1 && connection != null && connection.equals(connections.get(tid))) {
                watch.schedule(() -> end(tid, connection, tries - 1), TRY_TO_END_AFTER_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public int connected() {
        return connections.size();
    }

    /** No terminal is connected when it returns; the broker's own end, which nobody waits for, takes two seconds more. */
    @Override
    public void close() {
        running = false;
        watch.shutdownNow();
        EmbeddedHiveMQ hive = server;
        if (hive != null) {
            Thread ending = Thread.ofPlatform().name("broker-end").start(() -> end(hive));
            ENDING.set(ending);
            awaitGone(ending);
        }
        if (folder != null) {
            delete(folder);
        }
        if (tls != null) {
            tls.close();
        }
    }

    private static void end(EmbeddedHiveMQ hive) {
        try {
            hive.close();
        } catch (ExecutionException e) {
            log.warn("The MQTT broker did not stop cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It closes its port and its connections first, and then waits until its network threads have had nothing to do for a while. */
    private void awaitGone(Thread ending) {
        try {
            while (!connections.isEmpty() && !ending.join(ENDING_LOOK)) {
                // not yet
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String configuration() {
        return """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener><port>%d</port><bind-address>%s</bind-address></tcp-listener>
                    %s
                  </listeners>
                  <mqtt>
                    <queued-messages><max-queue-size>16</max-queue-size><strategy>discard-oldest</strategy></queued-messages>
                    <retained-messages><enabled>false</enabled></retained-messages>
                    <wildcard-subscriptions><enabled>false</enabled></wildcard-subscriptions>
                    <shared-subscriptions><enabled>false</enabled></shared-subscriptions>
                    <quality-of-service><max-qos>1</max-qos></quality-of-service>
                    <session-expiry><max-interval>0</max-interval></session-expiry>
                    <keep-alive><max-keep-alive>300</max-keep-alive><allow-unlimited>false</allow-unlimited></keep-alive>
                    <packets><max-packet-size>131072</max-packet-size></packets>
                  </mqtt>
                  <restrictions>
                    <max-connections>%d</max-connections>
                    <max-client-id-length>64</max-client-id-length>
                    <max-topic-length>128</max-topic-length>
                    <no-connect-idle-timeout>10000</no-connect-idle-timeout>
                  </restrictions>
                  <security>
                    <allow-empty-client-id><enabled>false</enabled></allow-empty-client-id>
                  </security>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                  <persistence><mode>in-memory</mode></persistence>
                </hivemq>
                """.formatted(port, bindAddress, tls == null ? "" : tls.configuration(), limits.connections());
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            log.debug("Temporary broker folder stays", e);
        }
    }

    /** Who may come in, what they may touch, and where their messages go. */
    private final class Guard implements ExtensionMain, SimpleAuthenticator, ClientLifecycleEventListener {

        private final Terminals terminals;
        private final PubackInboundInterceptor acknowledgement;

        private Guard(Terminals terminals) {
            this.terminals = terminals;
            this.acknowledgement = (input, output) -> connection(input.getConnectionInformation())
                    .ifPresent(connection ->
                            acknowledged(input.getClientInformation().getClientId(), connection));
        }

        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            Services.securityRegistry().setAuthenticatorProvider(provider -> this);
            Services.eventRegistry().setClientLifecycleEventListener(provider -> this);
            Services.initializerRegistry().setClientInitializer((client, context) -> {
                context.addPublishInboundInterceptor(inbound());
                context.addPubackInboundInterceptor(acknowledgement);
            });
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}

        @Override
        public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
            String tid = input.getClientInformation().getClientId();
            Link.Credential credential =
                    TID.matcher(tid).matches() ? credential(tid, input).orElse(null) : null;
            if (credential == null) {
                output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
                return;
            }
            var waiting = output.async(ADMISSION, TimeoutFallback.FAILURE, ConnackReasonCode.SERVER_UNAVAILABLE);
            terminals
                    .admit(credential)
                    .exceptionally(failure -> Terminals.Admission.ASK_LATER)
                    .thenAccept(admission -> {
                        switch (admission) {
                            case ADMITTED -> {
                                allowOwnTopicsOnly(tid, output.getDefaultPermissions());
                                String connection = tid + "#" + connectionNumber.incrementAndGet();
                                input.getConnectionInformation()
                                        .getConnectionAttributeStore()
                                        .putAsString(CONNECTION, connection);
                                connections.put(tid, connection);
                                // From here on a withdrawal finds the connection; one that came before is found here.
                                if (terminals.admitted(credential)) {
                                    output.authenticateSuccessfully();
                                } else {
                                    output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE);
                                    connections.remove(tid, connection);
                                    terminals.gone(tid);
                                }
                            }
                            case REFUSED -> output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
                            case ASK_LATER -> output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE);
                        }
                    })
                    .whenComplete((done, failure) -> waiting.resume());
        }

        /**
         * What the portal can be asked about; empty when there is no need to. A certificate counts alone: TLS has made sure that it leads
         * back to an authority and that its key is at hand, and here that it was given to this terminal to connect with. It is looked at
         * again whether it is still valid, for a resumed session was checked when it began.
         */
        private static Optional<Link.Credential> credential(String tid, SimpleAuthInput input) {
            if (!input.getConnectPacket().getUserName().equals(Optional.of(tid))) {
                return Optional.empty();
            }
            Optional<X509Certificate> certificate = input.getConnectionInformation()
                    .getClientTlsInformation()
                    .flatMap(ClientTlsInformation::getClientCertificate);
            return certificate.isPresent()
                    ? certificate
                            .filter(it -> Certificates.names(it, tid)
                                    && Certificates.isForClients(it)
                                    && Certificates.isValid(it, Instant.now()))
                            .map(it -> new Link.Credential(tid, null, Certificates.thumbprint(it)))
                    : input.getConnectPacket()
                            .getPassword()
                            .filter(password -> password.remaining() <= LONGEST_TOKEN)
                            .map(password ->
                                    StandardCharsets.UTF_8.decode(password).toString())
                            .filter(token -> !token.isEmpty())
                            .map(token -> new Link.Credential(tid, token));
        }

        /** For one connection. */
        private PublishInboundInterceptor inbound() {
            Pace pace = new Pace(limits.messagesPerSecond(), System.nanoTime());
            AtomicBoolean flooding = new AtomicBoolean();
            return (input, output) -> {
                if (pace.take(System.nanoTime())) {
                    onPublish(input, output);
                } else {
                    output.preventPublishDelivery(AckReasonCode.QUOTA_EXCEEDED);
                    if (!flooding.getAndSet(true)) {
                        String tid = input.getClientInformation().getClientId();
                        floods.incrementAndGet();
                        log.warn("Terminal {} sends too much and is disconnected", tid);
                        disconnect(tid);
                    }
                }
            };
        }

        private void onPublish(PublishInboundInput input, PublishInboundOutput output) {
            String tid = input.getClientInformation().getClientId();
            Optional<Topics.Address> address =
                    Topics.parse(input.getPublishPacket().getTopic());
            byte[] payload = input.getPublishPacket()
                    .getPayload()
                    .map(buffer -> {
                        byte[] bytes = new byte[buffer.remaining()];
                        buffer.get(bytes);
                        return bytes;
                    })
                    .orElseGet(() -> new byte[0]);
            if (address.isEmpty()
                    || !address.get().tid().equals(tid)
                    || address.get().channel().down()) {
                output.preventPublishDelivery(AckReasonCode.NOT_AUTHORIZED);
                return;
            }
            var waiting = output.async(HOLD, TimeoutFallback.FAILURE, AckReasonCode.UNSPECIFIED_ERROR);
            CompletableFuture<Void> kept = terminals.received(tid, address.get().channel(), payload);
            CompletableFuture<Void> released = new CompletableFuture<>();
            if (!kept.isDone()) {
                held.computeIfAbsent(tid, key -> ConcurrentHashMap.newKeySet()).add(released);
            }
            CompletableFuture.anyOf(kept, released).whenComplete((done, failure) -> {
                held.computeIfPresent(tid, (key, others) -> {
                    others.remove(released);
                    return others.isEmpty() ? null : others;
                });
                // Prevented: no other client is meant. Success gives the acknowledgement all the same.
                output.preventPublishDelivery(
                        failure == null ? AckReasonCode.SUCCESS : AckReasonCode.UNSPECIFIED_ERROR);
                waiting.resume();
            });
        }

        @Override
        public void onMqttConnectionStart(ConnectionStartInput input) {}

        @Override
        public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {}

        @Override
        public void onDisconnect(DisconnectEventInput input) {
            String tid = input.getClientInformation().getClientId();
            connection(input.getConnectionInformation())
                    .filter(connection -> connections.remove(tid, connection))
                    .ifPresent(connection -> terminals.gone(tid));
            // Of the connection that is there now nothing is forgotten.
            unacknowledged.computeIfPresent(
                    tid, (key, waiting) -> waiting.connection().equals(connections.get(tid)) ? waiting : null);
        }

        private static Optional<String> connection(ConnectionInformation of) {
            return of.getConnectionAttributeStore().getAsString(CONNECTION);
        }

        private static void allowOwnTopicsOnly(String tid, ModifiableDefaultPermissions permissions) {
            for (Channel channel : Channel.values()) {
                permissions.add(Builders.topicPermission()
                        .topicFilter(new Topics(tid).of(channel))
                        .type(TopicPermission.PermissionType.ALLOW)
                        .activity(
                                channel.down()
                                        ? TopicPermission.MqttActivity.SUBSCRIBE
                                        : TopicPermission.MqttActivity.PUBLISH)
                        .retain(TopicPermission.Retain.NOT_RETAINED)
                        .build());
            }
            permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        }
    }
}
