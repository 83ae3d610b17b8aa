package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.uikit.HumanTime;
import java.util.List;
import java.util.function.Consumer;

/** Earlier versions: who, when, why, and what is otherwise today. One of them can be taken up again, as a new version. */
class VersionsDialog extends Dialog {

    /** @param holding what holds now, with which each version is compared */
    VersionsDialog(
            List<HoursVersion> versions,
            HoursEvaluator holding,
            HumanTime time,
            boolean editable,
            Consumer<HoursVersion> onTake) {
        addClassName("zg-dialog");
        setWidth("34rem");
        setHeaderTitle(getTranslation("tradinghours.versions.title"));
        var list = new Div();
        list.addClassNames("zg-rows");
        for (var version : versions) {
            list.add(row(version, versions.getFirst(), holding, time, editable, onTake));
        }
        add(list);
        getFooter().add(new Button(getTranslation("tradinghours.close"), click -> close()));
    }

    private Div row(
            HoursVersion version,
            HoursVersion latest,
            HoursEvaluator holding,
            HumanTime time,
            boolean editable,
            Consumer<HoursVersion> onTake) {
        var words = new HoursWords(getLocale());
        var head = new Span(getTranslation(
                "tradinghours.versions.one",
                version.version(),
                version.changedAt() == null ? "" : time.moment(version.changedAt()),
                version.changedBy() == null ? "" : version.changedBy()));
        head.addClassNames("zg-small", "zg-strong");
        var sentence = new Div();
        var today = words.clauses(latest.document());
        boolean zh = !getLocale().getLanguage().equals("en");
        var clauses = words.clauses(version.document());
        for (int i = 0; i < clauses.size(); i++) {
            var clause = new Span(clauses.get(i));
            clause.setClassName("zg-otherwise", !today.contains(clauses.get(i)));
            boolean last = i == clauses.size() - 1;
            sentence.add(clause, new Span(zh ? last ? "。" : "；" : last ? "." : "; "));
        }
        var row = new Div(head, sentence);
        if (version.reason() != null) {
            var why = new Div(getTranslation("tradinghours.versions.why", version.reason()));
            why.addClassNames("zg-small", "zg-muted");
            row.add(why);
        }
        if (version == latest) {
            var now = new Span(getTranslation("tradinghours.versions.now"));
            now.addClassNames("zg-tag", "open");
            row.add(now);
            return row;
        }
        var then = holding.with(holding.chain().with(version.scope().level(), version.document()));
        var difference = new Div(getTranslation(
                "tradinghours.versions.back",
                new HourDifference(getLocale())
                        .words(holding, then, time.clock().instant())));
        difference.addClassNames("zg-small", "zg-muted");
        row.add(difference);
        if (editable) {
            var take = new Button(getTranslation("tradinghours.versions.take"), click -> {
                close();
                onTake.accept(version);
            });
            take.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            row.add(take);
        }
        return row;
    }
}
