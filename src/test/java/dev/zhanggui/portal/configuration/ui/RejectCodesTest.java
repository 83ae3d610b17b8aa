package dev.zhanggui.portal.configuration.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.wire.RejectCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number that a terminal can give has its cause and one action, in both languages, and no words are left of other numbers. */
class RejectCodesTest {

    private static final Pattern KEY = Pattern.compile("configuration\\.reject\\.(\\d+)\\.(cause|action)");

    @ParameterizedTest
    @ValueSource(strings = {"translations.properties", "translations_en.properties"})
    void every_code_has_a_cause_and_an_action(String file) throws IOException {
        var bundle = new Properties();
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/vaadin-i18n/" + file))) {
            bundle.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        var words = bundle.stringPropertyNames().stream()
                .map(KEY::matcher)
                .filter(it -> it.matches())
                .map(it -> it.group(1) + " " + it.group(2))
                .collect(Collectors.toSet());
        assertThat(words)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RejectCode.values())
                        .flatMap(code ->
                                Arrays.stream(new String[] {"cause", "action"}).map(what -> code.number() + " " + what))
                        .toList());
        assertThat(words).allSatisfy(it -> {
            var key = "configuration.reject." + it.replace(' ', '.');
            assertThat(bundle.getProperty(key)).isNotBlank();
        });
    }
}
