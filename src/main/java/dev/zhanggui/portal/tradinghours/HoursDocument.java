package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.tradinghours.internal.HoursJson;
import java.time.ZoneId;
import java.util.List;

/**
 * All that a store says about its hours: the {@code zhanggui} document. Valid by construction; text from outside goes through
 * {@link #parse}.
 *
 * <pre>
 * {zone, weekly:{mon:["09:00-18:00"],…}, dayKinds:{holiday:[…], transferredRest:[…], makeUpWorkday:[…] or "mon"},
 *  dates:[{from,to,periods,reason}], seasons:[{from,to,weekly}], outside:{policy,capFen}}
 * </pre>
 */
public record HoursDocument(
        ZoneId zone,
        Weekly weekly,
        DayKindRules dayKinds,
        List<DatedRule> dates,
        List<Season> seasons,
        Outside outside) {

    public HoursDocument {
        dates = List.copyOf(dates);
        seasons = List.copyOf(seasons);
    }

    /** Nothing set yet: nothing is refused, nothing is promised. */
    public static HoursDocument notSet(ZoneId zone) {
        return new HoursDocument(zone, Weekly.NOT_SET, DayKindRules.NONE, List.of(), List.of(), Outside.USUAL);
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
        return new HoursDocument(changed, weekly, dayKinds, dates, seasons, outside);
    }

    public HoursDocument withWeekly(Weekly changed) {
        return new HoursDocument(zone, changed, dayKinds, dates, seasons, outside);
    }

    public HoursDocument withDayKinds(DayKindRules changed) {
        return new HoursDocument(zone, weekly, changed, dates, seasons, outside);
    }

    public HoursDocument withDates(List<DatedRule> changed) {
        return new HoursDocument(zone, weekly, dayKinds, changed, seasons, outside);
    }

    public HoursDocument withSeasons(List<Season> changed) {
        return new HoursDocument(zone, weekly, dayKinds, dates, changed, outside);
    }

    public HoursDocument withOutside(Outside changed) {
        return new HoursDocument(zone, weekly, dayKinds, dates, seasons, changed);
    }

    /** The result of reading text. */
    public sealed interface Parsed {
        record Valid(HoursDocument document) implements Parsed {}

        /** At least one error, in the order of the text. */
        record Invalid(List<HoursError> errors) implements Parsed {}
    }
}
