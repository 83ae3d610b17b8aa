package dev.zhanggui.portal.tradinghours.packs;

import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.foureyes.Version;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import org.jspecify.annotations.Nullable;

/**
 * One version of a pack. Versions are never changed, only decided.
 *
 * @param pack its number counts from 1 within the industry
 * @param proposed null for the version that comes with the program
 * @param decided null while it waits, and for the version that comes with the program
 * @param decisionReason why it was rejected
 */
public record PackVersion(
        PackVersionId id,
        PackState state,
        IndustryPack pack,
        @Nullable Stamp proposed,
        @Nullable Stamp decided,
        @Nullable String decisionReason)
        implements Version {

    /** What comes with the program and holds until somebody publishes another. */
    public static PackVersion builtIn(IndustryPack pack) {
        return new PackVersion(PackVersionId.BUILT_IN, PackState.PUBLISHED, pack, null, null, null);
    }

    @Override
    public boolean waits() {
        return state == PackState.PROPOSED;
    }
}
