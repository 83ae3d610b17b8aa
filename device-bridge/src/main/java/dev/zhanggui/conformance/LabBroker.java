package dev.zhanggui.conformance;

import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An MQTT 3.1.1 broker for one terminal, which writes down what it sees and withholds what it is told to. */
final class LabBroker implements AutoCloseable {

    /** What it does wrong, for every connection that comes. */
    enum Fault {
        WITHHOLD_CONNACK,
        WITHHOLD_SUBACK,
        WITHHOLD_PUBACK,
        /** CONNACK 3, server unavailable. */
        REFUSE,
        /** CONNACK 5, not authorized. */
        NOT_AUTHORIZED,
        /** Closes instead of answering CONNECT. */
        HANG_UP
    }

    private static final int MOST_BYTES = 256 * 1024;
    private static final int REFUSED_SUBSCRIPTION = 0x80;

    private final String tid;
    private final String token;
    private final Set<String> down;
    private final History<Seen> history = new History<>();
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private volatile Duration subackDelay = Duration.ZERO;
    private volatile @Nullable Connection current;
    private int connections;
    private int packetId;

    /** @param address port 0: any free one */
    LabBroker(InetSocketAddress address, String tid, String token) {
        this.tid = tid;
        this.token = token;
        Topics topics = new Topics(tid);
        this.down = Set.of(topics.of(Channel.MANIFEST), topics.of(Channel.ANSWER));
        var server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new MqttDecoder(MOST_BYTES))
                                .addLast(MqttEncoder.INSTANCE)
                                .addLast(new Connection(++connections));
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) server.localAddress()).getPort();
    }

    int port() {
        return port;
    }

    History<Seen> history() {
        return history;
    }

    /** From now on these and no others. */
    void faults(Fault... wanted) {
        EnumSet<Fault> all = EnumSet.noneOf(Fault.class);
        all.addAll(List.of(wanted));
        faults = all;
    }

    /** Nothing is withheld any more; what waits for something withheld has to come again. */
    void inOrder() {
        boolean calm = faults.isEmpty();
        faults();
        subackDelay = Duration.ZERO;
        Connection connection = current;
        if (!calm || connection != null && connection.silent) {
            open.forEach(Connection::close);
        }
    }

    void subackDelay(Duration delay) {
        subackDelay = delay;
    }

    /** Closes the present connection. */
    void hangUp() {
        Connection connection = current;
        if (connection != null) {
            connection.close();
        }
    }

    /** The present connection stays open, and nothing that comes on it is answered any more. */
    void fallSilent() {
        Connection connection = current;
        if (connection != null) {
            connection.silent = true;
        }
    }

    /** @return whether there was a connection to send it on */
    boolean publish(String topic, byte[] payload) {
        return publish(topic, payload, false);
    }

    /** @param again with the packet id of the last one and the DUP flag */
    synchronized boolean publish(String topic, byte[] payload, boolean again) {
        Connection connection = current;
        ChannelHandlerContext context = connection == null ? null : connection.context;
        if (context == null) {
            return false;
        }
        if (!again) {
            packetId = packetId % 0xffff + 1;
        }
        context.writeAndFlush(new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, again, MqttQoS.AT_LEAST_ONCE, false, 0),
                new MqttPublishVariableHeader(topic, packetId),
                Unpooled.wrappedBuffer(payload)));
        return true;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private final class Connection extends SimpleChannelInboundHandler<MqttMessage> {

        private final int number;
        private volatile boolean silent;
        private volatile @Nullable ChannelHandlerContext context;

        private Connection(int number) {
            this.number = number;
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            context = active;
            open.add(this);
            history.add(new Seen.Opened(number, System.nanoTime()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext gone) {
            open.remove(this);
            if (current == this) {
                current = null;
            }
            history.add(new Seen.Closed(number, System.nanoTime()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
            broken.close();
        }

        private void close() {
            ChannelHandlerContext own = context;
            if (own != null) {
                own.close();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext from, MqttMessage message) {
            if (silent) {
                return;
            }
            if (message.decoderResult().isFailure()) {
                history.add(new Seen.Unreadable(number, System.nanoTime()));
                from.close();
                return;
            }
            switch (message) {
                case MqttConnectMessage connect -> connect(from, connect);
                case MqttSubscribeMessage subscribe -> subscribe(from, subscribe);
                case MqttPublishMessage publish -> publish(from, publish);
                default -> {
                    MqttMessageType type = message.fixedHeader().messageType();
                    if (type == MqttMessageType.PINGREQ) {
                        from.writeAndFlush(MqttMessage.PINGRESP);
                    } else if (type == MqttMessageType.PUBACK) {
                        history.add(new Seen.Acknowledged(number, System.nanoTime()));
                    } else if (type == MqttMessageType.DISCONNECT) {
                        from.close();
                    } else {
                        history.add(new Seen.Unreadable(number, System.nanoTime()));
                    }
                }
            }
        }

        private void connect(ChannelHandlerContext from, MqttConnectMessage message) {
            var header = message.variableHeader();
            var payload = message.payload();
            byte[] password = payload.passwordInBytes();
            boolean fits = tid.equals(payload.userName())
                    && password != null
                    && token.equals(new String(password, StandardCharsets.UTF_8));
            Seen.Will will = header.isWillFlag()
                    ? new Seen.Will(
                            payload.willTopic(), header.willQos(), header.isWillRetain(), payload.willMessageInBytes())
                    : null;
            history.add(new Seen.Connect(
                    number,
                    System.nanoTime(),
                    header.version(),
                    payload.clientIdentifier(),
                    header.isCleanSession(),
                    header.keepAliveTimeSeconds(),
                    fits,
                    will));
            if (faults.contains(Fault.HANG_UP)) {
                from.close();
            } else if (faults.contains(Fault.REFUSE)) {
                refuse(from, MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            } else if (faults.contains(Fault.NOT_AUTHORIZED) || !fits) {
                refuse(from, MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
            } else if (!faults.contains(Fault.WITHHOLD_CONNACK)) {
                Connection before = current;
                current = this;
                if (before != null && before != this) {
                    before.close();
                }
                from.writeAndFlush(MqttMessageBuilders.connAck()
                        .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                        .sessionPresent(false)
                        .build());
            }
        }

        private void refuse(ChannelHandlerContext from, MqttConnectReturnCode code) {
            from.write(MqttMessageBuilders.connAck().returnCode(code).build());
            from.flush().close();
        }

        private void subscribe(ChannelHandlerContext from, MqttSubscribeMessage message) {
            Map<String, Integer> filters = new LinkedHashMap<>();
            for (MqttTopicSubscription wanted : message.payload().topicSubscriptions()) {
                filters.put(wanted.topicFilter(), wanted.option().qos().value());
            }
            history.add(new Seen.Subscribe(number, System.nanoTime(), filters));
            if (faults.contains(Fault.WITHHOLD_SUBACK)) {
                return;
            }
            List<Integer> granted = filters.entrySet().stream()
                    .map(wanted ->
                            down.contains(wanted.getKey()) ? Math.min(1, wanted.getValue()) : REFUSED_SUBSCRIPTION)
                    .toList();
            var answer = new MqttSubAckMessage(
                    new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
                    MqttMessageIdVariableHeader.from(message.variableHeader().messageId()),
                    new MqttSubAckPayload(granted));
            from.executor()
                    .schedule(
                            () -> {
                                history.add(new Seen.Granted(number, System.nanoTime()));
                                from.writeAndFlush(answer);
                            },
                            subackDelay.toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        private void publish(ChannelHandlerContext from, MqttPublishMessage message) {
            MqttFixedHeader header = message.fixedHeader();
            history.add(new Seen.Publish(
                    number,
                    System.nanoTime(),
                    message.variableHeader().topicName(),
                    header.qosLevel().value(),
                    header.isRetain(),
                    header.isDup(),
                    ByteBufUtil.getBytes(message.payload())));
            if (header.qosLevel() == MqttQoS.AT_LEAST_ONCE && !faults.contains(Fault.WITHHOLD_PUBACK)) {
                from.writeAndFlush(MqttMessageBuilders.pubAck()
                        .packetId(message.variableHeader().packetId())
                        .build());
            }
        }
    }
}
