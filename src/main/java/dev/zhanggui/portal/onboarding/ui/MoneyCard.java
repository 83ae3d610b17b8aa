package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.onboarding.Offer;
import dev.zhanggui.portal.onboarding.Quote;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.terminal.Rate;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Section;
import java.util.ArrayList;
import java.util.List;

/** The frozen price sheet: the first year's total first, what comes back beside it, then when, then the rates, then the lock. */
class MoneyCard extends Div {

    private static final int BAR_HEIGHT = 92;
    private static final int LEAST_HEIGHT = 4;
    /** One or two charges are said in half a sentence; a picture of them says nothing more. */
    private static final int FEWEST_BARS = 4;

    private final transient Offer offer;
    private final transient Quote quote;

    MoneyCard(Offer offer, HumanTime time) {
        this.offer = offer;
        this.quote = offer.quote();
        addClassNames("zg-stack", "loose", "zg-money-card");
        var charges = quote.calendar(offer.offeredAt().atZone(HumanTime.CHINA).toLocalDate());
        add(machine(), sum());
        if (!charges.isEmpty()) {
            add(calendar(charges, time));
        }
        add(rates(), frozen(time));
    }

    private Component machine() {
        var name = new Div(quote.name().in(getLocale()));
        name.addClassNames("zg-strong", "zg-l");
        var words = new Div(name);
        words.addClassName("zg-grow");
        for (var reason : offer.reasons()) {
            var line = new Div(reason);
            line.addClassNames("zg-small", "zg-muted");
            words.add(line);
        }
        var row = new Div(new DeviceIcon(quote.deviceClass()), words);
        row.addClassNames("zg-row", "top");
        return row;
    }

    private Component sum() {
        var prices = quote.prices();
        var label = new Div(getTranslation("onboarding.money.firstYear"));
        label.addClassNames("zg-small", "zg-muted");
        var total = new Span(prices.firstYear().text());
        total.addClassNames("zg-3xl", "zg-money");
        var beside = new Div();
        beside.addClassNames("zg-small", "zg-muted", "zg-money-beside");
        if (prices.deposit().fen() > 0) {
            beside.add(new Div(getTranslation(
                    "onboarding.money.refundable", prices.deposit().text())));
        }
        beside.add(new Div(getTranslation("onboarding.money.ratesApart")));
        var top = new Div(total, beside);
        top.addClassNames("zg-row", "between", "wrap");
        var lines = new Div();
        lines.addClassName("zg-rows");
        if (prices.deposit().fen() > 0) {
            var deposit = line(getTranslation("onboarding.money.deposit"), "", prices.deposit());
            var back = new Span(getTranslation("onboarding.money.comesBack"));
            back.addClassNames("zg-tag", "open");
            deposit.addComponentAtIndex(1, back);
            var how = new Div(getTranslation("onboarding.money.deposit.how", Quote.REFUND_WORKDAYS));
            how.addClassNames("zg-small", "zg-muted");
            lines.add(new Div(deposit, how));
        }
        if (prices.servicePerMonth().fen() > 0) {
            lines.add(line(
                    getTranslation("onboarding.money.service"),
                    getTranslation(
                            "onboarding.money.perMonth",
                            prices.servicePerMonth().text()),
                    prices.servicePerMonth().times(12)));
        }
        if (prices.simPerYear().fen() > 0) {
            lines.add(line(
                    getTranslation("onboarding.money.sim"),
                    getTranslation("onboarding.money.onceAYear"),
                    prices.simPerYear()));
        }
        var card = new Div(label, top, lines);
        card.addClassName("zg-card");
        if (prices.sample()) {
            var sample = new Div(getTranslation("onboarding.money.sample"));
            sample.addClassNames("zg-xs", "zg-faint");
            card.add(sample);
        }
        return card;
    }

    private static Div line(String name, String detail, Money amount) {
        var what = new Span(name);
        var more = new Span(detail);
        more.addClassNames("zg-small", "zg-faint", "zg-grow");
        var money = new Span(amount.text());
        money.addClassName("zg-money");
        var line = new Div(what, more, money);
        line.addClassName("zg-row");
        return line;
    }

