package dev.zhanggui.portal.tradinghours;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some parts of a document, to be said by others too. Whoever takes them keeps their own zone, and their past: dates before today
 * are neither copied nor lost. A part of which the source says nothing is inherited again where it replaces.
 *
 * @param parts at least one
 */
public record HoursCopy(HoursDocument source, Set<CopiedPart> parts, Mode mode) {

    public enum Mode {
        /** Only what the other says nothing about, from today on. */
        KEEP,
        /** Whatever the other says about it. */
        REPLACE
    }

    public HoursCopy {
        parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
    }

    /** The parts about which the document says something from the day on, in order. */
    public static Set<CopiedPart> saidBy(HoursDocument document, LocalDate today) {
        var said = EnumSet.noneOf(CopiedPart.class);
        for (var part : CopiedPart.values()) {
            if (says(document, part, today)) {
                said.add(part);
            }
        }
        return said;
    }

    /**
     * What the other would say then; the same document where nothing changes.
     *
     * @param today where the other is
     */
    public HoursDocument into(HoursDocument other, LocalDate today) {
        var result = other;
        for (var part : parts) {
            if (mode == Mode.REPLACE || !says(other, part, today)) {
                result = copied(result, part, today);
            }
        }
        return result;
    }

    private static boolean says(HoursDocument document, CopiedPart part, LocalDate today) {
        return part.inherited() != null && document.off().contains(part.inherited())
                || switch (part) {
                    case WEEKLY -> !document.weekly().notSet();
                    case DAY_KINDS -> !document.dayKinds().equals(DayKindRules.NONE);
                    case DATES ->
                        document.dates().stream().anyMatch(it -> !it.to().isBefore(today));
                    case EVENTS ->
                        document.events().stream().anyMatch(it -> !it.to().isBefore(today));
                    case SEASONS -> !coming(document.seasons(), today).isEmpty();
                    case NIGHT -> document.night() != null;
                    case OUTSIDE -> document.outside() != null;
                };
    }

    private HoursDocument copied(HoursDocument other, CopiedPart part, LocalDate today) {
        var changed = switch (part) {
            case WEEKLY -> other.withWeekly(source.weekly());
            case DAY_KINDS -> other.withDayKinds(source.dayKinds());
            case DATES -> other.withDates(copied(other.dates(), source.dates(), today));
            case EVENTS -> other.withEvents(copied(other.events(), source.events(), today));
            case SEASONS -> other.withSeasons(copiedSeasons(other.seasons(), today));
            case NIGHT -> other.withNight(source.night());
            case OUTSIDE -> other.withOutside(source.outside());
        };
        return part.inherited() == null ? changed : changed.withOff(copiedOff(other, part.inherited()));
    }

    private Set<Part> copiedOff(HoursDocument other, Part part) {
        var off = EnumSet.noneOf(Part.class);
        off.addAll(other.off());
        off.remove(part);
        if (source.off().contains(part)) {
            off.add(part);
        }
        return off;
    }

    private static List<DatedRule> copied(List<DatedRule> others, List<DatedRule> mine, LocalDate today) {
        var coming = DatedRule.within(mine, today, LocalDate.MAX);
        // A rule that holds now is cut in two only where what comes is really another.
        return DatedRule.within(others, today, LocalDate.MAX).equals(coming)
                ? others
                : Stream.concat(DatedRule.within(others, LocalDate.MIN, today.minusDays(1)).stream(), coming.stream())
                        .toList();
    }

    private List<Season> copiedSeasons(List<Season> others, LocalDate today) {
        var coming = coming(source.seasons(), today);
        return coming(others, today).equals(coming)
                ? others
                : Stream.concat(
                                others.stream()
                                        .map(it -> within(it, LocalDate.MIN, today.minusDays(1)))
                                        .filter(it -> it != null && it.span() instanceof Season.Span.Dated),
                                coming.stream())
                        .toList();
    }

    private static List<Season> coming(List<Season> seasons, LocalDate today) {
        return seasons.stream()
                .map(it -> within(it, today, LocalDate.MAX))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Season within(Season season, LocalDate first, LocalDate last) {
        return switch (season.span()) {
            case Season.Span.Yearly every -> season;
            case Season.Span.Dated(var from, var to) ->
                to.isBefore(first) || from.isAfter(last)
                        ? null
                        : new Season(
                                new Season.Span.Dated(
                                        from.isBefore(first) ? first : from, to.isAfter(last) ? last : to),
                                season.weekly());
        };
    }
}
