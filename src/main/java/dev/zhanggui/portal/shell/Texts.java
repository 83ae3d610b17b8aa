package dev.zhanggui.portal.shell;

import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The bundles: Chinese is the default, English stands beside it; no machine's locale ever decides. */
@Component
public class Texts implements I18NProvider {

    public static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
    public static final Locale ENGLISH = Locale.ENGLISH;

    private static final Logger LOG = LoggerFactory.getLogger(Texts.class);
    private static final String BUNDLE = "vaadin-i18n.translations";
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final boolean strict;

    /** @param strict whether a missing text is an error, as in tests; else its key is shown, because a page without a word beats none */
    public Texts(@Value("${zhanggui.texts.strict:false}") boolean strict) {
        this.strict = strict;
    }

    /** The language to speak to somebody who prefers this one. */
    public static Locale nearest(Locale wanted) {
        return wanted.getLanguage().equals("en") ? ENGLISH : CHINESE;
    }

    @Override
    public List<Locale> getProvidedLocales() {
        return List.of(CHINESE, ENGLISH);
    }

    @Override
    public String getTranslation(String key, Locale locale, Object... params) {
        var language = nearest(locale);
        try {
            var bundle = ResourceBundle.getBundle(BUNDLE, language.equals(CHINESE) ? Locale.ROOT : language, EXACT);
            var text = bundle.getString(key);
            return params.length == 0 ? text : new MessageFormat(text, language).format(params);
        } catch (MissingResourceException e) {
            if (strict) {
                throw e;
            }
            if (missing.add(key + language)) {
                LOG.warn("No text for {} in {}", key, language);
            }
            return "!" + key + "!";
        }
    }
}
