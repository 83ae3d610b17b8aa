package dev.zhanggui.nemesis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy that does to a line what networks do: refuses, cuts (also in the middle of a message), stalls in one direction or
 * both, delays, throttles. It may understand MQTT: then somebody may look at every packet, lose it, double it, or slip one in.
 */
public final class Proxy implements AutoCloseable {

    /** Seen from who connects. */
    public enum Direction {
        UP,
        DOWN
    }

    /** One MQTT control packet as it is on the line. */
    public record Packet(byte[] bytes) {

        private static final int CONNECT = 1;
        private static final int PUBLISH = 3;

        int kind() {
            return (bytes[0] & 0xF0) >> 4;
        }

        public boolean isPublish() {
            return kind() == PUBLISH;
        }

        private int bodyAt() {
            int at = 1;
            while ((bytes[at++] & 0x80) != 0) {
                // the length goes on
            }
            return at;
        }

        private String textAt(int at) {
            int length = (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
            return new String(bytes, at + 2, length, StandardCharsets.UTF_8);
        }

        /** Of a PUBLISH. */
        public String topic() {
            return textAt(bodyAt());
        }

        /** Of a PUBLISH. */
        public byte[] payload() {
            int body = bodyAt();
            int at = body + 2 + ((bytes[body] & 0xFF) << 8 | bytes[body + 1] & 0xFF);
            boolean acknowledged = (bytes[0] & 0x06) != 0;
            int from = acknowledged ? at + 2 : at;
            byte[] payload = new byte[bytes.length - from];
            System.arraycopy(bytes, from, payload, 0, payload.length);
            return payload;
        }

        /** Of a CONNECT: the client id is the first field behind the ten bytes of its head. */
        @Nullable
        String clientId() {
            return kind() == CONNECT ? textAt(bodyAt() + 10) : null;
        }

        /** The same PUBLISH with something else in it. */
        public Packet withPayload(byte[] other) {
            int from = bytes.length - payload().length;
            byte[] head = Arrays.copyOfRange(bytes, bodyAt(), from);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes[0]);
            length(out, head.length + other.length);
            out.writeBytes(head);
            out.writeBytes(other);
            return new Packet(out.toByteArray());
        }

        private static void length(ByteArrayOutputStream out, int of) {
            int length = of;
            do {
                out.write(length > 127 ? length % 128 | 0x80 : length);
                length /= 128;
            } while (length > 0);
        }

        /** A PUBLISH that wants no answer, so that it fits between any others. */
        static Packet publish(String topic, byte[] payload) {
            byte[] name = topic.getBytes(StandardCharsets.UTF_8);
            int length = 2 + name.length + payload.length;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(PUBLISH << 4);
            length(out, length);
            out.write(name.length >> 8);
            out.write(name.length);
            out.writeBytes(name);
            out.writeBytes(payload);
            return new Packet(out.toByteArray());
        }
    }

    /** Who looks at packets. Called on the lines' threads. */
    public interface Meddler {

        /**
         * What goes on instead of the packet: itself, nothing, several.
         *
         * @param client the MQTT client id; null before its CONNECT
         */
        List<Packet> pass(Direction direction, @Nullable String client, Packet packet);
    }

    private final class Connection {
        private final Socket near;
        private final Socket far;
        private final ReentrantLock writingUp = new ReentrantLock();
        private final ReentrantLock writingDown = new ReentrantLock();
        private volatile @Nullable String client;

        private Connection(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        private InputStream in(Direction direction) throws IOException {
            return (direction == Direction.UP ? near : far).getInputStream();
        }

        private void write(Direction direction, byte[] bytes, int length) throws IOException {
            ReentrantLock lock = writing(direction);
            lock.lock();
            try {
                OutputStream out = (direction == Direction.UP ? far : near).getOutputStream();
                out.write(bytes, 0, length);
                out.flush();
            } finally {
                lock.unlock();
            }
        }

        /** Not while something else is half-way. */
        private boolean writeBetween(byte[] bytes) {
            ReentrantLock lock = writing(Direction.DOWN);
            if (!lock.tryLock()) {
                return false;
            }
            try {
                write(Direction.DOWN, bytes, bytes.length);
                return true;
            } catch (IOException e) {
                cut();
                return false;
            } finally {
                lock.unlock();
            }
        }

        private ReentrantLock writing(Direction direction) {
            return direction == Direction.UP ? writingUp : writingDown;
        }

        void cut() {
            connections.remove(this);
            for (Socket socket : List.of(near, far)) {
                try {
                    // No farewell: the other end finds out by itself.
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    // It was gone already.
                }
            }
        }
    }

    private final ServerSocket server;
    private final Supplier<InetSocketAddress> target;
    private final @Nullable Meddler meddler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);
    private final Map<Direction, Long> cutAfter = new EnumMap<>(Direction.class);
    private boolean refusing;
    private Duration delay = Duration.ZERO;
    private int bytesAtOnce = 8_192;
    private boolean closed;

