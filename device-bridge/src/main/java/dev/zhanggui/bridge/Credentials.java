package dev.zhanggui.bridge;

import dev.zhanggui.bridge.broker.Terminals.Admission;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.bridge.portal.PortalUnavailableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Asks the portal whether a terminal may connect, and remembers a yes as SHA-256 of the token, so that a fleet can reconnect while
 * the portal is away. A no is never remembered.
 */
@Component
public class Credentials {

    private final PortalLink portal;
    private final ConcurrentMap<String, byte[]> known = new ConcurrentHashMap<>();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore atOnce = new Semaphore(64);

    public Credentials(PortalLink portal) {
        this.portal = portal;
    }

    public CompletableFuture<Admission> admit(String tid, String token) {
        byte[] digest = sha256(token);
        byte[] remembered = known.get(tid);
        if (remembered != null && MessageDigest.isEqual(remembered, digest)) {
            return CompletableFuture.completedFuture(Admission.ADMITTED);
        }
        return CompletableFuture.supplyAsync(() -> ask(tid, token, digest), asking);
    }

    /** Whether there was anything to forget. */
    public boolean forget(String tid) {
        return known.remove(tid) != null;
    }

    private Admission ask(String tid, String token, byte[] digest) {
        atOnce.acquireUninterruptibly();
        try {
            if (portal.credential(tid, token)) {
                known.put(tid, digest);
                return Admission.ADMITTED;
            }
            return Admission.REFUSED;
        } catch (PortalUnavailableException e) {
            return Admission.ASK_LATER;
        } finally {
            atOnce.release();
        }
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
