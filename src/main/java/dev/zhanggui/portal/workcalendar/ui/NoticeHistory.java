package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.NoticeState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every version of a year: who proposed it, who decided, and why. */
class NoticeHistory extends Div {

    private final transient CalendarWords words;
    private final transient HumanTime times;

    NoticeHistory(CalendarWords words, HumanTime times, List<CalendarNotice> versions) {
        this.words = words;
        this.times = times;
        addClassName("zg-rows");
        versions.forEach(version -> add(row(version)));
        if (versions.isEmpty()) {
            add(new EmptyState(words.say("workcalendar.history.none"), words.say("workcalendar.history.none.text")));
        }
    }

    private Component row(CalendarNotice version) {
        var title = new Span(words.say(
                version.takesBack() ? "workcalendar.history.takesBack" : "workcalendar.history.version",
                String.valueOf(version.number())));
        title.addClassName("zg-strong");
        var head = new Div(
                title, new StatusPill(meaning(version.state()), words.say("workcalendar.state." + version.state())));
        head.addClassNames("zg-row", "between");
        var row = new Div(head, line("workcalendar.history.proposed", version.proposed()));
        var decided = version.decided();
        if (decided != null) {
            row.add(line("workcalendar.history.decided." + outcome(version), decided));
        }
        if (!version.source().isEmpty()) {
            var source = new Div(Sources.link(version.source()));
            source.addClassNames("zg-small", "zg-calendar-source");
            row.add(source);
        }
        say(row, "workcalendar.history.reason", version.reason());
        say(row, "workcalendar.history.decisionReason", version.decisionReason());
        row.addClassNames("zg-stack", "tight");
        return row;
    }

    private void say(Div row, String key, @Nullable String text) {
        if (text != null) {
            var line = new Div(words.say(key, text));
            line.addClassName("zg-small");
            row.add(line);
        }
    }

    private Div line(String key, Stamp stamp) {
        var line = new Div(new TimeLabel(times, stamp.at()), new Span(" " + words.say(key, stamp.label())));
        line.addClassNames("zg-small", "zg-muted");
        return line;
    }

    /** A version that was superseded had been approved. */
    private static NoticeState outcome(CalendarNotice version) {
        return version.state() == NoticeState.SUPERSEDED ? NoticeState.APPROVED : version.state();
    }

    private static Meaning meaning(NoticeState state) {
        return switch (state) {
            case WAITING -> Meaning.ATTEND;
            case APPROVED -> Meaning.OPEN;
            case SUPERSEDED, WITHDRAWN -> Meaning.CLOSED;
            case REJECTED -> Meaning.STOP;
        };
    }
}
