package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.ReviewDesk.CallResult;
import dev.zhanggui.portal.onboarding.ReviewDesk.Dossier;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Section;
import java.util.function.Consumer;

/** The verification call: the code both sides see, what to say, what to ask, how it ended. */
class DeskCallPanel extends Section {

    DeskCallPanel(
            Dossier dossier,
            DeskFacts facts,
            String nickname,
            boolean mine,
            HumanTime words,
            Consumer<CallResult> ended) {
        super(UI.getCurrent().getTranslation("desk.call.title"));
        var calls = dossier.calls();
        var open = calls.stream().filter(call -> call.result() == null).findFirst();
        boolean calling = mine && dossier.application().state() == ApplicationState.CALL_SCHEDULED && open.isPresent();
        calls.stream()
                .filter(call -> call.result() != null)
                .findFirst()
                .ifPresent(last -> aside(getTranslation(
                        "desk.call.last",
                        calls.size() - (open.isPresent() ? 1 : 0),
                        words.moment(last.recordedAt() == null ? last.plannedAt() : last.recordedAt()),
                        getTranslation("desk.call.result." + last.result()))));
        if (calling) {
            var code = new Div(open.get().code());
            code.addClassName("code");
            var hint = new Div(getTranslation("desk.call.code"));
            hint.addClassNames("zg-xs", "zg-muted");
            var box = new Div(code, hint);
            box.addClassName("desk-code");
            var say = new Paragraph(
                    getTranslation("desk.call.say", nickname, open.get().code()));
            say.addClassName("desk-say");
            add(box, say);
        } else if (calls.isEmpty()) {
            var none = new Div(getTranslation("desk.call.none"));
            none.addClassNames("zg-small", "zg-muted");
            add(none);
        }
        if (mine) {
            add(facts);
        }
        if (calling) {
            var results = new Div();
            results.addClassName("desk-results");
            for (var result : CallResult.values()) {
                var key = new Span("F" + (result.ordinal() + 1));
                key.addClassName("desk-key");
                key.getElement().setAttribute("aria-hidden", "true");
                var button = new Button(getTranslation("desk.call.result." + result), click -> ended.accept(result));
                button.setPrefixComponent(key);
                results.add(button);
            }
            add(results);
        }
        calls.stream()
                .filter(call -> call.result() != null && !call.notes().isBlank())
                .forEach(call -> {
                    var note = new Div(getTranslation("desk.call.note", call.agent(), call.notes()));
                    note.addClassNames("zg-small", "zg-muted");
                    add(note);
                });
    }
}
