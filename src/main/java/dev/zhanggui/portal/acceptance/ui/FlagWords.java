package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.PaymentFlag;
import dev.zhanggui.portal.shared.Money;
import java.math.BigDecimal;

/** Says in plain words what is odd about a payment, and what to do. */
record FlagWords(Component speaker) {

    String title(PaymentFlag flag) {
        return say("flags.why." + flag.why(), flag);
    }

    String todo(PaymentFlag flag) {
        return say("flags.why." + flag.why() + ".todo", flag);
    }

    private String say(String key, PaymentFlag flag) {
        return speaker.getTranslation(key, flag.payment().amount().text(), told(flag.told()));
    }

    static String told(AcquirerResult told) {
        return told.currency().equals(AcquirerResult.CNY)
                ? new Money(told.amount()).text()
                : told.currency() + " " + BigDecimal.valueOf(told.amount(), 2).toPlainString();
    }
}
