package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.SpecialDay;
import dev.zhanggui.portal.acceptance.Storefront;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import org.jspecify.annotations.Nullable;

/**
 * Writes the page that tells everybody when a store is open: the sign as on the scan page, today, the week, the special days
 * ahead, and what holds outside hours. Readable at arm's length, on paper and without any script too, which only keeps an open
 * page true.
 */
final class StorePage {

    /** Special days are told this far ahead. */
    static final int DAYS_AHEAD = 30;

    private static final String STYLE = Inline.style("scan.css") + Inline.style("store.css");

    private static final String SCRIPT = Inline.script("store.js");

    /**
     * Nothing may be loaded or run but this very style and script, and the page may ask its own server only; the data for search
     * engines are no script to a browser.
     */
    static final String POLICY = "default-src 'none'; style-src " + Inline.source(STYLE) + "; script-src "
            + Inline.source(SCRIPT)
            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ScanTexts texts;
    private final Clock clock;
    private final StoreMarkup markup;
    private final HoursWords words;

    StorePage(ScanTexts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
        this.markup = new StoreMarkup(texts, clock);
        this.words = new HoursWords(texts.locale());
    }

    /** @param address where the page can be read by everybody */
    String html(Storefront front, String address) {
        var state = front.hours().stateAt(clock.instant());
        var today = LocalDate.ofInstant(clock.instant(), front.hours().zone());
        var week = front.week(today);
        var body = markup.head(front.store())
                + (front.frozen() ? markup.frozen(Answer.CASH_ONLY) : markup.sign(state, front.store()))
                + (week.notSet() ? "" : today(front, today) + week(week, today))
                + special(front, today)
                + (front.frozen() ? "" : "<div class=\"now\">" + markup.alternatives(state) + "</div>")
                + (front.frozen() || week.notSet() ? "" : outside(front.outside()))
                + StoreMarkup.note(texts.html("hours.notice"))
                + changed(front);
        return page(front, state, today, address, body);
    }

    /** The same for every address that leads nowhere. */
    String notFound() {
        var body = "<h1>" + texts.html("hours.unknown") + "</h1><p class=\"why\">" + texts.html("hours.unknown.why")
                + "</p>";
        return document(texts.plain("hours.unknown"), "<meta name=\"robots\" content=\"noindex\">", body, "");
    }

    private String today(Storefront front, LocalDate today) {
        var special = front.specialDays(today, 1).stream().findFirst().flatMap(day -> day.name(words));
        return "<h2>" + texts.html("hours.today") + "</h2><p class=\"today\">"
                + hours(front.hours().planOn(today))
                + special.map(name -> " <small>" + ScanTexts.escape(name) + "</small>")
                        .orElse("")
                + "</p>";
    }

    private String week(Weekly week, LocalDate today) {
        var rows = new StringBuilder();
        for (var day : DayOfWeek.values()) {
            rows.append(day == today.getDayOfWeek() ? "<tr aria-current=\"date\">" : "<tr>")
                    .append("<th scope=\"row\">")
                    .append(ScanTexts.escape(day.getDisplayName(TextStyle.FULL, texts.locale())))
                    .append("</th><td>")
                    .append(hours(week.on(day)))
                    .append("</td></tr>");
        }
        return table("hours.week", rows);
    }

    private String special(Storefront front, LocalDate today) {
        var rows = new StringBuilder();
        for (var span : SpecialDay.spans(front.specialDays(today, DAYS_AHEAD), words)) {
            rows.append("<tr><th scope=\"row\">")
                    .append(ScanTexts.escape(words.dates(span.from(), span.to())))
                    .append("<small>")
                    .append(ScanTexts.escape(span.name().orElseGet(() -> texts.plain("hours.own"))))
                    .append("</small></th><td>")
                    .append(hours(span.plan()))
                    .append("</td></tr>");
        }
        return rows.isEmpty() ? "" : table("hours.special", rows);
    }

    private String table(String caption, CharSequence rows) {
        return "<table><caption>" + texts.html(caption) + "</caption><tbody>" + rows + "</tbody></table>";
    }

