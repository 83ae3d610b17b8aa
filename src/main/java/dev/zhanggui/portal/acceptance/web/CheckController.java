package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.CodeChecks;
import dev.zhanggui.portal.acceptance.PhotoCheck;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;

/** {@code /check}: whose code is this? For everybody, without an account. */
@RestController
class CheckController {

    private static final Actor ANYBODY = Actor.system("check");
    private static final int MOST = 40;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final CodeChecks checks;
    private final SourceThrottle throttle;
    private final Clock clock;

    CheckController(CodeChecks checks, Clock clock) {
        this.checks = checks;
        this.clock = clock;
        this.throttle = new SourceThrottle(MOST, WINDOW, clock);
    }

    @GetMapping("/check")
    ResponseEntity<String> form(
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage) {
        return answer(HttpStatus.OK, page(lang, acceptLanguage).form("", ""));
    }

    /** A photo wins over a text. What was typed survives every refusal. */
    @PostMapping("/check")
    ResponseEntity<String> check(
            @RequestParam(defaultValue = "") String lang,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable MultipartFile photo,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String acceptLanguage,
            HttpServletRequest request)
            throws IOException {
        var page = page(lang, acceptLanguage);
        var full = throttle.full(request.getRemoteAddr());
        if (full.isPresent()) {
            return Frame.later(full.get(), CheckPage.POLICY).body(page.later(full.get()));
        }
        if (photo == null || photo.isEmpty()) {
            return text.isBlank()
                    ? answer(HttpStatus.UNPROCESSABLE_CONTENT, page.missing())
                    : answer(
                            HttpStatus.OK,
                            page.answer(List.of(new CheckPage.Looked(text, checks.text(ANYBODY, text)))));
        }
        var check = photo.getSize() > CodePhotos.MOST_BYTES
                ? new PhotoCheck.Refused(Reason.TOO_LARGE)
                : checks.photo(ANYBODY, photo.getBytes());
        return check instanceof PhotoCheck.Checked(var codes)
                ? answer(
                        HttpStatus.OK,
                        page.answer(codes.stream()
                                .map(code -> new CheckPage.Looked(code.found().text(), code.verdict()))
                                .distinct()
                                .toList()))
                : answer(HttpStatus.UNPROCESSABLE_CONTENT, page.refused(check, text));
    }

    /** So large that nobody reads it to its end, or no form at all. */
    @ExceptionHandler
    ResponseEntity<String> on(MultipartException e, HttpServletRequest request) {
        var texts = Frame.texts(request);
        return answer(
                HttpStatus.CONTENT_TOO_LARGE,
                new CheckPage(texts, clock).form("", Reason.TOO_LARGE.words(texts.locale())));
    }

    private CheckPage page(String lang, String acceptLanguage) {
        return new CheckPage(ScanTexts.choose(lang, acceptLanguage), clock);
    }

    private static ResponseEntity<String> answer(HttpStatus status, String html) {
        return Frame.answer(status, CheckPage.POLICY).body(html);
    }
}
