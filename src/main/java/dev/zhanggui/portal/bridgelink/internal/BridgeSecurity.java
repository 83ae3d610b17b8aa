package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.wire.Link;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** The bridge's own door: one shared token, no session, nothing else behind it. Without a configured token nobody comes in. */
@Configuration(proxyBeanMethods = false)
class BridgeSecurity {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeSecurity.class);
    private static final String SCHEME = "Bearer ";
    private static final String AUTHORITY = "BRIDGE";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    SecurityFilterChain bridgeChain(HttpSecurity http, @Value("${zhanggui.bridge.token:}") String token)
            throws Exception {
        if (token.isBlank()) {
            LOG.warn("ZHANGGUI_BRIDGE_TOKEN is not set: no bridge can connect");
        }
        return http.securityMatcher(Link.PATH + "**")
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority(AUTHORITY))
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, e) -> refuse(response))
                        .accessDeniedHandler((request, response, e) -> refuse(response)))
                .addFilterBefore(new TokenFilter(token), AuthorizationFilter.class)
                .build();
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write("{\"status\":401,\"title\":\"The bridge token is missing or wrong\"}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Compares in constant time; a wrong token is left to the authorization that follows. */
    private static final class TokenFilter extends OncePerRequestFilter {

        private final byte[] expected;

        TokenFilter(String token) {
            expected = token.strip().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var header = request.getHeader(HttpHeaders.AUTHORIZATION);
            if (header != null
                    && header.startsWith(SCHEME)
                    && expected.length > 0
                    && MessageDigest.isEqual(
                            expected, header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8))) {
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        "bridge", null, AuthorityUtils.createAuthorityList(List.of(AUTHORITY))));
                SecurityContextHolder.setContext(context);
            }
            chain.doFilter(request, response);
        }
    }
}
