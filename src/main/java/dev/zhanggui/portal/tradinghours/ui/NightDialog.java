package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.timepicker.TimePicker;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.NightSafety;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.uikit.ComponentTexts;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The small hours in which nothing is collected by code: from when to when, and what is possible instead. */
class NightDialog extends ChangeDialog<NightSafety> {

    private static final Duration STEP = Duration.ofMinutes(15);
    private static final NightSafety USUAL = new NightSafety(Period.of(23, 0, 6, 0), Outside.DENY);
    private static final int USUAL_YUAN = 100;
    private static final int FEN = 100;

    private final TimePicker from;
    private final TimePicker to;
    private final RadioButtonGroup<Decision> policy = new RadioButtonGroup<>();
    private final IntegerField yuan = new IntegerField();

    /**
     * @param night null for none yet
     * @param onChange empty when it is removed
     */
    NightDialog(@Nullable NightSafety night, Consumer<Optional<NightSafety>> onChange) {
        super(UI.getCurrent().getTranslation("tradinghours.night"), night != null, onChange);
        var shown = night == null ? USUAL : night;
        from = picker("tradinghours.night.from", shown.hours().start());
        to = picker("tradinghours.night.to", shown.hours().end() % Period.DAY);
        policy.setLabel(getTranslation("tradinghours.night.policy"));
        policy.setItems(Decision.DENY, Decision.CONFIRM, Decision.ALLOW_CAPPED, Decision.BOOKING_ONLY);
        policy.setItemLabelGenerator(it -> getTranslation("tradinghours.words.night." + it));
        policy.addClassName("zg-night-policy");
        yuan.setLabel(getTranslation("tradinghours.outside.cap"));
        yuan.setMin(1);
        yuan.setMax((int) (Outside.MAX_CAP_FEN / FEN));
        yuan.setSuffixComponent(new Span(getTranslation("tradinghours.yuan")));
        yuan.setI18n(new IntegerField.IntegerFieldI18n()
                .setBadInputErrorMessage(getTranslation("tradinghours.error.CAP"))
                .setMinErrorMessage(getTranslation("tradinghours.error.CAP"))
                .setMaxErrorMessage(getTranslation("tradinghours.error.CAP")));
        boolean capped = shown.terms().policy() == Decision.ALLOW_CAPPED;
        yuan.setValue(capped ? (int) (shown.terms().capFen() / FEN) : USUAL_YUAN);
        policy.addValueChangeListener(change -> yuan.setVisible(change.getValue() == Decision.ALLOW_CAPPED));
        policy.setValue(shown.terms().policy());
        yuan.setVisible(capped);
        fill(getTranslation("tradinghours.night.why"), pair(from, to), policy, yuan);
    }

    private TimePicker picker(String key, int minute) {
        var picker = new TimePicker(getTranslation(key));
        picker.setStep(STEP);
        ComponentTexts.speak(picker);
        picker.setValue(LocalTime.of(minute / 60, minute % 60));
        picker.addValueChangeListener(change -> picker.setInvalid(false));
        return picker;
    }

    @Override
    Optional<NightSafety> read() {
        var start = from.getValue();
        var end = to.getValue();
        if (start == null) {
            return refuse(from, "tradinghours.error.MISSING");
        }
        if (end == null) {
            return refuse(to, "tradinghours.error.MISSING");
        }
        if (start.equals(end)) {
            return refuse(to, "tradinghours.night.zero");
        }
        var hours = Period.of(start.getHour(), start.getMinute(), end.getHour(), end.getMinute());
        if (policy.getValue() != Decision.ALLOW_CAPPED) {
            return Optional.of(new NightSafety(hours, Outside.of(policy.getValue())));
        }
        Integer amount = yuan.getValue();
        if (amount == null || amount < 1 || amount > Outside.MAX_CAP_FEN / FEN) {
            return refuse(yuan, "tradinghours.error.CAP");
        }
        return Optional.of(new NightSafety(hours, Outside.capped((long) amount * FEN)));
    }
}
