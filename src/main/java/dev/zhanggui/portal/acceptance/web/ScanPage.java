package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.TypedAmount;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the page that a payer sees: who collects here, open or not, why, and what can be done now. Nothing else. */
final class ScanPage {

    private static final String FLAG = "M6 21V4h11l-2.500 4L17 12H6";
    private static final Pattern CODE = Pattern.compile("[0-9a-z]{1,40}");
    private static final String LOCK = "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3";
    private static final String CLOCK_FACE = "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 7.500V12l3 2";

    /** For pages with nothing to fill in. */
    static final String POLICY = policy("'none'");

    /**
     * What the payer has filled in.
     *
     * @param typed in the payer's own signs; empty at first
     * @param flaw what is wrong with it; null for nothing
     * @param noCashier whether nobody could be found who takes the money
     * @param once new for each page
     * @param scanned what the address ended in, whatever it is
     */
    record Form(String typed, TypedAmount.@Nullable Flaw flaw, boolean noCashier, String once, String scanned) {}

    /**
     * Nothing may be loaded or run but this very style and script; the page may ask its own server only.
     *
     * @param forms where its forms may lead
     */
    static String policy(String forms) {
        return "default-src 'none'; style-src " + Inline.source(Frame.STYLE) + "; script-src "
                + Inline.source(Frame.SCRIPT)
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action " + forms
                + "; frame-ancestors 'none'";
    }

    /** No digest of an answer, so that the first answer there is turns the page. */
    private static final String AWAY = "away";

    private final ScanTexts texts;
    private final Clock clock;
    private final StoreMarkup markup;
    private final Frame frame;

    ScanPage(ScanTexts texts, Clock clock) {
        this.frame = new Frame(texts);
        this.texts = texts;
        this.clock = clock;
        this.markup = new StoreMarkup(texts, clock);
    }

    /** What the page shows, in a few letters: changes when, and only when, the page must be drawn anew. */
    static String seen(Answer answer) {
        var shown = switch (answer) {
            case Answer.NotOurs it -> "";
            case Answer.Stopped it -> "";
            case Answer.Frozen it -> "";
            case Answer.Ended it -> "" + it.at();
            case Answer.ByHours it ->
                seen(it.state(), it.store()) + "|" + it.most() + "|" + it.code().terms();
            case Answer.TooMuch it ->
                seen(it.state(), it.store()) + "|" + it.most() + "|" + it.code().terms();
        };
        return Inline.mark(answer.reason() + "|" + answer.decision() + "|" + shown);
    }

    private static String seen(TradingState state, Store store) {
        return state.phase()
                + "|" + state.capFen()
                + "|" + state.next()
                + "|" + state.winning().note()
                + "|" + store.name()
                + "|" + state.alternatives();
    }

    String html(Answer answer, Form form) {
        return switch (answer) {
            case Answer.NotOurs it -> notOurs(form.scanned());
            case Answer.Stopped(var code, var store) -> stopped(code, store);
            case Answer.Frozen(var code, var store) -> frozen(answer, code, store);
            case Answer.Ended ended -> ended(ended);
            case Answer.ByHours hours -> byHours(hours, form);
            case Answer.TooMuch much -> tooMuch(much, form);
        };
    }

    private String byHours(Answer.ByHours answer, Form form) {
        var state = answer.state();
        var store = answer.store();
        var body = markup.head(store)
                + terms(answer.code())
                + markup.sign(state, store)
                + (answer.mayPay() ? pay(answer, form) : "")
                + others(answer)
                + (state.reason() == ReasonCode.NETWORK_TROUBLE ? StoreMarkup.note(texts.html("network")) : "")
                + (answer.mayPay() ? "" : StoreMarkup.note(texts.html("cashier.closed")))
                + links(answer.code(), store);
        return page(markup.name(store), answer, body, foot(answer.code()));
    }

    /** While the store is open and the payer may pay, nothing else needs saying. */
    private String others(Answer.ByHours answer) {
        var state = answer.state();
        if (answer.mayPay()) {
            return state.open() ? "" : markup.others(state, answer.decision());
        }
        return markup.alternatives(state);
    }

