package dev.zhanggui.portal.acceptance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Keep-alive connections that each ask again as soon as they are answered, all on the calling thread: it shares the cores with the
 * server, so it does no more than find the length in a head and count bytes.
 */
final class Connections {

    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int ROOM = 64 * 1024;

    private final int port;
    private final int count;

    Connections(int port, int count) {
        this.port = port;
        this.count = count;
    }

    /**
     * What one round showed.
     *
     * @param latencies of every answer, in nanoseconds, sorted
     * @param bytes of the last body
     */
    record Round(double perSecond, long[] latencies, int bytes) {

        double millisAt(double share) {
            return latencies[(int) Math.min(latencies.length - 1L, (long) (latencies.length * share))] / 1e6;
        }
    }

    private static final class Connection {
        final SocketChannel channel;
        final ByteBuffer in = ByteBuffer.allocateDirect(ROOM);
        long askedAt;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void ask(byte[] request) throws IOException {
            in.clear();
            askedAt = System.nanoTime();
            var out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }
    }

    /** @param requests whole requests, one for each call; every answer must have this status */
    Round run(Duration duration, Supplier<byte[]> requests, int status) throws IOException {
        var latencies = new long[1 << 16];
        int answers = 0;
        int bytes = 0;
        try (var selector = Selector.open()) {
            for (int i = 0; i < count; i++) {
                var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.socket().setTcpNoDelay(true);
                channel.configureBlocking(false);
                var connection = new Connection(channel);
                channel.register(selector, SelectionKey.OP_READ, connection);
                connection.ask(requests.get());
            }
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            long now = start;
            while (now < end) {
                selector.select();
                for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    var connection = (Connection) keys.next().attachment();
                    keys.remove();
                    if (connection.channel.read(connection.in) < 0) {
                        throw new IOException("the server closed a connection");
                    }
                    int body = wholeBody(connection.in, status);
                    if (body < 0) {
                        continue;
                    }
                    bytes = body;
                    if (answers == latencies.length) {
                        latencies = Arrays.copyOf(latencies, answers * 2);
                    }
                    now = System.nanoTime();
                    latencies[answers++] = now - connection.askedAt;
                    connection.ask(requests.get());
                }
                now = System.nanoTime();
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
            var sorted = Arrays.copyOf(latencies, answers);
            Arrays.sort(sorted);
            return new Round(answers / ((now - start) / 1e9), sorted, bytes);
        }
    }

    /** The length of the body when all of it is there, else -1. */
    private static int wholeBody(ByteBuffer in, int status) throws IOException {
        int head = headEnd(in);
        if (head < 0) {
            return -1;
        }
        int length = length(in, head);
        if (in.position() < head + length) {
            return -1;
        }
        int answered = (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
        if (answered != status) {
            throw new IOException("answered " + answered + " instead of " + status);
        }
        return length;
    }

    private static int headEnd(ByteBuffer in) {
        for (int i = 3; i < in.position(); i++) {
            if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n' && in.get(i - 3) == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int length(ByteBuffer in, int head) throws IOException {
        for (int at = 0; at < head - LENGTH.length; at++) {
            int same = 0;
            while (same < LENGTH.length && Character.toLowerCase(in.get(at + same)) == LENGTH[same]) {
                same++;
            }
            if (same == LENGTH.length) {
                int length = 0;
                for (int i = at + same; in.get(i) != '\r'; i++) {
                    if (in.get(i) != ' ') {
                        length = length * 10 + in.get(i) - '0';
                    }
                }
                return length;
            }
        }
        throw new IOException("an answer without a length");
    }
}
