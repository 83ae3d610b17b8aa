package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal should run, what it proved to run, and its last word.
 *
 * @param publicId the ULID by which the wire and the API know the terminal
 * @param desired the latest version; {@link ConfigurationVersion#NONE} before the first was compiled
 * @param desiredDigest of the manifest of that version; null before the first
 * @param leaseUntil after this moment the terminal counts as stale and trades on
 * @param running null before the first proof, and after a roll-back until the terminal says what it runs now
 */
public record TerminalConfiguration(
        TerminalId terminal,
        String publicId,
        StoreId store,
        ConfigurationVersion desired,
        @Nullable String desiredDigest,
        @Nullable Instant leaseUntil,
        @Nullable Running running,
        @Nullable Reported reported,
        boolean online,
        @Nullable Instant presenceSince,
        SyncStatus status) {

    /** @param since when the portal heard of it */
    public record Running(ConfigurationVersion version, String digest, Instant since) {}

    /**
     * The terminal's last report.
     *
     * @param code 0 when nothing was wrong
     * @param at when the portal recorded it
     */
    public record Reported(ConfigurationVersion version, ReportStage stage, int code, Instant at) {}
}
