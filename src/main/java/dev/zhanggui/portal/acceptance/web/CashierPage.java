package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.WhyNot;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the cashier's page: what is paid to whom, and how it ended. The sandbox moves no money and says so. */
final class CashierPage {

    static final String POLICY = ScanPage.policy("'self'");

    /** How long an open page asks whether an acquirer's word came after all. */
    private static final Duration STILL_COMES = Duration.ofHours(1);

    private static final String TICK = "M4.500 12.500l5 5 10-11";

    private final ScanTexts texts;
    private final Clock clock;
    private final StoreMarkup markup;
    private final Frame frame;
    private final boolean sandbox;
    private final @Nullable String acquirersPage;

    /** @param sandbox whether the payment is made on this page */
    /** @param acquirersPage where the payer pays; null unless that is possible now */
    CashierPage(ScanTexts texts, Clock clock, boolean sandbox, @Nullable String acquirersPage) {
        this.acquirersPage = acquirersPage;
        this.texts = texts;
        this.clock = clock;
        this.markup = new StoreMarkup(texts, clock);
        this.frame = new Frame(texts);
        this.sandbox = sandbox;
    }

    static String seen(Collection collection) {
        return Inline.mark(collection.state() + "|" + collection.version());
    }

    String html(Collection collection, Store store, QrCode code) {
        var body = switch (collection.state()) {
            case OFFERED -> offered(collection, store);
            case WAITING -> waiting(collection, store);
            case SUCCEEDED -> succeeded(collection, store);
            case REFUSED -> refused(collection, store, code);
            case CANCELLED -> over(collection, store, code, "cancelled");
            case EXPIRED -> over(collection, store, code, "expired");
        };
        boolean changes = !collection.state().isEnd() || mayStillSucceed(collection);
        return frame.page(
                texts.plain("cashier.title", markup.name(store)),
                changes ? seen(collection) : "",
                body,
                foot(collection));
    }

    /** Whether its acquirer may still say that money has moved. */
    private boolean mayStillSucceed(Collection collection) {
        var ended = collection.endedAt();
        return !sandbox
                && collection.state() != CollectionState.SUCCEEDED
                && ended != null
                && clock.instant().isBefore(ended.plus(STILL_COMES));
    }

    String notFound() {
        var body = "<h1>" + texts.html("cashier.unknown") + "</h1><p class=\"why\">" + texts.html("cashier.unknown.why")
                + "</p>";
        return frame.page(texts.plain("cashier.unknown"), "", body, "");
    }

    private String offered(Collection collection, Store store) {
        var pay = sandbox
                ? """
                <form method="post" action="%1$s/pay?lang=%2$s"><button class="go">%3$s</button></form>
                <form method="post" action="%1$s/cancel?lang=%2$s"><button class="quiet">%4$s</button></form>
                """.formatted(
                                collection.token(),
                                texts.code(),
                                texts.html("cashier.pay", collection.amount().text()),
                                texts.html("cashier.cancel"))
                : elsewhere(collection);
        return markup.head(store)
                + amount(collection)
                + pay
                + (sandbox ? StoreMarkup.note(texts.html("cashier.sandbox")) : "")
                + "<p class=\"why\">"
                + texts.html("cashier.until", texts.time(collection.expiresAt(), store.zone(), clock))
                + "</p>";
    }

    private String elsewhere(Collection collection) {
        var go = acquirersPage == null
                ? ""
                : "<p><a class=\"go\" href=\"" + ScanTexts.escape(acquirersPage) + "\">"
                        + texts.html("cashier.go", collection.amount().text()) + "</a></p>";
        return go + "<p class=\"why\">" + texts.html("cashier.elsewhere") + "</p>";
    }

    private String waiting(Collection collection, Store store) {
        return markup.head(store)
                + sign("attend", texts.html("cashier.waiting"), texts.html("cashier.waiting.why"))
                + amount(collection)
                + """
                <form method="post" action="%s/cancel?lang=%s"><button class="quiet">%s</button></form>
                """.formatted(collection.token(), texts.code(), texts.html("cashier.cancel"));
    }

    private String succeeded(Collection collection, Store store) {
        return "<div class=\"done\">" + StoreMarkup.svg(TICK) + "</div>"
                + sign(
                        "open",
                        texts.html("cashier.paid"),
                        texts.html(
                                "cashier.paid.to",
                                markup.name(store),
                                texts.moment(Objects.requireNonNull(collection.endedAt()), store.zone(), clock)))
                + amount(collection)
                + (sandbox ? StoreMarkup.note(texts.html("cashier.sandbox.done")) : "")
                + "<p class=\"why\">" + texts.html("cashier.show") + "</p>";
    }

    private String refused(Collection collection, Store store, QrCode code) {
        return markup.head(store)
                + sign("closed", texts.html("cashier.refused"), new WhyNot(texts).html(collection.reason()))
                + amount(collection)
                + "<p class=\"why\">" + texts.html("cashier.refused.nothing") + "</p>"
                + again(code, "cashier.back");
    }

    private String over(Collection collection, Store store, QrCode code, String key) {
        return markup.head(store)
                + sign(
                        "closed",
                        texts.html("cashier." + key),
                        texts.html(sandbox ? "cashier.refused.nothing" : "cashier.unsure"))
                + amount(collection)
                + again(code, "cashier.again");
    }

    private String again(QrCode code, String key) {
        return "<p class=\"more\"><a href=\"../q/" + code.code() + "?lang=" + texts.code() + "\">" + texts.html(key)
                + "</a></p>";
    }

    private static String sign(String css, String word, String why) {
        return """
                <div class="sign" role="status"><p class="state %s">%s</p><p class="why">%s</p></div>
                """.formatted(css, word, why);
    }

    private String amount(Collection collection) {
        boolean ended = collection.state().isEnd() && collection.state() != CollectionState.SUCCEEDED;
        return "<p class=\"sum" + (ended ? " gone" : "") + "\">"
                + ScanTexts.escape(collection.amount().text()) + "</p>";
    }

    private String foot(Collection collection) {
        return "<span>" + texts.html("cashier.number", collection.publicId()) + "</span>";
    }
}
