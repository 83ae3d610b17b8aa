package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.uikit.HumanTime;

/** Somebody saved in the meantime: both versions side by side, and neither is thrown away unasked. */
class ConflictDialog extends Dialog {

    /**
     * @param keepMine saves mine on top of theirs
     * @param takeTheirs shows theirs and drops mine
     */
    ConflictDialog(ChangeOutcome.Conflict conflict, HumanTime time, Runnable keepMine, Runnable takeTheirs) {
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(getTranslation("tradinghours.conflict.title"));
        var theirs = conflict.theirs();
        var who = theirs.changedBy() == null ? "" : theirs.changedBy();
        var when = theirs.changedAt() == null ? "" : time.moment(theirs.changedAt());
        var body = new Div(
                new Paragraph(getTranslation("tradinghours.conflict.text", who, when)),
                side(getTranslation("tradinghours.conflict.theirs", theirs.version()), theirs.document()),
                side(getTranslation("tradinghours.conflict.mine"), conflict.mine()));
        body.addClassName("zg-stack");
        add(body);
        var look = new Button(getTranslation("tradinghours.conflict.look"), click -> close());
        look.addThemeVariants(ButtonVariant.TERTIARY);
        var take = new Button(getTranslation("tradinghours.conflict.take"), click -> {
            close();
            takeTheirs.run();
        });
        var keep = new Button(getTranslation("tradinghours.conflict.keep"), click -> {
            close();
            keepMine.run();
        });
        getFooter().add(look, take, keep);
    }

    private Div side(String heading, HoursDocument document) {
        var name = new Span(heading);
        name.addClassNames("zg-small", "zg-strong");
        var sentence = new Div(new HoursWords(getLocale()).sentence(document));
        var side = new Div(name, sentence);
        side.addClassNames("zg-card", "sunken");
        return side;
    }
}
