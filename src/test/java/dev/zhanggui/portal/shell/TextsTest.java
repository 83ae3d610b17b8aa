package dev.zhanggui.portal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static Properties bundle(String suffix) throws IOException {
        var properties = new Properties();
        var path = "/vaadin-i18n/translations" + suffix + ".properties";
        try (var in = new InputStreamReader(TextsTest.class.getResourceAsStream(path), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void chineseIsSpokenToEverybodyWhoDoesNotAskForEnglish() {
        var texts = new Texts(false);
        assertThat(texts.getTranslation("shell.signOut", Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("退出登录");
        assertThat(texts.getTranslation("shell.signOut", Locale.FRANCE)).isEqualTo("退出登录");
        assertThat(texts.getTranslation("shell.signOut", Locale.UK)).isEqualTo("Sign out");
    }

    @Test
    void everyTextExistsInBothLanguages() throws IOException {
        var chinese = new TreeSet<>(bundle("").stringPropertyNames());
        var english = new TreeSet<>(bundle("_en").stringPropertyNames());
        assertThat(english).containsExactlyElementsOf(chinese);
    }

    @Test
    void everyTextWithParametersIsWellFormed() throws IOException {
        for (var suffix : new String[] {"", "_en"}) {
            var bundle = bundle(suffix);
            for (var key : bundle.stringPropertyNames()) {
                var text = bundle.getProperty(key);
                if (text.contains("{0}")) {
                    var format = new MessageFormat(text);
                    // A format for numbers refuses words; everything else takes numbers too.
                    assertThat(format.format(new Object[] {1, 2, 3, 4, 5, 6, 7, 8}))
                            .as(key)
                            .doesNotContain("{0}");
                }
            }
        }
    }
}
