package dev.zhanggui.portal.home.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One thing that waits for the merchant, and where it is done. */
class NeedCard extends Div {

    NeedCard(NeedsMe.Need need) {
        addClassNames("zg-note", "attend", "zg-need");
        var title = new Span(getTranslation(need.key(), need.argument()));
        title.addClassName("zg-strong");
        var more = new Div(getTranslation(need.key() + ".more", need.argument()));
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
}
