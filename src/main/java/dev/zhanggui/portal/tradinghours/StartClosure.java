package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Closes or opens a store now.
 *
 * @param reason shown to customers, at most 200 characters
 * @param secondPerson of an emergency stop: somebody else has to lift it, or the staff of the platform
 */
public record StartClosure(
        StoreId store,
        Closure.Kind kind,
        ClosureEnd end,
        @Nullable String reason,
        boolean secondPerson) {

    public StartClosure {
        if (secondPerson && kind != Closure.Kind.EMERGENCY_STOP) {
            throw new IllegalArgumentException("only an emergency stop asks for a second person");
        }
    }

    public StartClosure(StoreId store, Closure.Kind kind, ClosureEnd end, @Nullable String reason) {
        this(store, kind, end, reason, false);
    }
}
