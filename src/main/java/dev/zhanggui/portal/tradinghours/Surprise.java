package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.YearState;
import java.time.Instant;
import java.time.LocalDate;

/** What a person who changes hours may not have meant. Worth a look before saving; never a reason to refuse. */
public sealed interface Surprise {

    /** The sign will not say open once. */
    record NeverOpen(int days) implements Surprise {}

    /** Rules for holidays reach into a year whose notice is not there yet. */
    record CalendarUnknown(int year, YearState state) implements Surprise {}

    /** Closed on the date, but the night before goes on into it: a shift belongs to the day it starts on. */
    record NightLeft(DatedRule rule, LocalDate night, Period shift) implements Surprise {}

    /** The shift into the morning after is gone with the day it would have started on. */
    record NightCut(DatedRule rule, LocalDate night, Period shift) implements Surprise {}

    record Past(DatedRule rule) implements Surprise {}

    /** Says what would hold anyway, or others beat it on each of its days. */
    record NoEffect(DatedRule rule) implements Surprise {}

    /**
     * Closed on make-up workdays although ordinary workdays are open.
     *
     * @param first the next of them
     */
    record MakeUpClosed(LocalDate first, int days) implements Surprise {}

    /** Open at this moment, and no longer once it is saved. */
    record ClosesAtOnce() implements Surprise {}

    /** Open at this moment, and closing earlier than people were told. */
    record ClosesEarlier(Instant at, Instant before) implements Surprise {}
}
