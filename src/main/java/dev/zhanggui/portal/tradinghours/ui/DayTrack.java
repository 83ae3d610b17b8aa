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

        boolean night() {
            return this == NIGHT || this == NIGHT_NEW || this == NIGHT_LOST;
        }

        boolean unsaved() {
            return this == NEW || this == NIGHT_NEW;
        }
    }

    /** The minutes of the shifts that start on a day, from its midnight to the end of the next. */
    static BitSet minutes(@Nullable DayPlan plan) {
        var minutes = new BitSet(2 * Period.DAY);
        if (plan != null) {
            plan.periods().forEach(period -> minutes.set(period.start(), period.end()));
        }
        return minutes;
    }

    /** Cut at midnight; the tail of the day before comes first. */
    static List<DayTrack> cut(BitSet saved, BitSet draft, BitSet savedBefore, BitSet draftBefore) {
        var tracks = new ArrayList<DayTrack>();
        add(
                tracks,
                savedBefore.get(Period.DAY, 2 * Period.DAY),
                draftBefore.get(Period.DAY, 2 * Period.DAY),
                Kind.NIGHT,
                Kind.NIGHT_NEW,
                Kind.NIGHT_LOST);
        add(tracks, saved.get(0, Period.DAY), draft.get(0, Period.DAY), Kind.OPEN, Kind.NEW, Kind.LOST);
        return tracks;
    }

    /** A night stays one block. */
    static List<DayTrack> whole(BitSet saved, BitSet draft) {
        var tracks = new ArrayList<DayTrack>();
        add(tracks, saved, draft, Kind.OPEN, Kind.NEW, Kind.LOST);
        return tracks;
    }

    private static void add(List<DayTrack> tracks, BitSet saved, BitSet draft, Kind open, Kind added, Kind lost) {
        var both = (BitSet) saved.clone();
        both.and(draft);
        tracks.addAll(runs(both, open));
        tracks.addAll(runs(without(draft, saved), added));
        tracks.addAll(runs(without(saved, draft), lost));
    }

    static BitSet without(BitSet minutes, BitSet taken) {
        var rest = (BitSet) minutes.clone();
        rest.andNot(taken);
        return rest;
    }

    /** The minutes as stretches, in order. */
    static List<DayTrack> runs(BitSet minutes, Kind kind) {
        var runs = new ArrayList<DayTrack>();
        for (int start = minutes.nextSetBit(0); start >= 0; ) {
            int end = minutes.nextClearBit(start);
            runs.add(new DayTrack(start, end, kind));
            start = minutes.nextSetBit(end);
        }
        return runs;
    }
}
