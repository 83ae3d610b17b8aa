package dev.zhanggui.portal.acceptance;

import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.ResourceBundle;

/** Words for customers, from the same bundles as the portal's; escaped, so that a template can only be harmless. */
public record ScanTexts(Locale locale) {

    public static final ScanTexts ZH = new ScanTexts(Locale.SIMPLIFIED_CHINESE);
    public static final ScanTexts EN = new ScanTexts(Locale.ENGLISH);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private static final ResourceBundle.Control NO_GUESSING =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** {@code lang} wins; else the language the payer's phone likes best, where anything but Chinese reads English. */
    public static ScanTexts choose(String lang, String acceptLanguage) {
        if (lang.equals("en") || lang.equals("zh")) {
            return lang.equals("en") ? EN : ZH;
        }
        // Most headers name the best one first and without a weight: no list needs to be made and sorted.
        int first = acceptLanguage.indexOf(',');
        if (first > 0 && acceptLanguage.lastIndexOf(';', first) < 0) {
            return acceptLanguage.regionMatches(true, 0, "zh", 0, 2) || acceptLanguage.charAt(0) == '*' ? ZH : EN;
        }
        try {
            return Locale.LanguageRange.parse(acceptLanguage).stream()
                    .findFirst()
                    .map(range -> range.getRange().startsWith("zh")
                                    || range.getRange().equals("*")
                            ? ZH
                            : EN)
                    .orElse(ZH);
        } catch (IllegalArgumentException e) {
            return ZH;
        }
    }

    public boolean isChinese() {
        return locale.getLanguage().equals("zh");
    }

    /** As in {@code ?lang=}. */
    public String code() {
        return isChinese() ? "zh" : "en";
    }

    /** As in {@code <html lang>}. */
    public String tag() {
        return isChinese() ? "zh-CN" : "en";
    }

    public ScanTexts other() {
        return isChinese() ? EN : ZH;
    }

    /** The text of {@code scan.<key>} with its arguments, ready to stand in HTML. */
    public String html(String key, Object... arguments) {
        return escape(plain(key, arguments));
    }

    public String plain(String key, Object... arguments) {
        var pattern = ResourceBundle.getBundle("vaadin-i18n/translations", locale, NO_GUESSING)
                .getString("scan." + key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }

    /** 22:00 for today, else as {@link #moment}. */
    public String time(Instant instant, ZoneId zone, Clock clock) {
        var at = instant.atZone(zone);
        return at.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), zone))
                ? TIME.format(at)
                : moment(instant, zone, clock);
    }

    /** 今天 22:00, 明天 09:00, 周四 09:00 within a week ahead, else 12月3日 09:00. */
    public String moment(Instant instant, ZoneId zone, Clock clock) {
        var at = instant.atZone(zone);
        var today = LocalDate.ofInstant(clock.instant(), zone);
        long away = ChronoUnit.DAYS.between(today, at.toLocalDate());
        String day;
        if (away >= -1 && away <= 1) {
            day = plain(away < 0 ? "yesterday" : away == 0 ? "today" : "tomorrow");
        } else if (away > 1 && away < 7) {
            day = DateTimeFormatter.ofPattern("EEE", locale).format(at);
        } else {
            var pattern = at.getYear() == today.getYear() ? "date" : "date.year";
            day = DateTimeFormatter.ofPattern(plain(pattern), locale).format(at);
        }
        return day + " " + TIME.format(at);
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
