package dev.zhanggui.portal.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a terminal stands to what it should run, as its merchant may read it. */
public sealed interface SyncStatus {

    /** The terminal proved that it runs the latest version. */
    record InStep(ConfigurationVersion version, Instant appliedAt) implements SyncStatus {}

    /** On its way; {@code since} is the edit. */
    record Sending(ConfigurationVersion version, Instant since) implements SyncStatus {}

    /** Not connected; it trades on with the last version it took. A terminal that never came has neither moment nor version. */
    record Offline(@Nullable Instant since, @Nullable ConfigurationVersion running) implements SyncStatus {}

    /** The terminal refused the latest version and trades on with the one before. */
    record Rejected(ConfigurationVersion version, int code, Instant at) implements SyncStatus {}

    /** Nobody hears the terminals now; edits are kept and delivered after. Null when no bridge was ever seen. */
    record BridgeDown(@Nullable Instant since) implements SyncStatus {}
}
