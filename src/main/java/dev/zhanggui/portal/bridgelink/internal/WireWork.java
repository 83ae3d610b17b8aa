package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.configuration.DueWork;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.wire.Link;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hand-outs in the wire's words. */
public final class WireWork {

    private WireWork() {}

    public static Link.WorkItem item(DueWork.HandOut handOut) {
        return new Link.WorkItem(
                handOut.publicId(),
                handOut.version().epoch(),
                handOut.version().generation(),
                lane(handOut.lane()),
                handOut.digest(),
                handOut.manifest(),
                handOut.token());
    }

    /** As topics name them. */
    public static @Nullable List<String> shards(@Nullable Set<Integer> shards) {
        return shards == null
                ? null
                : shards.stream()
                        .sorted()
                        .map(shard -> HexFormat.of().toHexDigits(shard.byteValue()))
                        .toList();
    }

    private static Link.Lane lane(Lane lane) {
        return switch (lane) {
            case KILL_SWITCH -> Link.Lane.STOP;
            case EDIT -> Link.Lane.EDIT;
            case ROLLOUT, LEASE, ANTI_ENTROPY -> Link.Lane.BULK;
        };
    }
}
