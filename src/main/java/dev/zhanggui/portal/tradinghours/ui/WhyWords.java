package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.uikit.BigSign;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Section;
import java.util.List;

/** The explanation of an answer: the sign, the rule that decides, those it beat, what comes next, what customers can do. */
class WhyWords extends Div {

    private final HoursWords words = new HoursWords(getLocale());

    /** @param changes the next ones, in order */
    WhyWords(TradingState state, List<TradingState.NextChange> changes, HumanTime time) {
        addClassName("zg-stack");
        var signs = new TradingSigns(getLocale(), time);
        var sign = new BigSign(signs.meaning(state), signs.state(state));
        add(sign);
        add(new Section(getTranslation("tradinghours.why.by"), rules(state.winning(), state.beaten())));
        if (!state.open()) {
            sign.until(signs.outside(state));
        }
        if (!changes.isEmpty()) {
            add(new Section(getTranslation("tradinghours.why.next"), changes(changes, time)));
        }
        add(new Section(getTranslation("tradinghours.why.instead"), alternatives(state.alternatives())));
    }

    private Div changes(List<TradingState.NextChange> changes, HumanTime time) {
        var list = new Div();
        for (var change : changes) {
            var when = new Span(time.moment(change.at()));
            when.addClassName("zg-strong");
            var row = new Div(when, new Span(getTranslation("tradinghours.why.next." + change.phase())));
            row.addClassName("zg-row");
            list.add(row);
        }
        list.addClassNames("zg-stack", "tight");
        return list;
    }

    private OrderedList rules(Rule winning, List<Rule> beaten) {
        var list = new OrderedList(item(winning, true, winning));
        beaten.forEach(rule -> list.add(item(rule, false, winning)));
        list.addClassName("zg-why-rules");
        return list;
    }

    private ListItem item(Rule rule, boolean wins, Rule winning) {
        var plan = rule.plan();
        var name = new Span(words.named(rule) + (plan == null || wins ? "" : " " + words.ranges(plan)));
        var item = new ListItem(name);
        item.setClassName("wins", wins);
        if (!wins) {
            name.addClassName("zg-beaten");
        }
        var more = wins ? plan == null ? "" : words.ranges(plan) : words.beats(winning, rule);
        if (!more.isEmpty()) {
            var line = new Div(more);
            line.addClassNames("zg-small", "zg-muted");
            item.add(line);
        }
        return item;
    }

    private Div alternatives(List<Alternative> alternatives) {
        var row = new Div();
        row.addClassNames("zg-grid", "zg-why-instead");
        for (var alternative : alternatives) {
            var name = new Span(getTranslation("tradinghours.instead." + alternative));
            name.addClassName("zg-strong");
            var more = new Div(getTranslation("tradinghours.instead." + alternative + ".more"));
            more.addClassNames("zg-xs", "zg-muted");
            var card = new Div(glyph(alternative).icon(), new Div(name, more));
            card.addClassNames("zg-card", "sunken", "zg-row");
            row.add(card);
        }
        return row;
    }

    private static Glyph glyph(Alternative alternative) {
        return switch (alternative) {
            case CASH -> Glyph.CASH;
            case CARD -> Glyph.CARD;
            case ASK_STAFF -> Glyph.PERSON;
            case BOOKING -> Glyph.CALENDAR;
            case LATER -> Glyph.CLOCK;
        };
    }
}
