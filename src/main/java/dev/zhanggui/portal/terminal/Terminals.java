package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Terminals that are bound to stores. Members of the merchant (CASHIER and above) read, MANAGER renames; staff of SERVICE,
 * REVIEWER, WAREHOUSE, ADMIN and AUDITOR read all; the system may everything. Another merchant's terminal meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface Terminals {

    /** The terminals bound to the store, by seat and id; at most 500. */
    List<Terminal> list(Actor actor, StoreId store);

    Terminal terminal(Actor actor, TerminalId id);

    Terminal byPublicId(Actor actor, String publicId);

    /** For staff and the system: whatever state it is in. */
    Optional<Terminal> bySerial(Actor actor, Serial serial);

    /**
     * Stores where a terminal of the model stands, by id and after the one given; at most {@code limit}, which is at most 500.
     * For staff and the system.
     */
    List<StoreId> storesWith(Actor actor, ModelId model, StoreId after, int limit);

    /** How many {@link #storesWith} there are. */
    int countStoresWith(Actor actor, ModelId model);

    /** The models of those of the terminals that exist; at most 2,000. For staff and the system. */
    Map<TerminalId, ModelId> models(Actor actor, Collection<TerminalId> ids);

    /** The spans of the terminal's binding, newest first; a merchant sees only its own. */
    List<Binding> bindings(Actor actor, TerminalId id);

    /** {@link dev.zhanggui.portal.shared.LostUpdateException} when the version is not the current one. */
    void rename(Actor actor, TerminalId id, String seat, int version);

    /** For SERVICE, ADMIN and the system: ends the binding; its credential is dead from this moment. */
    void unbind(Actor actor, TerminalId id, String reason, int version);

    /** For the system: what the bridge saw. Older words than the last one are dropped. */
    void seen(Actor actor, List<Sighting> sightings);

    /**
     * A sign of life or of silence.
     *
     * @param firmware null when the message did not carry it
     */
    record Sighting(
            String publicId,
            boolean online,
            Instant at,
            @Nullable String firmware,
            @Nullable String bootId) {}
}
