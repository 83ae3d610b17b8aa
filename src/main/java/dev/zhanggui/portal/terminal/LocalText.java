package dev.zhanggui.portal.terminal;

import java.util.Locale;

/** A name or sentence of the reference data in both languages; texts of the screens live in the bundles instead. */
public record LocalText(String zh, String en) {

    public String in(Locale locale) {
        return "en".equals(locale.getLanguage()) ? en : zh;
    }
}
