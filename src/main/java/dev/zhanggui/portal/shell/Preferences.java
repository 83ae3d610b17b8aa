package dev.zhanggui.portal.shell;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What somebody chose for this browser: language and size of type. Kept in two cookies that say nothing else. */
record Preferences(Locale locale, boolean elder) {

    private static final String LANGUAGE = "zg-lang";
    private static final String ELDER = "zg-elder";
    private static final int KEPT_SECONDS = (int) Duration.ofDays(365).toSeconds();

    /** The cookies' word, else the browser's language; Chinese when that is neither. */
    static Preferences of(VaadinRequest request) {
        var language = cookie(request, LANGUAGE).map(Locale::forLanguageTag).orElseGet(() -> accepted(request));
        return new Preferences(
                Texts.nearest(language),
                cookie(request, ELDER).filter("1"::equals).isPresent());
    }

    static void keepLocale(Locale locale) {
        keep(LANGUAGE, locale.toLanguageTag());
    }

    static void keepElder(boolean elder) {
        keep(ELDER, elder ? "1" : "0");
    }

    private static Locale accepted(VaadinRequest request) {
        var header = request.getHeader("Accept-Language");
        return header == null || header.isBlank()
                ? Texts.CHINESE
                : Optional.ofNullable(request.getLocale()).orElse(Texts.CHINESE);
    }

    private static Optional<String> cookie(VaadinRequest request, String name) {
        var cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (var cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static void keep(String name, String value) {
        var response = VaadinResponse.getCurrent();
        if (response == null) {
            return;
        }
        var cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setMaxAge(KEPT_SECONDS);
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
    }
}