    /** What a promotion gives, or what an order is for. */
    private String terms(QrCode code) {
        return switch (code.terms()) {
            case CodeTerms.OfPromotion(var promotion) ->
                "<p class=\"offer\"><b>" + ScanTexts.escape(promotion.title()) + "</b> "
                        + ScanTexts.escape(promotion.discount()) + "</p>";
            case CodeTerms.OfOrder order -> "<p class=\"ver\">" + texts.html("order", order.number()) + "</p>";
            case CodeTerms.OfStore it -> "";
            case CodeTerms.OfTerminal it -> "";
        };
    }

    private String pay(Answer.ByHours answer, Form form) {
        var code = answer.code();
        var most = answer.most();
        var flaw = form.flaw();
        var problem = form.noCashier()
                ? texts.html("pay.noCashier")
                : flaw != null ? texts.html("pay.flaw." + flaw, TypedAmount.MOST.shortText()) : "";
        boolean capped = answer.state().decision() == Decision.ALLOW_CAPPED
                || code.terms() instanceof CodeTerms.OfPromotion(var promotion) && promotion.cap() != null;
        var hints = new StringBuilder();
        if (answer.decision() == Decision.CONFIRM) {
            hints.append(hint(LOCK, texts.html("pay.confirm")));
        }
        hints.append(hint(LOCK, texts.html("pay.next")));
        answer.payersDailyLimit()
                .ifPresent(limit -> hints.append(hint(CLOCK_FACE, texts.html("static", limit.shortText()))));
        var amount = code.terms() instanceof CodeTerms.OfOrder order
                ? fixed(order)
                : field(form.typed(), problem, capped && most != null ? most.shortText() : "");
        return """
                <form class="pay" method="post" action="%s/pay?lang=%s">%s%s\
                <input type="hidden" name="once" value="%s"><button class="go">%s</button></form>
                <ul class="hints">%s</ul>
                """.formatted(
                        code.code(),
                        texts.code(),
                        amount,
                        problem.isEmpty() ? "" : "<p class=\"bad\" id=\"bad\" role=\"alert\">" + problem + "</p>",
                        form.once(),
                        texts.html("pay.go"),
                        hints);
    }

    private String fixed(CodeTerms.OfOrder order) {
        return "<p class=\"label\">" + texts.html("pay.fixed") + "</p><p class=\"sum\">"
                + ScanTexts.escape(order.amount().text()) + "</p><input type=\"hidden\" name=\"amount\" value=\""
                + ScanTexts.escape(order.amount().text()) + "\">";
    }

    /** @param most shown beside the label; empty for no cap that a payer must know of beforehand */
    private String field(String typed, String problem, String most) {
        return """
                <label class="label" for="amount">%s</label><div class="amount"><span aria-hidden="true">¥</span>\
                <input id="amount" name="amount" inputmode="decimal" autocomplete="off" maxlength="16" required value="%s"%s></div>\
                """.formatted(
                        most.isEmpty() ? texts.html("pay.amount") : texts.html("pay.amount.most", most),
                        ScanTexts.escape(typed),
                        problem.isEmpty() ? "" : " aria-invalid=\"true\" aria-describedby=\"bad\"");
    }

    private static String hint(String icon, String html) {
        return "<li>" + StoreMarkup.svg(icon) + "<span>" + html + "</span></li>";
    }

    private String tooMuch(Answer.TooMuch answer, Form form) {
        var most = answer.most();
        var store = answer.store();
        boolean order = answer.code().terms() instanceof CodeTerms.OfOrder;
        if (most.fen() <= 0 || order) {
            var body = markup.head(store)
                    + terms(answer.code())
                    + markup.sign(answer.state(), store)
                    + StoreMarkup.note(
                            texts.html("tooMuch." + answer.limit() + (order ? ".order" : ".none"), most.shortText()))
                    + markup.list(answer.alternatives().stream()
                            .map(alternative -> markup.row(alternative, Decision.DENY))
                            .collect(Collectors.joining()))
                    + links(answer.code(), store);
            return page(markup.name(store), answer, body, foot(answer.code()));
        }
        var code = answer.code();
        var hours = new Answer.ByHours(code, store, answer.state(), most);
        var body = markup.head(store)
                + terms(code)
                + markup.sign(answer.state(), store)
                + refill(hours, form, texts.html("tooMuch." + answer.limit(), most.shortText()))
                + links(answer.code(), store);
        return page(markup.name(store), hours, body, foot(code));
    }

