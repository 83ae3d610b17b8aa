package dev.zhanggui.bridge;

import dev.zhanggui.bridge.broker.TlsListener;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.bridge.portal.PortalUnavailableException;
import dev.zhanggui.certificate.Certificates;
import dev.zhanggui.certificate.TlsKey;
import dev.zhanggui.wire.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * The certificate of the embedded broker's TLS listener, from the portal: kept in this bridge's folder, so that it starts without the
 * portal, and renewed while the broker runs.
 *
 * <pre>
 * start → kept and good ──────────────────────────→ shown → looked after: every hour, and when it is due
 *   └──→ asked for, a moment ──→ has it ──────────────┘
 *                        └────→ a stopgap that no terminal trusts, and asked on
 * </pre>
 */
@Component
public class BrokerCertificate implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BrokerCertificate.class);

    /** So long the plain listener may wait for a portal that is away. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(3);

    /** Also for new authorities: who is given a certificate by one waits at most so long. */
    private static final Duration LOOK_AFTER = Duration.ofHours(1);

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(300);

    /**
     * What is in the folder.
     *
     * @param key {@link TlsKey#secret()}, there before anything is asked for it
     * @param next the key of the certificate that is being asked for, while there is one already
     */
    record Kept(
            String key,
            @Nullable String certificate,
            List<String> authorities,
            @Nullable Instant renewAt,
            @Nullable String next) {

        Kept {
            authorities = authorities == null ? List.of() : List.copyOf(authorities);
        }
    }

    /** What terminals can do now. */
    enum State {
        /** There is no TLS listener. */
        OFF,
        /** It is open, but no terminal trusts it yet. */
        WAITING,
        SERVING
    }

    private final PortalLink portal;
    private final String bridge;
    private final BridgeProperties.Mqtt mqtt;
    private final Clock clock;
    private final Backoff backoff;
    private final SecureRandom random = new SecureRandom();
    private final @Nullable TlsListener listener;
    private final Path file;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stop = new CountDownLatch(1);

    private Kept kept = new Kept("", null, List.of(), null, null);
    private volatile @Nullable X509Certificate certificate;
    private volatile @Nullable String problem;
    private volatile @Nullable X509Certificate shown;
    private volatile boolean running;

    public BrokerCertificate(PortalLink portal, BridgeProperties properties, Clock clock, RandomGenerator random) {
        this.portal = portal;
        this.bridge = properties.name();
        this.mqtt = properties.mqtt();
        this.clock = clock;
        this.backoff = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(2), random);
        this.listener = mqtt.external() || mqtt.tlsPort() == 0 ? null : new TlsListener(mqtt.bind(), mqtt.tlsPort());
        this.file = mqtt.folder().resolve("broker-tls.json");
    }

    /** Null where the broker has none. */
    public @Nullable TlsListener listener() {
        return listener;
    }

    /** To be told to terminals; null as long as it would be of no use to them. */
    public @Nullable Integer port() {
        return shown == null ? null : mqtt.tlsPort();
    }

    State state() {
        return listener == null ? State.OFF : shown == null ? State.WAITING : State.SERVING;
    }

    /** Null while there is none. */
    @Nullable
    Instant validUntil() {
        X509Certificate it = certificate;
        return it == null ? null : it.getNotAfter().toInstant();
    }

    /** Why the next one could not be had, in a sentence; null when nothing is wrong. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Before the broker, which must find something to show. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public void start() {
        TlsListener to = listener;
        running = true;
        if (to == null) {
            return;
        }
        try {
            kept = read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        X509Certificate good = good();
        if (good == null) {
            askForAMoment(to);
        } else {
            show(to, good);
        }
        if (certificate == null) {
            log.info("No certificate for TLS yet: {}", problem);
            TlsKey key = TlsKey.of(kept.key());
            X509Certificate stopgap = stopgap(key);
            to.show(key.privateKey(), stopgap, List.of(stopgap));
        }
        threads.submit(() -> lookAfter(to));
    }

    @Override
    public void stop() {
        running = false;
        stop.countDown();
        threads.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void askForAMoment(TlsListener to) {
        Future<?> asked = threads.submit(() -> {
            ask(to);
            return null;
        });
        try {
            asked.get(FIRST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            problem = "the portal does not answer";
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            problem = String.valueOf((cause == null ? e : cause).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAfter(TlsListener to) {
        Thread.currentThread().setName("broker-certificate");
        try {
            do {
                Duration pause;
                try {
                    ask(to);
                    backoff.reset();
                    pause = untilDue();
                } catch (PortalUnavailableException e) {
                    problem = String.valueOf(e.getMessage());
                    pause = backoff.next();
                }
                awaitShown(to);
                if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } while (running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            problem = "ended by a defect; restart the bridge";
            log.error("The certificate for TLS is not looked after any more", e);
            throw e;
        }
    }

    private Duration untilDue() {
        Instant due = kept.renewAt();
        Duration left = due == null ? LOOK_AFTER : Duration.between(clock.instant(), due);
        return left.compareTo(SOONEST) < 0 ? SOONEST : left.compareTo(LOOK_AFTER) < 0 ? left : LOOK_AFTER;
    }

    /** The broker takes a moment for what is new, and at the start is not open yet. */
    private void awaitShown(TlsListener to) throws InterruptedException {
        X509Certificate wanted = certificate;
        while (wanted != null && !wanted.equals(shown)) {
            if (to.shows(wanted)) {
                shown = wanted;
                log.info(
                        "Terminals can connect with TLS on {}:{}, its certificate is good until {}",
                        mqtt.bind(),
                        mqtt.tlsPort(),
                        validUntil());
            } else if (stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** For the key there is, or for a new one when its certificate is due: asked again after a lost answer, it is the same one. */
    private synchronized void ask(TlsListener to) throws PortalUnavailableException {
        if (kept.next() == null && kept.certificate() != null && isDue()) {
            keep(new Kept(
                    kept.key(),
                    kept.certificate(),
                    kept.authorities(),
                    kept.renewAt(),
                    TlsKey.make(random).secret()));
        }
        String secret = kept.next() == null ? kept.key() : kept.next();
        TlsKey key = TlsKey.of(secret);
        Link.CertificateAnswer answer =
                portal.certificate(new Link.CertificateRequest(bridge, key.request(bridge), hosts()));
        X509Certificate given = usable(answer, key);
        boolean known = given.equals(certificate) && answer.authorities().equals(kept.authorities());
        keep(new Kept(secret, answer.certificate(), answer.authorities(), answer.renewAt(), null));
        problem = null;
        if (!known) {
            show(to, given);
        }
    }

    private X509Certificate usable(Link.CertificateAnswer answer, TlsKey key) throws PortalUnavailableException {
        try {
            X509Certificate given = Certificates.read(answer.certificate());
            if (!key.isOf(given) || Certificates.readAll(answer.authorities()).isEmpty()) {
                throw new CertificateException("it is for another key, or names no authority");
            }
            return given;
        } catch (CertificateException e) {
            throw new PortalUnavailableException("the portal's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private boolean isDue() {
        Instant due = kept.renewAt();
        return due == null || !clock.instant().isBefore(due) || good() == null;
    }

    /** What is kept, if a terminal would take it now and under all names. */
    private @Nullable X509Certificate good() {
        String text = kept.certificate();
        try {
            X509Certificate it = text == null ? null : Certificates.read(text);
            return it != null
                            && TlsKey.of(kept.key()).isOf(it)
                            && Certificates.isValid(it, clock.instant())
                            && isFor(it, hosts())
                    ? it
                    : null;
        } catch (CertificateException e) {
            return null;
        }
    }

    /** Whether it names all of them, however they are written. */
    static boolean isFor(X509Certificate certificate, List<String> hosts) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        Set<String> named = names == null
                ? Set.of()
                : names.stream()
                        .map(name -> canonical(String.valueOf(name.get(1))))
                        .collect(Collectors.toSet());
        return named.containsAll(
                hosts.stream().map(BrokerCertificate::canonical).toList());
    }

    private static String canonical(String host) {
        try {
            // A literal address is not looked up.
            return host.contains(":") || host.matches("[0-9.]+")
                    ? InetAddress.getByName(host).getHostAddress()
                    : host.toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return host;
        }
    }

    /** On one machine both names are in use. */
    private List<String> hosts() {
        return Set.of("127.0.0.1", "localhost").contains(mqtt.host())
                ? List.of("127.0.0.1", "localhost")
                : List.of(mqtt.host());
    }

    private void show(TlsListener to, X509Certificate wanted) {
        try {
            to.show(TlsKey.of(kept.key()).privateKey(), wanted, Certificates.readAll(kept.authorities()));
        } catch (CertificateException e) {
            throw new IllegalStateException("It was read before", e);
        }
        certificate = wanted;
    }

    /** Shown while there is nothing better: the listener must be able to open, and nobody shall trust it. */
    private X509Certificate stopgap(TlsKey key) {
        X500Name nobody = new X500Name("CN=no certificate yet");
        Instant now = clock.instant();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    nobody,
                                    BigInteger.valueOf(now.toEpochMilli()),
                                    Date.from(now),
                                    Date.from(now.plus(Duration.ofDays(1))),
                                    nobody,
                                    key.publicKey())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.privateKey())));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("Every JDK signs with P-256", e);
        }
    }

    private Kept read() throws IOException {
        try {
            @Nullable Kept found = PortalLink.JSON.readValue(Files.readAllBytes(file), Kept.class);
            if (found != null) {
                TlsKey.of(found.key());
                return found;
            }
            return fresh();
        } catch (NoSuchFileException e) {
            return fresh();
        } catch (JacksonException | IllegalArgumentException e) {
            log.warn("{} cannot be read; a new key is made", file);
            return fresh();
        }
    }

    private Kept fresh() {
        Kept made = new Kept(TlsKey.make(random).secret(), null, List.of(), null, null);
        keep(made);
        return made;
    }

    /** Durable before it is used. */
    private void keep(Kept now) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(mqtt.folder());
            Files.deleteIfExists(beside);
            try (FileChannel out = FileChannel.open(
                    beside,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(PortalLink.JSON.writeValueAsBytes(now));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kept = now;
    }
}
