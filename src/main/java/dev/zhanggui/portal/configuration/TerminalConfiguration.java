package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal should run and what it proved to run.
 *
 * @param publicId the ULID by which the wire and the API know the terminal
 * @param desired the latest version; {@link ConfigurationVersion#NONE} before the first was compiled
 * @param desiredDigest of the content of that version; null before the first
 * @param leaseUntil after this moment the terminal counts as stale and trades on
 */
public record TerminalConfiguration(
        TerminalId terminal,
        String publicId,
        StoreId store,
        ConfigurationVersion desired,
        @Nullable String desiredDigest,
        @Nullable Instant leaseUntil,
        @Nullable Reported reported,
        boolean online,
        @Nullable Instant presenceSince,
        SyncStatus status) {

    /**
     * The last word of the terminal.
     *
     * @param code 0 when nothing was wrong
     * @param at when the portal recorded it
     */
    public record Reported(ConfigurationVersion version, String digest, ReportStage stage, int code, Instant at) {}
}
