package dev.zhanggui.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a terminal out of the box becomes one of a store. The terminal calls the bridge ({@code POST /provision/v1/announce} and
 * {@code …/poll}), which passes the same bodies on to the portal ({@code POST /bridge/v1/provision/announce} and {@code …/poll}).
 *
 * <pre>
 * announce → WAITING(shownCode) → a merchant types the code in the portal → poll → ACTIVATED(activation)
 *     └──────────→ REFUSED(refusal)      code expired: announce again gives a new one
 * </pre>
 *
 * Idempotent per device key: the same announce within the life of a code gives the same code, and poll gives the same activation
 * again if its answer was lost.
 */
public final class Provision {

    private Provision() {}

    /**
     * Also the body of poll: the signature proves the same key each time.
     *
     * @param serial as printed on the device
     * @param deviceClass as printed on the device
     * @param publicKey the 32 bytes of the device's own Ed25519 key, base64url
     * @param nonce random, new for every call, 22 characters of base64url
     * @param signature Ed25519 by that key over {@link #signingInput(String)}, base64url
     * @param csr PKCS#10 request for a certificate, as the base64 text of its DER; its key is a P-256 key that the device made for this, for
     *     TLS libraries do not take Ed25519 everywhere. Absent from a device that connects with its token. A new key asks for a new
     *     certificate; the same key is given the same one again, and none once that has ended: the answer then lacks it, the device keeps
     *     what it has, and its next request is for another key.
     */
    public record Request(
            String serial,
            String deviceClass,
            String publicKey,
            String nonce,
            String signature,
            @Nullable String csr) {

        /** First argument of {@link #signingInput(String)} for announce. */
        public static final String ANNOUNCE = "announce";
        /** First argument of {@link #signingInput(String)} for poll. */
        public static final String POLL = "poll";
        /** Characters; a request with a P-256 key takes some 300. */
        public static final int LONGEST_CSR = 2_000;

        public Request {
            Wire.required(serial, "serial");
            Wire.required(deviceClass, "deviceClass");
            Wire.required(publicKey, "publicKey");
            Wire.required(nonce, "nonce");
            Wire.required(signature, "signature");
        }

        /** From a device that connects with its token. */
        public Request(String serial, String deviceClass, String publicKey, String nonce, String signature) {
            this(serial, deviceClass, publicKey, nonce, signature, null);
        }

        /** The UTF-8 text that is signed; lines, because none of the parts can hold a line break. */
        public String signingInput(String call) {
            return signingInput(call, serial, deviceClass, publicKey, nonce, csr);
        }

        /** With a CSR its digest is signed too, and the first line says so: nobody can put in another one or take it out. */
        public static String signingInput(
                String call, String serial, String deviceClass, String publicKey, String nonce, @Nullable String csr) {
            return csr == null
                    ? String.join("\n", "zg-provision-1", call, serial, deviceClass, publicKey, nonce)
                    : String.join(
                            "\n", "zg-provision-2", call, serial, deviceClass, publicKey, nonce, Wire.digest(csr));
        }
    }

    public enum State {
        WAITING,
        ACTIVATED,
        REFUSED
    }

    public enum Refusal {
        /** No such serial number in the inventory, or retired. */
        UNKNOWN_SERIAL,
        /** The inventory knows the serial number as another device class. */
        WRONG_CLASS,
        /** This serial number is in use with another key. */
        OTHER_KEY,
        BAD_SIGNATURE,
        /** The request for a certificate cannot be read, its own signature is wrong, or its key is no P-256 key. */
        BAD_CSR
    }

    /**
     * Answer to announce and poll.
     *
     * @param shownCode with WAITING: what the screen shows, without separators; announce again after {@code expiresAt}
     * @param pollAfterMillis when to poll next
     * @param activation with ACTIVATED
     * @param refusal with REFUSED
     */
    public record Answer(
            State state,
            @Nullable String shownCode,
            @Nullable Instant expiresAt,
            long pollAfterMillis,
            @Nullable Activation activation,
            @Nullable Refusal refusal) {

        public Answer {
            Wire.required(state, "state");
        }
    }

    /**
     * What a terminal keeps for ever.
     *
     * @param tid its public id, its MQTT client id and user name
     * @param mqttHost left out by the portal, filled in by the bridge
     * @param mqttPort left out by the portal, filled in by the bridge
     * @param token its MQTT password; derived, so that a lost answer can be asked again
     * @param keys to pin; a device that is active already does not take them from another answer, nor a root
     * @param serverTime the portal's clock, for a device whose own is wrong
     * @param mqttTlsPort left out by the portal, filled in by the bridge where its broker listens with TLS
     * @param certificate for the key of the request's CSR, as the base64 text of its DER; its subject is {@code CN=tid}. With it the
     *     terminal connects at {@code mqttTlsPort} and needs no password. The token is good only until the first such connection, and
     *     for a terminal that was given no certificate.
     * @param authorities certificates of the authorities, newest first, each as the base64 text of its DER: what the broker's certificate
     *     must lead back to
     * @param root the newest one, which takes the place of {@code keys} and is renewed as {@link SignedRoot} says; absent from a portal
     *     that has none
     */
    public record Activation(
            String tid,
            @Nullable String mqttHost,
            @Nullable Integer mqttPort,
            String token,
            List<VerificationKey> keys,
            Instant serverTime,
            @Nullable Integer mqttTlsPort,
            @Nullable String certificate,
            @Nullable List<String> authorities,
            @Nullable SignedRoot root) {

        public Activation {
            Wire.required(tid, "tid");
            Wire.required(token, "token");
            Wire.required(serverTime, "serverTime");
            keys = Wire.list(keys);
            authorities = authorities == null ? null : List.copyOf(authorities);
        }

        /** Without a root. */
        public Activation(
                String tid,
                @Nullable String mqttHost,
                @Nullable Integer mqttPort,
                String token,
                List<VerificationKey> keys,
                Instant serverTime,
                @Nullable Integer mqttTlsPort,
                @Nullable String certificate,
                @Nullable List<String> authorities) {
            this(tid, mqttHost, mqttPort, token, keys, serverTime, mqttTlsPort, certificate, authorities, null);
        }

        /** Without a certificate. */
        public Activation(
                String tid,
                @Nullable String mqttHost,
                @Nullable Integer mqttPort,
                String token,
                List<VerificationKey> keys,
                Instant serverTime) {
            this(tid, mqttHost, mqttPort, token, keys, serverTime, null, null, null);
        }

        /** Without the token, which must not get into a log. */
        @Override
        public String toString() {
            return "Activation[tid=" + tid + "]";
        }
    }
}
