package dev.zhanggui.portal.notification;

import dev.zhanggui.portal.shared.Phone;
import java.util.Map;

/** Sends messages to people by way of the outbox: a row in the caller's transaction, delivered after its commit. */
public interface Notifications {

    /**
     * @param template a key in the bundles under {@code notification.sms.}
     * @param params the template's named values; kept encrypted, shown only in the demo outbox
     */
    void sms(Phone to, String template, Map<String, String> params);
}
