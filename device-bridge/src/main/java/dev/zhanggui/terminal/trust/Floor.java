package dev.zhanggui.terminal.trust;

import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import java.util.Optional;

/**
 * The newest version this terminal has ever accepted, written before it is activated. Below it nothing is accepted again, and at it
 * only the very same manifest.
 */
public record Floor(long epoch, long gen, String digest) {

    /** Of a terminal that has accepted nothing yet. */
    public static final Floor NONE = new Floor(0, 0, "");

    /** Why a genuine manifest is still refused; empty when it may be activated. */
    public Optional<Verdict.Refused<Manifest>> objection(Manifest manifest, String manifestDigest) {
        int order = Long.compare(manifest.epoch(), epoch);
        if (order == 0) {
            order = Long.compare(manifest.gen(), gen);
        }
        if (order < 0) {
            return Optional.of(new Verdict.Refused<>(
                    RejectCode.ROLLBACK,
                    manifest.epoch() + "/" + manifest.gen() + " is older than " + epoch + "/" + gen));
        }
        if (order == 0 && !digest.isEmpty() && !digest.equals(manifestDigest)) {
            return Optional.of(new Verdict.Refused<>(
                    RejectCode.EQUIVOCATION, "another manifest than the accepted " + epoch + "/" + gen));
        }
        return Optional.empty();
    }
}
