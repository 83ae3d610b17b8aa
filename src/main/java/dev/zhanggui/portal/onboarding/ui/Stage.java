package dev.zhanggui.portal.onboarding.ui;

import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.ordering.OrderState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stretches of the way as an applicant sees it, from the call to the first collection. */
enum Stage {
    FILL,
    CALL,
    RECOMMEND,
    SIGN,
    APPROVE,
    SHIP,
    RECEIVE,
    ACTIVATE;

    /**
     * The stage someone acts in now; empty when the way has ended.
     *
     * @param order null before approval
     * @param active whether a terminal runs in the store
     */
    static Optional<Stage> of(ApplicationState state, @Nullable OrderState order, boolean active) {
        return switch (state) {
            case DRAFT, NEEDS_FIX -> Optional.of(FILL);
            case SUBMITTED, CALL_SCHEDULED -> Optional.of(CALL);
            case VERIFYING, APPEALED -> Optional.of(RECOMMEND);
            case RECOMMENDED -> Optional.of(SIGN);
            case OFFER_ACCEPTED -> Optional.of(APPROVE);
            case REJECTED, WITHDRAWN, EXPIRED -> Optional.empty();
            case APPROVED -> active ? Optional.empty() : Optional.of(of(order));
        };
    }

    private static Stage of(@Nullable OrderState order) {
        if (order == null) {
            return SHIP;
        }
        return switch (order) {
            case PLACED, ALLOCATED, PACKED -> SHIP;
            case SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, EXCEPTION, RETURNED, LOST -> RECEIVE;
            case RECEIVED -> ACTIVATE;
        };
    }

    /** What is still to come after this one. */
    List<Stage> after() {
        return Arrays.stream(values())
                .filter(stage -> stage.compareTo(this) > 0)
                .toList();
    }
}
