package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import java.util.List;

/** What is wrong or odd about a text, each with its place; errors first, and no more than a person reads. */
class Faults extends Div {

    private static final int MOST_SHOWN = 50;

    Faults(CalendarWords words, List<NoticeFault> faults) {
        addClassName("zg-stack");
        var errors = faults.stream().filter(NoticeFault::isError).toList();
        var warnings = faults.stream().filter(fault -> !fault.isError()).toList();
        if (!errors.isEmpty()) {
            add(
                    new Note(
                            Meaning.STOP,
                            words.say("workcalendar.errors", String.valueOf(errors.size())),
                            words.say("workcalendar.errors.todo")),
                    list(words, errors));
        }
        if (!warnings.isEmpty()) {
            add(
                    new Note(
                            Meaning.ATTEND,
                            words.say("workcalendar.warnings", String.valueOf(warnings.size())),
                            words.say("workcalendar.warnings.todo")),
                    list(words, warnings));
        }
    }

    private static UnorderedList list(CalendarWords words, List<NoticeFault> faults) {
        var list = new UnorderedList();
        list.addClassName("zg-calendar-faults");
        faults.stream().limit(MOST_SHOWN).forEach(fault -> {
            var place = new Span(words.place(fault));
            place.addClassNames("zg-mono", "zg-muted", "where");
            list.add(new ListItem(place, new Span(words.fault(fault))));
        });
        if (faults.size() > MOST_SHOWN) {
            list.add(new ListItem(words.say("workcalendar.faults.more", String.valueOf(faults.size() - MOST_SHOWN))));
        }
        return list;
    }
}
