package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.uikit.HumanTime;
import java.util.List;

/** Why the sign says what it says at a moment, for pages that show the answer itself. */
public class WhyDialog extends Dialog {

    public WhyDialog(TradingState state, HumanTime time) {
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(getTranslation("tradinghours.why.title"));
        var next = state.next();
        add(new WhyWords(state, next == null ? List.of() : List.of(next), time));
        getFooter().add(new Button(getTranslation("tradinghours.close"), click -> close()));
    }
}
