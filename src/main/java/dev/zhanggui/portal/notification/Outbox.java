package dev.zhanggui.portal.notification;

import dev.zhanggui.portal.shared.Phone;
import java.util.List;
import java.util.Optional;

/** The visible outbox. Its texts hold one-time codes, so it answers in demo mode only. */
public interface Outbox {

    /**
     * The newest messages, at most 50.
     *
     * @param to only messages to this number
     */
    List<OutboxMessage> latest(Optional<Phone> to);
}
