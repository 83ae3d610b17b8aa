package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.ScanTexts;

/** What all payers' pages stand in: style, script, foot, and the other language. */
record Frame(ScanTexts texts) {

    static final String STYLE = Inline.style("scan.css");
    static final String SCRIPT = Inline.script("scan.js");

    /** @param seen what the page shows and asks after; empty when it never changes */
    String page(String title, String seen, String body, String foot) {
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
