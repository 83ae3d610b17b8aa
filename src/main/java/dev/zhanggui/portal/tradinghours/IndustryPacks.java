package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is usual in the industries, as it held at a moment. */
public interface IndustryPacks {

    /** @param industry the key of a store; empty for one that no pack speaks for */
    Optional<IndustryPack> at(String industry, Instant moment);

    /** When something else became usual in [from, until). */
    List<Instant> changes(String industry, Instant from, Instant until);
}
