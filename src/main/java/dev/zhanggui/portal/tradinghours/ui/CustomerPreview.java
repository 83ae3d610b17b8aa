package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.i18n.I18NProvider;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.uikit.HumanTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What customers will read on the scan page and on the terminal, in both languages. */
class CustomerPreview extends Div {

    private final transient Clock clock;

    CustomerPreview(Clock clock) {
        this.clock = clock;
        addClassNames("zg-stack", "zg-preview");
        getElement().setAttribute("aria-live", "polite");
    }

    void show(Restriction.Kind kind, @Nullable Instant until, String reason) {
        removeAll();
        add(card(Locale.SIMPLIFIED_CHINESE, kind, until, reason), card(Locale.ENGLISH, kind, until, reason));
    }

    private Div card(Locale locale, Restriction.Kind kind, @Nullable Instant until, String reason) {
        var time = new HumanTime(clock, HumanTime.CHINA, locale);
        var sign = new Div(
                I18NProvider.translate(locale, kind.closes() ? "tradinghours.sign.CLOSED" : "tradinghours.sign.OPEN"));
        sign.addClassNames("zg-l", "zg-strong");
        sign.addClassName(kind.closes() ? "zg-closed" : "zg-open");
        var card = new Div(sign);
        // Maintenance always gets an end; only until it is chosen there is none to show.
        if (kind.closes() && (until != null || kind != Restriction.Kind.MAINTENANCE)) {
            card.add(new Div(
                    until == null
                            ? I18NProvider.translate(locale, "tradinghours.sign.untilKnown")
                            : I18NProvider.translate(locale, "tradinghours.restrict.untilLatest", time.moment(until))));
        }
        var why = new Span(new HoursWords(locale).reason(ReasonCode.valueOf(kind.name()), reason.strip()));
        why.addClassNames("zg-small", "zg-muted");
        card.add(why);
        card.addClassNames("zg-card", "sunken", "zg-stack", "tight");
        card.getElement().setAttribute("lang", locale.getLanguage());
        return card;
    }
}
