package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.Storefront;
import dev.zhanggui.portal.acceptance.Storefronts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /s/{store}}: a store's hours for everybody, and {@code .ics} behind it for their calendars. */
@RestController
class StoreController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

    /** Long enough for a crowd that a shared link brings, short enough for a sign on a door. */
    private static final Duration KEEP = Duration.ofSeconds(30);

    private static final Duration KEEP_CALENDAR = Duration.ofMinutes(15);

    private final Storefronts storefronts;
    private final Clock clock;

    StoreController(Storefronts storefronts, Clock clock) {
        this.storefronts = storefronts;
        this.clock = clock;
    }

    @GetMapping("/s/{store}")
    ResponseEntity<String> page(
            @PathVariable String store,
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        var page = new StorePage(ScanTexts.choose(lang, acceptLanguage), clock);
        var front = storefronts.find(store);
        return front.map(it -> {
                    var html = page.html(it, storefronts.address(store));
                    return answer(HttpStatus.OK, keep(it))
                            .eTag(Inline.mark(html))
                            .body(html);
                })
                .orElseGet(() ->
                        answer(HttpStatus.NOT_FOUND, CacheControl.noStore()).body(page.notFound()));
    }

    @GetMapping("/s/{store}.ics")
    ResponseEntity<String> calendar(
            @PathVariable String store,
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        var texts = ScanTexts.choose(lang, acceptLanguage);
        var front = storefronts.find(store);
        if (front.isEmpty()) {
            return answer(HttpStatus.NOT_FOUND, CacheControl.noStore()).body(new StorePage(texts, clock).notFound());
        }
        var feed = new CalendarFeed(front.get(), texts, storefronts.address(store));
        var now = clock.instant();
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .cacheControl(CacheControl.maxAge(KEEP_CALENDAR).cachePublic())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + store + ".ics\"")
                // When it was made is no news.
                .eTag(Inline.mark(feed.text(today(front.get(), now))))
                .body(feed.text(now));
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, CacheControl keep) {
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(keep)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header("Content-Security-Policy", StorePage.POLICY)
                .header("Referrer-Policy", "no-referrer");
    }

    /** Never beyond the moment at which the sign turns. */
    private CacheControl keep(Storefront front) {
        var now = clock.instant();
        var next = front.hours().stateAt(now).next();
        var turns = next == null ? KEEP : Duration.between(now, next.at());
        return CacheControl.maxAge(turns.compareTo(KEEP) < 0 ? turns : KEEP).cachePublic();
    }

    private static Instant today(Storefront front, Instant now) {
        var zone = front.hours().zone();
        return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
}
