package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells who asks too often when to try again, and leads back to what was filled in. Asked before {@link AwayPage}, which looks at every
 * failure.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(assignableTypes = {ScanController.class, CashierController.class})
class WaitPage {

    @ExceptionHandler
    ResponseEntity<String> on(TooOftenException e, HttpServletRequest request) {
        var texts = ScanTexts.choose(
                Objects.requireNonNullElse(request.getParameter("lang"), ""),
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), ""));
        var body = "<div class=\"sign\" role=\"status\"><p class=\"state attend\">" + texts.html("wait")
                + "</p><p class=\"why\">" + texts.html("wait.why", e.seconds()) + "</p></div>"
                + (e.back().isEmpty()
                        ? ""
                        : "<p class=\"more\"><a href=\"" + ScanTexts.escape(e.back()) + "\">" + texts.html("wait.back")
                                + "</a></p>");
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(e.seconds()))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header("Content-Security-Policy", ScanPage.POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(new Frame(texts).page(texts.plain("wait"), "", body, ""));
    }
}
