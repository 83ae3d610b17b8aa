package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.configuration.DueWork;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.wire.Link;

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

    private static Link.Lane lane(Lane lane) {
        return switch (lane) {
            case KILL_SWITCH -> Link.Lane.STOP;
            case EDIT -> Link.Lane.EDIT;
            case ROLLOUT, LEASE, ANTI_ENTROPY -> Link.Lane.BULK;
        };
    }
}
