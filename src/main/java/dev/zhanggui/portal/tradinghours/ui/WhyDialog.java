package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
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
import java.time.LocalDate;
import java.util.List;

/** Why: the rule that decides, those it beat, what comes next and what customers can do instead. */
public class WhyDialog extends Dialog {

    private final HoursWords words = new HoursWords(getLocale());
    private final Div body = new Div();

    /** For a moment. */
    public WhyDialog(TradingState state, HumanTime time) {
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(getTranslation("tradinghours.why.title"));
        var signs = new TradingSigns(getLocale(), time);
        body.add(new BigSign(signs.meaning(state), signs.state(state)).until(signs.until(state)));
        body.add(new Section(getTranslation("tradinghours.why.by"), rules(state.winning(), state.beaten())));
        if (!state.open()) {
            body.add(new Section(getTranslation("tradinghours.why.payments"), new Span(signs.outside(state))));
        }
        body.add(new Section(getTranslation("tradinghours.why.instead"), alternatives(state.alternatives())));
        addCloseButton();
    }

    /** For the shifts of a date. */
    public WhyDialog(LocalDate date, List<Rule> rules, HumanTime time) {
        addClassName("zg-dialog");
        setWidth("30rem");
        setHeaderTitle(time.day(date) + " " + time.weekday(date));
        body.add(new Section(
                getTranslation("tradinghours.why.by"), rules(rules.getFirst(), rules.subList(1, rules.size()))));
        addCloseButton();
    }

    private void addCloseButton() {
        body.addClassName("zg-stack");
        add(body);
        getFooter().add(new Button(getTranslation("tradinghours.close"), click -> close()));
    }

    private OrderedList rules(Rule winning, List<Rule> beaten) {
        var list = new OrderedList(item(winning, true, winning));
        beaten.forEach(rule -> list.add(item(rule, false, winning)));
        list.addClassName("zg-why-rules");
        return list;
    }

    private ListItem item(Rule rule, boolean wins, Rule winning) {
        var plan = rule.plan();
        var name = new Span(words.rule(rule) + (plan == null || wins ? "" : " " + words.ranges(plan)));
        var item = new ListItem(name);
        item.setClassName("wins", wins);
        if (!wins) {
            name.addClassName("zg-beaten");
        }
        var more = wins
                ? plan == null ? "" : words.ranges(plan)
                : getTranslation(
                        rule.layer() == winning.layer() ? "tradinghours.why.narrower" : "tradinghours.why.beats",
                        getTranslation("tradinghours.layer." + winning.layer()));
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
