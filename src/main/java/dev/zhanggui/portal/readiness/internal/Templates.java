package dev.zhanggui.portal.readiness.internal;

import dev.zhanggui.portal.readiness.Contact;
import dev.zhanggui.portal.readiness.MaterialDraft;
import dev.zhanggui.portal.readiness.PlanDraft;
import dev.zhanggui.portal.readiness.Question;
import dev.zhanggui.portal.readiness.Trigger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.IntStream;

/** The platform's own plans and material, from the bundles; parts of a text are divided by bars. */
final class Templates {

    private static final int QUESTIONS = 4;
    private static final ResourceBundle.Control NO_GUESSING =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ResourceBundle texts;

    Templates(Locale locale) {
        texts = ResourceBundle.getBundle(
                "vaadin-i18n/translations",
                locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE,
                NO_GUESSING);
    }

    PlanDraft plan(Trigger trigger, LocalDate reviewOn) {
        var prefix = "readiness.template." + trigger + ".";
        return new PlanDraft(
                parts(prefix + "steps"),
                texts.getString("readiness.template.alternatives"),
                texts.getString("readiness.template.owner"),
                parts(prefix + "contacts").stream()
                        .map(line -> Contact.check(line).orThrow())
                        .toList(),
                reviewOn);
    }

    MaterialDraft material() {
        return new MaterialDraft(
                texts.getString("readiness.material.title"),
                String.join("\n", parts("readiness.material.text")),
                IntStream.rangeClosed(1, QUESTIONS)
                        .mapToObj(number -> "readiness.material.question." + number)
                        .map(key -> new Question(
                                texts.getString(key),
                                parts(key + ".options"),
                                Integer.parseInt(texts.getString(key + ".right")) - 1))
                        .toList());
    }

    String text(String key) {
        return texts.getString(key);
    }

    private List<String> parts(String key) {
        return Arrays.stream(texts.getString(key).split("\\|"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
