package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * What is usual in an industry, in words; never as something that must be.
 *
 * @param texts a key of the bundles and its parameters
 */
record PackWords(Locale locale, BiFunction<String, Object[], String> texts) {

    private static final int FEN = 100;

    String say(String key, Object... parameters) {
        return texts.apply(key, parameters);
    }

    String name(IndustryPack pack) {
        return pack.name(locale.getLanguage());
    }

    /** Who answers for it. */
    String owner(IndustryPack pack) {
        return pack.owner().in(locale);
    }

    /** Why it says what it says. */
    String reason(IndustryPack pack) {
        return pack.reason().in(locale);
    }

    /** What holds for a store that said nothing. */
    String rules(IndustryPack pack) {
        var rules = pack.rules();
        return rules.weekly().notSet() && rules.dayKinds().equals(DayKindRules.NONE)
                ? say("tradinghours.packs.rules.none")
                : new HoursWords(locale).sentence(rules);
    }

    String suggestion(IndustryPack pack) {
        var week = pack.suggestion();
        return week == null
                ? say("tradinghours.packs.suggestion.none")
                : new HoursWords(locale).sentence(HoursDocument.weekly(HumanTime.CHINA, week));
    }

    String outside(IndustryPack pack) {
        var outside = pack.rules().outside();
        var terms = outside == null ? Outside.USUAL : outside;
        return say("tradinghours.outside." + terms.policy(), String.valueOf(terms.capFen() / FEN));
    }

    /** Quiet while there is time. */
    Span review(IndustryPack pack, HumanTime times) {
        var urgency = pack.review(times.today());
        var words = say("tradinghours.packs.review." + urgency, times.day(pack.reviewBy()));
        return switch (urgency) {
            case FINE -> new Span(words);
            case SOON, OVERDUE -> new StatusPill(Meaning.ATTEND, words);
        };
    }

    String duration(Duration time) {
        int hours = (int) time.toHours();
        int minutes = time.toMinutesPart();
        if (minutes == 0) {
            return say("tradinghours.duration.hours", hours);
        }
        return hours == 0
                ? say("tradinghours.duration.minutes", minutes)
                : say("tradinghours.duration.both", hours, minutes);
    }
}
