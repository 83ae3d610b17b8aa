package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.QrCodes;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /cashier/{token}}: the sandbox's cashier, and for every acquirer the page that a payer comes back to. Whoever has the
 * token is the payer; no session, no cookie, so nothing can be forged across sites.
 */
@RestController
class CashierController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final Actor PAYER = Actor.system("payer");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final int LOOKS = 10;
    private static final int HELD_MOST = 1_000;
    private static final String SANDBOX = "sandbox";

    private final Collections collections;
    private final QrCodes codes;
    private final Merchants merchants;
    private final Payers payers;
    private final Throttle throttle;
    private final StoreSignals signals;
    private final Clock clock;
    private final Semaphore room = new Semaphore(HELD_MOST);

    CashierController(
            Collections collections,
            QrCodes codes,
            Merchants merchants,
            Payers payers,
            Throttle throttle,
            StoreSignals signals,
            Clock clock) {
        this.collections = collections;
        this.codes = codes;
        this.merchants = merchants;
        this.payers = payers;
        this.throttle = throttle;
        this.signals = signals;
        this.clock = clock;
    }

    @GetMapping("/cashier/{token}")
    ResponseEntity<String> page(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage,
            HttpServletRequest request) {
        throttle.passSource(Throttle.Kind.CASHIER, request, known(token));
        var texts = ScanTexts.choose(lang, acceptLanguage);
        var found = collections.byToken(token);
        var page = new CashierPage(
                texts,
                clock,
                found.filter(it -> it.cashier().equals(SANDBOX)).isPresent(),
                found.flatMap(collections::acquirersPage).orElse(null));
        var html = found.map(it -> page.html(it, merchants.store(PAYER, it.storeId()), codes.get(PAYER, it.code())))
                .orElseGet(page::notFound);
        return ResponseEntity.status(found.isPresent() ? HttpStatus.OK : HttpStatus.NOT_FOUND)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header("Content-Security-Policy", CashierPage.POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(html);
    }

    /** Pressed twice, it is paid once: the second press finds how it ended. Only the sandbox's payments are made here. */
    @PostMapping("/cashier/{token}/pay")
    ResponseEntity<Void> pay(
            @PathVariable String token, @RequestParam(defaultValue = "") String lang, HttpServletRequest request) {
        throttle.passSource(Throttle.Kind.CASHIER, request, "../" + known(token));
        if (collections
                .byToken(token)
                .filter(it -> it.cashier().equals(SANDBOX))
                .isPresent()) {
            collections.pay(token, payers.of(request));
        }
        return back(token, lang);
    }

    @PostMapping("/cashier/{token}/cancel")
    ResponseEntity<Void> cancel(
            @PathVariable String token, @RequestParam(defaultValue = "") String lang, HttpServletRequest request) {
        throttle.passSource(Throttle.Kind.CASHIER, request, "../" + known(token));
        collections.cancel(token);
        return back(token, lang);
    }

    private static String known(String token) {
        return token.matches("[0-9A-Z]{26}") ? token : "unknown";
    }

    private static ResponseEntity<Void> back(String token, String lang) {
        var address = "/cashier/" + known(token);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(lang.equals("en") || lang.equals("zh") ? address + "?lang=" + lang : address))
                .cacheControl(CacheControl.noStore())
                .build();
    }

    /** Holds the answer back until the page that saw {@code seen} is wrong, or for some 20 s; as the scan page's. */
    @GetMapping("/cashier/{token}/state")
    ResponseEntity<Map<String, Object>> state(
            @PathVariable String token, @RequestParam(defaultValue = "") String seen, HttpServletRequest request)
            throws InterruptedException {
        throttle.passSource(Throttle.Kind.CASHIER, request, "");
        boolean held = !seen.isEmpty() && room.tryAcquire();
        try {
            var found = held ? changed(token, seen) : collections.byToken(token);
            return ResponseEntity.status(found.isPresent() ? HttpStatus.OK : HttpStatus.NOT_FOUND)
                    .cacheControl(CacheControl.noStore())
                    .body(Map.of(
                            "seen", found.map(CashierPage::seen).orElse(""),
                            "state", found.map(it -> it.state().name()).orElse("UNKNOWN"),
                            "held", held));
        } finally {
            if (held) {
                room.release();
            }
        }
    }

    private Optional<Collection> changed(String token, String seen) throws InterruptedException {
        var found = collections.byToken(token);
        for (int look = 0; look < LOOKS && found.isPresent() && !signals.isClosing(); look++) {
            var signal = signals.next(found.get().storeId());
            found = collections.byToken(token);
            if (found.isEmpty() || !CashierPage.seen(found.get()).equals(seen)) {
                return found;
            }
            try {
                signal.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // Nothing happened here: look whether it happened elsewhere, or by the clock.
            }
        }
        return found;
    }
}
