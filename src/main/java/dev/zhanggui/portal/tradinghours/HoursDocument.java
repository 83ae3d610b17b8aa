package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.tradinghours.internal.HoursJson;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that one level, a merchant, a store or a terminal, says about hours: the {@code zhanggui} document. Valid by construction;
 * text from outside goes through {@link #parse}. What it does not say is inherited, see {@link Part}.
 *
 * <pre>
 * {zone, weekly:{mon:["09:00-18:00"],…}, dayKinds:{holiday:[…], transferredRest:[…], makeUpWorkday:[…] or "mon"},
 *  dates:[{from,to,periods,reason}], events:[{from,to,periods,reason}], seasons:[{from,to,weekly}],
 *  night:{hours:"23:00-06:00",policy,capFen}, outside:{policy,capFen}, off:["weekly",…]}
 * </pre>
 *
 * @param dates exceptions; where two cover a date, the narrower wins
 * @param events the same for events and promotions, which exceptions beat and which beat holidays
 * @param night when nothing is collected by code, whatever the plan says; null to inherit
 * @param outside what holds while closed; null to inherit
 * @param off parts that are not taken from above
 */
public record HoursDocument(
        ZoneId zone,
        Weekly weekly,
        DayKindRules dayKinds,
        List<DatedRule> dates,
        List<DatedRule> events,
        List<Season> seasons,
        @Nullable NightSafety night,
        @Nullable Outside outside,
        Set<Part> off) {

    public HoursDocument {
        dates = List.copyOf(dates);
        events = List.copyOf(events);
        seasons = List.copyOf(seasons);
        off = off.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(off));
    }

    /** Nothing said: all is inherited, and without anyone above nothing is refused and nothing promised. */
    public static HoursDocument notSet(ZoneId zone) {
        return new HoursDocument(
                zone, Weekly.NOT_SET, DayKindRules.NONE, List.of(), List.of(), List.of(), null, null, Set.of());
    }

    public static HoursDocument weekly(ZoneId zone, Weekly weekly) {
        return notSet(zone).withWeekly(weekly);
    }

    /** Reads a document strictly: whatever is unknown, impossible or contradictory is an error with its place. */
    public static Parsed parse(String json) {
        return HoursJson.read(json);
    }

    /** Canonical text: the same document is always the same text. */
    public String json() {
        return HoursJson.write(this);
    }

    public HoursDocument withZone(ZoneId changed) {
        return new HoursDocument(changed, weekly, dayKinds, dates, events, seasons, night, outside, off);
    }

    public HoursDocument withWeekly(Weekly changed) {
        return new HoursDocument(zone, changed, dayKinds, dates, events, seasons, night, outside, off);
    }

    public HoursDocument withDayKinds(DayKindRules changed) {
        return new HoursDocument(zone, weekly, changed, dates, events, seasons, night, outside, off);
    }

    public HoursDocument withDates(List<DatedRule> changed) {
        return new HoursDocument(zone, weekly, dayKinds, changed, events, seasons, night, outside, off);
    }

    public HoursDocument withEvents(List<DatedRule> changed) {
        return new HoursDocument(zone, weekly, dayKinds, dates, changed, seasons, night, outside, off);
    }

    public HoursDocument withSeasons(List<Season> changed) {
        return new HoursDocument(zone, weekly, dayKinds, dates, events, changed, night, outside, off);
    }

    public HoursDocument withNight(@Nullable NightSafety changed) {
        return new HoursDocument(zone, weekly, dayKinds, dates, events, seasons, changed, outside, off);
    }

    public HoursDocument withOutside(@Nullable Outside changed) {
        return new HoursDocument(zone, weekly, dayKinds, dates, events, seasons, night, changed, off);
    }

    public HoursDocument withOff(Set<Part> changed) {
        return new HoursDocument(zone, weekly, dayKinds, dates, events, seasons, night, outside, changed);
    }

    /** The result of reading text. */
    public sealed interface Parsed {
        record Valid(HoursDocument document) implements Parsed {}

        /** At least one error, in the order of the text. */
        record Invalid(List<HoursError> errors) implements Parsed {}
    }
}
