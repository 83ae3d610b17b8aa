package dev.zhanggui.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands before a cluster in production: one address, each new connection goes to the next node that answers. */
public final class Balancer implements AutoCloseable {

    private final ServerSocket door;
    private final List<InetSocketAddress> nodes;
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Balancer(List<InetSocketAddress> nodes) throws IOException {
        this.nodes = List.copyOf(nodes);
        this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket visitor = door.accept();
                threads.submit(() -> lead(visitor));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void lead(Socket visitor) {
        for (int i = 0; i < nodes.size(); i++) {
            try {
                Socket node = new Socket();
                node.connect(nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size())));
                threads.submit(() -> pass(visitor, node));
                pass(node, visitor);
                return;
            } catch (IOException e) {
                // The next one, then.
            }
        }
        close(visitor);
    }

    /** Until one side ends; then both are over. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // A broken line ends like one that was closed.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
