package dev.zhanggui.portal.notification.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.shell.HeaderTool;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.LiveUpdates;
import org.springframework.core.annotation.Order;

/** The bell in the header: how many notices are unread, counted on as they come. */
@org.springframework.stereotype.Component
@Order(10)
class NoticeBell implements HeaderTool {

    private final Notices notices;
    private final CurrentActor actors;
    private final LiveUpdates updates;

    NoticeBell(Notices notices, CurrentActor actors, LiveUpdates updates) {
        this.notices = notices;
        this.actors = actors;
        this.updates = updates;
    }

    @Override
    public Component create() {
        var count = new Span();
        count.addClassName("zg-bell-count");
        count.getElement().setAttribute("aria-hidden", "true");
        var bell = new Anchor("/notices", Glyph.BELL.icon(), count);
        bell.addClassNames("zg-tool", "zg-bell");
        Runnable show = () -> actors.find().ifPresent(actor -> {
            int unread = notices.unread(actor);
            count.setText(unread >= Notices.COUNT_MOST ? "99+" : String.valueOf(unread));
            count.setVisible(unread > 0);
            var label = unread == 0
                    ? bell.getTranslation("notification.notices")
                    : bell.getTranslation("notification.notices.unread", String.valueOf(unread));
            bell.getElement().setAttribute("aria-label", label);
            bell.setTitle(label);
        });
        show.run();
        actors.find().ifPresent(actor -> updates.subscribe(bell, NoticesLive.topic(actor.id()), show));
        return bell;
    }
}