    /** @param meddler null for a proxy that sees bytes only */
    public Proxy(int target, @Nullable Meddler meddler) throws IOException {
        this(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), target), meddler);
    }

    /** @param target asked for each line anew */
    public Proxy(Supplier<InetSocketAddress> target, @Nullable Meddler meddler) throws IOException {
        this.target = target;
        this.meddler = meddler;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.size();
    }

    // What breaks

    /** Nobody gets through, and who was is cut. */
    public void refuse(boolean now) {
        change(() -> refusing = now);
        if (now) {
            cutAll();
        }
    }

    public void cutAll() {
        List.copyOf(connections).forEach(Connection::cut);
    }

    /** The lines of one MQTT client. */
    public void cut(String client) {
        connections.stream().filter(it -> client.equals(it.client)).toList().forEach(Connection::cut);
    }

    /** Bytes are taken in, and not passed on before the stall ends: half-open in one direction, a partition in both. */
    public void stall(Direction direction, boolean now) {
        change(() -> {
            if (now) {
                stalled.add(direction);
            } else {
                stalled.remove(direction);
            }
        });
    }

    /** After so many more bytes in this direction everything is cut, wherever in a message that is. */
    public void cutAfter(Direction direction, long bytes) {
        change(() -> cutAfter.put(direction, bytes));
    }

    /** Each piece is late by this. */
    public void delay(Duration by) {
        change(() -> delay = by);
    }

    /** At most so many bytes go on at once; with a delay it is a rate. */
    public void throttle(int bytes) {
        change(() -> bytesAtOnce = bytes);
    }

    /** Everything is as good as new; lines that were cut stay cut. */
    public void heal() {
        change(() -> {
            refusing = false;
            stalled.clear();
            cutAfter.clear();
            delay = Duration.ZERO;
            bytesAtOnce = 8_192;
        });
    }

    /**
     * Slips a message in, between the others on the line to this client.
     *
     * @return whether there is such a line
     */
    public boolean inject(String client, String topic, byte[] payload) {
        byte[] bytes = Packet.publish(topic, payload).bytes();
        boolean there = false;
        for (Connection connection : connections) {
            if (client.equals(connection.client)) {
                there |= connection.writeBetween(bytes);
            }
        }
        return there;
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // How it works

    private void accept() {
        while (true) {
            Socket near;
            try {
                near = server.accept();
            } catch (IOException e) {
                return; // closed
            }
            threads.submit(() -> join(near));
        }
    }

    private void join(Socket near) {
        Socket far = new Socket();
        Connection connection = new Connection(near, far);
        connections.add(connection);
        try {
            if (refuses()) {
                connection.cut();
                return;
            }
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            far.connect(target.get(), 3_000);
        } catch (IOException e) {
            connection.cut();
            return;
        }
        threads.submit(() -> pump(connection, Direction.UP));
        threads.submit(() -> pump(connection, Direction.DOWN));
    }

    private boolean refuses() {
        lock.lock();
        try {
            return refusing || closed;
        } finally {
            lock.unlock();
        }
    }

    private void pump(Connection connection, Direction direction) {
        try {
            if (meddler == null) {
                bytes(connection, direction);
            } else {
                packets(connection, direction, meddler);
            }
        } catch (IOException e) {
            // One end is gone, so the other is.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.cut();
        }
    }

    private void bytes(Connection connection, Direction direction) throws IOException, InterruptedException {
        InputStream in = connection.in(direction);
        byte[] buffer = new byte[8_192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            forward(connection, direction, buffer, read);
        }
    }

    private void packets(Connection connection, Direction direction, Meddler by)
            throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(connection.in(direction)));
        while (true) {
            Packet packet = read(in);
            String client = packet.clientId();
            if (client != null) {
                connection.client = client;
            }
            for (Packet instead : by.pass(direction, connection.client, packet)) {
                forward(connection, direction, instead.bytes(), instead.bytes().length);
            }
        }
    }

    private static Packet read(DataInputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(in.readUnsignedByte());
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            head.write(digit);
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0 && shift < 28);
        byte[] bytes = new byte[head.size() + length];
        System.arraycopy(head.toByteArray(), 0, bytes, 0, head.size());
        in.readFully(bytes, head.size(), length);
        return new Packet(bytes);
    }

    /** In one piece as long as nothing breaks: an injected packet goes between, not into it. */
    private void forward(Connection connection, Direction direction, byte[] bytes, int length)
            throws IOException, InterruptedException {
        ReentrantLock whole = connection.writing(direction);
        whole.lock();
        try {
            int at = 0;
            while (at < length) {
                int allowed = allowed(direction, length - at);
                connection.write(direction, Arrays.copyOfRange(bytes, at, at + allowed), allowed);
                at += allowed;
                if (spent(direction, allowed)) {
                    throw new IOException("cut here");
                }
            }
        } finally {
            whole.unlock();
        }
    }

    /** Waits until bytes may pass; how many at once. */
    private int allowed(Direction direction, int wanted) throws InterruptedException {
        lock.lock();
        try {
            long nanos = delay.toNanos();
            while (nanos > 0 && !closed && !delay.isZero()) {
                nanos = changed.awaitNanos(nanos);
            }
            while (stalled.contains(direction) && !closed) {
                changed.await(1, TimeUnit.SECONDS);
            }
            long left = cutAfter.getOrDefault(direction, Long.MAX_VALUE);
            boolean whole = delay.isZero();
            return (int) Math.min(Math.min(wanted, whole ? wanted : bytesAtOnce), Math.max(1, left));
        } finally {
            lock.unlock();
        }
    }

    private boolean spent(Direction direction, int bytes) {
        lock.lock();
        try {
            Long left = cutAfter.get(direction);
            if (left == null) {
                return false;
            }
            if (left <= bytes) {
                cutAfter.remove(direction);
                return true;
            }
            cutAfter.put(direction, left - bytes);
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        change(() -> closed = true);
        server.close();
        cutAll();
        threads.shutdownNow();
    }
}
