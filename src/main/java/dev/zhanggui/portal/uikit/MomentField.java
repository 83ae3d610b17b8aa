package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.timepicker.TimePicker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A date and a time of day, side by side. */
public class MomentField extends Div {

    private final DatePicker date = new DatePicker();
    private final TimePicker clock = new TimePicker();
    private final transient HumanTime time;
    private @Nullable Instant exact;

    public MomentField(String label, HumanTime time) {
        this.time = time;
        addClassNames("zg-row", "zg-moment-field");
        date.setLabel(label);
        clock.setLabel(getTranslation("uikit.time.clock"));
        clock.getElement().setAttribute("aria-label", label);
        clock.setStep(Duration.ofMinutes(15));
        ComponentTexts.speak(date);
        ComponentTexts.speak(clock);
        date.addValueChangeListener(change -> date.setInvalid(false));
        clock.addValueChangeListener(change -> clock.setInvalid(false));
        add(date, clock);
    }

    public MomentField help(String text) {
        date.setHelperText(text);
        return this;
    }

    public void onChange(Runnable listener) {
        date.addValueChangeListener(change -> listener.run());
        clock.addValueChangeListener(change -> listener.run());
    }

    public final void set(@Nullable Instant at) {
        exact = at;
        if (at == null) {
            date.clear();
            clock.clear();
        } else {
            var local = at.atZone(time.zone());
            date.setValue(local.toLocalDate());
            clock.setValue(minute(at));
        }
    }

    /** Null while empty. Seconds of a moment that was set are kept until somebody chooses another minute. */
    public @Nullable Instant get() {
        if (date.getValue() == null || clock.getValue() == null) {
            return null;
        }
        var chosen =
                date.getValue().atTime(clock.getValue()).atZone(time.zone()).toInstant();
        return exact != null && chosen.equals(exact.truncatedTo(ChronoUnit.MINUTES)) ? exact : chosen;
    }

    /** False, and said so, when only one of the two is there, or when both are missing and needed. */
    public boolean check(boolean needed) {
        boolean dateMissing = date.getValue() == null && (needed || clock.getValue() != null);
        boolean clockMissing = clock.getValue() == null && (needed || date.getValue() != null);
        date.setErrorMessage(getTranslation("uikit.date.required"));
        date.setInvalid(dateMissing);
        clock.setErrorMessage(getTranslation("uikit.time.required"));
        clock.setInvalid(clockMissing);
        if (dateMissing) {
            date.focus();
        } else if (clockMissing) {
            clock.focus();
        }
        return !dateMissing && !clockMissing;
    }

    public void refuse(String text) {
        date.setErrorMessage(text);
        date.setInvalid(true);
        date.focus();
    }

    public void lock() {
        date.setReadOnly(true);
        clock.setReadOnly(true);
    }

    private LocalTime minute(Instant at) {
        return at.atZone(time.zone()).toLocalTime().truncatedTo(ChronoUnit.MINUTES);
    }
}
