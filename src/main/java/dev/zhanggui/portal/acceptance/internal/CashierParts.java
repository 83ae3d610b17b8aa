package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.CashierOrigins;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads where payers are sent. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Cashiers.class)
class CashierParts {

    private static final Logger LOG = LoggerFactory.getLogger(CashierParts.class);

    @Bean
    CashierAddresses cashierAddresses(@Value("${zhanggui.public-url:http://localhost:8080}") String publicUrl) {
        return new CashierAddresses(publicUrl.replaceAll("/+$", ""));
    }

    @Bean
    CashierOrigins cashierOrigins(Cashiers cashiers) {
        cashiers.acquirers().forEach((name, acquirer) -> {
            if (acquirer.resultKeys().isEmpty()) {
                LOG.warn("zhanggui.cashier.acquirers.{}.result-keys is not set: its payments can only expire", name);
            }
        });
        var forms = new TreeSet<>(cashiers.origins());
        forms.add("'self'");
        return () -> forms;
    }
}
