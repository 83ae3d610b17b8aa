package dev.zhanggui.portal.shell;

import com.vaadin.flow.server.auth.AccessCheckDecision;
import com.vaadin.flow.server.auth.AccessCheckResult;
import com.vaadin.flow.spring.security.NavigationAccessControlConfigurer;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The chain of the pages. Chains stand in this order, each with a {@code securityMatcher} of its own, so that none touches
 * another's paths:
 *
 * <ul>
 *   <li>{@code @Order(10)} {@code /bridge/v1/**}: the bridge's bearer token, stateless, no CSRF (bridgelink.web)
 *   <li>{@code @Order(20)} {@code /api/v1/**}: API keys, stateless, no CSRF (api.web)
 *   <li>{@code @Order(100)} everything else: this one
 * </ul>
 *
 * A stateless chain puts an {@link dev.zhanggui.portal.account.Actor} as the principal of its authentication; {@code CurrentActor}
 * finds it there.
 *
 * <p>The path rules here only keep strangers out of pages; who may see which page stands on the page itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {

    static final int PAGES = 100;

    /** Static files, the payer's pages, and what a monitor reads; all without a session. */
    private static final String[] OPEN = {
        "/app/**",
        "/q/**",
        "/hours-public/**",
        // These answer in demo mode only; elsewhere they are not found.
        "/demo/outbox.json",
        "/demo/webhook/in",
        "/favicon.ico",
        "/robots.txt",
        "/actuator/health",
        "/actuator/health/**",
        "/actuator/prometheus",
        "/error"
    };

    /**
     * Flow's client evaluates what the server sends, so scripts cannot be narrowed further; nothing may be loaded from, sent to
     * or framed by another origin.
     */
    private static final String CONTENT_POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
            + " connect-src 'self' ws: wss:; media-src 'self' blob:; object-src 'none'; base-uri 'self';"
            + " form-action 'self'; frame-ancestors 'self'";

    /** Pages reach the Vaadin servlet by a forward, whose end commits the response past the lazy writer. */
    private static final ObjectPostProcessor<HeaderWriterFilter> EAGER_HEADERS = new ObjectPostProcessor<>() {
        @Override
        public <F extends HeaderWriterFilter> F postProcess(F filter) {
            filter.setShouldWriteHeadersEagerly(true);
            return filter;
        }
    };

    @Bean
    @Order(PAGES)
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(paths -> paths.requestMatchers(OPEN)
                .permitAll()
                .requestMatchers("/actuator/**")
                .denyAll());
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/q/**", "/demo/webhook/in"));
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(self), geolocation=(self), microphone=(), payment=()"))
                .frameOptions(frame -> frame.sameOrigin())
                .httpStrictTransportSecurity(
                        https -> https.maxAgeInSeconds(Duration.ofDays(365).toSeconds()))
                .withObjectPostProcessor(EAGER_HEADERS));
        http.with(
                VaadinSecurityConfigurer.vaadin(),
                vaadin -> vaadin.loginView("/login", "/")
                        // An address that leads nowhere is for the router, which has a page that says so.
                        .anyRequest(any -> any.authenticated()));
        return http.build();
    }

    /** Deny wins over allow: the second factor's word counts whatever an annotation says. */
    @Bean
    NavigationAccessControlConfigurer navigationAccess() {
        return new NavigationAccessControlConfigurer()
                .withAnnotatedViewAccessChecker()
                .withNavigationAccessChecker(new FactorChecker())
                .withDecisionResolver((results, context) -> decide(results));
    }

    /** People sign in on our own pages; this keeps Boot from inventing a user with a password. */
    @Bean
    AuthenticationManager nobodySignsInHere() {
        return authentication -> {
            throw new ProviderNotFoundException("people sign in at /login and /staff/login");
        };
    }

    private static AccessCheckResult decide(List<AccessCheckResult> results) {
        for (var result : results) {
            if (result.decision() == AccessCheckDecision.DENY || result.decision() == AccessCheckDecision.REJECT) {
                return AccessCheckResult.deny(result.reason());
            }
        }
        boolean allowed = results.stream().anyMatch(result -> result.decision() == AccessCheckDecision.ALLOW);
        return allowed ? AccessCheckResult.allow() : AccessCheckResult.deny("no rule lets anybody in");
    }
}
