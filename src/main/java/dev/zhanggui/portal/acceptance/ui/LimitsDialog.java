package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.zhanggui.portal.acceptance.CollectionLimits.Limits;
import dev.zhanggui.portal.acceptance.CollectionLimits.LimitsOutcome;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.Money;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** How much a store lets itself collect, by payment and by day. */
final class LimitsDialog extends Dialog {

    private final AmountField perPayment = new AmountField(getTranslation("codes.limits.payment"));
    private final AmountField perDay = new AmountField(getTranslation("codes.limits.day"));

    LimitsDialog(Limits now, BiFunction<Money, Money, LimitsOutcome> choose, Consumer<Limits> chosen) {
        setHeaderTitle(getTranslation("codes.limits"));
        perPayment.show(now.perPayment());
        perDay.show(now.perDay());
        var content = new Div(new Paragraph(getTranslation("codes.limits.explain")), perPayment, perDay);
        content.addClassName("zg-stack");
        add(content);
        var save = new Button(getTranslation("codes.keep.do"), click -> save(choose, chosen));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.addClickShortcut(Key.ENTER);
        getFooter().add(new Button(getTranslation("codes.cancel"), click -> close()), save);
    }

    private void save(BiFunction<Money, Money, LimitsOutcome> choose, Consumer<Limits> chosen) {
        var payment = perPayment.money();
        var day = perDay.money();
        if (payment.isEmpty() || day.isEmpty()) {
            return;
        }
        try {
            switch (choose.apply(payment.get(), day.get())) {
                case LimitsOutcome.Chosen(var limits) -> {
                    close();
                    chosen.accept(limits);
                }
                case LimitsOutcome.Above(var most) -> {
                    boolean ofPayment = payment.get().compareTo(most.perPayment()) > 0;
                    (ofPayment ? perPayment : perDay)
                            .refuse(getTranslation(
                                    "codes.limits.above", (ofPayment ? most.perPayment() : most.perDay()).shortText()));
                }
                case LimitsOutcome.Unfit it -> perDay.refuse(getTranslation("codes.limits.unfit"));
            }
        } catch (LostUpdateException e) {
            perPayment.refuse(getTranslation("codes.keep.lost"));
        }
    }
}