    /** One bar a charge; the deposit is hatched because it comes back. The same is said in words, which screen readers get. */
    private Component calendar(List<Quote.Charge> charges, HumanTime time) {
        long most = charges.stream()
                .mapToLong(charge -> charge.amount().fen())
                .max()
                .orElse(1);
        int step = 300 / charges.size();
        var svg = new StringBuilder("<svg viewBox=\"0 0 300 136\" aria-hidden=\"true\" class=\"zg-money-calendar\">"
                + "<defs><pattern id=\"zg-hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
                + " patternTransform=\"rotate(45)\"><path d=\"M0 0v5\"/></pattern></defs>");
        for (int i = 0; i < charges.size(); i++) {
            var charge = charges.get(i);
            long height = Math.max(LEAST_HEIGHT, charge.amount().fen() * BAR_HEIGHT / most);
            int centre = i * step + step / 2;
            long top = 116 - height;
            svg.append("<text class=\"amount\" x=\"%d\" y=\"%d\">%s</text>"
                            .formatted(centre, top - 4, yuan(charge.amount())))
                    .append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"14\" height=\"%d\" rx=\"3\"/>"
                            .formatted(charge.deposit() ? "deposit" : "fee", centre - 7, top, height))
                    .append("<text x=\"%d\" y=\"131\">%s</text>"
                            .formatted(
                                    centre,
                                    charge.deposit()
                                            ? getTranslation("onboarding.money.today")
                                            : charge.on().getMonthValue()));
        }
        svg.append("</svg>");
        var words = new ArrayList<String>();
        for (int i = 0; i < charges.size(); i++) {
            var charge = charges.get(i);
            boolean repeats = i > 0
                    && i < charges.size() - 1
                    && !charges.get(i - 1).deposit()
                    && charges.get(i - 1).amount().equals(charge.amount());
            if (repeats) {
                words.add(getTranslation(
                        "onboarding.money.calendar.then", charge.amount().shortText()));
                break;
            }
            words.add(
                    charge.deposit()
                            ? getTranslation(
                                    "onboarding.money.calendar.today",
                                    charge.amount().shortText())
                            : getTranslation(
                                    "onboarding.money.calendar.on",
                                    time.day(charge.on()),
                                    charge.amount().shortText()));
        }
        var sentence = new Div(String.join(getTranslation("onboarding.money.calendar.and"), words)
                + getTranslation("onboarding.money.calendar.end"));
        sentence.addClassNames("zg-small", "zg-muted");
        var section = new Section(getTranslation("onboarding.money.calendar"), sentence);
        if (charges.size() < FEWEST_BARS) {
            return section;
        }
        section.add(new Svg(svg.toString()));
        return section.aside(getTranslation("onboarding.money.calendar.unit"));
    }

    private Component rates() {
        var grid = new Div();
        grid.addClassName("zg-money-rates");
        var hundred = Money.yuan(100);
        for (Rate rate : quote.prices().rates()) {
            var percent = new Div("%d.%02d%%".formatted(rate.perTenThousand() / 100, rate.perTenThousand() % 100));
            percent.addClassNames("zg-xl");
            var means = new Div(getTranslation("terminal.rate." + rate.kind()));
            means.addClassName("zg-small");
            var cap = rate.cap();
            var cost = new Div(
                    cap == null
                            ? getTranslation(
                                    "onboarding.money.rate.cost",
                                    rate.of(hundred).text())
                            : getTranslation(
                                    "onboarding.money.rate.capped",
                                    rate.of(hundred).text(),
                                    cap.shortText()));
            cost.addClassNames("zg-xs", "zg-faint");
            grid.add(new Div(percent, means, cost));
        }
        var promise = new Div(getTranslation("onboarding.money.rates.promise"));
        promise.addClassNames("zg-small", "zg-muted");
        return new Section(getTranslation("onboarding.money.rates"), grid, promise)
                .aside(getTranslation("onboarding.money.rates.unit"));
    }

    private Component frozen(HumanTime time) {
        var title = new Div(getTranslation("onboarding.money.frozen", time.moment(offer.offeredAt())));
        title.addClassName("zg-strong");
        var hash = offer.quoteSha256();
        var print = new Div(hash.substring(0, 4) + " " + hash.substring(4, 8) + " " + hash.substring(8, 12) + " … "
                + hash.substring(60));
        print.addClassNames("zg-mono", "zg-small");
        print.setTitle(hash);
        var promise = new Div(getTranslation("onboarding.money.frozen.promise"));
        promise.addClassNames("zg-small", "zg-muted");
        var words = new Div(title, print, promise);
        words.addClassName("zg-grow");
        var lock = new Div(Glyph.LOCK.icon(), words);
        lock.addClassNames("zg-note", "closed");
        return lock;
    }

    private static String yuan(Money money) {
        return money.fen() % 100 == 0
                ? String.valueOf(money.fen() / 100)
                : money.text().substring(1);
    }
}
