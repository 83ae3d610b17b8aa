package dev.zhanggui.bridge.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The embedded broker's second door: whom it shows itself as and whose certificates it takes. Both may change while it is open, for the
 * broker looks every ten seconds whether the two files have changed; connections that stand are not touched.
 */
public final class TlsListener {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String bind;
    private final int port;
    private final Path folder;
    private final String password;

    /** @param bind address to listen on */
    public TlsListener(String bind, int port) {
        this.bind = bind;
        this.port = port;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
        try {
            // Nobody else may read what is in a temporary folder.
            this.folder = Files.createTempDirectory("zhanggui-tls");
        } catch (IOException e) {
            throw new BrokerFailedException("The MQTT broker needs a temporary folder: " + e.getMessage(), e);
        }
    }

    /**
     * To be called once before the broker starts; later, it takes up to ten seconds.
     *
     * @param authorities what a terminal's certificate must lead back to
     */
    public void show(PrivateKey key, X509Certificate certificate, List<X509Certificate> authorities) {
        try {
            KeyStore trusted = empty();
            for (int i = 0; i < authorities.size(); i++) {
                trusted.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            write(trusted, "trusted.p12");
            KeyStore own = empty();
            own.setKeyEntry("broker", key, password.toCharArray(), new Certificate[] {certificate});
            write(own, "own.p12");
        } catch (GeneralSecurityException | IOException e) {
            throw new BrokerFailedException("The certificate for TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /** Whether it is open and shows this certificate: tried out, as a client. */
    public boolean shows(X509Certificate certificate) {
        try (Socket plain = new Socket()) {
            InetAddress address = InetAddress.getByName(bind);
            plain.connect(
                    new InetSocketAddress(
                            address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port),
                    (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            SSLContext anyone = SSLContext.getInstance("TLS");
            anyone.init(null, new TrustManager[] {new Looker()}, null);
            try (SSLSocket socket = (SSLSocket) anyone.getSocketFactory().createSocket(plain, bind, port, true)) {
                socket.startHandshake();
                return socket.getSession().getPeerCertificates()[0].equals(certificate);
            }
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    /** Takes whatever is shown, because it is compared afterwards and nothing is said to it. */
    private static final class Looker implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** For the broker's configuration. A client without a certificate is let through to show its token. */
    String configuration() {
        return """
                <tls-tcp-listener>
                  <port>%d</port>
                  <bind-address>%s</bind-address>
                  <tls>
                    <protocols><protocol>TLSv1.3</protocol><protocol>TLSv1.2</protocol></protocols>
                    <client-authentication-mode>OPTIONAL</client-authentication-mode>
                    <keystore>
                      <path>%s</path><password>%s</password><private-key-password>%s</private-key-password>
                    </keystore>
                    <truststore><path>%s</path><password>%s</password></truststore>
                  </tls>
                </tls-tcp-listener>
                """.formatted(
                port, bind, folder.resolve("own.p12"), password, password, folder.resolve("trusted.p12"), password);
    }

    void close() {
        EmbeddedBroker.delete(folder);
    }

    private KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** In one step, or the broker might read half a file. */
    private void write(KeyStore store, String name) throws GeneralSecurityException, IOException {
        Path beside = folder.resolve(name + ".new");
        try (OutputStream out = Files.newOutputStream(beside)) {
            store.store(out, password.toCharArray());
        }
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
