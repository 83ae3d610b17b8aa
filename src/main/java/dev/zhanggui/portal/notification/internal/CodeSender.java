package dev.zhanggui.portal.notification.internal;

import dev.zhanggui.portal.account.CodeIssued;
import dev.zhanggui.portal.notification.Notifications;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Sends one-time codes on behalf of the accounts' module, which stands below this one. */
@Component
class CodeSender {

    private final Notifications notifications;

    CodeSender(Notifications notifications) {
        this.notifications = notifications;
    }

    @EventListener
    void send(CodeIssued issued) {
        notifications.sms(
                issued.phone(),
                "sign-in-code",
                Map.of("code", issued.code(), "minutes", Integer.toString(issued.validMinutes())));
    }
}
