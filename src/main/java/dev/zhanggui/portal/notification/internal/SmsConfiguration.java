package dev.zhanggui.portal.notification.internal;

import dev.zhanggui.portal.notification.SmsPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Without a provider, demo messages end in the outbox, where the demo page shows them; in production they fail and say so. */
@Configuration(proxyBeanMethods = false)
class SmsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SmsConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    SmsPort outboxOnly(@Value("${zhanggui.demo}") boolean demo) {
        if (!demo) {
            LOG.error(
                    "No SMS provider is connected: nobody can sign in by one-time code until a bean of type SmsPort is");
            return (id, to, template, params) -> {
                throw new IllegalStateException("no SMS provider is connected");
            };
        }
        return (id, to, template, params) ->
                LOG.info("Message {} ({}) stays in the outbox: no SMS provider", id, template);
    }
}
