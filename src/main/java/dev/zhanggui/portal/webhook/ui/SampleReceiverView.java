package dev.zhanggui.portal.webhook.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.webhook.SampleReceiver;
import dev.zhanggui.portal.webhook.SampleReceiver.Received;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;

/** What came to the demo's own receiver, and whether it was from the portal. Outside demo mode this page is not found. */
@Route("demo/webhook")
@AnonymousAllowed
class SampleReceiverView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient SampleReceiver receiver;
    private final transient HumanTime times;
    private final Div list = new Div();

    SampleReceiverView(
            SampleReceiver receiver, LiveUpdates updates, Clock clock, @Value("${zhanggui.public-url}") String portal) {
        this.receiver = receiver;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassName("zg-page");
        list.addClassName("zg-stack");
        list.setId("received");
        var address = new Div(portal + "/demo/webhook/in");
        address.addClassNames("zg-mono", "zg-secret");
        add(
                new PageHeader(getTranslation("webhook.sample")).subtitle(getTranslation("webhook.sample.about")),
                new Note(
                        Meaning.ATTEND,
                        getTranslation("webhook.sample.demo"),
                        getTranslation("webhook.sample.demo.why")),
                address,
                list);
        updates.subscribe(this, WebhookLiveUpdates.SAMPLE, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    private void refresh() {
        list.removeAll();
        var received = receiver.latest();
        if (received.isEmpty()) {
            list.add(new EmptyState(
                    getTranslation("webhook.sample.empty"), getTranslation("webhook.sample.empty.todo")));
        }
        received.forEach(it -> list.add(card(it)));
    }

    private Component card(Received it) {
        var when = TimeLabel.ago(times, it.at());
        when.addClassNames("zg-small", "zg-muted", "zg-grow");
        var head = new Div(pill(it), when);
        head.addClassNames("zg-row", "wrap");
        var id = new Span(it.id().isEmpty() ? getTranslation("webhook.sample.noId") : it.id());
        id.addClassNames("zg-mono", "zg-small", "zg-muted", "zg-webhook-url");
        var body = new Pre(it.body());
        body.addClassNames("zg-mono", "zg-small", "zg-webhook-text");
        var card = new Div(head, id, body);
        card.addClassNames("zg-card", "zg-webhook");
        return card;
    }

    private StatusPill pill(Received it) {
        var words = getTranslation("webhook.sample." + it.verdict());
        return switch (it.verdict()) {
            case GENUINE -> new StatusPill(Meaning.OPEN, words);
            case NOT_SIGNED, WRONG_SIGNATURE -> new StatusPill(Meaning.STOP, words);
            case TOO_OLD -> new StatusPill(Meaning.ATTEND, words);
        };
    }

    @Override
    public String getPageTitle() {
        return getTranslation("webhook.sample");
    }
}
