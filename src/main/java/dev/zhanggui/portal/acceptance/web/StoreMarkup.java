package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** What every page for customers says about a store: who it is, open or not and why, and what can be done now. */
record StoreMarkup(ScanTexts texts, Clock clock) {

    private static final String HALT =
            "M8.200 3h7.600L21 8.200v7.600L15.800 21H8.200L3 15.800V8.200zM9 9l6 6M15 9l-6 6";

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

    String head(Store store) {
        return """
                <h1>%s</h1><p class="ver">%s<span>%s</span></p>
                """.formatted(
                        ScanTexts.escape(name(store)),
                        svg(SHIELD),
                        texts.html(store.address().isBlank() ? "verified" : "verified.at", store.address()));
    }

    String name(Store store) {
        var english = store.nameEn();
        return texts.isChinese() || english == null || english.isBlank() ? store.name() : english;
    }

    String sign(TradingState state, Store store) {
        var word = texts.html("phase." + (state.reason() == ReasonCode.CLOSED_NOW ? "PAUSED" : state.phase()));
        var css = state.phase() == Phase.OPEN ? "open" : "closed";
        var next = state.next();
        var until = next != null
                ? next.phase() == Phase.CLOSED
                        ? texts.html("closes", texts.time(next.at(), store.zone(), clock))
                        : texts.html("opens", texts.moment(next.at(), store.zone(), clock))
                : state.open() ? "" : texts.html("opens.unknown");
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

    String alternatives(TradingState state) {
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

    /**
     * As {@link #alternatives}, on a page that has the payment itself.
     *
     * @param decision what holds for the one who scans, where that differs from the store's own
     */
    String others(TradingState state, Decision decision) {
        var rows = new StringBuilder();
        if (decision == Decision.BOOKING_ONLY) {
            rows.append(row(BOOK, "bookingOnly"));
        }
        for (var alternative : state.alternatives()) {
            rows.append(row(alternative, decision));
        }
        return "<h2>" + texts.html("do.else") + "</h2><ul>" + rows + "</ul>";
    }

    String row(Alternative alternative, Decision decision) {
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

    String list(String rows) {
        return "<h2>" + texts.html("do") + "</h2><ul>" + rows + "</ul>";
    }

    /** The merchant may not collect at all. */
    String frozen(List<Alternative> alternatives) {
        return """
                <div class="sign" role="status"><p class="state attend">%s</p><p class="why">%s</p></div>
                """.formatted(texts.html("frozen"), texts.html("frozen.why"))
                + list(alternatives.stream()
                        .map(alternative -> row(alternative, Decision.DENY))
                        .collect(Collectors.joining()));
    }

    /** The order first, then what is wrong. */
    String halt(String html) {
        return """
                <div class="halt" role="alert">%s<h1 class="state">%s</h1><p class="til">%s</p></div>
                """.formatted(svg(HALT), texts.html("halt"), html);
    }

    String haltSteps() {
        return """
                <h2>%s</h2><ol><li><span>%s</span></li><li><span>%s</span></li><li><span>%s<small>%s</small></span></li></ol>
                """.formatted(
                        texts.html("halt.do"),
                        texts.html("halt.clerk"),
                        texts.html("halt.other"),
                        texts.html("halt.paid"),
                        texts.html("halt.paid.how"));
    }

    static String note(String html) {
        return "<p class=\"note\">" + html + "</p>";
    }

    static String svg(String path) {
        return "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"" + path + "\"/></svg>";
    }
}
