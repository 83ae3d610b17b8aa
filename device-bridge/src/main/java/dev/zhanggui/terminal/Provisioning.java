package dev.zhanggui.terminal;

import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * From the box to a place at a store, and back when it is taken away: asks the portal with the device's own key who it belongs to.
 *
 * <pre>
 * announce → code on the screen → poll → activated
 *     └────→ refused, and announced again
 * </pre>
 */
final class Provisioning {

    private static final System.Logger log = System.getLogger(Provisioning.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(250);
    private static final Duration SHORTEST_AFTER_REFUSAL = Duration.ofSeconds(5);

    /** What becomes of the answers. */
    interface Owner {

        /** It is in the memory already. */
        void activated(Provision.Activation given);

        /** There is a new certificate beside the one in use; it is in the memory already. */
        void renewed();

        /** The platform offers less than the terminal has, which it keeps. */
        void kept();

        /** The platform has nothing new. */
        void notRenewed();

        /** The platform could not be asked for a new certificate. */
        void notAsked();

        /** It belongs to nobody any more; the memory has forgotten it already. */
        void unbound();

        void show();
    }

    private final Device device;
    private final Owner owner;
    private @Nullable String shownCode;
    private @Nullable Instant codeExpiresAt;
    private Provision.@Nullable Refusal refusal;

    /** Whether somebody on the way knows no requests for certificates and drops them, so that the signature is found wrong. */
    private boolean bare;

    Provisioning(Device device, Owner owner) {
        this.device = device;
        this.owner = owner;
    }

    /** To be typed in the portal. */
    @Nullable
    String shownCode() {
        return shownCode;
    }

    @Nullable
    Instant codeExpiresAt() {
        return codeExpiresAt;
    }

    Provision.@Nullable Refusal refusal() {
        return refusal;
    }

    void announce() {
        if (device.state() != State.WAITING && device.state() != State.REFUSED) {
            device.state(State.ANNOUNCING);
        }
        owner.show();
        call(Provision.Request.ANNOUNCE);
    }

    /** Perhaps it was unbound: the platform says so to its key, or confirms the credential. */
    void askAgain() {
        call(Provision.Request.ANNOUNCE);
    }

    /** A new certificate is due, or the platform may know a better way to the broker. Does not disturb what is under way. */
    void renew() {
        if (device.faults().network()) {
            owner.notAsked();
            return;
        }
        ask(Provision.Request.ANNOUNCE, false)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure != null || device.state() != State.ACTIVE) {
                                owner.notAsked();
                            } else {
                                renewed(answer);
                            }
                        },
                        device.loop());
    }

    private void renewed(Provision.Answer answer) {
        Provision.Activation given = answer.activation();
        if (answer.state() == Provision.State.WAITING) {
            answered(answer);
        } else if (given == null) {
            owner.notRenewed();
        } else {
            Provision.Activation old = device.activation();
            try {
                if (Identity.lessThan(old, given)) {
                    device.identity().declined();
                    owner.notRenewed();
                } else if (Identity.differ(old, given)) {
                    activated(given);
                } else {
                    owner.notRenewed();
                }
            } catch (UncheckedIOException e) {
                owner.notRenewed();
            }
        }
    }

    private void activated(Provision.Activation answered) {
        Provision.Activation old = device.activation();
        if (answered.certificate() == null && !bare) {
            device.identity().declined();
        }
        if (Identity.lessThan(old, answered)) {
            owner.kept();
            return;
        }
        Provision.Activation given =
                device.state() == State.ACTIVE ? Identity.trustingAsBefore(old, answered) : answered;
        if (device.state() == State.ACTIVE && device.identity().takeBeside(device.activation(), given, device.now())) {
            owner.renewed();
            return;
        }
        device.identity().take(given);
        device.journal("ACTIVATED");
        if (device.state() != State.ACTIVE) {
            device.tell("ink", new Text("激活成功", "is activated"));
        }
        owner.activated(given);
    }

    /** It is activated: nothing of this is on the screen any more. */
    void over() {
        shownCode = null;
        codeExpiresAt = null;
        refusal = null;
        bare = false;
    }

    private void poll() {
        Instant expires = codeExpiresAt;
        call(expires != null && expires.isBefore(device.now()) ? Provision.Request.ANNOUNCE : Provision.Request.POLL);
    }

    private void call(String call) {
        if (device.faults().network()) {
            return;
        }
        ask(call, bare)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                answered(answer);
                            } else {
                                device.retryLater(() -> call(call));
                            }
                        },
                        device.loop());
    }

    /** Fails when there is no answer that can be read, or when the key that is due cannot be written. */
    private CompletableFuture<Provision.Answer> ask(String call, boolean without) {
        byte[] body;
        try {
            body = StrictJson.MAPPER.writeValueAsBytes(device.signed(call, without));
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(e);
        }
        HttpRequest request = HttpRequest.newBuilder(device.kit().provisionUrl().resolve("/provision/v1/" + call))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return device.kit().calls().send(request).thenApply(response -> {
            if (response.statusCode() != 200) {
                throw new CompletionException(new IOException("status " + response.statusCode()));
            }
            try {
                return StrictJson.read(response.body(), Provision.Answer.class);
            } catch (JacksonException e) {
                log.log(System.Logger.Level.WARNING, "Answer to {0} is not readable", call);
                throw e;
            }
        });
    }

    private void answered(Provision.Answer answer) {
        if (device.state() == State.ACTIVE && answer.state() == Provision.State.WAITING) {
            device.tell("plain", new Text("已解绑，等人来认领", "was unbound and waits for a new owner"));
        }
        Duration again = longer(SHORTEST_POLL, Duration.ofMillis(answer.pollAfterMillis()));
        switch (answer.state()) {
            case WAITING -> waiting(answer, again);
            case REFUSED -> refused(answer.refusal(), again);
            case ACTIVATED -> {
                Provision.Activation given = answer.activation();
                if (given == null) {
                    device.retryLater(this::announce);
                    return;
                }
                activated(given);
            }
        }
    }

    private void waiting(Provision.Answer answer, Duration again) {
        device.succeeded();
        if (device.activation() != null) {
            device.folder().deactivated();
            device.identity().forget();
            device.activation(null);
            owner.unbound();
        }
        String code = answer.shownCode();
        if (code != null && !code.equals(shownCode)) {
            shownCode = code;
            codeExpiresAt = answer.expiresAt();
            device.tell("plain", new Text("在屏幕上亮出了激活码", "shows its activation code"));
        }
        device.state(State.WAITING);
        refusal = null;
        owner.show();
        // No code and no end: the portal has forgotten this one, so a new one is due.
        device.retryIn(again, code == null && answer.expiresAt() == null ? this::announce : this::poll);
    }

    private void refused(Provision.@Nullable Refusal why, Duration again) {
        device.succeeded();
        if (why == Provision.Refusal.BAD_SIGNATURE && !bare) {
            bare = true;
            device.retryIn(SHORTEST_POLL, this::announce);
            return;
        }
        if (!Objects.equals(why, refusal)) {
            device.tell("stop", new Text("平台不认识这台机器", "is not known to the platform"));
        }
        refusal = why;
        device.state(State.REFUSED);
        shownCode = null;
        owner.show();
        device.retryIn(longer(SHORTEST_AFTER_REFUSAL, again), this::announce);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
