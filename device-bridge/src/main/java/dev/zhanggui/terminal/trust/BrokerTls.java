package dev.zhanggui.terminal.trust;

import dev.zhanggui.certificate.TlsKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** What TLS needs from a terminal: what it shows, and whom it believes. */
public final class BrokerTls {

    /** Of a store that never leaves this process's memory. */
    private static final char[] IN_MEMORY = "in memory".toCharArray();

    private BrokerTls() {}

    public static KeyManagerFactory shows(TlsKey key, X509Certificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key.privateKey(), IN_MEMORY, new Certificate[] {certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY);
            return factory;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every JDK can do this", e);
        }
    }

    /**
     * Whoever has a certificate of these authorities, and of no other, for the host that is called; the client checks that name.
     *
     * @param now as the terminal has it: the clock of the machine that plays it does not count
     */
    public static TrustManagerFactory believes(List<X509Certificate> authorities, Instant now) {
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    authorities.stream()
                            .map(authority -> new TrustAnchor(authority, null))
                            .collect(Collectors.toSet()),
                    null);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK can do this", e);
        }
    }
}
