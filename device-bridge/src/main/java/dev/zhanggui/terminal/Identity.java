package dev.zhanggui.terminal;

import dev.zhanggui.certificate.Certificates;
import dev.zhanggui.certificate.TlsKey;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.wire.Provision;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * With what a terminal shows at the broker who it is: a key of its own and the certificate for it, or its token.
 *
 * <pre>
 * key written → request → certificate, written with the activation → in use
 *                                 two thirds of its life later: another key written → request → certificate beside the one in use
 *                                                                                                  └→ has connected once → in use
 * </pre>
 *
 * The same request is sent until it is answered, so that a lost answer costs nothing; power may go at every write.
 */
final class Identity {

    /** In this time a terminal with a certificate asks for the door that the bridge had not opened yet when it was activated. */
    private static final Duration LOOK_FOR_DOOR = Duration.ofSeconds(30);

    /** In this time one without a certificate asks for one. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    /** A key that was declined is followed by another at once, the next so much later, and ever later. */
    private static final Duration DECLINED_PAUSE = Duration.ofMinutes(1);

    /** In this time an attempt without an answer is made again. */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    /**
     * What it connects with.
     *
     * @param tls null for the token
     * @param renewed whether it has never connected with this one
     */
    record Shown(Provision.Activation activation, @Nullable Tls tls, boolean renewed) {}

    /** @param authorities whom it believes in turn */
    record Tls(TlsKey key, X509Certificate certificate, List<X509Certificate> authorities, int port) {}

    private final StateFolder folder;
    private final SecureRandom random;
    private final String serial;
    private final boolean wanted;
    private final @Nullable Duration renewAfter;
    private List<StateFolder.TlsKeys.Entry> keys = List.of();
    private Provision.@Nullable Activation renewed;
    private boolean renewedFirst = true;
    private long declinedAtNanos;
    private Duration declinedPause = Duration.ZERO;

    /**
     * @param wanted whether a device of this kind asks for certificates
     * @param renewAfter a new one so long after each connection; null for two thirds of its life
     */
    Identity(StateFolder folder, SecureRandom random, String serial, boolean wanted, @Nullable Duration renewAfter) {
        this.folder = folder;
        this.random = random;
        this.serial = serial;
        this.wanted = wanted;
        this.renewAfter = renewAfter;
    }

    /** Power comes. */
    void booted() {
        keys = folder.tlsKeys().entries();
        renewed = folder.renewed()
                .filter(it -> !folder.activation().equals(Optional.of(it)))
                .orElse(null);
        renewedFirst = true;
    }

    // Asking

    /**
     * The CSR for the platform; null for a device that shows a token.
     *
     * @throws java.io.UncheckedIOException when a new key cannot be written
     */
    @Nullable
    String request(Provision.@Nullable Activation given, Instant now) {
        if (!wanted) {
            return null;
        }
        StateFolder.TlsKeys.Entry inUse = entry(given);
        X509Certificate certificate = certificate(given);
        if (inUse != null
                && keys.getFirst() == inUse
                && certificate != null
                && now.isBefore(due(certificate))
                && !overridden()) {
            return inUse.csr();
        }
        // Those behind the one in use are of the past.
        if (keys.isEmpty() || keys.getFirst() == inUse) {
            fresh(inUse);
        }
        return keys.getFirst().csr();
    }

    private void fresh(StateFolder.TlsKeys.@Nullable Entry inUse) {
        TlsKey fresh = TlsKey.make(random);
        List<StateFolder.TlsKeys.Entry> more = new ArrayList<>();
        more.add(new StateFolder.TlsKeys.Entry(fresh.secret(), fresh.request(serial)));
        if (inUse != null) {
            more.add(inUse);
        }
        keep(more);
    }

    /**
     * There was no certificate for the key that was asked for, such as because an earlier one for it was withdrawn: the next request is for
     * another key.
     *
     * @throws java.io.UncheckedIOException when that cannot be written
     */
    void declined() {
        if (!wanted || keys.isEmpty()) {
            return;
        }
        if (!declinedPause.isZero() && System.nanoTime() - declinedAtNanos < declinedPause.toNanos()) {
            return;
        }
        declinedPause = declinedPause.isZero() ? DECLINED_PAUSE : declinedPause.multipliedBy(2);
        declinedPause = declinedPause.compareTo(LONGEST_RETRY) < 0 ? declinedPause : LONGEST_RETRY;
        declinedAtNanos = System.nanoTime();
        fresh(entry(folder.activation().orElse(null)));
    }

    /** Whether an answer lacks the certificate that the terminal has as the same one. */
    static boolean lessThan(Provision.@Nullable Activation old, Provision.Activation given) {
        return old != null && old.tid().equals(given.tid()) && old.certificate() != null && given.certificate() == null;
    }

    /** The answer as far as it may change a terminal that is active: never whose signatures it trusts, for nobody signed the answer. */
    static Provision.Activation trustingAsBefore(Provision.@Nullable Activation old, Provision.Activation given) {
        return old == null || !old.tid().equals(given.tid())
                ? given
                : new Provision.Activation(
                        given.tid(),
                        given.mqttHost(),
                        given.mqttPort(),
                        given.token(),
                        old.keys(),
                        given.serverTime(),
                        given.mqttTlsPort(),
                        given.certificate(),
                        given.authorities(),
                        old.root());
    }

