package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.CashierOrigins;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.Scans;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Answers a plain scan whose page is kept before the filters and look-ups that only other requests need; they cost several times
 * what the page does. Everything else goes on to {@link ScanController}, whose answer is the same.
 */
final class ScanShortcut extends HttpFilter {

    static final String PATHS = "/q/*";

    private static final long serialVersionUID = 1;
    private static final String PREFIX = "/q/";
    private static final int LONGEST = 64;

    private final transient KeptAnswers answers;
    private final transient Scans scans;
    private final transient Payers payers;
    private final transient Clock clock;
    private final String policy;

    ScanShortcut(KeptAnswers answers, Scans scans, Payers payers, CashierOrigins origins, Clock clock) {
        this.answers = answers;
        this.scans = scans;
        this.payers = payers;
        this.clock = clock;
        this.policy = ScanPage.policy(String.join(" ", origins.forms()));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var code = plainScan(request);
        var kept = code == null ? null : answers.find(code);
        if (kept == null) {
            chain.doFilter(request, response);
            return;
        }
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern("/q/{code}"));
        scans.scanned(kept.answer(), payers.of(request));
        var language = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), "");
        var page = kept.page(ScanTexts.choose("", language), clock);
        response.setStatus(ScanController.status(kept.answer()).value());
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.length);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Referrer-Policy", "no-referrer");
        // As the security chain writes them.
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-XSS-Protection", "0");
        response.setHeader("X-Frame-Options", "DENY");
        response.getOutputStream().write(page);
    }

    /** The code of a request that asks for nothing but its page; null for any other. */
    private static @Nullable String plainScan(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (!request.getMethod().equals("GET")
                || request.getQueryString() != null
                || !path.startsWith(PREFIX)
                || path.length() > LONGEST) {
            return null;
        }
        for (int i = PREFIX.length(); i < path.length(); i++) {
            char c = path.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return null;
            }
        }
        return path.substring(PREFIX.length());
    }
}
