package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** 现在轮到: who does what, by when, and what happens if it is late. */
class TurnCard extends Div {

    TurnCard(Timeline timeline, @Nullable Order order, boolean active, HumanTime time) {
        var application = timeline.application();
        var key = key(application.state(), order, active);
        addClassNames("zg-turn", meaning(application.state(), order, active).cssClass());
        var ended = Stage.of(application.state(), order == null ? null : order.state(), active)
                .isEmpty();
        var label = new Div(getTranslation(ended ? "onboarding.turn.ended" : "onboarding.turn"));
        label.addClassName("zg-small");
        var who = new Div(
                getTranslation("onboarding.turn." + key, application.fixes().size()));
        who.addClassName("who");
        add(label, who);
        var due = due(timeline, order);
        if (due != null && !ended) {
            var by = new Div(getTranslation("onboarding.turn.by", time.moment(due)));
            by.addClassName("by");
            by.setTitle(time.full(due));
            add(by);
        }
        var refusal = timeline.refusal();
        var why = new Div(refusal == null ? getTranslation("onboarding.turn." + key + ".why") : refusal);
        why.addClassName("why");
        add(why);
    }

    private static String key(ApplicationState state, @Nullable Order order, boolean active) {
        if (state != ApplicationState.APPROVED) {
            return state.name();
        }
        return active
                ? "ACTIVE"
                : "order." + (order == null ? "PLACED" : order.state().name());
    }

    private static @Nullable Instant due(Timeline timeline, @Nullable Order order) {
        return order == null ? timeline.application().dueAt() : order.due();
    }

    private static Meaning meaning(ApplicationState state, @Nullable Order order, boolean active) {
        if (active) {
            return Meaning.OPEN;
        }
        return switch (state) {
            case DRAFT, NEEDS_FIX, RECOMMENDED -> Meaning.ATTEND;
            case SUBMITTED, CALL_SCHEDULED, VERIFYING, OFFER_ACCEPTED, APPEALED, WITHDRAWN, EXPIRED -> Meaning.CLOSED;
            case REJECTED -> Meaning.STOP;
            case APPROVED -> order == null ? Meaning.CLOSED : meaning(order);
        };
    }

    private static Meaning meaning(Order order) {
        return switch (order.state()) {
            case PLACED, ALLOCATED, PACKED -> Meaning.CLOSED;
            case SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, RECEIVED -> Meaning.ATTEND;
            case EXCEPTION, RETURNED, LOST -> Meaning.STOP;
        };
    }
}
