package dev.zhanggui.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/** The portal's end of the wire, in memory. It can go away and come back on the same port, with all it knew. */
public final class FakePortal implements AutoCloseable {

    public static final String TOKEN = "bridge-token-for-tests";

    /** In the place of an answer: 409. */
    private static final Object FENCED = new Object();

    /** In the place of an answer: 404. */
    private static final Object UNKNOWN = new Object();

    /** One try to activate: the code on the screen, and what became of it. */
    private static final class Device {
        private final Provision.Request first;
        private final String code;
        private @Nullable String tid;

        /** By the key that they are for. */
        private final Map<PublicKey, X509Certificate> certificates = new LinkedHashMap<>();

        /** For which there is none any more. */
        private final Set<PublicKey> ended = new HashSet<>();

        private Device(Provision.Request first, String code) {
            this.first = first;
            this.code = code;
        }
    }

    private final Object lock = new Object();
    private final Signer signer = new Signer("k1");
    private final Authority authority = new Authority("test authority");

    /** By tid, those that are good; the newest that has connected ends the others. */
    private final Map<String, List<String>> thumbprints = new HashMap<>();

    private final Set<String> connectedWithCertificate = new HashSet<>();
    private final Map<PublicKey, X509Certificate> ofBridges = new HashMap<>();
    private Duration deviceLife = Duration.ofDays(90);
    private Duration brokerRenewal = Duration.ofDays(365);
    private int lostAnswers;
    private @Nullable Signer pretender;
    private boolean dropsRequests;
    private int certificatesIssued;
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<String, Link.WorkItem> desired = new HashMap<>();
    private final List<Link.WorkItem> due = new ArrayList<>();
    private final List<String> revoked = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, String> documents = new HashMap<>();
    private final List<Birth> births = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final List<Presence> presences = new ArrayList<>();
    private final List<Link.Delivery> deliveries = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Link.Leave> left = new ArrayList<>();
    private int hellos;
    private long fence = 1;
    private long nextFence = 1;
    private @Nullable List<String> shards;
    private int credentialQuestions;
    private boolean knowsAdmissions = true;
    private int admissionCalls;
    private int documentQuestions;
    private int port;
    private @Nullable HttpServer server;
    private boolean away;
    private volatile Runnable beforeCredentialAnswer = () -> {};

    public FakePortal() throws IOException {
        HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = fresh.getAddress().getPort();
        open(fresh);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Signer signer() {
        return signer;
    }

    // What a test does to it

    public void goAway() {
        synchronized (lock) {
            away = true;
            lock.notifyAll();
        }
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
        }
        server = null;
    }

