package dev.zhanggui.portal.webhook.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.webhook.Endpoint;

/** One endpoint: where, for whom, what, how it is doing, and what can be done with it. */
class EndpointCard extends Div {

    /** What the page does for a card. */
    interface Deeds {
        void choose(Endpoint endpoint);

        void ping(Endpoint endpoint);

        void edit(Endpoint endpoint);

        void rotate(Endpoint endpoint);

        void stop(Endpoint endpoint);

        void start(Endpoint endpoint);

        void delete(Endpoint endpoint);
    }

    EndpointCard(Endpoint endpoint, boolean chosen, HumanTime times, Deeds deeds) {
        addClassNames("zg-card", "zg-webhook");
        setClassName("selected", chosen);
        var name = new NativeButton(
                endpoint.description().isEmpty() ? endpoint.host() : endpoint.description(),
                click -> deeds.choose(endpoint));
        name.addClassNames("zg-webhook-name", "zg-strong", "zg-grow");
        name.getElement().setAttribute("aria-pressed", Boolean.toString(chosen));
        var head = new Div(name, pill(endpoint));
        head.addClassNames("zg-row", "wrap");
        var url = new Div(endpoint.url());
        url.addClassNames("zg-mono", "zg-small", "zg-muted", "zg-webhook-url");
        var tags = new Div();
        tags.addClassNames("zg-row", "wrap");
        endpoint.events().stream().sorted().forEach(type -> {
            var tag = new Span(getTranslation("webhook.event." + type));
            tag.addClassName("zg-tag");
            tag.setTitle(type.text());
            tags.add(tag);
        });
        add(head, url, tags);
        addTrouble(endpoint, times);
        add(actions(endpoint, deeds));
    }

    private StatusPill pill(Endpoint endpoint) {
        if (!endpoint.isActive()) {
            return new StatusPill(Meaning.STOP, getTranslation("webhook.state.stopped"));
        }
        return endpoint.failingSince() == null
                ? new StatusPill(Meaning.OPEN, getTranslation("webhook.state.ok"))
                : new StatusPill(Meaning.ATTEND, getTranslation("webhook.state.failing"));
    }

    private void addTrouble(Endpoint endpoint, HumanTime times) {
        var stop = endpoint.stopped();
        var failing = endpoint.failingSince();
        var old = endpoint.oldSecretUntil();
        if (stop != null) {
            add(new Note(
                    stop.reason() == Endpoint.StopReason.MERCHANT ? Meaning.CLOSED : Meaning.STOP,
                    getTranslation("webhook.stopped." + stop.reason(), times.moment(stop.at())),
                    getTranslation("webhook.stopped.todo")));
        } else if (failing != null) {
            add(new Note(
                    Meaning.ATTEND,
                    getTranslation("webhook.failing", times.moment(failing)),
                    getTranslation("webhook.failing.todo")));
        }
        if (old != null && old.isAfter(times.clock().instant())) {
            var line = new Div(getTranslation("webhook.oldSecret", times.moment(old)));
            line.addClassNames("zg-small", "zg-muted");
            add(line);
        }
    }

    private Component actions(Endpoint endpoint, Deeds deeds) {
        var actions = new Div();
        actions.addClassNames("zg-row", "wrap");
        if (endpoint.isActive()) {
            actions.add(button("webhook.ping", () -> deeds.ping(endpoint)));
        } else {
            actions.add(button("webhook.start", () -> deeds.start(endpoint)));
        }
        actions.add(
                button("webhook.edit", () -> deeds.edit(endpoint)),
                button("webhook.rotate", () -> deeds.rotate(endpoint)));
        if (endpoint.isActive()) {
            actions.add(button("webhook.stop", () -> deeds.stop(endpoint)));
        }
        var delete = button("webhook.delete", () -> deeds.delete(endpoint));
        delete.addClassName("zg-danger");
        actions.add(delete);
        return actions;
    }

    private Button button(String key, Runnable action) {
        var button = new Button(getTranslation(key), click -> action.run());
        button.addThemeVariants(ButtonVariant.SMALL);
        return button;
    }
}
