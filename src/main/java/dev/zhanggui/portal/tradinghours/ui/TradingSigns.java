package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.i18n.I18NProvider;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import java.util.Locale;

/** The words on the sign for an answer: 营业中, 到 今天 22:00 打烊, 按每周营业时间. */
public record TradingSigns(Locale locale, HumanTime time) {

    private static final int FEN = 100;

    public Meaning meaning(TradingState state) {
        return switch (state.phase()) {
            case OPEN -> Meaning.OPEN;
            case CLOSED -> Meaning.CLOSED;
            case NOT_SET -> Meaning.ATTEND;
        };
    }

    public String state(TradingState state) {
        return text("tradinghours.sign." + state.phase());
    }

    /** Until when; empty when nothing will change by itself, and said so for a closure without an end. */
    public String until(TradingState state) {
        var next = state.next();
        if (next != null) {
            return text(
                    state.phase() == Phase.OPEN
                            ? "tradinghours.sign.closesAt"
                            : next.phase() == Phase.OPEN ? "tradinghours.sign.opensAt" : "tradinghours.sign.changesAt",
                    time.moment(next.at()));
        }
        if (state.winning() instanceof Rule.ByClosure) {
            return text("tradinghours.sign.untilYouSay");
        }
        return state.winning() instanceof Rule.ByRestriction && !state.open()
                ? text("tradinghours.sign.untilKnown")
                : "";
    }

    public String reason(TradingState state) {
        return new HoursWords(locale).reason(state.reason(), state.winning().note());
    }

    /** What happens to payments while closed. */
    public String outside(TradingState state) {
        return text("tradinghours.sign.outside." + state.decision(), state.capFen() / FEN);
    }

    /** What will happen to payments once the store is closed. */
    public String whenClosed(Outside outside) {
        return text("tradinghours.sign.whenClosed." + outside.policy(), outside.capFen() / FEN);
    }

    private String text(String key, Object... arguments) {
        return I18NProvider.translate(locale, key, arguments);
    }
}
