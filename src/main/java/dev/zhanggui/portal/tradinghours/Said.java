package dev.zhanggui.portal.tradinghours;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote, with its English where it was given.
 *
 * @param words as written, mostly Chinese
 */
public record Said(String words, @Nullable String english) {

    /** In the language, or as written. */
    public String in(Locale locale) {
        return english != null && locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : words;
    }
}
