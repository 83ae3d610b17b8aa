package dev.zhanggui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.certificate.TlsKey;
import dev.zhanggui.support.Authority;
import dev.zhanggui.support.MovableClock;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.store.FolderFlash;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.wire.Provision;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a terminal believes to be its broker: seen from the other end of the line. */
class ImpostorTest {

    private static final String SERIAL = "TEST-0001";
    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Authority AUTHORITY = new Authority("test authority");
    private static final TlsKey KEY = TlsKey.make(new SecureRandom());
    private static final String COMES = "it sends its CONNECT";

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock();

    @Test
    void theGenuineBrokerIsBelieved() throws Exception {
        assertThat(meets(server(AUTHORITY, List.of("127.0.0.1")))).isEqualTo(COMES);
    }

    @Test
    void aBrokerOfAnotherNameIsNot() throws Exception {
        assertThat(meets(server(AUTHORITY, List.of("127.0.0.2", "broker.example"))))
                .isEqualTo(goes("certificate_unknown"));
    }

    @Test
    void aBrokerOfAnotherAuthorityIsNot() throws Exception {
        assertThat(meets(server(new Authority("another authority"), List.of("127.0.0.1"))))
                .isEqualTo(goes("certificate_unknown"));
    }

    @Test
    void anAuthorityThatOnlyBearsTheNameIsNoAuthority() throws Exception {
        assertThat(meets(server(new Authority("test authority"), List.of("127.0.0.1"))))
                .isEqualTo(goes("bad_certificate"));
    }

    @Test
    void anotherTerminalThatPlaysTheBrokerIsNot() throws Exception {
        Instant now = Instant.now();
        assertThat(meets(AUTHORITY.issue(
                        KEY.publicKey(),
                        "127.0.0.1",
                        now.minusSeconds(60),
                        now.plus(LIFE),
                        Authority.CLIENT,
                        List.of("127.0.0.1"))))
                .isEqualTo(goes("certificate_unknown"));
    }

    @Test
    void aBrokerWhoseCertificateHasRunOutByTheTerminalsClockIsNot() throws Exception {
        X509Certificate good = server(AUTHORITY, List.of("127.0.0.1"));
        clock.forward(LIFE);
        assertThat(meets(good)).isEqualTo(goes("certificate_expired"));
    }

    /** What the terminal says before it hangs up. */
    private static String goes(String alert) {
        return "(" + alert + ") Received fatal alert: " + alert;
    }

    /** How a terminal that is activated takes this certificate, shown by whoever listens where its broker should. */
    private String meets(X509Certificate shown) throws Exception {
        TlsKey key = TlsKey.make(new SecureRandom());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                Authority.keys(KEY, shown).getKeyManagers(), AUTHORITY.trust().getTrustManagers(), null);
        try (SSLServerSocket listening = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            listening.setSoTimeout(12_000);
            FolderFlash flash = StateFolder.flash(folder, SERIAL);
            StateFolder state = StateFolder.open(flash, SERIAL, "SMART_POS", new SecureRandom());
            state.tlsKeys(
                    new StateFolder.TlsKeys(List.of(new StateFolder.TlsKeys.Entry(key.secret(), key.request(SERIAL)))));
            state.activated(new Provision.Activation(
                    TID,
                    "127.0.0.1",
                    1,
                    "token",
                    List.of(new Signer("k1").verificationKey()),
                    Instant.now(),
                    listening.getLocalPort(),
                    Authority.text(AUTHORITY.issue(key.publicKey(), TID, LIFE)),
                    List.of(Authority.text(AUTHORITY.certificate()))));
            try (TerminalsApplication kit = new TerminalsApplication(
                    folder,
                    URI.create("http://127.0.0.1:" + nobodysPort()),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    null,
                    clock)) {
                kit.start();
                try (SSLSocket terminal = (SSLSocket) listening.accept()) {
                    terminal.setSoTimeout(12_000);
                    terminal.startHandshake();
                    int first = terminal.getInputStream().read();
                    return first == 0x10 ? COMES : "it sends " + first;
                } catch (SSLException e) {
                    return String.valueOf(e.getMessage());
                }
            }
        }
    }

    private static X509Certificate server(Authority authority, List<String> hosts) {
        Instant now = Instant.now();
        return authority.issue(
                KEY.publicKey(), "bridge-1", now.minusSeconds(60), now.plus(LIFE), Authority.SERVER, hosts);
    }

    private static int nobodysPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
