package dev.zhanggui.portal.workcalendar.ui;

import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.Festival;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Days of the calendar in words.
 *
 * @param texts a key of the bundles and its parameters
 */
record CalendarWords(Locale locale, BiFunction<String, Object[], String> texts) {

    String say(String key, Object... parameters) {
        return texts.apply(key, parameters);
    }

    boolean chinese() {
        return locale.getLanguage().equals("zh");
    }

    /** 2月9日 周二 */
    String day(LocalDate date) {
        return format(date, chinese() ? "M月d日 EEE" : "EEE d MMM");
    }

    /** 2月9日–12日, with the year before where it begins there. */
    String span(LocalDate first, LocalDate last) {
        if (first.equals(last)) {
            return day(first);
        }
        boolean sameMonth = first.getMonth() == last.getMonth();
        if (chinese()) {
            return format(first, "M月d日") + "–" + format(last, sameMonth ? "d日" : "M月d日");
        }
        return format(first, sameMonth ? "d" : "d MMM") + "–" + format(last, "d MMM");
    }

    /** 工作日, 调休放假（春节）, 周末（春节假期内） */
    String kind(CalendarDay day) {
        boolean inBlock = day.holiday() && day.kind() == DayKind.WEEKEND;
        var kind = say("workcalendar.kind." + (inBlock ? "WEEKEND_IN_BLOCK" : day.kind()));
        var festival = day.festival();
        return festival == null ? kind : say("workcalendar.kind.of", kind, name(festival));
    }

    String name(Festival festival) {
        return chinese() ? festival.chinese() : festival.english();
    }

    String month(int month) {
        return format(LocalDate.of(2000, month, 1), chinese() ? "M月" : "MMMM");
    }

    String place(NoticeFault fault) {
        if (fault.place().isEmpty()) {
            return say("workcalendar.fault.whole");
        }
        return fault.atLine() ? say("workcalendar.fault.line", fault.place()) : fault.place();
    }

    String fault(NoticeFault fault) {
        return say("workcalendar.fault." + fault.kind(), fault.value());
    }

    private String format(LocalDate date, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, locale).format(date);
    }
}
