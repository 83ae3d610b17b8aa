package dev.zhanggui.terminal.screen;

import dev.zhanggui.wire.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments as people say them: 22:00, 明天 09:00, 周六 09:00, 12月3日 09:00. */
public final class Moments {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private Moments() {}

    public static Text of(Instant moment, Instant now, ZoneOffset offset) {
        LocalDateTime then = moment.atOffset(offset).toLocalDateTime();
        LocalDate today = now.atOffset(offset).toLocalDate();
        String clock = CLOCK.format(then);
        long days = ChronoUnit.DAYS.between(today, then.toLocalDate());
        if (days == 0) {
            return new Text(clock, clock);
        }
        if (days == 1) {
            return new Text("明天 " + clock, "tomorrow " + clock);
        }
        if (days == 2) {
            return new Text("后天 " + clock, day(then, Locale.ENGLISH) + " " + clock);
        }
        if (days > 0 && days < 7) {
            return new Text(day(then, Locale.CHINA) + " " + clock, day(then, Locale.ENGLISH) + " " + clock);
        }
        boolean otherYear = then.getYear() != today.getYear();
        return new Text(
                (otherYear ? then.getYear() + "年" : "") + then.getMonthValue() + "月" + then.getDayOfMonth() + "日 "
                        + clock,
                then.getDayOfMonth()
                        + " "
                        + then.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                        + (otherYear ? " " + then.getYear() : "")
                        + " "
                        + clock);
    }

    private static String day(LocalDateTime then, Locale locale) {
        String name = then.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale);
        return locale.equals(Locale.CHINA) && name.startsWith("星期") ? "周" + name.substring(2) : name;
    }
}
