package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.Scans;
import dev.zhanggui.portal.shared.StoreId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

/** {@code GET /q/{code}}: where every printed code leads. */
@RestController
class ScanController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** Another instance of the portal cannot wake us, and hours pass by themselves: look again this often. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private static final int LOOKS = 10;
    private static final int HELD_MOST = 2_000;

    private final Acceptance acceptance;
    private final Scans scans;
    private final StoreSignals signals;
    private final Clock clock;
    private final Semaphore room = new Semaphore(HELD_MOST);

    ScanController(Acceptance acceptance, Scans scans, StoreSignals signals, Clock clock) {
        this.acceptance = acceptance;
        this.scans = scans;
        this.signals = signals;
        this.clock = clock;
    }

    /** @param again set by the open page when it redraws itself, which is no new scan */
    @GetMapping("/q/{code}")
    ResponseEntity<String> page(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String lang,
            @RequestParam(defaultValue = "") String again,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        var answer = acceptance.ask(code);
        if (again.isEmpty()) {
            scans.scanned(answer);
        }
        var texts = ScanTexts.choose(lang, acceptLanguage);
        return ResponseEntity.status(status(answer))
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header("Content-Security-Policy", ScanPage.POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(new ScanPage(texts, clock).html(answer));
    }

    /**
     * Holds the answer back until the page that saw {@code seen} is wrong, or for some 20 s. When too many pages wait, it answers
     * at once and the page asks again by itself.
     */
    @GetMapping("/q/{code}/state")
    ResponseEntity<Map<String, Object>> state(@PathVariable String code, @RequestParam(defaultValue = "") String seen)
            throws InterruptedException {
        boolean held = !seen.isEmpty() && room.tryAcquire();
        try {
            var answer = held ? changed(code, seen) : acceptance.ask(code);
            return ResponseEntity.status(status(answer))
                    .cacheControl(CacheControl.noStore())
                    .body(Map.of(
                            "seen",
                            ScanPage.seen(answer),
                            "decision",
                            answer.decision(),
                            "reason",
                            answer.reason(),
                            "held",
                            held));
        } finally {
            if (held) {
                room.release();
            }
        }
    }

    private Answer changed(String code, String seen) throws InterruptedException {
        var answer = acceptance.ask(code);
        var store = store(answer);
        for (int look = 0; look < LOOKS && store.isPresent() && !signals.isClosing(); look++) {
            var signal = signals.next(store.get());
            answer = acceptance.ask(code);
            if (!ScanPage.seen(answer).equals(seen)) {
                return answer;
            }
            try {
                signal.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // Nothing happened here: look whether it happened elsewhere, or by the clock.
            }
        }
        return answer;
    }

    private static Optional<StoreId> store(Answer answer) {
        return switch (answer) {
            case Answer.NotOurs it -> Optional.empty();
            case Answer.Stopped it -> Optional.empty();
            case Answer.Frozen(var code, var store) -> Optional.of(store.id());
            case Answer.ByHours(var code, var store, var state) -> Optional.of(store.id());
        };
    }

    private static HttpStatus status(Answer answer) {
        return switch (answer) {
            case Answer.NotOurs it -> HttpStatus.NOT_FOUND;
            case Answer.Stopped it -> HttpStatus.GONE;
            case Answer.Frozen it -> HttpStatus.OK;
            case Answer.ByHours it -> HttpStatus.OK;
        };
    }
}
