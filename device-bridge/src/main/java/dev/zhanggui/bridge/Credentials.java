package dev.zhanggui.bridge;

import dev.zhanggui.bridge.broker.Terminals.Admission;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.bridge.portal.PortalUnavailableException;
import dev.zhanggui.wire.Link;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the portal whether a terminal may connect, and remembers a yes as SHA-256 of its token or certificate, so that a fleet can
 * reconnect while the portal is away. A no is never remembered.
 *
 * <p>A yes is worth what the bridge knows of withdrawals. One that was asked for before a withdrawal is asked for again, and a bridge
 * that has heard nothing of the portal for too long admits nobody by memory: whom it remembers may have been withdrawn since.
 */
@Component
public class Credentials {

    /** Guarded by the hold of its terminal in {@link #open}. */
    private static final class Question {
        private boolean overtaken;
    }

    private final PortalLink portal;
    private final Clock clock;
    private final Duration rememberedFor;
    private final ConcurrentMap<String, byte[]> known = new ConcurrentHashMap<>();

    /** What the portal is asked just now, by terminal. */
    private final ConcurrentMap<String, Set<Question>> open = new ConcurrentHashMap<>();

    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore atOnce = new Semaphore(64);
    private volatile Instant upToDate;

    public Credentials(PortalLink portal, Clock clock, BridgeProperties properties) {
        this.portal = portal;
        this.clock = clock;
        this.rememberedFor = properties.rememberCredentials();
        this.upToDate = clock.instant();
    }

    public CompletableFuture<Admission> admit(Link.Credential credential) {
        byte[] digest = digest(credential);
        if (isWithinMemory(clock.instant()) && remembers(credential.tid(), digest)) {
            return CompletableFuture.completedFuture(Admission.ADMITTED);
        }
        return CompletableFuture.supplyAsync(() -> ask(credential, digest), asking);
    }

    /** Whether a yes still stands that {@link #admit} gave. */
    public boolean stands(Link.Credential credential) {
        return remembers(credential.tid(), digest(credential));
    }

    /** The portal takes back what it said of the terminal so far. */
    public void withdraw(String tid) {
        open.compute(tid, (key, questions) -> {
            known.remove(key);
            if (questions != null) {
                questions.forEach(question -> question.overtaken = true);
            }
            return questions;
        });
    }

    /** The portal has told of all withdrawals, those of the last hours at least. After a longer silence some may be missing. */
    public void upToDate() {
        Instant now = clock.instant();
        if (!isWithinMemory(now)) {
            known.clear();
        }
        upToDate = now;
    }

    private boolean isWithinMemory(Instant now) {
        return !now.isAfter(upToDate.plus(rememberedFor));
    }

    private boolean remembers(String tid, byte[] digest) {
        byte[] remembered = known.get(tid);
        return remembered != null && MessageDigest.isEqual(remembered, digest);
    }

    private Admission ask(Link.Credential credential, byte[] digest) {
        String tid = credential.tid();
        atOnce.acquireUninterruptibly();
        try {
            while (true) {
                Question question = open(tid);
                boolean yes = false;
                try {
                    yes = portal.credential(credential);
                } finally {
                    close(tid, question, yes ? digest : null);
                }
                if (!yes) {
                    return Admission.REFUSED;
                }
                if (!question.overtaken) {
                    return Admission.ADMITTED;
                }
            }
        } catch (PortalUnavailableException e) {
            return Admission.ASK_LATER;
        } finally {
            atOnce.release();
        }
    }

    private Question open(String tid) {
        Question question = new Question();
        open.compute(tid, (key, others) -> {
            Set<Question> questions = others == null ? new HashSet<>() : others;
            questions.add(question);
            return questions;
        });
        return question;
    }

    /** @param yes to be remembered, unless a withdrawal has overtaken it; null for any other answer */
    private void close(String tid, Question question, byte @Nullable [] yes) {
        open.compute(tid, (key, others) -> {
            if (yes != null && !question.overtaken) {
                known.put(key, yes);
            }
            if (others == null) {
                return null;
            }
            others.remove(question);
            return others.isEmpty() ? null : others;
        });
    }

    /** Where there is a certificate, the token does not count; neither can be taken for the other. */
    private static byte[] digest(Link.Credential credential) {
        String shown = credential.thumbprint() == null
                ? "token " + credential.token()
                : "certificate " + credential.thumbprint();
        try {
            return MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
