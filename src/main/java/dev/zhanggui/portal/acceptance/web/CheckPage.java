package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.acceptance.CodeVerdict.Standing;
import dev.zhanggui.portal.acceptance.PhotoCheck;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Regions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the page on which anybody can look up whose a code is, before money is sent anywhere. */
final class CheckPage {

    static final String STYLE = Frame.formStyle();

    /** For pages that only send their own forms. */
    static final String POLICY = Frame.policy(STYLE);

    private static final String DONE =
            "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM8.300 12.300l2.600 2.600 4.900-5.200";

    private final ScanTexts texts;
    private final Clock clock;
    private final StoreMarkup markup;
    private final Frame frame;

    /** What was looked up: a text with what it turned out to be. */
    record Looked(String text, CodeVerdict verdict) {}

    CheckPage(ScanTexts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
        this.markup = new StoreMarkup(texts, clock);
        this.frame = new Frame(texts, STYLE);
    }

    /**
     * The form.
     *
     * @param typed kept when something went wrong
     * @param problem in plain words; empty for none
     */
    String form(String typed, String problem) {
        var body = "<h1>" + texts.html("check.title") + "</h1><p class=\"why\">" + texts.html("check.about") + "</p>"
                + (problem.isEmpty()
                        ? ""
                        : "<p class=\"bad\" id=\"bad\" role=\"alert\">" + ScanTexts.escape(problem) + "</p>")
                + form(typed);
        return frame.page(texts.plain("check.title"), "", body, foot("report", "check.report"));
    }

    private String form(String typed) {
        return """
                <form class="ask" method="post" action="check?lang=%s" enctype="multipart/form-data">\
                <label for="photo">%s</label><input id="photo" type="file" name="photo" accept="image/*">\
                <p class="or">%s</p>\
                <label for="text">%s</label><input id="text" name="text" maxlength="2000" value="%s" autocomplete="off" autocapitalize="off" spellcheck="false">\
                <button class="go">%s</button></form>
                """.formatted(
                        texts.code(),
                        texts.html("check.photo"),
                        texts.html("check.or"),
                        texts.html("check.text"),
                        ScanTexts.escape(typed),
                        texts.html("check.do"));
    }

    String missing() {
        return form("", texts.plain("check.missing"));
    }

    String later(Duration wait) {
        return form("", texts.plain("check.later", Math.max(1, wait.toMinutes() + 1)));
    }

    String refused(PhotoCheck check, String typed) {
        return form(
                typed,
                check instanceof PhotoCheck.Refused(var reason)
                        ? reason.words(texts.locale())
                        : texts.plain("check.nothing"));
    }

    String answer(List<Looked> looked) {
        var body = new StringBuilder();
        // The one that must not be paid by is read first.
        looked.stream()
                .sorted(Comparator.comparing(it -> !it.verdict().isFake()))
                .forEach(it -> body.append("<section>").append(answer(it)).append("</section>"));
        body.append("<p class=\"more\"><a href=\"check?lang=")
                .append(texts.code())
                .append("\">")
                .append(texts.html("check.again"))
                .append("</a></p>");
        return frame.page(texts.plain("check.title"), "", body.toString(), foot("report", "check.report"));
    }

    private String answer(Looked looked) {
        return switch (looked.verdict()) {
            case CodeVerdict.Genuine(var store, var standing, var at) ->
                standing == Standing.IN_USE ? inUse(store) : idle(store, standing, at);
            case CodeVerdict.HoursSign(var store) ->
                sign("closed", texts.html("check.sign"), texts.html("check.sign.why", markup.name(store)))
                        + "<p class=\"more\"><a href=\"s/" + store.publicId() + "?lang=" + texts.code() + "\">"
                        + texts.html("hours.all") + "</a></p>";
            case CodeVerdict.Forged() ->
                halt(texts.html("check.forged"), texts.html("check.forged.why")) + report(looked.text());
            case CodeVerdict.NotOurs(var to) ->
                halt(
                                texts.html("check.notOurs"),
                                to.isEmpty()
                                        ? texts.html("check.notOurs.nowhere")
                                        : texts.html("check.notOurs.why", to))
                        + report(looked.text());
            // Nobody is signed in here.
            case CodeVerdict.Yours it -> inUse(it.store());
            case CodeVerdict.YoursStopped it -> idle(it.store(), Standing.CODE_REVOKED, null);
            case CodeVerdict.YoursEnded it -> idle(it.store(), it.standing(), it.at());
        };
    }

    private String inUse(Store store) {
        return "<div class=\"fine\">" + StoreMarkup.svg(DONE) + "<p class=\"state\">" + texts.html("check.real")
                + "</p><p class=\"til\">" + texts.html("check.real.of") + "</p></div>" + who(store)
                + StoreMarkup.note(texts.html("check.real.look"));
    }

    /** The name, the mark and the district: what a payer can compare with the sign over the door. */
    private String who(Store store) {
        return markup.head(store)
                + Regions.fullName(store.regionCode())
                        .map(name -> "<p class=\"why\">" + ScanTexts.escape(name) + "</p>")
                        .orElse("");
    }

    private String idle(Store store, Standing standing, @Nullable Instant at) {
        var name = markup.name(store);
        var moment = at == null ? "" : texts.moment(at, store.zone(), clock);
        return switch (standing) {
            case CODE_REVOKED -> halt(texts.html("stopped"), texts.html("stopped.since", moment, name));
            case MERCHANT_FROZEN -> sign("attend", texts.html("frozen"), texts.html("frozen.why")) + who(store);
            case IN_USE -> inUse(store);
            case CODE_EXPIRED, ORDER_PAID, PROMOTION_NOT_YET, PROMOTION_OVER, PROMOTION_STOPPED, TERMINAL_NOT_BOUND ->
                sign("closed", texts.html("ended." + standing), texts.html("ended." + standing + ".why", moment))
                        + who(store);
        };
    }

    private static String sign(String css, String state, String why) {
        return "<div class=\"sign\" role=\"status\"><p class=\"state " + css + "\">" + state + "</p><p class=\"why\">"
                + why + "</p></div>";
    }

    private String halt(String what, String why) {
        return markup.halt(what) + "<p class=\"why\">" + why + "</p>" + markup.haltSteps();
    }

    /** The text goes in the body of the request: an address in the address would be read by others. */
    private String report(String text) {
        return """
                <form method="post" action="report/about?lang=%s"><input type="hidden" name="text" value="%s">\
                <button>%s</button></form>
                """.formatted(
                        texts.code(),
                        ScanTexts.escape(text.length() > 2_000 ? text.substring(0, 2_000) : text),
                        texts.html("report.open"));
    }

    private String foot(String href, String key) {
        return "<a href=\"" + href + "?lang=" + texts.code() + "\">" + texts.html(key) + "</a>";
    }
}
