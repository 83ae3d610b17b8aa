package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes the page that a payer sees: who collects here, open or not, why, and what can be done now. Nothing else. */
final class ScanPage {

    private static final String CASH =
            "M3 6.500h18v11H3zM12 9.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM6.500 12h.01M17.500 12h.01";
    private static final String CARD = "M3 5.500h18v13H3zM3 10h18M7 15h3";
    private static final String PHONE = "M7 2.500h10v19H7zM10 8l2 2.500L14 8M12 10.500v5M10 12.500h4";
    private static final String PERSON =
            "M12 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM5 20c1-4 4-6 7-6s6 2 7 6";
    private static final String BOOK = "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6";
    private static final String CLOCK_FACE = "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 7.500V12l3 2";
    private static final String SHIELD =
            "M12 2.500l7.500 3v6c0 4.800-3.200 8.300-7.500 10-4.300-1.700-7.500-5.200-7.500-10v-6zM8.200 12l2.700 2.700 5-5.200";
    private static final String HALT =
            "M8.200 3h7.600L21 8.200v7.600L15.800 21H8.200L3 15.800V8.200zM9 9l6 6M15 9l-6 6";

    private static final String STYLE =
            resource("scan.css").replaceAll("\n\\s*", "").strip();
    private static final String SCRIPT = resource("scan.js")
            .replaceAll("(?m)^\\s*//.*$", "")
            .replaceAll("\n\\s*", "\n")
            .strip();

    /** Nothing may be loaded or run but this very style and script; the page may ask its own server only. */
    static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '" + hash(SCRIPT)
            + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ScanTexts texts;
    private final Clock clock;

