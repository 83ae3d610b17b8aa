package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the page that a payer sees: who collects here, open or not, why, and what can be done now. Nothing else. */
final class ScanPage {

    private static final String HALT =
            "M8.200 3h7.600L21 8.200v7.600L15.800 21H8.200L3 15.800V8.200zM9 9l6 6M15 9l-6 6";

    private static final String STYLE = Inline.style("scan.css");
    private static final String SCRIPT = Inline.script("scan.js");

    /** Nothing may be loaded or run but this very style and script; the page may ask its own server only. */
    static final String POLICY = "default-src 'none'; style-src " + Inline.source(STYLE) + "; script-src "
            + Inline.source(SCRIPT)
            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** No digest of an answer, so that the first answer there is turns the page. */
    private static final String AWAY = "away";

    private final ScanTexts texts;
    private final Clock clock;
    private final StoreMarkup markup;

    ScanPage(ScanTexts texts, Clock clock) {
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
            case Answer.ByHours(var code, var store, var state) ->
                state.phase()
                        + "|" + state.capFen()
                        + "|" + state.next()
                        + "|" + state.winning().note()
                        + "|" + store.name()
                        + "|" + state.alternatives();
        };
        return Inline.mark(answer.reason() + "|" + answer.decision() + "|" + shown);
    }

    String html(Answer answer) {
        return switch (answer) {
            case Answer.NotOurs it -> notOurs();
            case Answer.Stopped(var code, var store) -> stopped(code, store);
            case Answer.Frozen(var code, var store) -> frozen(answer, code, store);
            case Answer.ByHours hours -> byHours(hours);
        };
    }

    private String byHours(Answer.ByHours answer) {
        var state = answer.state();
        var store = answer.store();
        var body = markup.head(store)
                + markup.sign(state, store)
                + markup.alternatives(state)
                + (state.reason() == ReasonCode.NETWORK_TROUBLE ? StoreMarkup.note(texts.html("network")) : "")
                + (state.decision() == Decision.DENY
                        ? StoreMarkup.note(texts.html("cashier.closed"))
                        : StoreMarkup.note(texts.html("cashier.open")
                                + answer.payersDailyLimit()
                                        .map(limit -> "<br>" + texts.html("static", limit.shortText()))
                                        .orElse("")))
                + allHours(store);
        return page(markup.name(store), answer, body, foot(answer.code()));
    }

    private String frozen(Answer answer, QrCode code, Store store) {
        var body = markup.head(store) + markup.frozen(answer.alternatives()) + allHours(store);
        return page(markup.name(store), answer, body, foot(code));
    }

    /** Relative, so that it works behind any public address. */
    private String allHours(Store store) {
        return "<p class=\"more\"><a href=\"../s/" + store.publicId() + "?lang=" + texts.code() + "\">"
                + texts.html("hours.all") + "</a></p>";
    }

    private String stopped(QrCode code, Store store) {
        var end = Objects.requireNonNull(code.revocation());
        var body = halt("stopped")
                + "<p class=\"why\">"
                + texts.html("stopped.since", texts.moment(end.at(), store.zone(), clock), markup.name(store))
                + "</p>"
                + steps();
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
        return page(texts.plain("away"), turns ? AWAY : "", body, "");
    }

    private String notOurs() {
        var body = halt("unknown") + "<p class=\"why\">" + texts.html("unknown.why") + "</p>" + steps();
        return page(texts.plain("halt"), new Answer.NotOurs(), body, "");
    }

    private String halt(String key) {
        return """
                <div class="halt" role="alert">%s<h1 class="state">%s</h1><p class="til">%s</p></div>
                """.formatted(StoreMarkup.svg(HALT), texts.html("halt"), texts.html(key));
    }

    private String steps() {
        return """
                <h2>%s</h2><ol><li><span>%s</span></li><li><span>%s</span></li><li><span>%s<small>%s</small></span></li></ol>
                """.formatted(
                        texts.html("halt.do"),
                        texts.html("halt.clerk"),
                        texts.html("halt.other"),
                        texts.html("halt.paid"),
                        texts.html("halt.paid.how"));
    }

    private String foot(QrCode code) {
        return "<span>" + ScanTexts.escape(code.place()) + " · " + code.numberText() + "</span>";
    }

    private String page(String title, Answer answer, String body, String foot) {
        boolean changes = !(answer instanceof Answer.NotOurs) && !(answer instanceof Answer.Stopped);
        return page(title, changes ? seen(answer) : "", body, foot);
    }

    /** @param seen what the page shows and asks after; empty when it never changes */
    private String page(String title, String seen, String body, String foot) {
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
                        STYLE,
                        changes ? " data-seen=\"" + seen + "\"" : "",
                        body,
                        foot.isEmpty() ? "<span>掌柜 Zhanggui</span>" : foot,
                        other.code(),
                        other.tag(),
                        other.isChinese() ? "中文" : "English",
                        changes ? "<script>" + SCRIPT + "</script>" : "");
    }
}
