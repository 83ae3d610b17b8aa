package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** The one family of line icons, drawn on a 24 grid in the colour of the text around them. */
public enum Glyph {
    STORE("M4 11l8-7 8 7v9H4z"),
    CLOCK("M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7v5l3 2"),
    QR("M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3h-3zM20 17v3h-3"),
    PERSON("M12 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM5 20c1-4 4-6 7-6s6 2 7 6"),
    PEOPLE(
            "M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 19c.8-3.500 3-5 6-5s5.200 1.500 6 5M15.500 5.400a3 3 0 0 1 0 5.200M17.500 14.500c1.900.7 3 2.200 3.500 4.500"),
    TERMINAL(
            "M7 2.500h10a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2zM9 6h6v5H9zM9 14.500h.01M12 14.500h.01M15 14.500h.01M9 17.500h.01M12 17.500h.01M15 17.500h.01"),
    DESK("M4 5h16v11H4zM9 20h6M12 16v4M8 9h8M8 12h5"),
    BOX("M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8"),
    TRUCK(
            "M3 6h11v10H3zM14 9h4l3 3v4h-7zM7 16.500a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600zM17 16.500a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600z"),
    LIST("M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"),
    DOCUMENT("M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"),
    HISTORY("M4 12a8 8 0 1 0 2.600-5.900M4 4v4h4M12 8v4l3 2"),
    SHIELD("M12 3l7 3v5c0 4.500-3 8-7 10-4-2-7-5.500-7-10V6zM9 12l2 2 4-4"),
    LOCK("M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3"),
    PHONE("M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"),
    MESSAGE("M4 5h16v11H9l-5 4z"),
    BELL("M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4"),
    SEARCH("M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM15.500 15.500L20 20"),
    CAMERA("M4 8h4l1.500-2.500h5L16 8h4v11H4zM12 10.200a3.300 3.300 0 1 1 0 6.600 3.300 3.300 0 0 1 0-6.600z"),
    PEN("M5 19l1-4L16.500 4.500l3 3L9 18zM14.500 6.500l3 3"),
    COPY("M8 8h12v12H8zM4 16V4h12"),
    EYE(
            "M2.500 12C5 7.500 8.200 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.700 6.500-9.500 6.500S5 16.500 2.500 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z"),
    PRINT("M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"),
    DOWNLOAD("M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14"),
    UPLOAD("M12 16V5M7.500 9L12 4.500 16.500 9M5 20h14"),
    PLUS("M12 5v14M5 12h14"),
    BACK("M15 5l-7 7 7 7"),
    NEXT("M9 5l7 7-7 7"),
    CHECK("M5 12.500l4.500 4.500L19 7.500"),
    CROSS("M6 6l12 12M18 6L6 18"),
    DONE("M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM8.300 12.300l2.600 2.600 4.900-5.200"),
    INFO("M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 11v5M12 8h.01"),
    HELP(
            "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM9.700 9.700a2.400 2.400 0 1 1 3.400 2.200c-.8.400-1.100.9-1.100 1.700M12 16.500h.01"),
    WARN("M12 4l9 16H3zM12 10v4.500M12 17.200h.01"),
    STOP(
            "M8.300 3.500h7.400l4.800 4.800v7.400l-4.800 4.800H8.300l-4.800-4.800V8.300zM9.300 9.300l5.400 5.400M14.700 9.300l-5.400 5.400"),
    CARD("M3.500 6h17v12h-17zM3.500 10h17M7 14.500h4"),
    CASH(
            "M3.500 7h17v10h-17zM12 9.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400zM6.500 12h.01M17.500 12h.01"),
    FLAG("M6 21V4h11l-2.500 4L17 12H6"),
    CALENDAR("M4 6h16v14H4zM4 10h16M8 3.500v4M16 3.500v4"),
    CHART("M4 20h16M7 16v-5M12 16V6M17 16v-8"),
    SETTINGS("M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0zM7 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0z"),
    SIGN_OUT("M14 4H6v16h8M11 12h9M16.500 8.500L20 12l-3.500 3.500");

    private final String path;

    Glyph(String path) {
        this.path = path;
    }

    /** A fresh icon, hidden from screen readers: the words beside it say it. */
    public Span icon() {
        var svg = new Svg("<svg viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\""
                + " stroke-linecap=\"round\" stroke-linejoin=\"round\"><path d=\"" + path + "\"/></svg>");
        var icon = new Span(svg);
        icon.addClassName("zg-icon");
        icon.getElement().setAttribute("aria-hidden", "true");
        return icon;
    }

    /** The icon named in a {@code @Menu(icon = "store")}; a plain list for names unknown. */
    public static Glyph named(String name) {
        for (var glyph : values()) {
            if (glyph.name().equals(name.toUpperCase(Locale.ROOT))) {
                return glyph;
            }
        }
        return LIST;
    }
}
