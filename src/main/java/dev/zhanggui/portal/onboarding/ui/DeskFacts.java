package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Needs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the caller asks and hears: facts that prove the application, and needs that decide the model. */
class DeskFacts extends Div {

    private static final int LONGEST = 120;
    private static final int MOST_A_DAY = 100_000;
    private static final int MOST_COUNTERS = 200;

    private final List<TextField> answers = new ArrayList<>();
    private final IntegerField daily = new IntegerField();
    private final IntegerField counters = new IntegerField();
    private final Checkbox cards = new Checkbox();
    private final Checkbox receipts = new Checkbox();
    private final Checkbox moves = new Checkbox();
    private final Checkbox network = new Checkbox();
    private final Checkbox members = new Checkbox();
    private final Checkbox selfService = new Checkbox();

    DeskFacts(Application application, Runnable needsChanged) {
        addClassName("desk-facts");
        for (var question : List.of("desk.fact.self", "desk.fact.place")) {
            var answer = new TextField();
            answer.setMaxLength(LONGEST);
            answer.addThemeName("small");
            answer.setAriaLabel(getTranslation(question));
            answers.add(answer);
            add(line(question, answer));
        }
        number(daily, "desk.fact.daily", MOST_A_DAY, needsChanged);
        number(counters, "desk.fact.counters", MOST_COUNTERS, needsChanged);
        counters.setValue(1);
        add(line("desk.fact.daily", daily), line("desk.fact.counters", counters));

        var wants = new Div();
        wants.addClassName("wants");
        check(wants, cards, "desk.want.cards", needsChanged);
        check(wants, receipts, "desk.want.receipts", needsChanged);
        check(wants, moves, "desk.want.moves", needsChanged);
        check(wants, network, "desk.want.network", needsChanged);
        check(wants, members, "desk.want.members", needsChanged);
        check(wants, selfService, "desk.want.selfService", needsChanged);
        add(wants);
        assume(application);
    }

    /** What scene and wish already tell, until the applicant says otherwise. */
    private void assume(Application application) {
        moves.setValue(application.branch().scene() == Scene.STALL);
        var wish = application.right(Field.DEVICE).orElse("");
        cards.setValue(List.of(
                        DeviceClass.MPOS,
                        DeviceClass.ESIGN_POS,
                        DeviceClass.CARD_POS,
                        DeviceClass.SMART_POS,
                        DeviceClass.TOUCH_POS,
                        DeviceClass.CLOUD_POS)
                .stream()
                .anyMatch(device -> device.name().equals(wish)));
        receipts.setValue(List.of(DeviceClass.CARD_POS, DeviceClass.SMART_POS, DeviceClass.TOUCH_POS).stream()
                .anyMatch(device -> device.name().equals(wish)));
        selfService.setValue(wish.equals(DeviceClass.KIOSK.name()));
    }

    Needs needs(Application application) {
        var kind = application.branch().kind() == null
                ? MerchantKind.INDIVIDUAL
                : application.branch().kind();
        return new Needs(
                kind,
                application.branch().licensed(),
                application.branch().corporate(),
                value(daily, 0),
                value(counters, 1),
                cards.getValue(),
                receipts.getValue(),
                moves.getValue(),
                network.getValue(),
                members.getValue(),
                selfService.getValue(),
                wish(application));
    }

    private static @Nullable DeviceClass wish(Application application) {
        var wish = application.right(Field.DEVICE).orElse("");
        return Arrays.stream(DeviceClass.values())
                .filter(device -> device.name().equals(wish))
                .findFirst()
                .orElse(null);
    }

    /** The answers as one text, for the record of the call. */
    String notes() {
        var notes = new ArrayList<String>();
        for (var answer : answers) {
            if (!answer.isEmpty()) {
                notes.add(answer.getElement().getAttribute("aria-label") + " "
                        + answer.getValue().strip());
            }
        }
        if (!daily.isEmpty()) {
            notes.add(getTranslation("desk.fact.daily") + " " + daily.getValue());
        }
        for (var want : List.of(cards, receipts, moves, network, members, selfService)) {
            if (want.getValue()) {
                notes.add(want.getLabel());
            }
        }
        return String.join("；", notes);
    }

    void focusFirst() {
        answers.getFirst().focus();
    }

    private Div line(String question, Component input) {
        var text = new Span(getTranslation(question));
        var line = new Div(text, input);
        line.addClassName("fact");
        return line;
    }

    private void number(IntegerField field, String question, int most, Runnable changed) {
        field.setAriaLabel(getTranslation(question));
        field.addThemeName("small");
        field.setMin(0);
        field.setMax(most);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.addValueChangeListener(change -> changed.run());
    }

    private void check(Div into, Checkbox box, String label, Runnable changed) {
        box.setLabel(getTranslation(label));
        box.addValueChangeListener(change -> changed.run());
        into.add(box);
    }

    private static int value(IntegerField field, int otherwise) {
        var value = field.getValue();
        return value == null || value < 0 ? otherwise : value;
    }
}
