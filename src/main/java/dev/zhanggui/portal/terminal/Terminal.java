package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a serial number.
 *
 * @param publicId the ULID known outside, its {@code tid} on the wire
 * @param destinedFor whom it was allocated, packed or sent to; null in stock
 * @param storeId where it is bound; null unless ACTIVE
 * @param seat its place's name in the store, such as 柜台; null unless ACTIVE
 * @param presence what the bridge last said of it; null before the first word
 */
public record Terminal(
        TerminalId id,
        String publicId,
        Serial serial,
        ModelId model,
        DeviceClass deviceClass,
        TerminalState state,
        @Nullable MerchantId destinedFor,
        @Nullable StoreId storeId,
        @Nullable String seat,
        @Nullable Presence presence,
        int version) {

    /**
     * Seen or not seen.
     *
     * @param since when it came or went
     * @param lastSeen the last sign of life
     */
    public record Presence(
            boolean online,
            Instant since,
            Instant lastSeen,
            @Nullable String firmware,
            @Nullable String bootId) {}
}
