package dev.zhanggui.portal.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.DatabaseTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxServiceTest extends DatabaseTest {

    @Autowired
    OutboxRepository messages;

    @Autowired
    OutboxService service;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    private static Phone phone() {
        return Phone.check("1387777" + String.format("%04d", Math.floorMod(Ids.next(), 10_000L)))
                .orThrow();
    }

    @Test
    void outsideDemoModeNobodyReadsTheOutbox() {
        var production = new OutboxService(messages, (id, to, template, params) -> {}, events, clock, false);
        assertThatThrownBy(() -> production.latest(Optional.empty())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aMessageOfARolledBackTransactionIsNeverSent() {
        var to = phone();
        transactions.executeWithoutResult(tx -> {
            service.sms(to, "sign-in-code", Map.of("code", "123456"));
            tx.setRollbackOnly();
        });
        assertThat(service.latest(Optional.of(to))).isEmpty();
    }

    @Test
    void aMessageTheProviderRefusedWaitsAndIsTriedAgain() {
        var to = phone();
        // Written beside the service, so that only the provider under test delivers it.
        long id = messages.insert(to, "sign-in-code", Map.of("code", "123456"), clock.instant());
        List<Long> taken = new ArrayList<>();
        var deaf = new OutboxService(
                messages,
                (message, phone, template, params) -> {
                    throw new IllegalStateException("deaf");
                },
                events,
                clock,
                true);
        var good = new OutboxService(
                messages, (message, phone, template, params) -> taken.add(message), events, clock, true);

        deaf.deliver();
        good.deliver();
        assertThat(taken).doesNotContain(id);
        clock.advance(Duration.ofMinutes(10));
        good.deliver();
        assertThat(service.latest(Optional.of(to)).getFirst().state()).isEqualTo("DELIVERED");
    }
}
