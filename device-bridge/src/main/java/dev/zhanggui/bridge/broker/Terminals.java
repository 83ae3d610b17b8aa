package dev.zhanggui.bridge.broker;

import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Topics;
import java.util.concurrent.CompletableFuture;

/** What a broker tells of the terminals. Called on the broker's threads: implementations do not block. */
public interface Terminals {

    /** May this terminal connect, with its token or with a certificate that the broker has checked? */
    CompletableFuture<Admission> admit(Link.Credential credential);

    /** Does the admission still stand? Asked once the connection can be ended: a withdrawal before that found none. */
    boolean admitted(Link.Credential credential);

    /**
     * A message of a terminal; the topic is already checked to be its own. Completes when the message may be acknowledged. Completes
     * exceptionally when it could not be kept: a broker of ours then ends the connection, and the terminal begins anew with a birth.
     */
    CompletableFuture<Void> received(String tid, Topics.Channel channel, byte[] payload);

    /** The connection of a terminal ended and no newer one has replaced it. */
    void gone(String tid);

    enum Admission {
        ADMITTED,
        REFUSED,
        /** The portal cannot be asked now; the terminal should try again. */
        ASK_LATER
    }
}
