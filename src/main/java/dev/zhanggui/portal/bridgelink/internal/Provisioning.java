package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.configuration.VerificationKeys;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Provision.Refusal;
import dev.zhanggui.wire.Provision.State;
import dev.zhanggui.wire.VerificationKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proves that a device holds its keys, and lets the terminal module decide the rest. */
@Component
public class Provisioning {

    private static final long POLL_AFTER_MILLIS = 1_000;

    private final Activations activations;
    private final TerminalCertificates certificates;
    private final WireCertificates wire;
    private final VerificationKeys keys;
    private final RootChain roots;
    private final Clock clock;

    Provisioning(
            Activations activations,
            TerminalCertificates certificates,
            WireCertificates wire,
            VerificationKeys keys,
            RootChain roots,
            Clock clock) {
        this.activations = activations;
        this.certificates = certificates;
        this.wire = wire;
        this.keys = keys;
        this.roots = roots;
        this.clock = clock;
    }

    public Provision.Answer announce(Actor actor, Provision.Request request) {
        return proven(request, Provision.Request.ANNOUNCE, key -> announced(actor, request, key));
    }

    /** A device whose code ran out is given the next one in the same breath. */
    public Provision.Answer poll(Actor actor, Provision.Request request) {
        return proven(request, Provision.Request.POLL, key -> switch (activations.poll(
                actor, request.serial(), request.publicKey())) {
            case Activations.Progress.Activated it -> activated(actor, request, it, key);
            case Activations.Progress.Waiting it -> announced(actor, request, key);
            case Activations.Progress.AnnounceAgain it -> announced(actor, request, key);
        });
    }

    /** Goes on with the key that a certificate is asked for; without one for a device that connects with its token. */
    private static Provision.Answer proven(
            Provision.Request request, String call, Function<Optional<RequestedKey>, Provision.Answer> then) {
        if (!DeviceSignature.isGenuine(request, call)) {
            return refused(Refusal.BAD_SIGNATURE);
        }
        var csr = request.csr();
        boolean withCertificate = deviceClass(request.deviceClass())
                .filter(DeviceClass::connectsWithCertificate)
                .isPresent();
        if (csr == null || !withCertificate) {
            return then.apply(Optional.empty());
        }
        return switch (RequestedKey.check(csr)) {
            case Checked.Valid<RequestedKey>(var key) -> then.apply(Optional.of(key));
            case Checked.Invalid<RequestedKey> it -> refused(Refusal.BAD_CSR);
        };
    }

    private Provision.Answer announced(Actor actor, Provision.Request request, Optional<RequestedKey> key) {
        var deviceClass = deviceClass(request.deviceClass());
        if (deviceClass.isEmpty()) {
            return refused(Refusal.WRONG_CLASS);
        }
        return switch (activations.announce(actor, request.serial(), deviceClass.get(), request.publicKey())) {
            case Activations.Announcement.ShowCode it -> waiting(it.code().replace("-", ""), it.expiresAt());
            case Activations.Announcement.AlreadyActive it ->
                switch (activations.poll(actor, request.serial(), request.publicKey())) {
                    case Activations.Progress.Activated active -> activated(actor, request, active, key);
                    case Activations.Progress.Waiting waiting -> waiting(null, waiting.expiresAt());
                    case Activations.Progress.AnnounceAgain again -> waiting(null, null);
                };
            case Activations.Announcement.Refused it -> refused(refusal(it.reason()));
        };
    }

    private Provision.Answer activated(
            Actor actor,
            Provision.Request request,
            Activations.Progress.Activated activated,
            Optional<RequestedKey> key) {
        var pinned = keys.current().stream()
                .map(it -> new VerificationKey(
                        it.keyId(), Base64.getUrlEncoder().withoutPadding().encodeToString(it.publicKey())))
                .toList();
        var certificate =
                key.flatMap(it -> switch (certificates.give(actor, activated.terminal(), request.publicKey(), it)) {
                    case TerminalCertificates.Given.Certificate(var der, var notAfter) -> Optional.of(wire.text(der));
                    case TerminalCertificates.Given.Nothing nothing -> Optional.<String>empty();
                });
        return new Provision.Answer(
                State.ACTIVATED,
                null,
                null,
                0,
                new Provision.Activation(
                        activated.publicId(),
                        null,
                        null,
                        activated.token(),
                        pinned,
                        clock.instant(),
                        null,
                        certificate.orElse(null),
                        key.isEmpty() ? null : wire.authorities(),
                        roots.newest()),
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
