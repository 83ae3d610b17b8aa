package dev.zhanggui.portal.fakereport.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.web.Frame;
import dev.zhanggui.portal.fakereport.Happening;
import dev.zhanggui.portal.fakereport.NewReport;
import dev.zhanggui.portal.fakereport.ReportOutcome.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the form on which anybody reports a fake code, and the page that says it was received.
 *
 * @param up from this page's address to the root: empty or {@code ../}
 */
record ReportPage(ScanTexts texts, Frame frame, String up) {

    private static final String STYLE = Frame.formStyle();

    /** Nothing runs, and forms lead back here only. */
    static final String POLICY = Frame.policy(STYLE);

    private static final String DONE =
            "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM8.300 12.300l2.600 2.600 4.900-5.200";

    ReportPage(ScanTexts texts, String up) {
        this(texts, new Frame(texts, STYLE), up);
    }

    /** What was filled in. */
    record Filled(@Nullable Happening happened, String code, String place, String words, String phone, String once) {

        static Filled about(String code, String once) {
            return new Filled(null, code, "", "", "", once);
        }
    }

    /**
     * What is wrong.
     *
     * @param field the name of what it is about; empty for all of it
     */
    record Problem(String field, String words) {

        static final Problem NONE = new Problem("", "");
    }

    Problem problem(Fault fault) {
        var words = texts.plain("report.fault." + fault);
        return switch (fault) {
            case HAPPENING_MISSING -> new Problem("happened", words);
            case NOTHING_TO_GO_BY, CODE_TOO_LONG -> new Problem("code", words);
            case PLACE_TOO_LONG -> new Problem("place", words);
            case WORDS_TOO_LONG -> new Problem("words", words);
            case PHONE_UNFIT -> new Problem("phone", words);
        };
    }

    Problem later(Duration wait) {
        return new Problem("", texts.plain("report.later", Math.max(1, wait.toMinutes() + 1)));
    }

    /** @param photoAgain whether a photo was sent that the browser has forgotten by now */
    String form(Filled filled, Problem problem, boolean photoAgain) {
        var body = "<h1>" + texts.html("report.title") + "</h1><p class=\"why\">" + texts.html("report.about") + "</p>"
                + (problem.field().isEmpty() ? bad("", problem) : "")
                + "<form class=\"ask\" method=\"post\" action=\"" + up + "report?lang=" + texts.code()
                + "\" enctype=\"multipart/form-data\">"
                + happenings(filled.happened())
                + bad("happened", problem)
                + input("code", "text", filled.code(), NewReport.CODE_MOST, problem)
                + input("place", "text", filled.place(), NewReport.PLACE_MOST, problem)
                + "<label for=\"photo\">" + texts.html("report.photo") + "</label>"
                + "<input id=\"photo\" type=\"file\" name=\"photo\" accept=\"image/*\""
                + (problem.field().equals("photo") ? " aria-invalid=\"true\" aria-describedby=\"bad-photo\"" : "")
                + ">"
                + bad("photo", problem)
                + (photoAgain ? "<p class=\"bad\">" + texts.html("report.photo.again") + "</p>" : "")
                + words(filled.words(), problem)
                + input("phone", "tel", filled.phone(), 24, problem)
                + "<input type=\"hidden\" name=\"once\" value=\"" + ScanTexts.escape(filled.once()) + "\">"
                + "<button class=\"go\">" + texts.html("report.do") + "</button></form>"
                + "<p class=\"note\">" + texts.html("report.paid") + "</p>";
        return frame.page(texts.plain("report.title"), "", body, foot());
    }

    private String happenings(@Nullable Happening chosen) {
        return "<fieldset><legend>" + texts.html("report.happened") + "</legend>"
                + Arrays.stream(Happening.values())
                        .map(it -> "<label class=\"pick\"><input type=\"radio\" name=\"happened\" value=\"" + it + "\""
                                + (it == chosen ? " checked" : "") + "><span>"
                                + texts.html("report.happened." + it) + "</span></label>")
                        .collect(Collectors.joining())
                + "</fieldset>";
    }

    private String input(String name, String type, String value, int most, Problem problem) {
        return """
                <label for="%1$s">%2$s <small>%3$s</small></label>\
                <input id="%1$s" type="%4$s" name="%1$s" maxlength="%5$d" value="%6$s" autocomplete="off"%7$s>%8$s
                """.formatted(
                        name,
                        texts.html("report." + name),
                        texts.html("report." + name + ".why"),
                        type,
                        most,
                        ScanTexts.escape(value),
                        invalid(name, problem),
                        bad(name, problem));
    }

    private String words(String value, Problem problem) {
        return """
                <label for="words">%s <small>%s</small></label>\
                <textarea id="words" name="words" maxlength="%d"%s>%s</textarea>%s
                """.formatted(
                        texts.html("report.words"),
                        texts.html("report.words.why"),
                        NewReport.WORDS_MOST,
                        invalid("words", problem),
                        ScanTexts.escape(value),
                        bad("words", problem));
    }

    private static String invalid(String name, Problem problem) {
        return problem.field().equals(name) ? " aria-invalid=\"true\" aria-describedby=\"bad-" + name + "\"" : "";
    }

    private static String bad(String name, Problem problem) {
        return problem.field().equals(name) && !problem.words().isEmpty()
                ? "<p class=\"bad\" id=\"bad-" + name + "\" role=\"alert\">" + ScanTexts.escape(problem.words())
                        + "</p>"
                : "";
    }

    String received(String number) {
        var body = "<div class=\"fine\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"" + DONE
                + "\"/></svg><h1 class=\"state\">" + texts.html("report.received") + "</h1><p class=\"til number\">"
                + texts.html("report.received.number", number) + "</p></div><p class=\"why\">"
                + texts.html("report.received.next") + "</p><h2>" + texts.html("halt.do") + "</h2><ol><li><span>"
                + texts.html("halt.clerk") + "</span></li><li><span>" + texts.html("halt.paid") + "<small>"
                + texts.html("halt.paid.how") + "</small></span></li></ol>";
        return frame.page(texts.plain("report.received"), "", body, foot());
    }

    private String foot() {
        return "<a href=\"" + up + "check?lang=" + texts.code() + "\">" + texts.html("check.other") + "</a>";
    }
}
