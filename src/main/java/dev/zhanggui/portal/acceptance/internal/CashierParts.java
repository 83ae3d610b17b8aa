package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.CashierOrigins;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads where payers are sent. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Cashiers.class)
class CashierParts {

    @Bean
    CashierAddresses cashierAddresses(@Value("${zhanggui.public-url:http://localhost:8080}") String publicUrl) {
        return new CashierAddresses(publicUrl.replaceAll("/+$", ""));
    }

    @Bean
    CashierOrigins cashierOrigins(Cashiers cashiers) {
        var forms = new TreeSet<>(cashiers.origins());
        forms.add("'self'");
        return () -> forms;
    }
}