    private String outside(Outside outside) {
        var rule = outside.policy() == Decision.ALLOW_CAPPED
                ? texts.html("hours.outside.ALLOW_CAPPED", new Money(outside.capFen()).shortText())
                : texts.html("hours.outside." + outside.policy());
        return "<h2>" + texts.html("hours.outside") + "</h2><p class=\"rule\">" + rule + "</p><p class=\"why\">"
                + texts.html("hours.outside.always") + "</p>";
    }

    private String changed(Storefront front) {
        var at = front.changedAt();
        return at == null
                ? ""
                : "<p class=\"why\">"
                        + texts.html(
                                "hours.changed", texts.moment(at, front.hours().zone(), clock))
                        + "</p>";
    }

    /** Null is not set. */
    private String hours(@Nullable DayPlan plan) {
        var said = plan == null ? words.plan(null) : words.ranges(plan);
        // Lines break between shifts, never within one.
        return ScanTexts.escape(said).replace("、", "、<wbr>").replace(", ", ", <wbr>");
    }

    private String page(Storefront front, TradingState state, LocalDate today, String address, String body) {
        var name = markup.name(front.store());
        var title = texts.plain("hours.title", name);
        var description = front.frozen() ? texts.plain("frozen.why") : description(front, state);
        var canonical = ScanTexts.escape(address + "?lang=" + texts.code());
        var head = """
                <meta name="description" content="%1$s">
                <link rel="canonical" href="%2$s">
                <link rel="alternate" hreflang="zh-CN" href="%3$s?lang=zh">
                <link rel="alternate" hreflang="en" href="%3$s?lang=en">
                <link rel="alternate" type="text/calendar" href="%3$s.ics">
                <meta property="og:type" content="website">
                <meta property="og:site_name" content="掌柜 Zhanggui">
                <meta property="og:locale" content="%4$s">
                <meta property="og:url" content="%2$s">
                <meta property="og:title" content="%5$s">
                <meta property="og:description" content="%1$s">
                <script type="application/ld+json">%6$s</script>""".formatted(
                        ScanTexts.escape(description),
                        canonical,
                        ScanTexts.escape(address),
                        texts.isChinese() ? "zh_CN" : "en_US",
                        ScanTexts.escape(title),
                        new OpeningHoursData(front, today, DAYS_AHEAD).json(name, address));
        var feed = "<a href=\"" + front.store().publicId() + ".ics\">" + texts.html("hours.feed") + "</a>";
        return document(title, head, body, feed);
    }

    private String description(Storefront front, TradingState state) {
        var next = state.next();
        var zone = front.hours().zone();
        var sign = texts.plain("phase." + state.phase());
        return next == null
                ? sign
                : sign + " · "
                        + texts.plain(
                                next.phase() == Phase.CLOSED ? "closes" : "opens",
                                texts.moment(next.at(), zone, clock));
    }

    private String document(String title, String head, String body, String feed) {
        var other = texts.other();
        return """
                <!doctype html>
                <html lang="%1$s" prefix="og: https://ogp.me/ns#">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width,initial-scale=1">
                <meta name="format-detection" content="telephone=no">
                <title>%2$s</title>
                %3$s
                <link rel="icon" href="data:,">
                <style>%4$s</style>
                </head>
                <body>
                <main%11$s>
                %5$s
                <footer>%6$s<a href="?lang=%7$s" lang="%8$s">%9$s</a></footer>
                </main>
                %10$s
                </body>
                </html>
                """.formatted(
                        texts.tag(),
                        ScanTexts.escape(title),
                        head,
                        STYLE,
                        body,
                        feed.isEmpty() ? "<span>掌柜 Zhanggui</span>" : feed,
                        other.code(),
                        other.tag(),
                        other.isChinese() ? "中文" : "English",
                        feed.isEmpty() ? "" : "<script>" + SCRIPT + "</script>",
                        feed.isEmpty() ? "" : " data-seen=\"" + Inline.mark(body) + "\"");
    }
}
