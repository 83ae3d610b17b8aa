package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.tradinghours.Surprise;
import dev.zhanggui.portal.uikit.HumanTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names what saving will do, with the way back beside it; afterwards it says how far the change has come. */
class SaveBar extends Div {

    /** What can be asked for here. */
    interface Listener {
        void save();

        void undo();

        void redo();

        void discard();
    }

    private static final int LONGEST_REASON = 200;

    private final SurpriseList surprises = new SurpriseList();
    private final Div answer = new Div();
    private final Span effect = new Span();
    private final Span difference = new Span();
    private final Button undo;
    private final Button redo;
    private final Button discard;
    private final Button addReason;
    private final TextField reason = new TextField();
    private final Button save;
    private final SyncLine sync = new SyncLine();
    private final Div words = new Div();
    private final Div doing = new Div();

    SaveBar(Listener listener) {
        addClassNames("zg-bottom-bar", "zg-save-bar");
        answer.addClassName("answer");
        effect.addClassName("zg-strong");
        undo = quiet("tradinghours.undo", listener::undo);
        redo = quiet("tradinghours.redo", listener::redo);
        discard = quiet("tradinghours.discard", listener::discard);
        addReason = quiet("tradinghours.reason.add", () -> {
            showReason(true);
            reason.focus();
        });
        reason.setAriaLabel(getTranslation("tradinghours.reason.label"));
        reason.setPlaceholder(getTranslation("tradinghours.reason.label"));
        reason.setMaxLength(LONGEST_REASON);
        reason.addClassName("why");
        showReason(false);
        var line = new Div(difference, undo, redo, discard, addReason);
        line.addClassNames("zg-small", "zg-muted", "zg-row", "wrap");
        words.add(effect, line);
        words.addClassName("effect");
        save = new Button(getTranslation("tradinghours.save"), click -> listener.save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
        save.addClickListener(click -> save.setEnabled(true));
        doing.add(reason, save);
        doing.addClassName("doing");
        add(surprises, answer, words, doing, sync);
    }

    private Button quiet(String key, Runnable action) {
        var button = new Button(getTranslation(key), click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }

    private void showReason(boolean shown) {
        reason.setVisible(shown);
        addReason.setVisible(!shown);
    }

    /**
     * While there is something to save.
     *
     * @param does what saving will do
     * @param hours the difference in words
     */
    void showChange(HoursDraft draft, String does, String hours, List<Surprise> found, HumanTime time) {
        setVisible(true);
        effect.setText(does);
        difference.setText(hours);
        undo.setVisible(draft.canUndo());
        redo.setVisible(draft.canRedo());
        surprises.show(found, time);
        words.setVisible(true);
        doing.setVisible(true);
        sync.setVisible(false);
    }

    /** Nothing to save; what became of the last change is shown while it was saved just now. */
    void showRest(boolean justSaved, HumanTime time) {
        surprises.show(List.of(), time);
        words.setVisible(false);
        doing.setVisible(false);
        sync.setVisible(justSaved);
        setVisible(justSaved);
    }

    SyncLine sync() {
        return sync;
    }

    /** What went wrong with the last attempt; nothing takes it away again. */
    void answer(@Nullable Div note) {
        answer.removeAll();
        answer.setVisible(note != null);
        if (note != null) {
            answer.add(note);
        }
    }

    /** Why, in the person's own words; null if they gave none. */
    @Nullable
    String reason() {
        var given = reason.getValue().strip();
        return given.isEmpty() ? null : given;
    }

    void reason(String given) {
        reason.setValue(given);
        showReason(!given.isEmpty());
    }
}
