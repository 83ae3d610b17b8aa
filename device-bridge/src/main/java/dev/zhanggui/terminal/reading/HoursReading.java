package dev.zhanggui.terminal.reading;

import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.HoursDocument.Offset;
import dev.zhanggui.wire.HoursDocument.Transition;
import dev.zhanggui.wire.Outside;
import dev.zhanggui.wire.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiled hours read at a moment: pure, no clock, no time-zone database.
 *
 * @param open whether the store trades
 * @param reasonCode of the transition that holds
 * @param reason for people
 * @param nextChange when it opens or closes next; null when not within sight
 * @param offset of local time
 * @param terms what a payment may do now, where the transition says so itself; null: everything while open, else the usual
 * @param beyond the moment lies outside the compiled horizon: the last known state is shown, and the terminal is stale
 */
public record HoursReading(
        boolean open,
        String reasonCode,
        Text reason,
        @Nullable Instant nextChange,
        ZoneOffset offset,
        @Nullable Outside terms,
        boolean beyond) {

    public static HoursReading at(HoursDocument hours, Instant now) {
        List<Transition> transitions = hours.transitions();
        Transition holding = transitions.getFirst();
        @Nullable Instant flip = null;
        for (Transition transition : transitions) {
            if (!transition.at().isAfter(now)) {
                holding = transition;
            } else if (transition.open() != holding.open()) {
                flip = transition.at();
                break;
            }
        }
        Instant told = holding.nextChangeAt();
        Instant next = told != null && told.isAfter(now) ? told : flip;
        boolean beyond = !now.isBefore(hours.until())
                || now.isBefore(transitions.getFirst().at());
        return new HoursReading(
                holding.open(),
                holding.reasonCode(),
                holding.text(),
                beyond ? null : next,
                offset(hours.offsets(), now),
                holding.terms(),
                beyond);
    }

    /** The next moment at which this reading changes; null when there is none in the document. */
    public static @Nullable Instant nextTransition(HoursDocument hours, Instant now) {
        return hours.transitions().stream()
                .map(Transition::at)
                .filter(at -> at.isAfter(now))
                .findFirst()
                .orElse(null);
    }

    private static ZoneOffset offset(List<Offset> offsets, Instant now) {
        ZoneOffset result = ZoneOffset.UTC;
        boolean first = true;
        for (Offset offset : offsets) {
            if (first || !offset.from().isAfter(now)) {
                result = ZoneOffset.ofTotalSeconds(offset.seconds());
            }
            first = false;
        }
        return result;
    }
}
