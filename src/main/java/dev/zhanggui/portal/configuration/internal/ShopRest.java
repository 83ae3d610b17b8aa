package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When nobody wonders that a shop's terminals are off: it is closed, or about to close, and people pull the plug when they leave.
 * Pure, time passed in.
 */
final class ShopRest {

    /** People leave a little before the hour and come a little after it. */
    static final Duration MARGIN = Duration.ofMinutes(30);

    /** Then it is looked at again: a shop that is closed until further notice has no next opening. */
    static final Duration LONGEST = Duration.ofHours(24);

    /** Where nobody said any hours. */
    static final LocalTime NIGHT_FROM = LocalTime.of(22, 0);

    static final LocalTime NIGHT_UNTIL = LocalTime.of(7, 0);

    private ShopRest() {}

    /** Until when its terminals may be off, at most {@link #LONGEST} ahead; null when they should be on now. */
    static @Nullable Instant until(HoursEvaluator hours, Instant now) {
        var state = hours.stateAt(now);
        return switch (state.phase()) {
            case CLOSED -> after(state, now);
            case OPEN -> {
                var next = state.next();
                yield next == null || next.phase() != Phase.CLOSED || next.at().isAfter(now.plus(MARGIN))
                        ? null
                        : after(hours.stateAt(next.at()), now);
            }
            case NOT_SET -> night(hours.zone(), now);
        };
    }

    private static Instant after(TradingState closed, Instant now) {
        var latest = now.plus(LONGEST);
        var next = closed.next();
        if (next == null) {
            return latest;
        }
        var back = next.at().plus(MARGIN);
        return back.isBefore(latest) ? back : latest;
    }

    private static @Nullable Instant night(ZoneId zone, Instant now) {
        var here = now.atZone(zone);
        var time = here.toLocalTime();
        if (!time.isBefore(NIGHT_UNTIL) && time.isBefore(NIGHT_FROM)) {
            return null;
        }
        var morning = time.isBefore(NIGHT_UNTIL)
                ? here.toLocalDate()
                : here.toLocalDate().plusDays(1);
        return morning.atTime(NIGHT_UNTIL).atZone(zone).toInstant().plus(MARGIN);
    }
}
