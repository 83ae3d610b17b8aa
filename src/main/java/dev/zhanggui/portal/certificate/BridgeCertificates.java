package dev.zhanggui.portal.certificate;

import dev.zhanggui.portal.account.Actor;
import java.time.Instant;
import java.util.List;

/** Certificates for the brokers that terminals meet. For the system only, which a bridge acts for. */
public interface BridgeCertificates {

    /** Names and addresses in one certificate. */
    int MOST_HOSTS = 10;

    /** New ones for one bridge. */
    int MOST_A_DAY = 20;

    /**
     * The same request is given the same certificate again until two thirds of its time are over.
     *
     * @param bridge its name, at most 64 letters, digits, dots, dashes or underscores
     * @param csr as in {@link RequestedKey#check}
     * @param hosts as in {@link ListenerHost#check}, one to {@link #MOST_HOSTS}, and each of those that are allowed
     *     ({@code ZHANGGUI_BRIDGE_HOSTS}; any when none are named)
     */
    Outcome obtain(Actor actor, String bridge, String csr, List<String> hosts);

    sealed interface Outcome {

        /** @param certificate DER */
        record Given(byte[] certificate, Instant renewAt) implements Outcome {}

        /** @param what is wrong, for a log: the name, the request or one of the hosts */
        record Refused(String what) implements Outcome {}
    }
}
