package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.zhanggui.portal.workcalendar.DayChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Which days become another kind, neighbours with the same change in one line. */
class Differences extends Div {

    private record Run(DayChange first, LocalDate last) {
        boolean goesOnWith(DayChange next, CalendarWords words) {
            return last.plusDays(1).equals(next.date())
                    && words.kind(first.before()).equals(words.kind(next.before()))
                    && words.kind(first.after()).equals(words.kind(next.after()));
        }
    }

    Differences(CalendarWords words, List<DayChange> changes, int stores, LocalDate today) {
        addClassName("zg-stack");
        long past = changes.stream().filter(it -> it.date().isBefore(today)).count();
        var summary = new Span(
                changes.isEmpty()
                        ? words.say("workcalendar.difference.none")
                        : words.say("workcalendar.difference.days", String.valueOf(changes.size())));
        summary.addClassName("zg-strong");
        var depend = new Div(words.say("workcalendar.difference.stores", String.valueOf(stores)));
        depend.addClassNames("zg-small", "zg-muted");
        add(new Div(summary, depend));
        if (past > 0) {
            var late = new Div(words.say("workcalendar.difference.past", String.valueOf(past)));
            late.addClassNames("zg-small", "zg-attend");
            add(late);
        }
        var list = new UnorderedList();
        list.addClassName("zg-calendar-changes");
        for (var run : runs(words, changes)) {
            var when = new Span(words.span(run.first().date(), run.last()));
            when.addClassNames("zg-strong", "when");
            var before = new Span(words.kind(run.first().before()));
            before.addClassName("zg-beaten");
            var after = new Span(words.kind(run.first().after()));
            after.setClassName("zg-open", run.first().after().workday());
            after.setClassName("zg-closed", !run.first().after().workday());
            var arrow = new Span("→");
            arrow.getElement().setAttribute("aria-label", words.say("workcalendar.becomes"));
            arrow.getElement().setAttribute("role", "img");
            list.add(new ListItem(when, before, arrow, after));
        }
        list.setVisible(list.getComponentCount() > 0);
        add(list);
    }

    private static List<Run> runs(CalendarWords words, List<DayChange> changes) {
        var runs = new ArrayList<Run>();
        for (var change : changes) {
            if (!runs.isEmpty() && runs.getLast().goesOnWith(change, words)) {
                runs.add(new Run(runs.removeLast().first(), change.date()));
            } else {
                runs.add(new Run(change, change.date()));
            }
        }
        return runs;
    }
}
