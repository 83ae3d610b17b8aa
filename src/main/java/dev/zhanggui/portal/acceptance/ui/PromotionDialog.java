package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.NewPromotion;
import dev.zhanggui.portal.qrcode.Promotion;
import dev.zhanggui.portal.qrcode.PromotionOutcome;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.MomentField;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks what a promotion gives, when, up to how much, and in which stores. */
final class PromotionDialog extends Dialog {

    private final TextField title = new TextField();
    private final TextField discount = new TextField();
    private final MomentField from;
    private final MomentField until;
    private final Checkbox capped = new Checkbox();
    private final AmountField cap = new AmountField(getTranslation("promotions.cap"));
    private final CheckboxGroup<Store> stores = new CheckboxGroup<>();
    private final transient Function<NewPromotion, PromotionOutcome> start;
    private final transient Consumer<PromotionOutcome.Started> started;

    PromotionDialog(
            List<Store> all,
            Store current,
            HumanTime time,
            Function<NewPromotion, PromotionOutcome> start,
            Consumer<PromotionOutcome.Started> started) {
        this.start = start;
        this.started = started;
        setHeaderTitle(getTranslation("promotions.new"));
        title.setLabel(getTranslation("promotions.name"));
        title.setPlaceholder(getTranslation("promotions.name.example"));
        title.setMaxLength(Promotion.TITLE_MOST);
        title.setWidthFull();
        discount.setLabel(getTranslation("promotions.discount"));
        discount.setPlaceholder(getTranslation("promotions.discount.example"));
        discount.setHelperText(getTranslation("promotions.discount.why"));
        discount.setMaxLength(Promotion.DISCOUNT_MOST);
        discount.setWidthFull();
        title.addValueChangeListener(change -> title.setInvalid(false));
        discount.addValueChangeListener(change -> discount.setInvalid(false));
        from = new MomentField(getTranslation("promotions.from"), time);
        until = new MomentField(getTranslation("promotions.until"), time);
        var now = time.clock().instant();
        var midnight = time.today().plusDays(1).atStartOfDay(time.zone()).toInstant();
        from.set(now);
        until.set(midnight.plus(Duration.ofDays(6)));
        capped.setLabel(getTranslation("promotions.capped"));
        cap.setVisible(false);
        capped.addValueChangeListener(change -> cap.setVisible(change.getValue()));
        stores.setLabel(getTranslation("promotions.stores"));
        stores.setItems(all);
        stores.setItemLabelGenerator(Store::name);
        stores.select(current);
        stores.setVisible(all.size() > 1);
        var content = new Div(
                new Paragraph(getTranslation("promotions.explain")), title, discount, from, until, capped, cap, stores);
        content.addClassName("zg-stack");
        add(content);
        var make = new Button(getTranslation("promotions.start"), click -> start());
        make.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("codes.cancel"), click -> close()), make);
    }

    private void start() {
        if (!from.check(true) || !until.check(true)) {
            return;
        }
        @Nullable Money most = null;
        if (Boolean.TRUE.equals(capped.getValue())) {
            var typed = cap.money();
            if (typed.isEmpty()) {
                return;
            }
            most = typed.get();
        }
        var wish = new NewPromotion(
                title.getValue(),
                discount.getValue(),
                Objects.requireNonNull(from.get()),
                Objects.requireNonNull(until.get()),
                most,
                stores.getValue().stream().map(Store::id).toList());
        switch (start.apply(wish)) {
            case PromotionOutcome.Started it -> {
                close();
                started.accept(it);
            }
            case PromotionOutcome.Unfit(var flaw) -> refuse(flaw);
        }
    }

    private void refuse(PromotionOutcome.Flaw flaw) {
        var why = getTranslation("promotions.flaw." + flaw);
        switch (flaw) {
            case TITLE_MISSING, TITLE_TOO_LONG -> refuse(title, why);
            case DISCOUNT_MISSING, DISCOUNT_TOO_LONG -> refuse(discount, why);
            case WINDOW_EMPTY, WINDOW_PAST -> until.refuse(why);
            case CAP_UNFIT -> cap.refuse(why);
            case NO_STORE, TOO_MANY_STORES -> {
                stores.setErrorMessage(why);
                stores.setInvalid(true);
            }
        }
    }

    private static void refuse(TextField field, String why) {
        field.setErrorMessage(why);
        field.setInvalid(true);
        field.focus();
    }
}
