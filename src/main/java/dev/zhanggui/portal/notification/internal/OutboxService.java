package dev.zhanggui.portal.notification.internal;

import dev.zhanggui.portal.notification.MessageQueued;
import dev.zhanggui.portal.notification.Notifications;
import dev.zhanggui.portal.notification.Outbox;
import dev.zhanggui.portal.notification.OutboxMessage;
import dev.zhanggui.portal.notification.SmsPort;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Writes messages with the change that causes them, and delivers them after its commit, again and again if need be. */
@Service
class OutboxService implements Notifications, Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxService.class);
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final OutboxRepository messages;
    private final SmsPort sms;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final boolean demo;

    OutboxService(
            OutboxRepository messages,
            SmsPort sms,
            ApplicationEventPublisher events,
            Clock clock,
            @Value("${zhanggui.demo}") boolean demo) {
        this.messages = messages;
        this.sms = sms;
        this.events = events;
        this.clock = clock;
        this.demo = demo;
    }

    @Override
    @Transactional
    public void sms(Phone to, String template, Map<String, String> params) {
        events.publishEvent(new MessageQueued(messages.insert(to, template, params, clock.instant())));
    }

    @Override
    @Transactional(readOnly = true)
    public List<OutboxMessage> latest(Optional<Phone> to) {
        if (!demo) {
            throw new NotFoundException("outbox");
        }
        return messages.latest(to);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void deliverNow(MessageQueued queued) {
        Thread.ofVirtual().name("outbox-" + queued.id()).start(this::deliver);
    }

    /** The sweep for what a crash or a deaf provider left behind. */
    @Scheduled(fixedDelayString = "PT5S")
    void deliver() {
        for (var message : messages.claim(BATCH, clock.instant(), LEASE)) {
            try {
                sms.send(message.id(), message.to(), message.template(), message.params());
                messages.delivered(message.id(), clock.instant());
            } catch (RuntimeException e) {
                LOG.warn(
                        "Message {} was not taken by the provider (attempt {})",
                        message.id(),
                        message.attempts() + 1,
                        e);
                messages.failed(message, e.getClass().getSimpleName(), clock.instant());
            }
        }
    }
}