    /** The override asks for a new one whenever it is asked, but not before the first was in use. */
    private boolean overridden() {
        return renewAfter != null;
    }

    /**
     * A new certificate beside one that still works: kept until it has connected. False when there is nothing to keep the old one for.
     */
    boolean takeBeside(Provision.@Nullable Activation old, Provision.Activation given, Instant now) {
        X509Certificate certificate = certificate(old);
        if (old == null
                || certificate == null
                || entry(old) == null
                || !Certificates.isValid(certificate, now)
                || entry(given) == null
                || Objects.equals(given.certificate(), old.certificate())) {
            return false;
        }
        folder.renewed(given);
        renewed = given;
        renewedFirst = true;
        return true;
    }

    /** In the place of whatever there was. */
    void take(Provision.Activation given) {
        folder.activated(given);
        settle(given);
    }

    /** Whether it makes a difference to an active terminal; a token and a time do not, and keys to trust it does not take from it. */
    static boolean differ(Provision.@Nullable Activation one, Provision.Activation other) {
        return one == null
                || !Objects.equals(one.certificate(), other.certificate())
                || !Objects.equals(one.authorities(), other.authorities())
                || !Objects.equals(one.mqttHost(), other.mqttHost())
                || !Objects.equals(one.mqttPort(), other.mqttPort())
                || !Objects.equals(one.mqttTlsPort(), other.mqttTlsPort());
    }

    /** It belongs to nobody any more; the memory has forgotten it already. */
    void forget() {
        keys = List.of();
        renewed = null;
    }

    // Connecting

    Shown shown(Provision.Activation given) {
        Provision.Activation fresh = renewed;
        if (fresh != null && renewedFirst) {
            Tls tls = tls(fresh);
            if (tls != null) {
                return new Shown(fresh, tls, true);
            }
        }
        return new Shown(given, tls(given), false);
    }

    /** Next time the other one, while there are two. */
    void failed(Shown shown) {
        renewedFirst = !shown.renewed();
    }

    /** What it connected with first counts from now on. */
    void connected(Shown shown) {
        if (shown.renewed()) {
            take(shown.activation());
        }
    }

    private void settle(Provision.Activation given) {
        folder.forgetRenewed();
        renewed = null;
        StateFolder.TlsKeys.Entry inUse = entry(given);
        if (inUse != null && keys.size() > 1) {
            keep(List.of(inUse));
        }
    }

    // Renewing

    /** How long until a new certificate, or a door for the one there is, should be asked for; null for never. */
    @Nullable
    Duration renewalIn(Provision.Activation given, Instant now) {
        X509Certificate certificate = certificate(given);
        if (!wanted) {
            return null;
        }
        if (certificate == null || given.mqttTlsPort() == null) {
            return SOONEST.plus(upTo(certificate == null ? LOOK_AGAIN : LOOK_FOR_DOOR));
        }
        if (renewAfter != null) {
            return renewAfter;
        }
        // Never all of a fleet at once that was activated on one day.
        Duration left = Duration.between(now, due(certificate))
                .minus(upTo(life(certificate).dividedBy(20)));
        return left.compareTo(SOONEST) < 0 ? SOONEST : left;
    }

    Duration askIn() {
        return renewAfter == null ? SOONEST.plus(upTo(ASK_AGAIN)) : renewAfter;
    }

    Duration retryIn(Provision.Activation given) {
        X509Certificate certificate = certificate(given);
        if (renewAfter != null) {
            return renewAfter;
        }
        if (certificate == null || given.mqttTlsPort() == null) {
            return certificate == null ? LONGEST_RETRY : LOOK_AGAIN;
        }
        Duration most = life(certificate).dividedBy(50);
        return SOONEST.plus(upTo(most.compareTo(LONGEST_RETRY) < 0 ? most : LONGEST_RETRY));
    }

    private Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(Math.max(1, most.toMillis())));
    }

    private static Instant due(X509Certificate certificate) {
        return certificate
                .getNotBefore()
                .toInstant()
                .plus(life(certificate).multipliedBy(2).dividedBy(3));
    }

    private static Duration life(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    // Reading

    private void keep(List<StateFolder.TlsKeys.Entry> now) {
        folder.tlsKeys(new StateFolder.TlsKeys(now));
        keys = List.copyOf(now);
    }

    private @Nullable Tls tls(Provision.Activation given) {
        X509Certificate certificate = certificate(given);
        StateFolder.TlsKeys.Entry entry = entry(given);
        Integer port = given.mqttTlsPort();
        List<String> authorities = given.authorities();
        if (certificate == null || entry == null || port == null || authorities == null || authorities.isEmpty()) {
            return null;
        }
        try {
            return new Tls(TlsKey.of(entry.key()), certificate, Certificates.readAll(authorities), port);
        } catch (CertificateException e) {
            return null;
        }
    }

    /** The key that the certificate of this activation is for. */
    private StateFolder.TlsKeys.@Nullable Entry entry(Provision.@Nullable Activation given) {
        X509Certificate certificate = certificate(given);
        return certificate == null
                ? null
                : keys.stream()
                        .filter(entry -> TlsKey.of(entry.key()).isOf(certificate))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable X509Certificate certificate(Provision.@Nullable Activation given) {
        String text = given == null ? null : given.certificate();
        try {
            return text == null ? null : Certificates.read(text);
        } catch (CertificateException e) {
            return null;
        }
    }
}
