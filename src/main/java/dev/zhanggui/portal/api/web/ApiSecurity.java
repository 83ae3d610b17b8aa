package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.api.Answers;
import dev.zhanggui.portal.api.ApiKeys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Keys instead of sessions; only the description of the API and of its problems is open. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity implements WebMvcConfigurer {

    private static final String[] OPEN = {"/api/v1/openapi.json", "/api/v1/problems/*"};

    @Bean
    @Order(20)
    SecurityFilterChain api(HttpSecurity http, ApiKeys keys, Answers answers, ProblemWriter problems) throws Exception {
        return http.securityMatcher("/api/v1/**")
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                .addFilterBefore(new BearerFilter(keys), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new DatabaseAwayFilter(problems), BearerFilter.class)
                .addFilterAfter(new RepeatFilter(answers, problems), AuthorizationFilter.class)
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, why) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"zhanggui\"");
                            problems.write(response, Problem.of(ProblemCode.UNAUTHENTICATED, null));
                        })
                        .accessDeniedHandler((request, response, why) ->
                                problems.write(response, Problem.of(ProblemCode.NOT_ALLOWED, null))))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ScopeGuard()).addPathPatterns("/api/v1/**").excludePathPatterns(OPEN);
    }

    /** A handler that does not say its scopes is a bug and lets nobody in. */
    private static final class ScopeGuard implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            if (!(handler instanceof HandlerMethod method)) {
                return true;
            }
            var required = method.getMethodAnnotation(RequiresScope.class);
            if (required == null) {
                throw new IllegalStateException(method + " does not say its scopes");
            }
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            var held = authentication instanceof KeyAuthentication key ? key.scopes() : java.util.Set.of();
            Arrays.stream(required.value())
                    .filter(scope -> !held.contains(scope))
                    .findFirst()
                    .ifPresent(scope -> {
                        throw new ApiException(ProblemCode.SCOPE_MISSING, "needs " + scope.text());
                    });
            return true;
        }
    }
}
