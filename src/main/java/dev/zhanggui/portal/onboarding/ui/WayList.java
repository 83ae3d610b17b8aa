package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.TimeLabel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way from the first field to the first collection: what was done, what is being done, what is to come. */
class WayList extends OrderedList {

    WayList(Timeline timeline, @Nullable Order order, List<Order.Event> events, Optional<Stage> stage, HumanTime time) {
        addClassName("zg-timeline");
        for (var step : timeline.steps()) {
            var key = "onboarding.step." + step.to();
            if (step.to() == ApplicationState.SUBMITTED && step.from() == ApplicationState.NEEDS_FIX) {
                key += ".again";
            } else if (step.to() == ApplicationState.VERIFYING && step.from() == ApplicationState.RECOMMENDED) {
                key += ".again";
            } else if (step.to() == ApplicationState.VERIFYING && step.from() == ApplicationState.APPEALED) {
                key += ".reopened";
            }
            // Why an application ended by itself is said by the line's own words.
            var reason = step.to() == ApplicationState.EXPIRED ? null : step.reason();
            done(getTranslation(key, step.by()), step.at(), reason, time);
        }
        for (var event : events) {
            if (event.state() != OrderState.PLACED) {
                done(getTranslation("ordering.state." + event.state()), event.at(), null, time);
            }
        }
        var due = order == null ? timeline.application().dueAt() : order.due();
        stage.ifPresent(now -> {
            var current = moment("current", getTranslation("onboarding.stage." + now), who(now));
            if (due != null) {
                var when = new Span(getTranslation("onboarding.turn.by", time.moment(due)));
                when.addClassName("when");
                current.addComponentAtIndex(1, when);
            }
            current.getElement().setAttribute("aria-current", "step");
            now.after().forEach(next -> moment("", getTranslation("onboarding.stage." + next), who(next)));
        });
    }

    private void done(String what, Instant at, @Nullable String reason, HumanTime time) {
        var item = moment("done", what, reason);
        var when = new TimeLabel(time, at);
        when.addClassName("when");
        item.addComponentAtIndex(1, when);
    }

    private ListItem moment(String cssClass, String what, @Nullable String more) {
        var item = new ListItem(new Span(what));
        item.addClassName("zg-moment");
        if (!cssClass.isEmpty()) {
            item.addClassName(cssClass);
        }
        if (more != null && !more.isBlank()) {
            var line = new Div(more);
            line.addClassName("more");
            item.add(line);
        }
        add(item);
        return item;
    }

    private String who(Stage stage) {
        return getTranslation("onboarding.stage." + stage + ".who");
    }
}
