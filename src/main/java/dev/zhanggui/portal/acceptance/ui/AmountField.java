package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.acceptance.TypedAmount;
import dev.zhanggui.portal.shared.Money;
import java.math.BigDecimal;
import java.util.Optional;

/** An amount in yuan, typed as people type it. */
class AmountField extends TextField {

    AmountField(String label) {
        super(label);
        setPrefixComponent(new Span("¥"));
        getElement().setAttribute("inputmode", "decimal");
        setMaxLength(16);
        setWidthFull();
        addValueChangeListener(change -> setInvalid(false));
    }

    void show(Money money) {
        setValue(BigDecimal.valueOf(money.fen(), 2).stripTrailingZeros().toPlainString());
    }

    /** Empty, and said why, when it is none. */
    Optional<Money> money() {
        return switch (TypedAmount.read(getValue())) {
            case TypedAmount.Amount(var money) -> Optional.of(money);
            case TypedAmount.Unfit(var flaw) -> {
                refuse(getTranslation("scan.pay.flaw." + flaw, TypedAmount.MOST.shortText()));
                yield Optional.empty();
            }
        };
    }

    void refuse(String why) {
        setErrorMessage(why);
        setInvalid(true);
        focus();
    }
}
