package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * What all payers' pages stand in: style, script, foot, and the other language.
 *
 * @param more styles of this kind of page, behind those of all
 */
public record Frame(ScanTexts texts, String more) {

    static final String STYLE = Inline.style("scan.css");
    static final String SCRIPT = Inline.script("scan.js");

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    Frame(ScanTexts texts) {
        this(texts, "");
    }

    /** The styles of the pages with a form to fill in. */
    public static String formStyle() {
        return Inline.style("check.css");
    }

    /** Nothing may be loaded but this very style, nothing runs, and forms lead back here only. */
    public static String policy(String more) {
        return "default-src 'none'; style-src " + Inline.source(STYLE + more)
                + "; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /** A page that is never kept, in the language of who asked. */
    public static ResponseEntity.BodyBuilder answer(HttpStatus status, String policy) {
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "no-referrer");
    }

    /** For who came too often. */
    public static ResponseEntity.BodyBuilder later(Duration wait, String policy) {
        return answer(HttpStatus.TOO_MANY_REQUESTS, policy)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
    }

    /** For a request that could not be read as far as its parameters. */
    public static ScanTexts texts(HttpServletRequest request) {
        var query = Objects.requireNonNullElse(request.getQueryString(), "");
        return ScanTexts.choose(
                query.contains("lang=en") ? "en" : query.contains("lang=zh") ? "zh" : "",
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), ""));
    }

    /** @param seen what the page shows and asks after; empty when it never changes */
    public String page(String title, String seen, String body, String foot) {
        var other = texts.other();
        boolean changes = !seen.isEmpty();
        return """
                <!doctype html>
                <html lang="%1$s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width,initial-scale=1">
                <meta name="robots" content="noindex">
                <meta name="format-detection" content="telephone=no">
                <title>%2$s</title>
                <link rel="icon" href="data:,">
                <style>%3$s</style>
                </head>
                <body>
                <main%4$s>
                %5$s
                <footer>%6$s<a href="?lang=%7$s" lang="%8$s">%9$s</a></footer>
                </main>
                %10$s
                </body>
                </html>
                """.formatted(
                        texts.tag(),
                        ScanTexts.escape(title),
                        STYLE + more,
                        changes ? " data-seen=\"" + seen + "\"" : "",
                        body,
                        foot.isEmpty() ? "<span>掌柜 Zhanggui</span>" : foot,
                        other.code(),
                        other.tag(),
                        other.isChinese() ? "中文" : "English",
                        changes ? "<script>" + SCRIPT + "</script>" : "");
    }
}
