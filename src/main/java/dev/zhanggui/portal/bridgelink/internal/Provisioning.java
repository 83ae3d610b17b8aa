package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.VerificationKeys;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Provision.Refusal;
import dev.zhanggui.wire.Provision.State;
import dev.zhanggui.wire.VerificationKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proves that a device holds its key, and lets the terminal module decide the rest. */
@Component
public class Provisioning {

    private static final long POLL_AFTER_MILLIS = 1_000;

    private final Activations activations;
    private final VerificationKeys keys;
    private final Clock clock;

    Provisioning(Activations activations, VerificationKeys keys, Clock clock) {
        this.activations = activations;
        this.keys = keys;
        this.clock = clock;
    }

    public Provision.Answer announce(Actor actor, Provision.Request request) {
        if (!DeviceSignature.isGenuine(request, Provision.Request.ANNOUNCE)) {
            return refused(Refusal.BAD_SIGNATURE);
        }
        return announced(actor, request);
    }

    /** A device whose code ran out is given the next one in the same breath. */
    public Provision.Answer poll(Actor actor, Provision.Request request) {
        if (!DeviceSignature.isGenuine(request, Provision.Request.POLL)) {
            return refused(Refusal.BAD_SIGNATURE);
        }
        return switch (activations.poll(actor, request.serial(), request.publicKey())) {
            case Activations.Progress.Activated it -> activated(it);
            case Activations.Progress.Waiting it -> announced(actor, request);
            case Activations.Progress.AnnounceAgain it -> announced(actor, request);
        };
    }

    private Provision.Answer announced(Actor actor, Provision.Request request) {
        var deviceClass = deviceClass(request.deviceClass());
        if (deviceClass.isEmpty()) {
            return refused(Refusal.WRONG_CLASS);
        }
        return switch (activations.announce(actor, request.serial(), deviceClass.get(), request.publicKey())) {
            case Activations.Announcement.ShowCode it -> waiting(it.code().replace("-", ""), it.expiresAt());
            case Activations.Announcement.AlreadyActive it ->
                switch (activations.poll(actor, request.serial(), request.publicKey())) {
                    case Activations.Progress.Activated active -> activated(active);
                    case Activations.Progress.Waiting waiting -> waiting(null, waiting.expiresAt());
                    case Activations.Progress.AnnounceAgain again -> waiting(null, null);
                };
            case Activations.Announcement.Refused it -> refused(refusal(it.reason()));
        };
    }

    private Provision.Answer activated(Activations.Progress.Activated activated) {
        var pinned = keys.current().stream()
                .map(key -> new VerificationKey(
                        key.keyId(), Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey())))
                .toList();
        return new Provision.Answer(
                State.ACTIVATED,
                null,
                null,
                0,
                new Provision.Activation(activated.publicId(), null, null, activated.token(), pinned, clock.instant()),
                null);
    }

    private static Provision.Answer waiting(@Nullable String code, @Nullable Instant expiresAt) {
        return new Provision.Answer(State.WAITING, code, expiresAt, POLL_AFTER_MILLIS, null, null);
    }

    private static Provision.Answer refused(Refusal refusal) {
        return new Provision.Answer(State.REFUSED, null, null, POLL_AFTER_MILLIS, null, refusal);
    }

    private static Refusal refusal(Activations.Refusal reason) {
        return switch (reason) {
            case UNKNOWN_SERIAL, RETIRED, MALFORMED -> Refusal.UNKNOWN_SERIAL;
            case WRONG_CLASS -> Refusal.WRONG_CLASS;
            case IN_USE, TOO_MANY -> Refusal.OTHER_KEY;
        };
    }

    private static Optional<DeviceClass> deviceClass(String name) {
        return Arrays.stream(DeviceClass.values())
                .filter(it -> it.name().equals(name))
                .findFirst();
    }
}
