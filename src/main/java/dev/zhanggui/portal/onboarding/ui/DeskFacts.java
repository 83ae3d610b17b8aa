package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.CallFacts;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Needs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the caller asks and hears: facts that prove the application, and needs that decide the model. */
class DeskFacts extends Div {

    private final TextField self = new TextField();
    private final TextField place = new TextField();
    private final IntegerField daily = new IntegerField();
    private final IntegerField counters = new IntegerField();
    private final Checkbox cards = new Checkbox();
    private final Checkbox receipts = new Checkbox();
    private final Checkbox moves = new Checkbox();
    private final Checkbox network = new Checkbox();
    private final Checkbox members = new Checkbox();
    private final Checkbox selfService = new Checkbox();

    /**
     * @param before what was noted already; null before the first word
     * @param changed called after every change made here by hand
     */
    DeskFacts(Application application, @Nullable CallFacts before, Runnable changed) {
        addClassName("desk-facts");
        answer(self, "desk.fact.self");
        answer(place, "desk.fact.place");
        number(daily, "desk.fact.daily", CallFacts.MOST_DAILY);
        number(counters, "desk.fact.counters", CallFacts.MOST_COUNTERS);
        var wants = new Div();
        wants.addClassName("wants");
        check(wants, cards, "desk.want.cards");
        check(wants, receipts, "desk.want.receipts");
        check(wants, moves, "desk.want.moves");
        check(wants, network, "desk.want.network");
        check(wants, members, "desk.want.members");
        check(wants, selfService, "desk.want.selfService");
        add(wants);
        if (before == null) {
            counters.setValue(1);
            assume(application);
        } else {
            restore(before);
        }
        inputs().forEach(input -> input.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                changed.run();
            }
        }));
    }

    private Stream<HasValue<?, ?>> inputs() {
        return Stream.of(self, place, daily, counters, cards, receipts, moves, network, members, selfService);
    }

    /** To read only: the time for asking is over, or somebody else asks. */
    void readOnly(boolean readOnly) {
        inputs().forEach(input -> input.setReadOnly(readOnly));
    }

    private void restore(CallFacts before) {
        self.setValue(before.self());
        place.setValue(before.place());
        daily.setValue(before.daily() == 0 ? null : before.daily());
        counters.setValue(before.counters());
        cards.setValue(before.cards());
        receipts.setValue(before.receipts());
        moves.setValue(before.moves());
        network.setValue(before.network());
        members.setValue(before.members());
        selfService.setValue(before.selfService());
    }

    /** What stands here now. */
    CallFacts facts() {
        return new CallFacts(
                self.getValue().strip(),
                place.getValue().strip(),
                value(daily, 0, CallFacts.MOST_DAILY),
                Math.max(1, value(counters, 1, CallFacts.MOST_COUNTERS)),
                cards.getValue(),
                receipts.getValue(),
                moves.getValue(),
                network.getValue(),
                members.getValue(),
                selfService.getValue());
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
        var said = facts();
        return new Needs(
                kind,
                application.branch().licensed(),
                application.branch().corporate(),
                said.daily(),
                said.counters(),
                said.cards(),
                said.receipts(),
                said.moves(),
                said.network(),
                said.members(),
                said.selfService(),
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
        for (var answer : List.of(self, place)) {
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
        self.focus();
    }

    private Div line(String question, Component input) {
        var text = new Span(getTranslation(question));
        var line = new Div(text, input);
        line.addClassName("fact");
        return line;
    }

    private void answer(TextField field, String question) {
        field.setMaxLength(CallFacts.LONGEST);
        field.addThemeName("small");
        field.setAriaLabel(getTranslation(question));
        field.setValueChangeMode(ValueChangeMode.LAZY);
        add(line(question, field));
    }

    private void number(IntegerField field, String question, int most) {
        field.setAriaLabel(getTranslation(question));
        field.addThemeName("small");
        field.setMin(0);
        field.setMax(most);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        add(line(question, field));
    }

    private void check(Div into, Checkbox box, String label) {
        box.setLabel(getTranslation(label));
        into.add(box);
    }

    private static int value(IntegerField field, int otherwise, int most) {
        var value = field.getValue();
        return value == null || value < 0 ? otherwise : Math.min(value, most);
    }
}
