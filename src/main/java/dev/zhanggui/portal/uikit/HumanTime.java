package dev.zhanggui.portal.uikit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times as people say them: 今天 22:00, 明天 09:00, 12月3日 10:00.
 *
 * @param zone of the place the time is about
 */
public record HumanTime(Clock clock, ZoneId zone, Locale locale) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** 今天 22:00; further away the date, and the year when it is another. */
    public String moment(Instant instant) {
        var at = instant.atZone(zone);
        return day(at.toLocalDate()) + " " + TIME.format(at);
    }

    /** 今天, 明天, 昨天, else the date. */
    public String day(LocalDate day) {
        var today = today();
        long away = ChronoUnit.DAYS.between(today, day);
        if (away >= -1 && away <= 1) {
            return zh()
                    ? new String[] {"昨天", "今天", "明天"}[(int) away + 1]
                    : new String[] {"yesterday", "today", "tomorrow"}[(int) away + 1];
        }
        boolean sameYear = day.getYear() == today.getYear();
        return DateTimeFormatter.ofPattern(
                        zh() ? (sameYear ? "M月d日" : "yyyy年M月d日") : (sameYear ? "d MMM" : "d MMM yyyy"), locale)
                .format(day);
    }

    /** 刚刚, 5 分钟前, 3 小时前; after a day the moment. */
    public String ago(Instant instant) {
        var passed = Duration.between(instant, clock.instant());
        if (passed.toSeconds() < 60) {
            return zh() ? "刚刚" : "just now";
        }
        if (passed.toMinutes() < 60) {
            return passed.toMinutes() + (zh() ? " 分钟前" : " min ago");
        }
        if (passed.toHours() < 24) {
            return passed.toHours() + (zh() ? " 小时前" : " h ago");
        }
        return moment(instant);
    }

    /** With seconds: 22:00:07. */
    public String second(Instant instant) {
        return DateTimeFormatter.ofPattern("HH:mm:ss").format(instant.atZone(zone));
    }

    /** The full moment, shown on touch: 2026-11-23 22:00:07 +08:00. */
    public String full(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx").format(instant.atZone(zone));
    }

    /** 周一 */
    public String weekday(LocalDate day) {
        return DateTimeFormatter.ofPattern("EEE", locale).format(day);
    }

    public LocalDate today() {
        return ZonedDateTime.ofInstant(clock.instant(), zone).toLocalDate();
    }

    private boolean zh() {
        return locale.getLanguage().equals("zh");
    }
}
