package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.uikit.HumanTime;
import java.util.List;
import java.util.function.Consumer;

/** Earlier versions: who, when, what, why. One of them can be taken up as a draft again. */
class VersionsDialog extends Dialog {

    VersionsDialog(List<HoursVersion> versions, HumanTime time, boolean editable, Consumer<HoursDocument> onTake) {
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(getTranslation("tradinghours.versions.title"));
        var words = new HoursWords(getLocale());
        var list = new Div();
        list.addClassNames("zg-rows");
        for (var version : versions) {
            var head = new Span(getTranslation(
                    "tradinghours.versions.one",
                    version.version(),
                    version.changedAt() == null ? "" : time.moment(version.changedAt()),
                    version.changedBy() == null ? "" : version.changedBy()));
            head.addClassNames("zg-small", "zg-strong");
            var row = new Div(head, new Div(words.sentence(version.document())));
            if (version.reason() != null) {
                var why = new Div(version.reason());
                why.addClassNames("zg-small", "zg-muted");
                row.add(why);
            }
            if (editable && version != versions.getFirst()) {
                var take = new Button(getTranslation("tradinghours.versions.take"), click -> {
                    close();
                    onTake.accept(version.document());
                });
                take.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
                row.add(take);
            }
            list.add(row);
        }
        add(list);
        getFooter().add(new Button(getTranslation("tradinghours.close"), click -> close()));
    }
}
