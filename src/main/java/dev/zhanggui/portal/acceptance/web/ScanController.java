package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.CashierOrigins;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.Scans;
import dev.zhanggui.portal.acceptance.TypedAmount;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
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
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.util.UriComponentsBuilder;

/** {@code /q/{code}}: where every printed code leads. */
@RestController
class ScanController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** Hours pass by themselves: look again this often. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private static final int LOOKS = 10;
    private static final int HELD_MOST = 2_000;

    /** More than any amount needs. */
    private static final int TYPED_MOST = 24;

    private static final String NO_CASHIER = "cashier";
    private static final String PATH = "/q";

    private final Acceptance acceptance;
    private final Collections collections;
    private final KeptAnswers answers;
    private final Scans scans;
    private final Payers payers;
    private final Throttle throttle;
    private final String policy;
    private final StoreSignals signals;
    private final Clock clock;
    private final Semaphore room = new Semaphore(HELD_MOST);

    ScanController(
            Acceptance acceptance,
            Collections collections,
            KeptAnswers answers,
            Scans scans,
            Payers payers,
            Throttle throttle,
            CashierOrigins origins,
            StoreSignals signals,
            Clock clock) {
        this.acceptance = acceptance;
        this.collections = collections;
        this.answers = answers;
        this.scans = scans;
        this.payers = payers;
        this.throttle = throttle;
        this.policy = ScanPage.policy(String.join(" ", origins.forms()));
        this.signals = signals;
        this.clock = clock;
    }

    /**
     * @param pay what the payer typed before, to be looked at again and not lost
     * @param problem {@code cashier} when no acquirer's cashier was to be found
     * @param again set by the open page when it redraws itself, which is no new scan
     */
    @GetMapping("/q/{code}")
    ResponseEntity<byte[]> page(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String lang,
            @RequestParam(required = false) @Nullable String pay,
            @RequestParam(defaultValue = "") String problem,
            @RequestParam(defaultValue = "") String again,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage,
            HttpServletRequest request) {
        var texts = ScanTexts.choose(lang, acceptLanguage);
        if (pay == null && problem.isEmpty()) {
            var kept = answers.ask(code);
            guess(kept.answer(), request);
            if (again.isEmpty()) {
                scans.scanned(kept.answer(), payers.of(request));
            }
            return page(kept.answer(), kept.page(texts, clock));
        }
        var typed = pay == null ? null : TypedAmount.read(pay);
        var answer =
                typed instanceof TypedAmount.Amount(var money) ? acceptance.ask(code, money) : acceptance.ask(code);
        guess(answer, request);
        var form = new ScanPage.Form(
                pay == null ? "" : pay.length() > TYPED_MOST ? pay.substring(0, TYPED_MOST) : pay,
                typed instanceof TypedAmount.Unfit(var flaw) ? flaw : null,
                problem.equals(NO_CASHIER),
                Ids.ulid(),
                code);
        return page(answer, new ScanPage(texts, clock).html(answer, form).getBytes(StandardCharsets.UTF_8));
    }

    /** Nobody may try out texts for long. */
    private void guess(Answer answer, HttpServletRequest request) {
        if (answer instanceof Answer.NotOurs) {
            throttle.passSource(Throttle.Kind.FORGED, request, "");
        }
    }

    private ResponseEntity<byte[]> page(Answer answer, byte[] html) {
        return ResponseEntity.status(status(answer))
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "no-referrer")
                .body(html);
    }

    /**
     * The payer goes on to pay: to a cashier, or back to the page, which says why not and still has what was typed.
     *
     * @param once from the form, so that a double press is one wish
     */
    @PostMapping("/q/{code}/pay")
    ResponseEntity<Void> pay(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String lang,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String once,
            HttpServletRequest request) {
        // From .../pay to what was typed; relative, so that it works behind any public address.
        var here = ".." + back(code, lang, amount, "").toString().substring(PATH.length());
        throttle.passSource(Throttle.Kind.PAY_BY_SOURCE, request, here);
        throttle.pass(Throttle.Kind.PAY_BY_CODE, code, here);
        return switch (TypedAmount.read(amount)) {
            case TypedAmount.Unfit it -> seeOther(back(code, lang, amount, ""));
            case TypedAmount.Amount(var money) ->
                switch (collections.offer(code, money, payers.of(request), once)) {
                    case OfferOutcome.Offered(var collection, var address) ->
                        seeOther(
                                address.startsWith("/") && isLanguage(lang)
                                        ? URI.create(address + "?lang=" + lang)
                                        : URI.create(address));
                    case OfferOutcome.Refused it -> seeOther(back(code, lang, amount, ""));
                    case OfferOutcome.NoCashier it -> seeOther(back(code, lang, amount, NO_CASHIER));
                };
        };
    }

    private static URI back(String code, String lang, String amount, String problem) {
        var address = UriComponentsBuilder.fromPath("/q/{code}")
                .queryParam("pay", "{pay}")
                .queryParamIfPresent("lang", isLanguage(lang) ? Optional.of(lang) : Optional.empty())
                .queryParamIfPresent("problem", problem.isEmpty() ? Optional.empty() : Optional.of(problem));
        return address.encode()
                .buildAndExpand(code, amount.length() > TYPED_MOST ? amount.substring(0, TYPED_MOST) : amount)
                .toUri();
    }

    private static boolean isLanguage(String lang) {
        return lang.equals("en") || lang.equals("zh");
    }

    private static ResponseEntity<Void> seeOther(URI address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(address)
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /**
     * Holds the answer back until the page that saw {@code seen} is wrong, or for some 20 s. When too many pages wait, it answers
     * at once and the page asks again by itself.
     */
    @GetMapping("/q/{code}/state")
    ResponseEntity<Map<String, Object>> state(
            @PathVariable String code, @RequestParam(defaultValue = "") String seen, HttpServletRequest request)
            throws InterruptedException {
        boolean held = !seen.isEmpty() && room.tryAcquire();
        try {
            var kept = held ? changed(code, seen) : answers.ask(code);
            var answer = kept.answer();
            guess(answer, request);
            return ResponseEntity.status(status(answer))
                    .cacheControl(CacheControl.noStore())
                    .body(Map.of(
                            "seen",
                            kept.seen(),
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

    private KeptAnswers.Kept changed(String code, String seen) throws InterruptedException {
        var kept = answers.ask(code);
        var store =
                kept.answer() instanceof Answer.Stopped ? Optional.<StoreId>empty() : KeptAnswers.store(kept.answer());
        for (int look = 0; look < LOOKS && store.isPresent() && !signals.isClosing(); look++) {
            var signal = signals.next(store.get());
            kept = answers.ask(code);
            if (!kept.seen().equals(seen)) {
                return kept;
            }
            try {
                signal.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // Nothing happened here: look whether it happened elsewhere, or by the clock.
            }
        }
        return kept;
    }

    static HttpStatus status(Answer answer) {
        return switch (answer) {
            case Answer.NotOurs it -> HttpStatus.NOT_FOUND;
            case Answer.Stopped it -> HttpStatus.GONE;
            case Answer.Frozen it -> HttpStatus.OK;
            case Answer.Ended it -> HttpStatus.OK;
            case Answer.ByHours it -> HttpStatus.OK;
            case Answer.TooMuch it -> HttpStatus.OK;
        };
    }
}