    private String refill(Answer.ByHours answer, Form form, String problem) {
        return """
                <form class="pay" method="post" action="%s/pay?lang=%s">%s<p class="bad" id="bad" role="alert">%s</p>\
                <input type="hidden" name="once" value="%s"><button class="go">%s</button></form>
                """.formatted(
                        answer.code().code(),
                        texts.code(),
                        field(
                                form.typed(),
                                problem,
                                Objects.requireNonNull(answer.most()).shortText()),
                        problem,
                        form.once(),
                        texts.html("pay.go"));
    }

    private String ended(Answer.Ended answer) {
        var store = answer.store();
        var at = answer.at();
        var key = "ended." + answer.ending();
        var body = markup.head(store)
                + terms(answer.code())
                + "<div class=\"sign\" role=\"status\"><p class=\"state closed\">" + texts.html(key)
                + "</p><p class=\"why\">"
                + texts.html(key + ".why", at == null ? "" : texts.moment(at, store.zone(), clock)) + "</p></div>"
                + markup.list(answer.alternatives().stream()
                        .map(alternative -> markup.row(alternative, Decision.DENY))
                        .collect(Collectors.joining()))
                + links(answer.code(), store);
        return page(markup.name(store), answer, body, foot(answer.code()));
    }

    private String frozen(Answer answer, QrCode code, Store store) {
        var body = markup.head(store) + markup.frozen(answer.alternatives()) + links(code, store);
        return page(markup.name(store), answer, body, foot(code));
    }

    /** Relative, so that they work behind any public address. */
    private String links(QrCode code, Store store) {
        return "<p class=\"more\"><a href=\"../s/" + store.publicId() + "?lang=" + texts.code() + "\">"
                + texts.html("hours.all") + "</a><a href=\"" + reportOf(code.code()) + "\">"
                + texts.html("report.notMyStore") + "</a></p>";
    }

    private String stopped(QrCode code, Store store) {
        var end = Objects.requireNonNull(code.revocation());
        var body = markup.halt(texts.html("stopped"))
                + "<p class=\"why\">"
                + texts.html("stopped.since", texts.moment(end.at(), store.zone(), clock), markup.name(store))
                + "</p>"
                + markup.haltSteps()
                + inDoubt(code.code());
        return page(texts.plain("halt"), new Answer.Stopped(code, store), body, foot(code));
    }

    /**
     * While nothing can be looked up.
     *
     * @param turns the page asks on and turns by itself when it can be
     */
    String away(boolean turns) {
        var body = """
                <div class="sign" role="status"><p class="state attend">%s</p><p class="why">%s</p></div>
                """.formatted(texts.html("away"), texts.html("away.why"))
                + markup.list(Stream.of(Alternative.CASH, Alternative.CARD, Alternative.ASK_STAFF)
                        .map(alternative -> markup.row(alternative, Decision.DENY))
                        .collect(Collectors.joining()));
        return frame.page(texts.plain("away"), turns ? AWAY : "", body, "");
    }

    private String notOurs(String scanned) {
        var body = markup.halt(texts.html("unknown")) + "<p class=\"why\">" + texts.html("unknown.why") + "</p>"
                + markup.haltSteps() + inDoubt(scanned);
        return page(texts.plain("halt"), new Answer.NotOurs(), body, "");
    }

    /** A stopped or foreign code is worth a word to us, and the next one worth a look before paying. */
    private String inDoubt(String code) {
        return "<a class=\"button\" href=\"" + reportOf(code) + "\">" + StoreMarkup.svg(FLAG)
                + texts.html("report.open")
                + "</a><p class=\"more\"><a href=\"../check?lang=" + texts.code() + "\">" + texts.html("check.other")
                + "</a></p>";
    }

    private String reportOf(String code) {
        return (CODE.matcher(code).matches() ? "../report/" + code : "../report") + "?lang=" + texts.code();
    }

    private String foot(QrCode code) {
        return code.number() == 0
                ? ""
                : "<span>" + ScanTexts.escape(code.place()) + " · " + code.numberText() + "</span>";
    }

    private String page(String title, Answer answer, String body, String foot) {
        boolean changes = !(answer instanceof Answer.NotOurs) && !(answer instanceof Answer.Stopped);
        return frame.page(title, changes ? seen(answer) : "", body, foot);
    }
}
