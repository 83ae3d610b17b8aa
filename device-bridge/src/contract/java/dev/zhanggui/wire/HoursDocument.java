package dev.zhanggui.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trading hours of one store, compiled to UTC: a terminal needs neither rules nor a time-zone database. Payload of a JWS.
 *
 * @param store public id of the store
 * @param zone IANA name, for display only
 * @param offsets offsets of local time, ascending, the first at or before {@code from}
 * @param from start of the horizon, inclusive
 * @param until end of the horizon, exclusive; the portal renews long before
 * @param transitions ascending, the first at or before {@code from}: each state holds until the next transition
 * @param outside what holds while closed
 */
public record HoursDocument(
        String store,
        String zone,
        List<Offset> offsets,
        Instant from,
        Instant until,
        List<Transition> transitions,
        Outside outside) {

    public HoursDocument {
        Wire.required(store, "store");
        Wire.required(zone, "zone");
        Wire.required(from, "from");
        Wire.required(until, "until");
        Wire.required(outside, "outside");
        offsets = Wire.list(offsets);
        transitions = Wire.list(transitions);
    }

    /** From {@code from} on local time is UTC plus {@code seconds}. */
    public record Offset(Instant from, int seconds) {

        public Offset {
            Wire.required(from, "from");
        }
    }

    /**
     * The state that begins at {@code at}.
     *
     * @param open whether the store trades
     * @param reasonCode why, for machines: the code of the rule that won, as the portal's evaluator names it
     * @param text why, for people, short: 「营业中」, 「春节放假」, 「店主临时打烊」
     * @param nextChangeAt when trading next changes (closes, or reopens); absent: not within sight
     * @param terms what a payment may do while this state holds; absent: everything while open, and outside trading hours what
     *     the acceptance or this document says. A terminal that finds it obeys it before those
     */
    public record Transition(
            Instant at,
            boolean open,
            String reasonCode,
            Text text,
            @Nullable Instant nextChangeAt,
            @Nullable Outside terms) {

        public Transition {
            Wire.required(at, "at");
            Wire.required(reasonCode, "reasonCode");
            Wire.required(text, "text");
        }
    }
}
