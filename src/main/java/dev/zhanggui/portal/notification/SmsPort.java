package dev.zhanggui.portal.notification;

import dev.zhanggui.portal.shared.Phone;
import java.util.Map;

/** The border to an SMS provider. */
public interface SmsPort {

    /**
     * Hands one message over. Throws {@link RuntimeException} when the provider did not take it: it will be tried again, so the
     * provider must know {@code messageId} again.
     */
    void send(long messageId, Phone to, String template, Map<String, String> params);
}
