package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.CashierOrigins;
import dev.zhanggui.portal.acceptance.Scans;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Payers' pages are for everybody and know no session and no cookie, so there is nothing to forge; acquirers sign what they say.
 */
@Configuration(proxyBeanMethods = false)
class ScanSecurity {

    /** Behind what counts requests and before all else. */
    @Bean
    FilterRegistrationBean<ScanShortcut> scanShortcut(
            KeptAnswers answers, Scans scans, Payers payers, CashierOrigins origins, Clock clock) {
        var shortcut = new FilterRegistrationBean<>(new ScanShortcut(answers, scans, payers, origins, clock));
        shortcut.addUrlPatterns(ScanShortcut.PATHS);
        shortcut.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return shortcut;
    }

    @Bean
    @Order(10)
    SecurityFilterChain scanPages(HttpSecurity http) throws Exception {
        return http.securityMatcher("/q/**", "/s/**", "/cashier/**", "/check", "/acquirer/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