    public void comeBack() throws IOException {
        synchronized (lock) {
            if (!away) {
                return;
            }
            away = false;
        }
        open(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    }

    /** What the merchant does who types the code from the screen. */
    public void activate(String code, String tid) {
        synchronized (lock) {
            devices.values().stream()
                    .filter(device -> device.code.equals(code))
                    .findFirst()
                    .orElseThrow()
                    .tid = tid;
        }
    }

    /** Signs and hands out, as after an edit. */
    public String push(String tid, long epoch, long gen, List<DocumentRef> refs) {
        String jws = signer.manifest(new Manifest(
                Wire.VERSION, tid, epoch, gen, Instant.now(), Instant.now().plus(Duration.ofDays(7)), refs, 0));
        push(tid, epoch, gen, jws);
        return Wire.digest(jws);
    }

    public void push(String tid, long epoch, long gen, String jws) {
        synchronized (lock) {
            Link.WorkItem item = new Link.WorkItem(
                    tid, epoch, gen, Link.Lane.EDIT, Wire.digest(jws), jws, "w-" + desired.size() + "-" + gen);
            desired.put(tid, item);
            due.add(item);
            lock.notifyAll();
        }
    }

    /** Hands out what it handed out last, as after no answer. */
    public void pushAgain(String tid) {
        synchronized (lock) {
            due.add(Objects.requireNonNull(desired.get(tid)));
            lock.notifyAll();
        }
    }

    /** Holds a document for queries, and gives the reference without it. */
    public DocumentRef keep(String kind, Object document) {
        String jws = signer.document(kind, document);
        synchronized (lock) {
            documents.put(Wire.digest(jws), jws);
        }
        return new DocumentRef(kind, Wire.digest(jws), jws.length(), null);
    }

    /** What a portal does that took this bridge for dead: nothing is heard of it until its next hello. */
    public void fenceOff() {
        synchronized (lock) {
            nextFence++;
            fence = -1;
        }
    }

    /** Of a shared broker, those that the bridge is to listen to. */
    public void share(@Nullable List<String> some) {
        synchronized (lock) {
            shards = some;
            lock.notifyAll();
        }
    }

    public Link.Leave awaitLeave(Predicate<Link.Leave> wanted) throws InterruptedException {
        return await(left, wanted);
    }

    public List<Presence> presences() {
        synchronized (lock) {
            return List.copyOf(presences);
        }
    }

    public void revoke(String tid) {
        synchronized (lock) {
            devices.values().removeIf(device -> tid.equals(device.tid));
            known.remove(tid);
            thumbprints.remove(tid);
            connectedWithCertificate.remove(tid);
            revoked.add(tid);
            lock.notifyAll();
        }
    }

    /** One that was activated before anything here began. */
    public Provision.Activation activated(String tid, int mqttPort) {
        synchronized (lock) {
            known.add(tid);
        }
        return new Provision.Activation(
                tid, "127.0.0.1", mqttPort, token(tid), List.of(signer.verificationKey()), Instant.now());
    }

    // Certificates

    public Authority authority() {
        return authority;
    }

    /** Of certificates that are issued from now on. */
    public void deviceLife(Duration life) {
        synchronized (lock) {
            deviceLife = life;
        }
    }

    /** After how long a broker's certificate is due. */
    public void brokerRenewal(Duration after) {
        synchronized (lock) {
            brokerRenewal = after;
        }
    }

    /** The next answers to devices are decided and never arrive. */
    public void loseAnswers(int many) {
        synchronized (lock) {
            lostAnswers = many;
        }
    }

    /** As a bridge of an earlier version before it would. */
    public void dropRequests(boolean now) {
        synchronized (lock) {
            dropsRequests = now;
        }
    }

    /** The certificates of a terminal that stays bound and may come back with a new one. */
    public void withdrawCertificates(String tid) {
        synchronized (lock) {
            devices.values().stream()
                    .filter(device -> tid.equals(device.tid))
                    .forEach(device -> device.ended.addAll(device.certificates.keySet()));
            thumbprints.remove(tid);
            revoked.add(tid);
            lock.notifyAll();
        }
    }

    /** As one that somebody stands before who would have terminals trust him. */
    public void pretend(@Nullable Signer other) {
        synchronized (lock) {
            pretender = other;
        }
    }

    /** To devices. */
    public int certificatesIssued() {
        synchronized (lock) {
            return certificatesIssued;
        }
    }

    /** Says yes to this one, whatever it is worth. */
    public void accept(String tid, X509Certificate certificate) {
        synchronized (lock) {
            known.add(tid);
            thumbprints.computeIfAbsent(tid, key -> new ArrayList<>()).add(Authority.thumbprint(certificate));
        }
    }

    private Link.CertificateAnswer certificate(Link.CertificateRequest request) {
        synchronized (lock) {
            Instant now = Instant.now();
            X509Certificate given = ofBridges.computeIfAbsent(
                    Authority.keyOf(request.csr()),
                    key -> authority.issue(
                            key,
                            request.bridge(),
                            now.minusSeconds(60),
                            now.plus(Duration.ofDays(730)),
                            Authority.SERVER,
                            request.hosts()));
            Instant due = given.getNotBefore().toInstant().plusSeconds(60).plus(brokerRenewal);
            return new Link.CertificateAnswer(
                    Authority.text(given), List.of(Authority.text(authority.certificate())), due);
        }
    }

    private @Nullable String certificateOf(Device device, Provision.Request request) {
        String csr = request.csr();
        String tid = device.tid;
        if (csr == null || tid == null || device.ended.contains(Authority.keyOf(csr))) {
            return null;
        }
        return Authority.text(device.certificates.computeIfAbsent(Authority.keyOf(csr), key -> {
            certificatesIssued++;
            X509Certificate issued = authority.issue(key, tid, deviceLife);
            thumbprints.computeIfAbsent(tid, one -> new ArrayList<>()).add(Authority.thumbprint(issued));
            return issued;
        }));
    }

    private boolean isGood(String tid, String thumbprint) {
        List<String> good = thumbprints.getOrDefault(tid, List.of());
        int at = good.indexOf(thumbprint);
        if (at >= 0) {
            good.subList(0, at).clear();
            connectedWithCertificate.add(tid);
        }
        return at >= 0;
    }

    public String token(String tid) {
        return "token-of-" + tid;
    }

    // What a test waits for

    public Report awaitReport(Predicate<Report> wanted) throws InterruptedException {
        return await(reports, wanted);
    }

    public Birth awaitBirth(Predicate<Birth> wanted) throws InterruptedException {
        return await(births, wanted);
    }

    public Presence awaitPresence(Predicate<Presence> wanted) throws InterruptedException {
        return await(presences, wanted);
    }

    public Link.Delivery awaitDelivery(Predicate<Link.Delivery> wanted) throws InterruptedException {
        return await(deliveries, wanted);
    }

    public int documentQuestions() {
        synchronized (lock) {
            return documentQuestions;
        }
    }

    /** Plays a portal of an earlier version. */
    public void knowsNoAdmissions() {
        synchronized (lock) {
            knowsAdmissions = false;
        }
    }

    /** Calls that asked for several terminals, or could have. */
    public int admissionCalls() {
        synchronized (lock) {
            return admissionCalls;
        }
    }

    public int credentialQuestions() {
        synchronized (lock) {
            return credentialQuestions;
        }
    }

    /** What happens after it was decided whether a terminal may connect, and before the bridge learns it. */
    public void beforeCredentialAnswer(Runnable happening) {
        beforeCredentialAnswer = happening;
    }

    public int hellos() {
        synchronized (lock) {
            return hellos;
        }
    }

    public List<Report> reports() {
        synchronized (lock) {
            return List.copyOf(reports);
        }
    }

    public List<Birth> births() {
        synchronized (lock) {
            return List.copyOf(births);
        }
    }

    private <T> T await(List<T> list, Predicate<T> wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();
        synchronized (lock) {
            while (true) {
                for (T entry : list) {
                    if (wanted.test(entry)) {
                        return entry;
                    }
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("Never came; there were " + list);
                }
                lock.wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    // HTTP

    private void open(HttpServer fresh) {
        fresh.setExecutor(threads);
        fresh.createContext(Link.PATH, exchange -> {
            try (exchange) {
                if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    exchange.sendResponseHeaders(401, -1);
                    return;
                }
                Object answer = answer(exchange);
                if (answer == FENCED || answer == UNKNOWN) {
                    exchange.sendResponseHeaders(answer == FENCED ? 409 : 404, -1);
                    return;
                }
                byte[] bytes = StrictJson.MAPPER.writeValueAsBytes(answer);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                exchange.sendResponseHeaders(500, -1);
            }
        });
        fresh.start();
        server = fresh;
    }

    private Object answer(HttpExchange exchange) throws IOException, InterruptedException {
        String call = exchange.getRequestURI().getPath().substring(Link.PATH.length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        return switch (call) {
            case "hello" -> {
                StrictJson.MAPPER.readValue(body, Link.Hello.class);
                synchronized (lock) {
                    hellos++;
                    fence = nextFence;
                    yield new Link.HelloAnswer(Instant.now(), Wire.VERSION, fence, shards);
                }
            }
            case "work" -> {
                Link.WorkRequest request = StrictJson.MAPPER.readValue(body, Link.WorkRequest.class);
                yield isFenced(request.fence()) ? FENCED : work(request);
            }
            case "reports" -> {
                Link.Reports batch = StrictJson.MAPPER.readValue(body, Link.Reports.class);
                yield isFenced(batch.fence()) ? FENCED : take(batch);
            }
            case "leave" -> {
                Link.Leave leave = StrictJson.MAPPER.readValue(body, Link.Leave.class);
                synchronized (lock) {
                    left.add(leave);
                    lock.notifyAll();
                }
                yield new Link.LeaveAnswer(Instant.now());
            }
            case "documents" -> documents(StrictJson.MAPPER.readValue(body, Link.DocumentsRequest.class));
            case "credentials" -> {
                Link.CredentialAnswer decided = credential(StrictJson.MAPPER.readValue(body, Link.Credential.class));
                beforeCredentialAnswer.run();
                yield decided;
            }
            case "certificate" -> certificate(StrictJson.MAPPER.readValue(body, Link.CertificateRequest.class));
            case "admissions" -> {
                Object decided = admissions(StrictJson.MAPPER.readValue(body, Link.Admissions.class));
                beforeCredentialAnswer.run();
                yield decided;
            }
            case "provision/announce" ->
                provision(StrictJson.MAPPER.readValue(body, Provision.Request.class), Provision.Request.ANNOUNCE);
            case "provision/poll" ->
                provision(StrictJson.MAPPER.readValue(body, Provision.Request.class), Provision.Request.POLL);
            default -> throw new UncheckedIOException(new IOException("no call " + call));
        };
    }

    private boolean isFenced(@Nullable Long claimed) {
        synchronized (lock) {
            return claimed == null || claimed != fence;
        }
    }

    private Link.WorkAnswer work(Link.WorkRequest request) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(request.waitMillis()).toNanos();
        synchronized (lock) {
            List<String> told = shards;
            int asker = left.size();
            while (due.isEmpty()
                    && revoked.isEmpty()
                    && !away
                    && Objects.equals(told, shards)
                    && left.size() == asker) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                lock.wait(Math.max(1, left / 1_000_000));
            }
            // Nothing is handed to one that has left while it waited.
            boolean gone = away || left.size() != asker;
            Link.WorkAnswer answer = gone
                    ? new Link.WorkAnswer(List.of(), List.of())
                    : new Link.WorkAnswer(List.copyOf(due), List.copyOf(revoked), shards);
            if (!gone) {
                due.clear();
                revoked.clear();
            }
            return answer;
        }
    }

    private Link.ReportsAnswer take(Link.Reports batch) {
        synchronized (lock) {
            births.addAll(batch.births());
            reports.addAll(batch.reports());
            presences.addAll(batch.presences());
            deliveries.addAll(batch.deliveries());
            lock.notifyAll();
            return new Link.ReportsAnswer(batch.births().stream()
                    .map(birth -> desired.get(birth.tid()))
                    .filter(item -> item != null
                            && batch.births().stream()
                                    .noneMatch(birth -> item.digest().equals(birth.digest())))
                    .toList());
        }
    }

    private Link.DocumentsAnswer documents(Link.DocumentsRequest request) {
        synchronized (lock) {
            documentQuestions++;
            return new Link.DocumentsAnswer(documents.entrySet().stream()
                    .filter(entry -> request.digests().contains(entry.getKey()))
                    .map(entry -> new SignedDocument(entry.getKey(), entry.getValue()))
                    .toList());
        }
    }

    private Object admissions(Link.Admissions asked) {
        synchronized (lock) {
            if (!knowsAdmissions) {
                return UNKNOWN;
            }
            admissionCalls++;
            return new Link.AdmissionsAnswer(
                    asked.credentials().stream().map(this::credential).toList());
        }
    }

    private Link.CredentialAnswer credential(Link.Credential credential) {
        synchronized (lock) {
            credentialQuestions++;
            boolean bound = known.contains(credential.tid())
                    || devices.values().stream()
                            .anyMatch(device -> credential.tid().equals(device.tid));
            String thumbprint = credential.thumbprint();
            return new Link.CredentialAnswer(bound
                    && (thumbprint == null
                            ? token(credential.tid()).equals(credential.token())
                                    && !connectedWithCertificate.contains(credential.tid())
                            : isGood(credential.tid(), thumbprint)));
        }
    }

    private Provision.Answer provision(Provision.Request sent, String call) {
        Provision.Request request = sent;
        synchronized (lock) {
            if (dropsRequests) {
                request = new Provision.Request(
                        sent.serial(), sent.deviceClass(), sent.publicKey(), sent.nonce(), sent.signature());
            }
        }
        return heard(request, call);
    }

    private Provision.Answer heard(Provision.Request request, String call) {
        Ed25519Signer check = new Ed25519Signer();
        check.init(false, new Ed25519PublicKeyParameters(Base64.getUrlDecoder().decode(request.publicKey())));
        byte[] input = request.signingInput(call).getBytes(StandardCharsets.UTF_8);
        check.update(input, 0, input.length);
        if (!check.verifySignature(Base64.getUrlDecoder().decode(request.signature()))) {
            return new Provision.Answer(
                    Provision.State.REFUSED, null, null, 1000, null, Provision.Refusal.BAD_SIGNATURE);
        }
        synchronized (lock) {
            Device device = devices.computeIfAbsent(
                    request.serial(), serial -> new Device(request, "CODE%04d".formatted(devices.size())));
            if (!device.first.publicKey().equals(request.publicKey())) {
                return new Provision.Answer(
                        Provision.State.REFUSED, null, null, 1000, null, Provision.Refusal.OTHER_KEY);
            }
            String tid = device.tid;
            String certificate = certificateOf(device, request);
            lock.notifyAll();
            if (tid != null && lostAnswers > 0) {
                lostAnswers--;
                throw new IllegalStateException("lost");
            }
            return tid == null
                    ? new Provision.Answer(
                            Provision.State.WAITING,
                            device.code,
                            Instant.now().plus(Duration.ofMinutes(15)),
                            250,
                            null,
                            null)
                    : new Provision.Answer(
                            Provision.State.ACTIVATED,
                            null,
                            null,
                            250,
                            new Provision.Activation(
                                    tid,
                                    null,
                                    null,
                                    token(tid),
                                    List.of((pretender == null ? signer : pretender).verificationKey()),
                                    Instant.now(),
                                    null,
                                    certificate,
                                    certificate == null ? null : List.of(Authority.text(authority.certificate()))),
                            null);
        }
    }

    /** Whether a tid is in its own topics; a small reminder of the contract for readers of the tests. */
    public static String manifestTopic(String tid) {
        return new Topics(tid).of(Topics.Channel.MANIFEST);
    }

    @Override
    public void close() {
        goAway();
        threads.shutdownNow();
    }
}
