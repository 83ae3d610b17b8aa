package dev.zhanggui.conformance;

import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Chunk;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Portal and broker around the one terminal, and the words in which checks are written. */
final class Lab implements AutoCloseable {

    /**
     * @param bind where to listen
     * @param host under which the terminal reaches this machine
     * @param provisionPort 0: any free one
     * @param mqttPort 0: any free one
     * @param patience for a terminal that only has to answer
     * @param linePatience for a terminal that has to notice by itself that something is wrong with the line
     * @param soak how long a configuration must run on it before it goes back to it
     * @param poison a text upon which the terminal fails its self-test; null: it has no such hook
     */
    record Settings(
            InetAddress bind,
            String host,
            int provisionPort,
            int mqttPort,
            Duration patience,
            Duration linePatience,
            Duration soak,
            @Nullable String poison) {}

    /** @param mark of the broker's history before it was sent */
    record Pushed(int mark, Manifest manifest, String jws, String digest) {}

    static final long EPOCH = 3;

    private static final long FIRST = 10;

    private static final int TOKEN_BYTES = 24;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LEASE = Duration.ofDays(7);

    private final Settings settings;
    private final Clock clock;
    private final Operator operator;
    private final Power power;
    private final String tid = text("01", 24);
    private final String token;
    private final Topics topics = new Topics(tid);
    private final LabSigner signer = new LabSigner("lab-1");
    private final LabBroker broker;
    private final LabPortal portal;
    private long gen = FIRST;
    private @Nullable Pushed running;

