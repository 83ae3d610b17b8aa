package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.uikit.BigSign;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.QrPicture;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the code of one order, shows it to the payer, and says when it was paid. */
final class OrderDialog extends Dialog {

    private static final List<Duration> TIMES =
            List.of(Duration.ofMinutes(15), Duration.ofHours(2), Duration.ofDays(1), Duration.ofDays(7));

    private final transient Function<NewOrderCode, OrderCodeOutcome> issue;
    private final transient UnaryOperator<QrCode> read;
    private final transient LiveUpdates live;
    private final transient HumanTime time;
    private final TextField number = new TextField();
    private final AmountField amount = new AmountField(getTranslation("codes.order.amount"));
    private final Select<Duration> validFor = new Select<>();
    private final RadioButtonGroup<OrderFlow> flow = new RadioButtonGroup<>();
    private @Nullable QrCode shown;

    /** @param read the code as it is now */
    OrderDialog(
            Function<NewOrderCode, OrderCodeOutcome> issue,
            UnaryOperator<QrCode> read,
            LiveUpdates live,
            HumanTime time) {
        this.issue = issue;
        this.read = read;
        this.live = live;
        this.time = time;
        setHeaderTitle(getTranslation("codes.order"));
        number.setLabel(getTranslation("codes.order.number"));
        number.setHelperText(getTranslation("codes.order.number.why"));
        number.setMaxLength(NewOrderCode.NUMBER_MOST);
        number.setWidthFull();
        number.setAutofocus(true);
        number.addValueChangeListener(change -> number.setInvalid(false));
        validFor.setLabel(getTranslation("codes.order.validFor"));
        validFor.setItems(TIMES);
        validFor.setItemLabelGenerator(it -> getTranslation("codes.order.validFor." + it));
        validFor.setValue(TIMES.getFirst());
        validFor.setWidthFull();
        flow.setLabel(getTranslation("codes.order.flow"));
        flow.setItems(OrderFlow.values());
        flow.setItemLabelGenerator(it -> getTranslation("codes.order.flow." + it));
        flow.setValue(OrderFlow.BOOKED_ONLINE);
        var content = new Div(new Paragraph(getTranslation("codes.order.explain")), number, amount, validFor, flow);
        content.addClassName("zg-stack");
        add(content);
        var make = new Button(getTranslation("codes.order.do"), click -> make());
        make.addThemeVariants(ButtonVariant.PRIMARY);
        make.addClickShortcut(Key.ENTER);
        getFooter().add(new Button(getTranslation("codes.cancel"), click -> close()), make);
    }

    private void make() {
        var money = amount.money();
        if (money.isEmpty()) {
            return;
        }
        switch (issue.apply(
                new NewOrderCode(number.getValue().strip(), money.get(), flow.getValue(), validFor.getValue()))) {
            case OrderCodeOutcome.Issued(var code, var replaced) -> show(code);
            case OrderCodeOutcome.Standing(var code) -> show(code);
            case OrderCodeOutcome.Paid(var code) -> refuse(getTranslation("codes.order.paid"));
            case OrderCodeOutcome.NumberUnfit it -> refuse(getTranslation("codes.order.number.unfit"));
            case OrderCodeOutcome.AmountUnfit it ->
                amount.refuse(getTranslation("scan.pay.flaw.TOO_LARGE", NewOrderCode.AMOUNT_MOST.shortText()));
            case OrderCodeOutcome.TimeUnfit it -> refuse(getTranslation("codes.order.number.unfit"));
        }
    }

    private void refuse(String why) {
        number.setErrorMessage(why);
        number.setInvalid(true);
        number.focus();
    }

    private void show(QrCode code) {
        shown = code;
        live.subscribe(this, CollectionsLive.topic(code.storeId()), this::follow);
        draw(code);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        follow();
    }

    private void follow() {
        if (shown != null) {
            var now = read.apply(shown);
            if (!now.equals(shown)) {
                shown = now;
                draw(now);
            }
        }
    }

    private void draw(QrCode code) {
        if (!(code.terms() instanceof CodeTerms.OfOrder order)) {
            return;
        }
        removeAll();
        getFooter().removeAll();
        setHeaderTitle(getTranslation("codes.order.title", order.number()));
        var content = new Div();
        content.addClassNames("zg-stack", "zg-order-code");
        var usedAt = order.usedAt();
        if (usedAt != null) {
            content.add(new BigSign(Meaning.OPEN, getTranslation("codes.order.done"))
                    .until(getTranslation("codes.order.done.at", order.amount().text(), time.moment(usedAt))));
        } else {
            var sum = new Div(order.amount().text());
            sum.addClassNames("zg-big", "zg-money");
            var until = new Div(getTranslation("codes.order.until", time.moment(order.expiresAt())));
            until.addClassNames("zg-small", "zg-muted");
            content.add(new QrPicture(code.url(), getTranslation("codes.order.label", order.number())), sum, until);
        }
        add(content);
        getFooter().add(new Button(getTranslation("codes.order.close"), click -> close()));
    }
}
