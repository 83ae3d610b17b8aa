package dev.zhanggui.portal.home.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.uikit.HumanTime;
import java.time.format.DateTimeFormatter;

/** One thing that waits for the merchant, and where it is done. */
class NeedCard extends Div {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm");

    NeedCard(NeedsMe.Need need, HumanTime time) {
        addClassNames("zg-note", need.calm() ? "closed" : "attend", "zg-need");
        var argument = need.when() == null ? need.argument() : span(need.when(), time);
        var title = new Span(getTranslation(need.key(), argument));
        title.addClassName("zg-strong");
        var more = new Div(getTranslation(need.key() + ".more", argument));
        more.addClassNames("zg-small", "zg-muted");
        var words = new Div(title, more);
        words.addClassName("zg-grow");
        add(words);
        if (!need.path().isEmpty()) {
            var action = new Anchor("/" + need.path(), getTranslation(need.key() + ".action"));
            action.addClassNames("zg-small", "zg-strong", "zg-attend", "zg-nowrap");
            add(action);
        }
    }

    /** 周三 3:00–4:00: less than a week ahead a weekday is enough. */
    private static String span(Interval when, HumanTime time) {
        var start = when.start().atZone(time.zone());
        var end = when.end().atZone(time.zone());
        var until = end.toLocalDate().equals(start.toLocalDate())
                ? CLOCK.format(end)
                : time.weekday(end.toLocalDate()) + " " + CLOCK.format(end);
        return time.weekday(start.toLocalDate()) + " " + CLOCK.format(start) + "–" + until;
    }
}
