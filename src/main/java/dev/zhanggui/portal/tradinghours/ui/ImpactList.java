package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.zhanggui.portal.tradinghours.Impact;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;

/** Which stores are hit by a window, and how. */
class ImpactList extends Div {

    private static final int SHOWN = 8;

    ImpactList(RestrictionWords words, Impact impact) {
        addClassName("zg-stack");
        add(new Note(impact.conflicting() == 0 ? Meaning.OPEN : Meaning.ATTEND, words.impact(impact), null));
        if (impact.conflicts().isEmpty()) {
            return;
        }
        var list = new UnorderedList();
        list.addClassNames("zg-rows", "zg-impact");
        impact.conflicts().stream().limit(SHOWN).forEach(conflict -> {
            var name = new Span(conflict.name());
            name.addClassName("zg-strong");
            var how = new Div(words.conflict(conflict));
            how.addClassNames("zg-small", "zg-muted");
            list.add(new ListItem(name, how));
        });
        add(list);
        if (impact.conflicting() > SHOWN) {
            var more = new Div(words.say("tradinghours.restrict.moreStores", impact.conflicting() - SHOWN));
            more.addClassNames("zg-small", "zg-muted");
            add(more);
        }
    }
}