    Lab(Settings settings, Clock clock, Operator operator, Power power) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.operator = operator;
        this.power = power;
        byte[] secret = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(secret);
        token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        broker = new LabBroker(new InetSocketAddress(settings.bind(), settings.mqttPort()), tid, token);
        portal = new LabPortal(new InetSocketAddress(settings.bind(), settings.provisionPort()), clock, text("", 8));
    }

    Settings settings() {
        return settings;
    }

    String tid() {
        return tid;
    }

    LabSigner signer() {
        return signer;
    }

    LabBroker broker() {
        return broker;
    }

    LabPortal portal() {
        return portal;
    }

    Topics topics() {
        return topics;
    }

    Operator operator() {
        return operator;
    }

    Power power() {
        return power;
    }

    Instant now() {
        return clock.instant();
    }

    int mark() {
        return broker.history().mark();
    }

    /** Nobody has called or connected so far. */
    boolean isAlone() {
        return portal.calls().mark() == 0 && broker.history().mark() == 0;
    }

    /** Nothing is withheld any more. */
    void inOrder() {
        broker.inOrder();
    }

    @Override
    public void close() {
        portal.close();
        broker.close();
    }

    // Waiting

    <T> T await(int mark, Function<Seen, Optional<T>> wanted, Duration patience, String zh, String en)
            throws UnmetException, InterruptedException {
        return broker.history()
                .await(mark, wanted, patience)
                .orElseThrow(() -> new UnmetException(
                        zh + "（等了 " + patience.toSeconds() + " 秒）", en + " (within " + patience.toSeconds() + " s)"));
    }

    <T extends Seen> T await(int mark, Class<T> type, Predicate<T> wanted, Duration patience, String zh, String en)
            throws UnmetException, InterruptedException {
        return await(
                mark,
                seen -> Optional.of(seen)
                        .filter(type::isInstance)
                        .map(type::cast)
                        .filter(wanted),
                patience,
                zh,
                en);
    }

    /** Whether nothing of the kind comes for so long. */
    boolean nothing(int mark, Predicate<Seen> wanted, Duration time) throws InterruptedException {
        return broker.history()
                .await(mark, seen -> Optional.of(seen).filter(wanted), time)
                .isEmpty();
    }

    static void require(boolean met, String zh, String en) throws UnmetException {
        if (!met) {
            throw new UnmetException(zh, en);
        }
    }

    // The terminal

    /** Activates it, if nobody has yet. */
    void activate(int lostAnswers) {
        if (!portal.isActivated()) {
            portal.activate(activation(), lostAnswers);
        }
    }

    /** What the terminal is given. */
    Provision.Activation activation() {
        return new Provision.Activation(
                tid, settings.host(), broker.port(), token, List.of(signer.verificationKey()), clock.instant());
    }

    /** It is connected, and has said on this connection what it runs. */
    Birth here() throws UnmetException, InterruptedException {
        activate(0);
        List<Seen> before = broker.history().since(0);
        int mark = 0;
        int connection = 0;
        for (int i = 0; i < before.size(); i++) {
            Seen seen = before.get(i);
            if (seen instanceof Seen.Opened) {
                connection = seen.connection();
                mark = i;
            } else if (seen instanceof Seen.Closed && seen.connection() == connection) {
                mark = i;
            }
        }
        return birthSince(mark);
    }

    /** Number of the last connection. */
    int connection() {
        return broker.history().since(0).stream()
                .filter(Seen.Opened.class::isInstance)
                .mapToInt(Seen::connection)
                .max()
                .orElse(0);
    }

    /** The line is cut, and it comes back. */
    Birth back() throws UnmetException, InterruptedException {
        here();
        int mark = mark();
        broker.hangUp();
        return birthSince(mark);
    }

    /** On a connection that began since then: on one that lasts it is said again from time to time. */
    Birth birthSince(int mark) throws UnmetException, InterruptedException {
        int known = broker.history().since(0).stream()
                .limit(mark)
                .filter(Seen.Opened.class::isInstance)
                .mapToInt(Seen::connection)
                .max()
                .orElse(0);
        return await(
                mark,
                seen -> seen.connection() > known
                        ? status(seen).flatMap(status -> Optional.ofNullable(status.birth()))
                        : Optional.empty(),
                settings.linePatience(),
                "没有连上并报到",
                "it did not connect and say its birth");
    }

    /** Of a publish on its status topic; empty for all else. */
    Optional<Status> status(Seen seen) {
        return message(seen, Channel.STATUS, Status.class);
    }

    <T> Optional<T> message(Seen seen, Channel channel, Class<T> type) {
        if (seen instanceof Seen.Publish publish && publish.topic().equals(topics.of(channel))) {
            try {
                return Optional.of(StrictJson.read(publish.payload(), type));
            } catch (JacksonException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    // Configurations

    /** The next one, valid in every way. */
    Manifest next(List<DocumentRef> documents) {
        return manifest(++gen, now(), now().plus(LEASE), documents, 0);
    }

    Manifest manifest(long number, Instant issuedAt, Instant leaseUntil, List<DocumentRef> documents, long spread) {
        return new Manifest(Wire.VERSION, tid, EPOCH, number, issuedAt, leaseUntil, documents, spread);
    }

    /** No configuration was made yet. */
    boolean isFresh() {
        return gen == FIRST;
    }

    /** Of the last one that was made. */
    long gen() {
        return gen;
    }

    long nextGen() {
        return ++gen;
    }

    Pushed push(Manifest manifest) throws UnmetException {
        return push(manifest, signer.manifest(manifest));
    }

    Pushed push(Manifest manifest, String jws) throws UnmetException {
        int mark = mark();
        require(
                broker.publish(topics.of(Channel.MANIFEST), jws.getBytes(StandardCharsets.ISO_8859_1)),
                "终端不在线，无法下发",
                "the terminal was not connected, so nothing could be sent");
        return new Pushed(mark, manifest, jws, Wire.digest(jws));
    }

    /** Its last word on it. */
    Report outcome(Pushed pushed) throws UnmetException, InterruptedException {
        return report(
                pushed,
                report -> report.stage() != Report.Stage.RECEIVED && report.stage() != Report.Stage.VERIFIED,
                "对下发的配置没有结论",
                "no last word on what was sent");
    }

    Report report(Pushed pushed, Predicate<Report> wanted, String zh, String en)
            throws UnmetException, InterruptedException {
        return await(pushed.mark(), seen -> reportOn(pushed, seen).filter(wanted), settings.patience(), zh, en);
    }

    Optional<Report> reportOn(Pushed pushed, Seen seen) {
        return status(seen)
                .flatMap(status -> Optional.ofNullable(status.report()))
                .filter(report -> report.digest().equals(pushed.digest()));
    }

    /** It says that it runs it. */
    Report applied(Pushed pushed) throws UnmetException, InterruptedException {
        Report report = outcome(pushed);
        require(
                report.stage() == Report.Stage.APPLIED
                        && report.code() == 0
                        && report.tid().equals(tid)
                        && report.epoch() == pushed.manifest().epoch()
                        && report.gen() == pushed.manifest().gen(),
                "上报了 " + said(report),
                "it reported " + said(report));
        running = pushed;
        return report;
    }

    /** A configuration that runs; makes one run if there is none yet. */
    Pushed running() throws UnmetException, InterruptedException {
        here();
        Pushed it = running;
        if (it == null) {
            it = push(next(documents()));
            applied(it);
        }
        return it;
    }

    /** It asks for documents. */
    Query query(int mark, Predicate<Query> wanted) throws UnmetException, InterruptedException {
        return await(
                mark,
                seen -> message(seen, Channel.QUERY, Query.class).filter(wanted),
                settings.patience(),
                "没有来要缺的文档",
                "it did not ask for the document that it lacks");
    }

    void answer(Answer answer) {
        broker.publish(topics.of(Channel.ANSWER), StrictJson.MAPPER.writeValueAsBytes(answer));
    }

    void piece(String jws, int offset) {
        String data = jws.substring(Math.min(offset, jws.length()), Math.min(offset + Wire.CHUNK_BYTES, jws.length()));
        answer(new Answer(tid, List.of(), List.of(new Chunk(Wire.digest(jws), offset, jws.length(), data))));
    }

    List<DocumentRef> documents() {
        return List.of(
                signer.inline(DocumentRef.HOURS, LabDocuments.hours(now(), 0)),
                signer.inline(DocumentRef.CODES, LabDocuments.codes()),
                signer.inline(DocumentRef.ACCEPTANCE, LabDocuments.acceptance()),
                signer.inline(DocumentRef.SCREEN, LabDocuments.screen(null)));
    }

    static String said(Report report) {
        return report.stage()
                + (report.code() == 0 ? "" : " " + report.code())
                + " "
                + report.epoch()
                + "/"
                + report.gen();
    }

    static String said(Birth birth) {
        return birth.epoch() + "/" + birth.gen() + " " + birth.digest();
    }

    Text addresses() {
        String provision = "http://" + settings.host() + ":" + portal.port();
        return new Text(
                "请把终端（出厂状态）的开通地址设为 " + provision + "，再给它上电。消息服务器是 " + settings.host() + ":" + broker.port()
                        + "，激活时会告诉它。",
                "Set the provisioning address of the terminal, as it comes out of the box, to " + provision
                        + " and switch it on. The broker is " + settings.host() + ":" + broker.port()
                        + "; the activation tells it so.");
    }

    private static String text(String prefix, int letters) {
        StringBuilder text = new StringBuilder(prefix);
        for (int i = 0; i < letters; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
