package dev.zhanggui.bridge;

import dev.zhanggui.bridge.broker.BrokerLimits;
import dev.zhanggui.bridge.broker.EmbeddedBroker;
import dev.zhanggui.bridge.broker.ExternalBroker;
import dev.zhanggui.bridge.broker.MessageBroker;
import dev.zhanggui.bridge.portal.LinkState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BridgeProperties.class, BrokerLimits.class})
class BridgeConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    @Bean(destroyMethod = "")
    MessageBroker broker(
            BridgeProperties properties, BrokerCertificate certificate, BrokerLimits limits, MeterRegistry meters) {
        BridgeProperties.Mqtt mqtt = properties.mqtt();
        if (mqtt.external()) {
            return new ExternalBroker(
                    properties.name(), mqtt.nodes(), mqtt.keepSession(), mqtt.user(), mqtt.password());
        }
        EmbeddedBroker broker = new EmbeddedBroker(mqtt.bind(), mqtt.port(), certificate.listener(), limits);
        FunctionCounter.builder("zhanggui.bridge.floods", broker, EmbeddedBroker::floods)
                .register(meters);
        return broker;
    }

    /** Without the portal the bridge still serves terminals: it is degraded, not down, so nobody restarts it for that. */
    @Bean
    HealthIndicator portalLinkHealth(LinkState state) {
        return () -> {
            LinkState.Snapshot now = state.snapshot();
            Health.Builder health = now.up() ? Health.up() : Health.unknown();
            health.withDetail("since", now.since());
            String problem = now.problem();
            return (problem == null ? health : health.withDetail("problem", problem)).build();
        };
    }

    /** A balancer sends nobody to a bridge that is being drained. */
    @Bean
    HealthIndicator drainHealth(Bridge bridge) {
        return () -> {
            Bridge.Serving serving = bridge.serving();
            return (serving == Bridge.Serving.ALL ? Health.up() : Health.outOfService())
                    .withDetail("serving", serving)
                    .build();
        };
    }

    @Bean
    HealthIndicator brokerHealth(MessageBroker broker) {
        return () -> {
            String problem = broker.problem();
            Health.Builder health = broker.running() && problem == null ? Health.up() : Health.down();
            health.withDetail("connected", broker.connected()).withDetails(broker.features());
            return (problem == null ? health : health.withDetail("problem", problem)).build();
        };
    }

    /** Terminals with a token are served all the same: this is never down. */
    @Bean
    HealthIndicator tlsHealth(BrokerCertificate certificate) {
        return () -> {
            String problem = certificate.problem();
            Instant until = certificate.validUntil();
            boolean wanting = certificate.state() == BrokerCertificate.State.WAITING || problem != null;
            Health.Builder health = wanting ? Health.unknown() : Health.up();
            health.withDetail("tls", certificate.state());
            if (until != null) {
                health.withDetail("validUntil", until);
            }
            return (problem == null ? health : health.withDetail("problem", problem)).build();
        };
    }
}
