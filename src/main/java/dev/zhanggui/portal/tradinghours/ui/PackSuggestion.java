package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * For a store that has no week yet: what is usual in its industry, at one touch a beginning. It says that it is usual and nothing
 * more; where it holds already, it says so.
 */
class PackSuggestion extends Note {

    private PackSuggestion(IndustryPack pack, HoursDocument start, Consumer<UnaryOperator<HoursDocument>> edit) {
        super(Meaning.CLOSED, "", null);
        removeAll();
        addClassName("zg-packs-suggestion");
        boolean holds = !pack.rules().weekly().notSet();
        var name = pack.name(getLocale().getLanguage());
        var title = new Div(getTranslation(
                holds ? "tradinghours.packs.merchant.holds" : "tradinghours.packs.merchant.usual", name));
        title.addClassName("zg-strong");
        var sentence = new Div(new HoursWords(getLocale()).sentence(start));
        var only = new Div(getTranslation("tradinghours.packs.merchant.only"));
        only.addClassNames("zg-small", "zg-muted");
        var words = new Div(title, sentence, only);
        words.addClassName("zg-grow");
        add(
                words,
                new Button(
                        getTranslation("tradinghours.packs.merchant.use"),
                        click -> edit.accept(
                                current -> current.withWeekly(start.weekly()).withDayKinds(start.dayKinds()))));
    }

    /** Empty for an industry without a usual week. */
    static Optional<PackSuggestion> of(HoursChain chain, Consumer<UnaryOperator<HoursDocument>> edit) {
        var pack = chain.pack();
        if (pack == null) {
            return Optional.empty();
        }
        var rules = pack.rules();
        if (!rules.weekly().notSet()) {
            return Optional.of(new PackSuggestion(
                    pack, HoursDocument.weekly(HumanTime.CHINA, rules.weekly()).withDayKinds(rules.dayKinds()), edit));
        }
        return Optional.ofNullable(pack.suggestion())
                .map(week -> new PackSuggestion(pack, HoursDocument.weekly(HumanTime.CHINA, week), edit));
    }

    /** Whether nobody gave the store a week. */
    static boolean fits(HoursChain chain) {
        return chain.reaching(Part.WEEKLY).stream()
                .allMatch(link -> link.document().weekly().notSet());
    }
}
