package dev.zhanggui.portal.webhook.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.webhook.Attempt;
import dev.zhanggui.portal.webhook.Delivery;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One delivery: what, when, how far, what came back; opened, its text and every attempt. */
class DeliveryRow extends Div {

    private final transient HumanTime times;

    /**
     * @param opened shown open from the start
     * @param attempts read when it is opened
     * @param onOpened told when somebody opens or closes it
     */
    DeliveryRow(
            Delivery delivery,
            HumanTime times,
            boolean opened,
            Function<Delivery, List<Attempt>> attempts,
            Consumer<Boolean> onOpened,
            Runnable replay) {
        this.times = times;
        addClassName("zg-webhook-delivery");
        var what = new Span(getTranslation("webhook.event." + delivery.type()));
        what.addClassName("zg-strong");
        what.setTitle(delivery.type().text());
        var when = new TimeLabel(times, delivery.createdAt());
        when.addClassNames("zg-small", "zg-muted");
        var words = new Div(what, when);
        words.addClassNames("zg-row", "wrap", "baseline", "zg-webhook-words");
        var again = new Button(getTranslation("webhook.replay"), click -> replay.run());
        again.addThemeVariants(ButtonVariant.SMALL);
        var line = new Div(words, pill(delivery), again);
        line.addClassNames("zg-row", "wrap");
        var outcome = new Div(outcome(delivery));
        outcome.addClassNames("zg-small", "zg-muted");

        var inside = new Div();
        inside.addClassName("zg-stack");
        var details = new Details(getTranslation("webhook.details"), inside);
        details.addOpenedChangeListener(change -> {
            if (change.isOpened() && inside.getComponentCount() == 0) {
                fill(inside, delivery, attempts.apply(delivery));
            }
            if (change.isFromClient()) {
                onOpened.accept(change.isOpened());
            }
        });
        if (opened) {
            fill(inside, delivery, attempts.apply(delivery));
            details.setOpened(true);
        }
        add(line, outcome, details);
    }

    private StatusPill pill(Delivery delivery) {
        return switch (delivery.state()) {
            case DELIVERED -> new StatusPill(Meaning.OPEN, getTranslation("webhook.delivery.DELIVERED"));
            case STOPPED -> new StatusPill(Meaning.STOP, getTranslation("webhook.delivery.STOPPED"));
            case WAITING ->
                new StatusPill(
                        Meaning.ATTEND,
                        getTranslation(
                                delivery.attempts() == 0 ? "webhook.delivery.sending" : "webhook.delivery.WAITING"));
        };
    }

    private String outcome(Delivery delivery) {
        var last = delivery.last();
        var due = delivery.dueAt();
        var came = last == null ? getTranslation("webhook.answer.none") : answer(last);
        return due == null || delivery.attempts() == 0
                ? came
                : getTranslation("webhook.next", came, delivery.attempts(), times.moment(due));
    }

    private String answer(Attempt attempt) {
        var error = attempt.error();
        if (error != null) {
            return getTranslation("webhook.error." + error);
        }
        return getTranslation(
                attempt.arrived() ? "webhook.answer.arrived" : "webhook.answer.status",
                String.valueOf(attempt.status()));
    }

    private void fill(Div inside, Delivery delivery, List<Attempt> attempts) {
        var id = new Div(getTranslation("webhook.id", delivery.publicId()));
        id.addClassNames("zg-small", "zg-mono", "zg-webhook-url");
        inside.add(id, block(delivery.payload()));
        var list = new Div();
        list.addClassName("zg-rows");
        for (var attempt : attempts) {
            var line = new Div(
                    new TimeLabel(times, attempt.at()),
                    new Span(answer(attempt)),
                    new Span(getTranslation(
                            "webhook.took", Long.toString(attempt.took().toMillis()))));
            line.addClassNames("zg-row", "wrap", "zg-small");
            var row = new Div(line);
            if (attempt.answer() != null) {
                row.add(block(attempt.answer()));
            }
            list.add(row);
        }
        inside.add(list);
    }

    private static Pre block(String text) {
        var block = new Pre(text);
        block.addClassNames("zg-mono", "zg-small", "zg-webhook-text");
        return block;
    }
}
