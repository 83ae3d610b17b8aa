package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import java.util.Locale;
import java.util.ResourceBundle;

/** Words that travel to terminals, which show them without bundles of their own: always in both languages. */
final class WireWords {

    private static final String BUNDLE = "vaadin-i18n.translations";
    private static final ResourceBundle ZH = ResourceBundle.getBundle(BUNDLE, Locale.ROOT);
    private static final ResourceBundle EN = ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH);

    private WireWords() {}

    static Words of(String key) {
        return new Words(ZH.getString("configuration.words." + key), EN.getString("configuration.words." + key));
    }
}
