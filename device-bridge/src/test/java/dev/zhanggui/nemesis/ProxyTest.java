package dev.zhanggui.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.nemesis.Proxy.Direction;
import dev.zhanggui.nemesis.Proxy.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyTest {

    private ServerSocket server;
    private @Nullable Proxy proxy;
    /** From {@link #connected} on. */
    @SuppressWarnings("NullAway.Init")
    private Socket near;

    @SuppressWarnings("NullAway.Init")
    private Socket far;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        server.close();
    }

    private Proxy connected(Proxy.@Nullable Meddler meddler) throws IOException {
        Proxy fresh = new Proxy(server.getLocalPort(), meddler);
        proxy = fresh;
        near = new Socket(InetAddress.getLoopbackAddress(), fresh.port());
        far = server.accept();
        far.setSoTimeout(10_000);
        near.setSoTimeout(10_000);
        return fresh;
    }

    @Test
    void bytesPassBothWays() throws IOException {
        connected(null);
        say(near, "up");
        assertThat(hear(far, 2)).isEqualTo("up");
        say(far, "down");
        assertThat(hear(near, 4)).isEqualTo("down");
    }

    @Test
    void aStallHoldsBackOneDirectionUntilItIsHealed() throws IOException {
        Proxy between = connected(null);
        between.stall(Direction.UP, true);
        say(near, "held");
        say(far, "passes");
        assertThat(hear(near, 6)).isEqualTo("passes");
        far.setSoTimeout(1);
        assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        far.setSoTimeout(10_000);
        between.heal();
        assertThat(hear(far, 4)).isEqualTo("held");
    }

    @Test
    void aCutComesInTheMiddleOfAMessage() throws IOException {
        Proxy between = connected(null);
        between.cutAfter(Direction.UP, 3);
        say(near, "message");
        byte[] got = readUntilCut(far);
        assertThat(new String(got, StandardCharsets.US_ASCII)).isEqualTo("mes".substring(0, got.length));
        assertThat(readUntilCut(near)).isEmpty();
    }

    @Test
    void whoIsRefusedIsCutOffAndNobodyElseComesThrough() throws IOException {
        Proxy between = connected(null);
        between.refuse(true);
        assertThat(readUntilCut(near)).isEmpty();
        try (Socket another = new Socket(InetAddress.getLoopbackAddress(), between.port())) {
            another.setSoTimeout(10_000);
            assertThat(readUntilCut(another)).isEmpty();
        }
    }

    @Test
    void packetsCanBeLostDoubledAndSlippedIn() throws IOException {
        Proxy between = connected((direction, client, packet) -> !packet.isPublish()
                ? List.of(packet)
                : packet.topic().equals("lost") ? List.of() : List.of(packet, packet));
        byte[] connect = {0x10, 15, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 3, 't', 'i', 'd'};
        near.getOutputStream().write(connect);
        assertThat(far.getInputStream().readNBytes(connect.length)).isEqualTo(connect);

        byte[] lost = Packet.publish("lost", new byte[300]).bytes();
        byte[] kept =
                Packet.publish("kept", "x".getBytes(StandardCharsets.US_ASCII)).bytes();
        far.getOutputStream().write(lost);
        far.getOutputStream().write(kept);
        assertThat(near.getInputStream().readNBytes(2 * kept.length))
                .startsWith(kept)
                .endsWith(kept);

        assertThat(between.inject("somebody else", "in", new byte[0])).isFalse();
        // Refused while the proxy is just letting go of the packet before.
        Awaitility.await().until(() -> between.inject("tid", "in", new byte[200]));
        byte[] injected = near.getInputStream().readNBytes(1 + 2 + 2 + 2 + 200);
        assertThat(new Packet(injected))
                .returns("in", Packet::topic)
                .satisfies(it -> assertThat(it.payload()).hasSize(200));
    }

    /** Whatever came before the end, which may be an orderly one or not. */
    private static byte[] readUntilCut(Socket socket) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int one = in.read(); one >= 0; one = in.read()) {
                got.write(one);
            }
        } catch (SocketException e) {
            // A reset is an end too.
        }
        return got.toByteArray();
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }
}
