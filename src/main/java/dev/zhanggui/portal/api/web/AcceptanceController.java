package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.Foresight;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.TypedAmount;
import dev.zhanggui.portal.acceptance.WhyNot;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.TradingState;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The answer that the scan page and the terminals give, for the merchant's own systems. */
@RestController
@RequestMapping(path = "/api/v1/acceptance", produces = MediaType.APPLICATION_JSON_VALUE)
class AcceptanceController {

    /** How far a caller's clock may be behind ours. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private static final Duration AHEAD_MOST = Duration.ofDays(366);

    private final Acceptance acceptance;
    private final QrCodes codes;
    private final Merchants merchants;
    private final CurrentActor actor;
    private final Clock clock;

    AcceptanceController(Acceptance acceptance, QrCodes codes, Merchants merchants, CurrentActor actor, Clock clock) {
        this.acceptance = acceptance;
        this.codes = codes;
        this.merchants = merchants;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * @param at the moment that the answer is about
     * @param decision ALLOW, ALLOW_CAPPED, CONFIRM (a clerk agrees first), BOOKING_ONLY (an order's code only) or DENY
     * @param mayCollect whether the payer may go on to pay, perhaps with a clerk's word
     * @param reason stable; CODE_REVOKED, MERCHANT_FROZEN, one about the code, the hours or the amount
     * @param text the reason in words, in the language asked for
     * @param mostFen the most that one payment may be, by the strictest of all limits; missing while none may be
     * @param validUntil decision and reason hold until then, unless somebody changes something or the day's limit is used up; missing
     *     when no end is known within 60 days
     * @param nextChange when the sign says something else; missing where hours are not what decides, or nothing is known
     * @param alternatives what the payer can do instead, cash always among them
     */
    record AcceptanceJson(
            String code,
            String store,
            Instant at,
            Decision decision,
            boolean mayCollect,
            String reason,
            String text,
            @Nullable Long mostFen,
            @Nullable Instant validUntil,
            StoresController.@Nullable ChangeJson nextChange,
            List<Alternative> alternatives) {}

    /**
     * Whether the code may collect, as the scan page tells payers and terminals tell clerks.
     *
     * @param code the text that the symbol's URL ends in
     * @param amount in fen; an order's own amount counts instead. About no amount when missing
     * @param at a moment with its offset, now or up to 366 days ahead; now when missing
     */
    @GetMapping
    @Operation(summary = "May this code collect now, and why")
    @RequiresScope(Scope.ACCEPTANCE_READ)
    ResponseEntity<AcceptanceJson> ask(
            @RequestParam String code,
            @RequestParam @Nullable Long amount,
            @RequestParam @Nullable String at,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        var known = codes.byCode(actor.get(), code);
        if (amount != null && (amount <= 0 || amount > TypedAmount.MOST.fen())) {
            throw ApiException.invalid("amount", "OUT_OF_RANGE");
        }
        var moment = at == null ? clock.instant() : moment(at);
        var texts = ScanTexts.choose("", acceptLanguage);
        var foresight = acceptance.foresee(code, amount == null ? null : new Money(amount), moment);
        var store = merchants.store(actor.get(), known.storeId()).publicId();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CONTENT_LANGUAGE, texts.tag())
                .body(json(known.code(), store, moment, foresight, texts));
    }

    private Instant moment(String text) {
        var now = clock.instant();
        var at = Moments.parse("at", text);
        if (at.isBefore(now.minus(CLOCKS_APART))) {
            throw ApiException.invalid("at", "IN_THE_PAST");
        }
        if (at.isAfter(now.plus(AHEAD_MOST))) {
            throw ApiException.invalid("at", "TOO_FAR");
        }
        return at.isBefore(now) ? now : at;
    }

    private static AcceptanceJson json(String code, String store, Instant at, Foresight foresight, ScanTexts texts) {
        var answer = foresight.answer();
        var state = state(answer);
        var next = state == null ? null : state.next();
        return new AcceptanceJson(
                code,
                store,
                at,
                answer.decision(),
                answer instanceof Answer.ByHours hours && hours.mayPay(),
                answer.reason(),
                text(answer, texts),
                most(answer),
                foresight.until(),
                next == null ? null : new StoresController.ChangeJson(next.at(), next.phase()),
                answer.alternatives());
    }

    private static @Nullable TradingState state(Answer answer) {
        return switch (answer) {
            case Answer.NotOurs it -> null;
            case Answer.Stopped it -> null;
            case Answer.Frozen it -> null;
            case Answer.Ended it -> null;
            case Answer.ByHours it -> it.state();
            case Answer.TooMuch it -> it.state();
        };
    }

    private static @Nullable Long most(Answer answer) {
        return switch (answer) {
            case Answer.NotOurs it -> null;
            case Answer.Stopped it -> null;
            case Answer.Frozen it -> null;
            case Answer.Ended it -> null;
            case Answer.ByHours it -> it.most() == null ? null : it.most().fen();
            case Answer.TooMuch it -> it.most().fen() <= 0 ? null : it.most().fen();
        };
    }

    /** The merchant's own words where it wrote some for these hours. */
    private static String text(Answer answer, ScanTexts texts) {
        return answer instanceof Answer.ByHours hours
                ? new HoursWords(texts.locale())
                        .reason(hours.state().reason(), hours.state().winning().note())
                : new WhyNot(texts).plain(answer.reason());
    }
}
