package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.i18n.I18NProvider;
import dev.zhanggui.portal.tradinghours.HoursDifference;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.WeekDifference;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What one schedule gives and takes against another, in words. Gains and losses stay apart. */
record HourDifference(Locale locale) {

    private static final int DAYS = 30;

    /** Of a normal week; where that is the same, of the next thirty days. */
    String words(HoursEvaluator before, HoursEvaluator after, Instant now) {
        var week = WeekDifference.between(before.chain().week(), after.chain().week());
        if (!week.days().isEmpty()) {
            var day = week.days().size() == 1
                    ? new HoursWords(locale).day(week.days().keySet().iterator().next())
                    : text("tradinghours.week");
            return words(day, week.gained(), week.lost());
        }
        var next = HoursDifference.between(before, after, now, now.plus(Duration.ofDays(DAYS)));
        int gained = (int) next.gainedTime().toMinutes();
        int lost = (int) next.lostTime().toMinutes();
        if (gained == 0 && lost == 0) {
            return text("tradinghours.difference.rules");
        }
        return words(text("tradinghours.difference.month"), gained, lost);
    }

    private String words(String when, int gained, int lost) {
        if (lost == 0) {
            return text("tradinghours.difference.more", when, duration(gained));
        }
        return gained == 0
                ? text("tradinghours.difference.less", when, duration(lost))
                : text("tradinghours.difference.both", when, duration(gained), duration(lost));
    }

    private String duration(int minutes) {
        int hour = minutes / 60;
        int rest = minutes % 60;
        if (rest == 0) {
            return text("tradinghours.duration.hours", hour);
        }
        return hour == 0 ? text("tradinghours.duration.minutes", rest) : text("tradinghours.duration.both", hour, rest);
    }

    private String text(String key, Object... arguments) {
        return I18NProvider.translate(locale, key, arguments);
    }
}
