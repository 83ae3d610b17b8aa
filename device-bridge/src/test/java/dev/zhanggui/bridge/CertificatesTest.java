package dev.zhanggui.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import dev.zhanggui.certificate.TlsKey;
import dev.zhanggui.support.Authority;
import dev.zhanggui.support.FakePortal;
import dev.zhanggui.support.Mosquitto;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.Status;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Topics.Channel;
import dev.zhanggui.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The embedded broker's TLS listener, and who comes through it with which certificate. */
class CertificatesTest {

    private static final Duration LIFE = Duration.ofDays(90);
    private static final TlsKey KEY = TlsKey.make(new SecureRandom());

    @SuppressWarnings("NullAway.Init")
    private static FakePortal portal;

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext bridge;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static int bridgePort;
    private static int mqttPort;
    private static int tlsPort;
    private static int terminalNumber;

    private String tid = "";

    @BeforeAll
    static void startBridge() throws Exception {
        portal = new FakePortal();
        bridgePort = WholeWay.freePort();
        mqttPort = WholeWay.freePort();
        tlsPort = WholeWay.freePort();
        bridge = bridge(folder);
        awaitServing();
    }

    private static ConfigurableApplicationContext bridge(Path state) {
        return SpringApplication.run(
                BridgeApplication.class,
                "--zhanggui.bridge.portal-url=" + portal.url(),
                "--zhanggui.bridge.token=" + FakePortal.TOKEN,
                "--zhanggui.bridge.mqtt.port=" + mqttPort,
                "--zhanggui.bridge.mqtt.tls-port=" + tlsPort,
                "--zhanggui.bridge.mqtt.folder=" + state,
                "--server.port=" + bridgePort);
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
        portal.close();
    }

    @BeforeEach
    void anotherTerminal() {
        tid = "01K9ZQ4T8M3V5C7W9Y2BCT%04d".formatted(++terminalNumber);
    }

    @AfterEach
    void portalIsThere() throws IOException {
        portal.comeBack();
    }

    // Who comes in

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void itsCertificateLetsATerminalInWithoutAPassword(String protocol) {
        Mqtt3BlockingClient client = withCertificate(tid, given(), protocol);
        assertThat(returnCode(client)).isEqualTo(Mqtt3ConnAckReturnCode.SUCCESS);
    }

    @Test
    void earlierVersionsOfTlsAreNotSpoken() {
        assertThat(alert(given(), "TLSv1.1")).contains("No appropriate protocol");
    }

