package dev.zhanggui.portal.home.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The second of two taps: until when. Each choice says the moment it means and acts at once. An emergency stop stands apart, asks
 * once more, and may be made so that nobody lifts it alone.
 */
class CloseNowDialog extends Dialog {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private static final int LONGEST_REASON = 200;

    /** Why everything stops, in the person's own words, null for none; and whether another person has to lift it. */
    record Stop(@Nullable String reason, boolean secondPerson) {}

    /**
     * @param onStop null where there is nothing to stop
     * @param effect what happens to payments meanwhile
     * @param nextOpening null when the plan has none ahead; the choice is then not offered
     */
    CloseNowDialog(
            Closure.Kind kind,
            String effect,
            @Nullable Instant nextOpening,
            HumanTime time,
            Consumer<ClosureEnd> onChoice,
            @Nullable Consumer<Stop> onStop) {
        addClassName("zg-dialog");
        setWidth("30rem");
        var key = "home." + kind + ".";
        setHeaderTitle(getTranslation(key + "title"));
        var choices = new Div();
        choices.addClassNames("zg-stack", "zg-until");
        var now = time.clock().instant();
        choices.add(
                choice("home.until.30", time.moment(now.plus(HALF_AN_HOUR)), ClosureEnd.HALF_AN_HOUR, onChoice),
                choice("home.until.120", time.moment(now.plus(TWO_HOURS)), ClosureEnd.TWO_HOURS, onChoice));
        if (nextOpening != null) {
            choices.add(choice("home.until.opening", time.moment(nextOpening), ClosureEnd.NEXT_OPENING, onChoice));
        }
        choices.add(choice("home.until.me", getTranslation(key + "me"), ClosureEnd.UNTIL_I_SAY, onChoice));
        var cancel = new Button(getTranslation("home.cancel"), click -> close());
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        choices.addComponentAsFirst(new Paragraph(effect));
        add(choices);
        getFooter().add(cancel);
        if (onStop != null) {
            var emergency = new Button(getTranslation("home.stop"), Glyph.STOP.icon(), click -> {
                remove(choices);
                askToStop(onStop);
            });
            emergency.addThemeVariants(ButtonVariant.TERTIARY);
            emergency.addClassName("zg-danger");
            choices.add(emergency);
        }
    }

    private void askToStop(Consumer<Stop> onStop) {
        setHeaderTitle(getTranslation("home.stop.title"));
        var reason = new TextField(getTranslation("home.stop.reason"));
        reason.setPlaceholder(getTranslation("home.stop.reason.example"));
        reason.setHelperText(getTranslation("home.stop.reason.help"));
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        var secondPerson = new Checkbox(getTranslation("home.stop.secondPerson"));
        var more = new Span(getTranslation("home.stop.secondPerson.more"));
        more.addClassNames("zg-small", "zg-muted");
        var stop = new Button(getTranslation("home.stop.now"), Glyph.STOP.icon(), click -> {
            close();
            var words = reason.getValue().strip();
            onStop.accept(new Stop(words.isEmpty() ? null : words, secondPerson.getValue()));
        });
        stop.addClassNames("zg-danger", "zg-wide");
        stop.setDisableOnClick(true);
        var body = new Div(new Paragraph(getTranslation("home.stop.effect")), reason, secondPerson, more, stop);
        body.addClassName("zg-stack");
        add(body);
        reason.focus();
    }

    private NativeButton choice(String key, String more, ClosureEnd end, Consumer<ClosureEnd> onChoice) {
        var name = new Span(getTranslation(key));
        name.addClassName("zg-strong");
        var until = new Span(more);
        until.addClassNames("zg-small", "zg-muted");
        var choice = new NativeButton("", click -> {
            close();
            onChoice.accept(end);
        });
        choice.add(name, until);
        choice.addClassNames("zg-choice", "zg-between");
        return choice;
    }
}
