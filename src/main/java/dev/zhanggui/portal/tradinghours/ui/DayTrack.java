package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Period;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn on one day's track: its own shifts, the tail of the night before, what is not saved yet, what the change takes.
 *
 * @param start minutes since this day's midnight
 * @param end at most 1440, or at most 2880 for shifts drawn in one block
 */
record DayTrack(int start, int end, Kind kind) {

    enum Kind {
        OPEN,
        /** Not saved yet. */
        NEW,
        /** Open until the change is saved. */
        LOST,
        NIGHT,
        NIGHT_NEW,
        NIGHT_LOST;

        String cssClass() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean unsaved() {
            return this == NEW || this == NIGHT_NEW;
        }
    }

    /** Cut at midnight; the tail of the day before comes first. */
    static List<DayTrack> cut(
            @Nullable DayPlan saved,
            @Nullable DayPlan draft,
            @Nullable DayPlan savedBefore,
            @Nullable DayPlan draftBefore) {
        var tracks = new ArrayList<DayTrack>();
        add(
                tracks,
                minutes(savedBefore, Period.DAY, 2 * Period.DAY),
                minutes(draftBefore, Period.DAY, 2 * Period.DAY),
                Period.DAY,
                Kind.NIGHT,
                Kind.NIGHT_NEW,
                Kind.NIGHT_LOST);
        add(tracks, minutes(saved, 0, Period.DAY), minutes(draft, 0, Period.DAY), 0, Kind.OPEN, Kind.NEW, Kind.LOST);
        return tracks;
    }

    /** A night stays one block. */
    static List<DayTrack> whole(@Nullable DayPlan saved, @Nullable DayPlan draft) {
        var tracks = new ArrayList<DayTrack>();
        add(
                tracks,
                minutes(saved, 0, 2 * Period.DAY),
                minutes(draft, 0, 2 * Period.DAY),
                0,
                Kind.OPEN,
                Kind.NEW,
                Kind.LOST);
        return tracks;
    }

    private static void add(
            List<DayTrack> tracks, BitSet saved, BitSet draft, int origin, Kind open, Kind added, Kind lost) {
        var both = (BitSet) saved.clone();
        both.and(draft);
        var gained = (BitSet) draft.clone();
        gained.andNot(saved);
        var taken = (BitSet) saved.clone();
        taken.andNot(draft);
        runs(tracks, both, origin, open);
        runs(tracks, gained, origin, added);
        runs(tracks, taken, origin, lost);
    }

    private static void runs(List<DayTrack> tracks, BitSet minutes, int origin, Kind kind) {
        for (int start = minutes.nextSetBit(0); start >= 0; ) {
            int end = minutes.nextClearBit(start);
            tracks.add(new DayTrack(start - origin, end - origin, kind));
            start = minutes.nextSetBit(end);
        }
    }

    private static BitSet minutes(@Nullable DayPlan plan, int from, int until) {
        var minutes = new BitSet();
        if (plan != null) {
            for (var period : plan.periods()) {
                int start = Math.max(from, period.start());
                int end = Math.min(until, period.end());
                if (start < end) {
                    minutes.set(start, end);
                }
            }
        }
        return minutes;
    }
}