    @Test
    void anotherTerminalsCertificateIsNotTakenForThisOneWhateverItsPassword() {
        X509Certificate others = given();
        String other = tid;
        anotherTerminal();
        portal.accept(tid, others);
        assertThat(returnCode(withCertificate(tid, others, "TLSv1.3")))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
        Mqtt3BlockingClient withToken = secured(tid, others, "TLSv1.3")
                .simpleAuth()
                .username(tid)
                .password(portal.token(tid).getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        assertThat(returnCode(withToken)).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
        Mqtt3BlockingClient otherUser = secured(tid, others, "TLSv1.3")
                .simpleAuth()
                .username(other)
                .applySimpleAuth()
                .buildBlocking();
        assertThat(returnCode(otherUser)).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateThatIsNoneForThisEndsWithTheHandshakeThoughThePortalWouldTakeIt(String protocol) {
        Instant now = Instant.now();
        Authority authority = portal.authority();
        X509Certificate expired = authority.issue(
                KEY.publicKey(), tid, now.minusSeconds(900), now.minusSeconds(1), Authority.CLIENT, List.of());
        X509Certificate early = authority.issue(
                KEY.publicKey(), tid, now.plusSeconds(900), now.plusSeconds(9000), Authority.CLIENT, List.of());
        X509Certificate forServers = authority.issue(
                KEY.publicKey(), tid, now.minusSeconds(60), now.plus(LIFE), Authority.SERVER, List.of());
        X509Certificate foreign = new Authority("another authority").issue(KEY.publicKey(), tid, LIFE);
        X509Certificate sameName = new Authority("test authority").issue(KEY.publicKey(), tid, LIFE);
        for (X509Certificate certificate : List.of(expired, early, forServers, foreign, sameName)) {
            portal.accept(tid, certificate);
            assertThat(alert(certificate, protocol))
                    .as(certificate.toString())
                    .isEqualTo("(certificate_unknown) Received fatal alert: certificate_unknown");
        }
    }

    @Test
    void aCertificateThatOneSignedForOneselfEndsWithTheHandshake() {
        Authority own = new Authority(tid);
        portal.accept(tid, own.certificate());
        assertThat(alert(own.key(), own.certificate(), "TLSv1.3"))
                .isEqualTo("(certificate_unknown) Received fatal alert: certificate_unknown");
    }

    @Test
    void aCertificateThatDoesNotSayThatItIsForClientsIsRefused() {
        X509Certificate forAnything = portal.authority()
                .issue(
                        KEY.publicKey(),
                        tid,
                        Instant.now().minusSeconds(60),
                        Instant.now().plus(LIFE),
                        List.of(),
                        List.of());
        portal.accept(tid, forAnything);
        assertThat(returnCode(withCertificate(tid, forAnything, "TLSv1.3")))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void aGenuineCertificateThatThePortalDoesNotKnowIsRefused() {
        X509Certificate unknown = portal.authority().issue(KEY.publicKey(), tid, LIFE);
        assertThat(returnCode(withCertificate(tid, unknown, "TLSv1.3")))
                .isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void aSimpleDeviceMayShowItsTokenThroughTls() {
        portal.activated(tid, mqttPort);
        assertThat(returnCode(withToken(tid, tlsPort, true))).isEqualTo(Mqtt3ConnAckReturnCode.SUCCESS);
    }

    @Test
    void onceATerminalHasConnectedWithItsCertificateThePortalTakesItsTokenNoMore() {
        X509Certificate given = given();
        assertThat(returnCode(withToken(tid, mqttPort, false))).isEqualTo(Mqtt3ConnAckReturnCode.SUCCESS);
        assertThat(returnCode(withCertificate(tid, given, "TLSv1.3"))).isEqualTo(Mqtt3ConnAckReturnCode.SUCCESS);
        assertThat(returnCode(withToken(tid, mqttPort, false))).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
        assertThat(returnCode(withToken(tid, tlsPort, true))).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    @Test
    void aYesForACertificateIsRememberedWhileThePortalIsAwayAndForNoOther() {
        X509Certificate given = given();
        assertThat(returnCode(withCertificate(tid, given, "TLSv1.3"))).isEqualTo(Mqtt3ConnAckReturnCode.SUCCESS);
        int questions = portal.credentialQuestions();
        X509Certificate second = given();

        portal.goAway();

        assertThat(returnCode(withCertificate(tid, given, "TLSv1.3"))).isEqualTo(Mqtt3ConnAckReturnCode.SUCCESS);
        assertThat(returnCode(withCertificate(tid, second, "TLSv1.3")))
                .isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE);
        assertThat(portal.credentialQuestions()).isEqualTo(questions);
    }

    @Test
    void aWithdrawnCertificateEndsItsConnectionWithinFiveSecondsAndIsForgotten() throws Exception {
        X509Certificate given = given();
        CompletableFuture<Void> thrownOut = new CompletableFuture<>();
        Mqtt3BlockingClient client = secured(tid, given, "TLSv1.3")
                .simpleAuth()
                .username(tid)
                .applySimpleAuth()
                .addDisconnectedListener(context -> thrownOut.complete(null))
                .buildBlocking();
        client.connect();

        portal.revoke(tid);

        thrownOut.get(5, TimeUnit.SECONDS);
        assertThat(returnCode(withCertificate(tid, given, "TLSv1.3"))).isEqualTo(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED);
    }

    // Others' programs

    @Test
    void opensslFindsTheBrokersCertificateGenuineUnderBothItsNamesAndUnderNoOther(@TempDir Path peer) throws Exception {
        Authority.Pem files = portal.authority().pem(peer, KEY, given());
        assertThat(openssl(files, "-verify_ip", "127.0.0.1"))
                .contains("Verify return code: 0 (ok)", "New, TLSv1.3", "Verification: OK");
        assertThat(openssl(files, "-verify_hostname", "localhost")).contains("Verify return code: 0 (ok)");
        assertThat(openssl(files, "-verify_hostname", "broker.example")).contains("hostname mismatch");
    }

    @Test
    void mosquittosClientsWithACertificateAreATerminal(@TempDir Path peer) throws Exception {
        Authority.Pem files = portal.authority().pem(peer, KEY, given());
        Topics topics = new Topics(tid);
        Birth birth = new Birth(tid, 0, 0, null, "SMART_POS", "mosquitto 2", "boot-1", Instant.now());
        Mosquitto.Ended published = Mosquitto.end(Mosquitto.withCertificate(
                "mosquitto_pub",
                files,
                "127.0.0.1",
                tlsPort,
                tid,
                "-t",
                topics.of(Channel.STATUS),
                "-m",
                StrictJson.MAPPER.writeValueAsString(Status.of(birth))));
        assertThat(published).as(published.output()).returns(0, Mosquitto.Ended::code);
        portal.awaitBirth(heard -> heard.tid().equals(tid));
        Process listening = Mosquitto.withCertificate(
                "mosquitto_sub",
                files,
                "127.0.0.1",
                tlsPort,
                tid,
                "-t",
                topics.of(Channel.MANIFEST),
                "-C",
                "1",
                "-W",
                "20");
        BufferedReader said =
                new BufferedReader(new InputStreamReader(listening.getInputStream(), StandardCharsets.UTF_8));
        line(said, "Subscribed");

        String digest = portal.push(tid, 1, 1, List.of());

        assertThat(Wire.digest(line(said, "eyJ"))).isEqualTo(digest);
        X509Certificate foreign = new Authority("another authority").issue(KEY.publicKey(), tid, LIFE);
        portal.accept(tid, foreign);
        Authority.Pem wrong = portal.authority().pem(peer, KEY, foreign);
        assertThat(Mosquitto.end(Mosquitto.withCertificate(
                                "mosquitto_pub",
                                wrong,
                                "127.0.0.1",
                                tlsPort,
                                tid,
                                "-t",
                                topics.of(Channel.STATUS),
                                "-m",
                                "{}"))
                        .code())
                .isNotZero();
    }

    // The bridge's own certificate

    @Test
    void aBridgeStartsAgainWithoutThePortalAndShowsTheCertificateThatItKept() throws Exception {
        X509Certificate before = shown();
        Path kept = folder.resolve("broker-tls.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        portal.goAway();
        bridge.close();
        try {
            bridge = bridge(folder);
            awaitServing();
            assertThat(shown()).isEqualTo(before);
        } finally {
            portal.comeBack();
        }
    }

    @Test
    void withoutThePortalAtItsVeryFirstStartOnlyTlsHasToWait(@TempDir Path empty) throws Exception {
        bridge.close();
        portal.goAway();
        try (ConfigurableApplicationContext first = bridge(empty)) {
            assertThat(first.isRunning()).isTrue();
            assertThat(health()).contains("\"status\":\"UP\"", "\"tls\":\"WAITING\"", "\"problem\":\"");
            assertThat(returnCode(withToken(tid, mqttPort, false)))
                    .isEqualTo(Mqtt3ConnAckReturnCode.SERVER_UNAVAILABLE);
            assertThat(catchThrowable(
                            () -> withCertificate(tid, given(), "TLSv1.3").connect()))
                    .as("nobody trusts it yet")
                    .hasStackTraceContaining("unable to find valid certification path");

            portal.comeBack();

            awaitServing();
            assertThat(returnCode(withCertificate(tid, given(), "TLSv1.3"))).isEqualTo(Mqtt3ConnAckReturnCode.SUCCESS);
            assertThat(health()).doesNotContain("\"problem\"");
        } finally {
            portal.comeBack();
            bridge = bridge(folder);
            awaitServing();
        }
    }

    @Test
    void whenItIsDueThereIsANewOneForANewKeyAndConnectionsStand(@TempDir Path empty) throws Exception {
        bridge.close();
        portal.brokerRenewal(Duration.ofSeconds(2));
        try (ConfigurableApplicationContext renewing = bridge(empty)) {
            assertThat(renewing.isRunning()).isTrue();
            awaitServing();
            X509Certificate first = shown();
            Mqtt3BlockingClient client = withCertificate(tid, given(), "TLSv1.3");
            client.connect();

            await().atMost(Duration.ofSeconds(25)).until(() -> !shown().equals(first));

            assertThat(shown().getPublicKey()).isNotEqualTo(first.getPublicKey());
            assertThat(client.getState().isConnected()).isTrue();
            client.disconnect();
            assertThatCode(() -> withCertificate(tid, given(), "TLSv1.3").connect())
                    .doesNotThrowAnyException();
        } finally {
            portal.brokerRenewal(Duration.ofDays(365));
            bridge = bridge(folder);
            awaitServing();
        }
    }

    // Words

    private X509Certificate given() {
        X509Certificate certificate = portal.authority().issue(KEY.publicKey(), tid, LIFE);
        portal.accept(tid, certificate);
        return certificate;
    }

    private static Mqtt3ConnAckReturnCode returnCode(Mqtt3BlockingClient client) {
        try {
            Mqtt3ConnAckReturnCode code = client.connect().getReturnCode();
            client.disconnect();
            return code;
        } catch (Mqtt3ConnAckException e) {
            return e.getMqttMessage().getReturnCode();
        }
    }

    private static Mqtt3BlockingClient withCertificate(String tid, X509Certificate certificate, String protocol) {
        return secured(tid, certificate, protocol)
                .simpleAuth()
                .username(tid)
                .applySimpleAuth()
                .buildBlocking();
    }

    private static Mqtt3ClientBuilder secured(String tid, X509Certificate certificate, String protocol) {
        return client(tid, tlsPort)
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(Authority.keys(KEY, certificate))
                        .trustManagerFactory(portal.authority().trust())
                        .protocols(List.of(protocol))
                        .build());
    }

    private static Mqtt3BlockingClient withToken(String tid, int port, boolean tls) {
        Mqtt3ClientBuilder builder = client(tid, port);
        if (tls) {
            builder = builder.sslConfig(MqttClientSslConfig.builder()
                    .trustManagerFactory(portal.authority().trust())
                    .build());
        }
        return builder.simpleAuth()
                .username(tid)
                .password(portal.token(tid).getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }

    private static Mqtt3ClientBuilder client(String tid, int port) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(tid)
                .serverHost("127.0.0.1")
                .serverPort(port);
    }

    private static String alert(X509Certificate certificate, String protocol) {
        return alert(KEY, certificate, protocol);
    }

    /** What TLS itself says to this certificate; again when the connection broke before that could be read. */
    private static String alert(TlsKey key, X509Certificate certificate, String protocol) {
        return await("not refused")
                .ignoreException(SocketException.class)
                .until(
                        () -> {
                            try (SSLSocket socket =
                                    socket(new KeyManager[] {new Stubborn(key.privateKey(), certificate)})) {
                                socket.setEnabledProtocols(new String[] {protocol});
                                socket.setSoTimeout(5_000);
                                socket.startHandshake();
                                // In TLS 1.3 the client has done its part before the server has looked.
                                socket.getInputStream().read();
                                throw new AssertionError("not refused");
                            } catch (SSLException e) {
                                return requireNonNull(e.getMessage());
                            }
                        },
                        message -> true);
    }

    /** Shows its certificate whoever the server says it trusts. */
    private static final class Stubborn extends X509ExtendedKeyManager {

        private final PrivateKey key;
        private final X509Certificate certificate;

        private Stubborn(PrivateKey key, X509Certificate certificate) {
            this.key = key;
            this.certificate = certificate;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    private static X509Certificate shown() throws Exception {
        try (SSLSocket socket = socket(null)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLSocket socket(KeyManager @Nullable [] keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, portal.authority().trust().getTrustManagers(), null);
        return (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), tlsPort);
    }

    private static String openssl(Authority.Pem files, String... check) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(
                                List.of(
                                        "openssl",
                                        "s_client",
                                        "-connect",
                                        "127.0.0.1:" + tlsPort,
                                        "-CAfile",
                                        files.authority().toString(),
                                        "-cert",
                                        files.certificate().toString(),
                                        "-key",
                                        files.key().toString())
                                        .stream(),
                                List.of(check).stream())
                        .toList())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return Mosquitto.end(process).output();
    }

    private static String line(BufferedReader said, String part) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(part)) {
                return line;
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("It ended without " + part + ":\n" + before);
    }

    private static void awaitServing() {
        await("TLS").atMost(Duration.ofSeconds(30)).until(() -> health().contains("\"tls\":\"SERVING\""));
    }

    private static String health() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridgePort + "/actuator/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
