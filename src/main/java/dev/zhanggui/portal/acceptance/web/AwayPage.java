package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.shared.DatabaseAway;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What a payer sees while the database does not answer: that it is not the code's fault, and how to pay now. */
@RestControllerAdvice(assignableTypes = {ScanController.class, StoreController.class, CashierController.class})
class AwayPage {

    private static final Logger LOG = LoggerFactory.getLogger(AwayPage.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Clock clock;

    AwayPage(Clock clock) {
        this.clock = clock;
    }

    @ExceptionHandler
    ResponseEntity<String> on(RuntimeException e, HttpServletRequest request) {
        if (!DatabaseAway.isCauseOf(e)) {
            throw e;
        }
        LOG.warn("A payer's page found no database: {}", e.getMessage());
        var texts = ScanTexts.choose(
                Objects.requireNonNullElse(request.getParameter("lang"), ""),
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), ""));
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .header("Content-Security-Policy", ScanPage.POLICY)
                .body(new ScanPage(texts, clock).away(request.getRequestURI().startsWith("/q/")));
    }
}
