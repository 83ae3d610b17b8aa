package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.Surprise;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.workcalendar.YearState;
import java.util.List;

/** What may not have been meant, said calmly before saving. */
class SurpriseList extends Div {

    SurpriseList() {
        addClassNames("zg-note", "attend", "zg-surprises");
        getElement().setAttribute("role", "status");
        setVisible(false);
    }

    void show(List<Surprise> surprises, HumanTime time) {
        removeAll();
        setVisible(!surprises.isEmpty());
        var list = new UnorderedList();
        surprises.forEach(it -> list.add(new ListItem(words(it, time))));
        list.addClassName("zg-grow");
        add(Glyph.INFO.icon(), list);
    }

    private String words(Surprise surprise, HumanTime time) {
        var words = new HoursWords(getLocale());
        return switch (surprise) {
            case Surprise.NeverOpen(var days) -> getTranslation("tradinghours.surprise.neverOpen", days);
            case Surprise.CalendarUnknown(var year, var state) ->
                getTranslation(
                        state == YearState.MISSING
                                ? "tradinghours.surprise.yearMissing"
                                : "tradinghours.surprise.yearProvisional",
                        String.valueOf(year));
            case Surprise.NightLeft(var rule, var night, var shift) ->
                getTranslation("tradinghours.surprise.nightLeft", when(rule, words), end(shift));
            case Surprise.NightCut(var rule, var night, var shift) ->
                getTranslation("tradinghours.surprise.nightCut", words.dates(night, night), end(shift));
            case Surprise.Past(var rule) -> getTranslation("tradinghours.surprise.past", when(rule, words));
            case Surprise.NoEffect(var rule) -> getTranslation("tradinghours.surprise.noEffect", when(rule, words));
            case Surprise.MakeUpClosed(var first, var days) ->
                getTranslation("tradinghours.surprise.makeUpClosed", words.dates(first, first), days);
            case Surprise.ClosesAtOnce() -> getTranslation("tradinghours.surprise.closesAtOnce");
            case Surprise.ClosesEarlier(var at, var before) ->
                getTranslation("tradinghours.surprise.closesEarlier", time.moment(before), time.moment(at));
        };
    }

    private static String when(DatedRule rule, HoursWords words) {
        return words.dates(rule.from(), rule.to());
    }

    private static String end(Period shift) {
        return Period.clock(shift.end() - Period.DAY);
    }
}