    ScanPage(ScanTexts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
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
        var bytes = (answer.reason() + "|" + answer.decision() + "|" + shown).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256(bytes), 0, 6);
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
        var body = head(store)
                + sign(state, store)
                + alternatives(state)
                + (state.decision() == Decision.DENY
                        ? note(texts.html("cashier.closed"))
                        : note(texts.html("cashier.open")
                                + answer.payersDailyLimit()
                                        .map(limit -> "<br>" + texts.html("static", limit.shortText()))
                                        .orElse("")));
        return page(storeName(store), answer, body, foot(answer.code()));
    }

    private String sign(TradingState state, Store store) {
        var word = texts.html("phase." + (state.reason() == ReasonCode.CLOSED_NOW ? "PAUSED" : state.phase()));
        var css = state.phase() == Phase.OPEN ? "open" : "closed";
        var next = state.next();
        var until = next == null
                ? ""
                : texts.html(
                        next.phase() == Phase.CLOSED ? "closes" : "opens", texts.time(next.at(), store.zone(), clock));
        // Nobody asks why a store is open by its usual hours.
        var why = state.reason() == ReasonCode.OPEN_BY_WEEK
                ? ""
                : ScanTexts.escape(new HoursWords(texts.locale())
                        .reason(state.reason(), state.winning().note()));
        return """
                <div class="sign" role="status"><p class="state %1$s">%2$s</p>%3$s%4$s</div>
                """.formatted(
                        css,
                        word,
                        until.isEmpty() ? "" : "<p class=\"til " + css + "\">" + until + "</p>",
                        why.isEmpty() ? "" : "<p class=\"why\">" + why + "</p>");
    }

    private String alternatives(TradingState state) {
        var rows = new StringBuilder();
        switch (state.decision()) {
            case DENY -> {}
            case ALLOW -> rows.append(row(PHONE, "allow"));
            case ALLOW_CAPPED -> rows.append(row(PHONE, "cap", new Money(state.capFen()).shortText()));
            case CONFIRM -> rows.append(row(PHONE, "confirm"));
            case BOOKING_ONLY -> rows.append(row(BOOK, "bookingOnly"));
        }
        for (var alternative : state.alternatives()) {
            rows.append(row(alternative, state.decision()));
        }
        return list(rows.toString());
    }

    private String row(Alternative alternative, Decision decision) {
        return switch (alternative) {
            case CASH -> row(CASH, "CASH");
            case CARD -> row(CARD, "CARD");
            case ASK_STAFF -> decision == Decision.CONFIRM ? "" : row(PERSON, "ASK_STAFF");
            case BOOKING -> decision == Decision.BOOKING_ONLY ? "" : row(BOOK, "BOOKING");
            case LATER -> row(CLOCK_FACE, "LATER");
        };
    }

    private String row(String icon, String key, Object... arguments) {
        return "<li>" + svg(icon) + "<span>" + texts.html("do." + key, arguments) + "</span><small>"
                + texts.html("do." + key + ".how") + "</small></li>";
    }

    private String list(String rows) {
        return "<h2>" + texts.html("do") + "</h2><ul>" + rows + "</ul>";
    }

    private String frozen(Answer answer, QrCode code, Store store) {
        var body = head(store)
                + """
                <div class="sign" role="status"><p class="state attend">%s</p><p class="why">%s</p></div>
                """.formatted(texts.html("frozen"), texts.html("frozen.why"))
                + list(answer.alternatives().stream()
                        .map(alternative -> row(alternative, Decision.DENY))
                        .collect(Collectors.joining()));
        return page(storeName(store), answer, body, foot(code));
    }

    private String stopped(QrCode code, Store store) {
        var end = Objects.requireNonNull(code.revocation());
        var body = halt("stopped")
                + "<p class=\"why\">"
                + texts.html("stopped.since", texts.moment(end.at(), store.zone(), clock), storeName(store))
                + "</p>"
                + steps();
        return page(texts.plain("halt"), new Answer.Stopped(code, store), body, foot(code));
    }

    private String notOurs() {
        var body = halt("unknown") + "<p class=\"why\">" + texts.html("unknown.why") + "</p>" + steps();
        return page(texts.plain("halt"), new Answer.NotOurs(), body, "");
    }

    private String halt(String key) {
        return """
                <div class="halt" role="alert">%s<h1 class="state">%s</h1><p class="til">%s</p></div>
                """.formatted(svg(HALT), texts.html("halt"), texts.html(key));
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

    private String head(Store store) {
        return """
                <h1>%s</h1><p class="ver">%s<span>%s</span></p>
                """.formatted(
                        ScanTexts.escape(storeName(store)),
                        svg(SHIELD),
                        texts.html(store.address().isBlank() ? "verified" : "verified.at", store.address()));
    }

    private String storeName(Store store) {
        var english = store.nameEn();
        return texts.isChinese() || english == null || english.isBlank() ? store.name() : english;
    }

    private static String note(String html) {
        return "<p class=\"note\">" + html + "</p>";
    }

    private String foot(QrCode code) {
        return "<span>" + ScanTexts.escape(code.place()) + " · " + code.numberText() + "</span>";
    }

    private static String svg(String path) {
        return "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"" + path + "\"/></svg>";
    }

    private String page(String title, Answer answer, String body, String foot) {
        var other = texts.other();
        boolean changes = !(answer instanceof Answer.NotOurs) && !(answer instanceof Answer.Stopped);
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
                        tag(texts),
                        ScanTexts.escape(title),
                        STYLE,
                        changes ? " data-seen=\"" + seen(answer) + "\"" : "",
                        body,
                        foot.isEmpty() ? "<span>掌柜 Zhanggui</span>" : foot,
                        other.isChinese() ? "zh" : "en",
                        tag(other),
                        other.isChinese() ? "中文" : "English",
                        changes ? "<script>" + SCRIPT + "</script>" : "");
    }

    private static String tag(ScanTexts texts) {
        return texts.isChinese() ? "zh-CN" : "en";
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(ScanPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String inline) {
        return "sha256-" + Base64.getEncoder().encodeToString(sha256(inline.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
