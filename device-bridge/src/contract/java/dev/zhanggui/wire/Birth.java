package dev.zhanggui.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * First word after every connect: what the terminal really runs. It corrects any earlier report. A terminal that runs nothing yet
 * says epoch 0, gen 0 and no digest. While it is connected it says so again, because nobody may have listened: after a random time up
 * to a minute, then up to two, and so on up to an hour.
 *
 * @param epoch of the active manifest
 * @param gen of the active manifest
 * @param digest of the active manifest's JWS
 * @param deviceClass as printed on the device: QR_PLATE, SMART_POS, …
 * @param firmware name and version
 * @param bootId new at every start, to tell a restart from a reconnect
 * @param at the terminal's own clock, which may be wrong
 */
public record Birth(
        String tid,
        long epoch,
        long gen,
        @Nullable String digest,
        String deviceClass,
        String firmware,
        String bootId,
        Instant at) {

    public Birth {
        Wire.required(tid, "tid");
        Wire.required(deviceClass, "deviceClass");
        Wire.required(firmware, "firmware");
        Wire.required(bootId, "bootId");
        Wire.required(at, "at");
    }
}
