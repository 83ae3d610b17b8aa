package dev.zhanggui.portal.notification.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.notification.Notice;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What happened that this person should know, newest first; opening one marks it read and leads to the place. */
@Route("notices")
@PermitAll
public class NoticesView extends Div implements HasDynamicTitle {

    private final transient Notices notices;
    private final transient CurrentActor actors;
    private final transient HumanTime times;
    private final transient LiveUpdates updates;
    private final Div list = new Div();
    private final Button all = new Button();
    private final Button more = new Button();
    private @Nullable Long last;

    public NoticesView(Notices notices, CurrentActor actors, LiveUpdates updates, Clock clock) {
        this.notices = notices;
        this.actors = actors;
        this.updates = updates;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassName("zg-page");
        all.setText(getTranslation("notification.notices.allRead"));
        all.addThemeVariants(ButtonVariant.TERTIARY);
        all.addClickListener(click -> notices.markAllRead(actors.get()));
        list.addClassNames("zg-rows", "zg-notices");
        more.setText(getTranslation("notification.notices.more"));
        more.addClickListener(click -> page());
        add(new PageHeader(getTranslation("notification.notices")).aside(all), list, more);
        refresh();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        actors.find().ifPresent(actor -> updates.subscribe(this, NoticesLive.topic(actor.id()), this::refresh));
    }

    private void refresh() {
        if (actors.find().isEmpty()) {
            return;
        }
        list.removeAll();
        last = null;
        page();
        all.setVisible(notices.unread(actors.get()) > 0);
    }

    private void page() {
        var page = notices.mine(actors.get(), last);
        for (var notice : page) {
            list.add(row(notice));
            last = notice.id();
        }
        more.setVisible(page.size() == Notices.PAGE);
        if (list.getComponentCount() == 0) {
            list.add(new EmptyState(
                    getTranslation("notification.notices.empty"), getTranslation("notification.notices.empty.more")));
        }
    }

    private Component row(Notice notice) {
        var text = new Div(getTranslation(
                "notification.notice." + notice.template(), notice.values().toArray()));
        text.setClassName("zg-strong", notice.isUnread());
        var when = TimeLabel.ago(times, notice.createdAt());
        when.addClassNames("zg-small", "zg-muted");
        var words = new Span(text, when);
        words.addClassName("zg-grow");
        var row = new NativeButton();
        row.addClassNames("zg-row", "zg-notice");
        row.add(words);
        if (notice.isUnread()) {
            row.add(new StatusPill(Meaning.ATTEND, getTranslation("notification.notices.new")));
        }
        if (notice.link() != null) {
            row.add(Glyph.NEXT.icon());
        }
        row.addClickListener(click -> open(notice));
        return row;
    }

    private void open(Notice notice) {
        notices.markRead(actors.get(), notice.id());
        var link = notice.link();
        if (link != null) {
            var to = new Location(link);
            getUI().orElseThrow().navigate(to.getPath(), to.getQueryParameters());
        }
    }

    @Override
    public String getPageTitle() {
        return getTranslation("notification.notices");
    }
}
