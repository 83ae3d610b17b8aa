package dev.zhanggui.portal.webhook.internal;

import java.net.InetAddress;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookParts {

    private static final Duration WHOLE = Duration.ofSeconds(15);

    /** Only a demo may be told to send to its own machine: a portal in earnest refuses to, whatever is set. */
    @Bean
    AddressGuard addressGuard(
            @Value("${zhanggui.demo}") boolean demo, @Value("${zhanggui.webhook.loopback}") boolean loopback) {
        return new AddressGuard(demo && loopback, InetAddress::getAllByName);
    }

    @Bean
    DraftRules draftRules(AddressGuard guard, @Value("${zhanggui.demo}") boolean demo) {
        return new DraftRules(guard, demo);
    }

    @Bean
    HttpSender webhookSender(AddressGuard guard) {
        return new HttpSender(guard, WHOLE, Slots.ALL);
    }
}
