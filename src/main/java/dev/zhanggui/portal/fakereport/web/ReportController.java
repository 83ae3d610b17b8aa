package dev.zhanggui.portal.fakereport.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.web.Frame;
import dev.zhanggui.portal.acceptance.web.SourceThrottle;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.Happening;
import dev.zhanggui.portal.fakereport.NewReport;
import dev.zhanggui.portal.fakereport.ReportOutcome;
import dev.zhanggui.portal.fakereport.web.ReportPage.Filled;
import dev.zhanggui.portal.fakereport.web.ReportPage.Problem;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.shared.Ids;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;

/** {@code /report}: anybody says that a code is a fake. No personal data stands in an address. */
@RestController
class ReportController {

    private static final Actor ANYBODY = Actor.system("report");
    private static final int MOST = 10;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String UP = "../";

    private final FakeReports reports;
    private final SourceThrottle throttle;

    ReportController(FakeReports reports, Clock clock) {
        this.reports = reports;
        this.throttle = new SourceThrottle(MOST, WINDOW, clock);
    }

    @GetMapping("/report")
    ResponseEntity<String> form(
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        return fresh(new ReportPage(ScanTexts.choose(lang, acceptLanguage), ""), "");
    }

    /** From the scan page: about this code of ours, or what claims to be one. */
    @GetMapping("/report/{code:[0-9a-z]{1,40}}")
    ResponseEntity<String> about(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        var page = new ReportPage(ScanTexts.choose(lang, acceptLanguage), UP);
        return fresh(page, code.equals("about") ? "" : code);
    }

    /** From the check: about any text, which stays out of the address. */
    @PostMapping("/report/about")
    ResponseEntity<String> aboutText(
            @RequestParam(defaultValue = "") String lang,
            @RequestParam(defaultValue = "") String text,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        var page = new ReportPage(ScanTexts.choose(lang, acceptLanguage), UP);
        return fresh(page, text.substring(0, Math.min(text.length(), NewReport.CODE_MOST)));
    }

    /** What was typed survives every refusal. */
    @PostMapping("/report")
    ResponseEntity<String> report(
            @RequestParam(defaultValue = "") String lang,
            @RequestParam(defaultValue = "") String happened,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String words,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String once,
            @RequestParam(required = false) @Nullable MultipartFile photo,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage,
            HttpServletRequest request)
            throws IOException {
        var page = new ReportPage(ScanTexts.choose(lang, acceptLanguage), "");
        var what = Arrays.stream(Happening.values())
                .filter(it -> it.name().equals(happened))
                .findFirst()
                .orElse(null);
        var filled = new Filled(what, code, place, words, phone, once);
        boolean sent = photo != null && !photo.isEmpty();
        var full = throttle.full(request.getRemoteAddr());
        if (full.isPresent()) {
            return Frame.later(full.get(), ReportPage.POLICY).body(page.form(filled, page.later(full.get()), sent));
        }
        if (photo != null && photo.getSize() > CodePhotos.MOST_BYTES) {
            return refused(page, filled, Reason.TOO_LARGE);
        }
        var bytes = photo == null || !sent ? null : photo.getBytes();
        return switch (reports.report(
                ANYBODY, new NewReport(what, code, place, words, phone, bytes, null, null, once))) {
            case ReportOutcome.Received(var report, var before) ->
                seeOther("report/received/" + report.number() + "?lang="
                        + page.texts().code());
            case ReportOutcome.Invalid(var fault) ->
                answer(HttpStatus.UNPROCESSABLE_CONTENT, page.form(filled, page.problem(fault), sent));
            case ReportOutcome.PhotoRefused(var reason) -> refused(page, filled, reason);
        };
    }

    private static ResponseEntity<String> refused(ReportPage page, Filled filled, Reason reason) {
        var problem = new Problem("photo", reason.words(page.texts().locale()));
        return answer(HttpStatus.UNPROCESSABLE_CONTENT, page.form(filled, problem, false));
    }

    /** Says nothing but the number, so it may be anybody's. */
    @GetMapping("/report/received/{number:JB[0-9]{6}-[0-9A-Z]{6}}")
    ResponseEntity<String> received(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        var page = new ReportPage(ScanTexts.choose(lang, acceptLanguage), "../../");
        return answer(HttpStatus.OK, page.received(number));
    }

    /** So large that nobody reads it to its end, or no form at all: the browser's way back still has what was typed. */
    @ExceptionHandler
    ResponseEntity<String> on(MultipartException e, HttpServletRequest request) {
        var page = new ReportPage(Frame.texts(request), "");
        var problem = new Problem("photo", Reason.TOO_LARGE.words(page.texts().locale()));
        return answer(HttpStatus.CONTENT_TOO_LARGE, page.form(Filled.about("", Ids.ulid()), problem, false));
    }

    private static ResponseEntity<String> fresh(ReportPage page, String code) {
        return answer(HttpStatus.OK, page.form(Filled.about(code, Ids.ulid()), Problem.NONE, false));
    }

    private static ResponseEntity<String> answer(HttpStatus status, String html) {
        return Frame.answer(status, ReportPage.POLICY).body(html);
    }

    private static ResponseEntity<String> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(address))
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
