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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger log = LoggerFactory.getLogger(Credentials.class);

    /** More than any fleet has terminals at one bridge: beyond it they are told to come again. */
    private static final int MOST_WAITING = 20_000;

    /** The broker has answered who asked longer ago. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A yes that is older is asked for again: what ends at another bridge, such as a token, is not told as a withdrawal. */
    private static final Duration OLDEST = Duration.ofDays(1);

    private record Yes(byte[] digest, Instant at) {}

    private static final class Question {
        private final Link.Credential credential;
        private final byte[] digest;
        private final Instant at;
        private final CompletableFuture<Admission> answer = new CompletableFuture<>();

        /** Guarded by the hold of its terminal in {@link #open}. */
        private boolean overtaken;

        private Question(Link.Credential credential, byte[] digest, Instant at) {
            this.credential = credential;
            this.digest = digest;
            this.at = at;
        }
    }

    private final PortalLink portal;
    private final Clock clock;
    private final Duration rememberedFor;
    private final ConcurrentMap<String, Yes> known = new ConcurrentHashMap<>();

    /** What the portal is asked just now, by terminal. */
    private final ConcurrentMap<String, Set<Question>> open = new ConcurrentHashMap<>();

    private final Queue<Question> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean asking = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Instant upToDate;

    public Credentials(PortalLink portal, Clock clock, BridgeProperties properties) {
        this.portal = portal;
        this.clock = clock;
        this.rememberedFor = properties.rememberCredentials();
        this.upToDate = clock.instant();
    }

    public CompletableFuture<Admission> admit(Link.Credential credential) {
        byte[] digest = digest(credential);
        Instant now = clock.instant();
        if (isWithinMemory(now) && remembers(credential.tid(), digest, now.minus(OLDEST))) {
            return CompletableFuture.completedFuture(Admission.ADMITTED);
        }
        Question question = new Question(credential, digest, now);
        if (!waiting.offer(question)) {
            return CompletableFuture.completedFuture(Admission.ASK_LATER);
        }
        askUnlessAsking();
        return question.answer;
    }

    /** Whether a yes still stands that {@link #admit} gave. */
    public boolean stands(Link.Credential credential) {
        return remembers(credential.tid(), digest(credential), Instant.MIN);
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

    private boolean remembers(String tid, byte[] digest, Instant since) {
        Yes remembered = known.get(tid);
        return remembered != null
                && !remembered.at().isBefore(since)
                && MessageDigest.isEqual(remembered.digest(), digest);
    }

    private void askUnlessAsking() {
        if (asking.compareAndSet(false, true)) {
            threads.execute(this::askAll);
        }
    }

    /** Asks together what gathered while the last ones were asked for: one by one when quiet, hundreds when a fleet comes back. */
    private void askAll() {
        try {
            for (List<Question> next = together(); !next.isEmpty(); next = together()) {
                ask(next);
            }
        } finally {
            asking.set(false);
        }
        if (!waiting.isEmpty()) {
            askUnlessAsking();
        }
    }

    private List<Question> together() {
        List<Question> together = new ArrayList<>();
        while (together.size() < Link.Admissions.MOST) {
            Question next = waiting.poll();
            if (next == null) {
                break;
            }
            if (next.at.isBefore(clock.instant().minus(PATIENCE))) {
                next.answer.complete(Admission.ASK_LATER);
            } else {
                together.add(next);
            }
        }
        return together;
    }

    private void ask(List<Question> together) {
        together.forEach(this::open);
        List<Link.@Nullable CredentialAnswer> answers;
        try {
            answers = portal.admissions(
                    together.stream().map(question -> question.credential).toList());
        } catch (PortalUnavailableException e) {
            answers = List.of();
        } catch (RuntimeException e) {
            log.error("Nobody can be asked for", e);
            answers = List.of();
        }
        for (int i = 0; i < together.size(); i++) {
            Question question = together.get(i);
            Link.CredentialAnswer answer = answers.isEmpty() ? null : answers.get(i);
            boolean yes = answer != null && answer.ok();
            close(question, yes);
            if (yes && question.overtaken) {
                question.overtaken = false;
                if (!waiting.offer(question)) {
                    question.answer.complete(Admission.ASK_LATER);
                }
            } else {
                question.answer.complete(
                        yes ? Admission.ADMITTED : answer == null ? Admission.ASK_LATER : Admission.REFUSED);
            }
        }
    }

    private void open(Question question) {
        open.compute(question.credential.tid(), (key, others) -> {
            Set<Question> questions = others == null ? new HashSet<>() : others;
            questions.add(question);
            return questions;
        });
    }

    /** Remembers a yes, unless a withdrawal has overtaken it. */
    private void close(Question question, boolean yes) {
        open.compute(question.credential.tid(), (key, others) -> {
            if (yes && !question.overtaken) {
                known.put(key, new Yes(question.digest, question.at));
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
