package dev.zhanggui.portal.workcalendar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notices that nobody ever published, for tests only. */
public final class MadeUp {

    private MadeUp() {}

    /** 2027 with a New Year that begins on 31 December 2026, for which 26 December 2026 is worked. */
    public static String json2027() {
        return resource("made-up-2027.json");
    }

    /** The same days as {@link #json2027}, with a festival and a block of 2026 beside them as feeds have. */
    public static String ics2027() {
        return resource("made-up-2027.ics");
    }

    public static Notice notice2027() {
        return ((NoticeReading.Readable) NoticeReading.of(2027, json2027())).notice();
    }

    /** The days of the law alone, for a year nobody has a notice of. */
    public static String byLaw(int year) {
        return byLaw(year, null);
    }

    /** The days of the law, and one weekday more. */
    public static String byLaw(int year, @Nullable LocalDate more) {
        var days = new ArrayList<NoticeDay>();
        for (var day : WorkCalendar.china().year(year)) {
            if (day.statutory() && day.festival() != null) {
                days.add(new NoticeDay(day.date(), true, day.festival().chinese()));
            }
        }
        if (more != null) {
            days.add(new NoticeDay(more, true, "国庆节"));
        }
        return new Notice(year, List.of(), days).json();
    }

    private static String resource(String name) {
        try (var in = MadeUp.class.getResourceAsStream("/workcalendar/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
