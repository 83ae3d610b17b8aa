package dev.zhanggui.portal.notification.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.zhanggui.portal.notification.Outbox;
import dev.zhanggui.portal.notification.OutboxMessage;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.uikit.Toast;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What the demo's people get on their phones. Outside demo mode the outbox is not found, and neither is this page. */
@Route("demo/outbox")
@AnonymousAllowed
public class OutboxView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private final transient Outbox outbox;
    private final transient HumanTime times;
    private final TextField phone = new TextField();
    private final Div list = new Div();

    public OutboxView(Outbox outbox, LiveUpdates updates, Clock clock) {
        this.outbox = outbox;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassName("zg-page");
        phone.setId("phone-filter");
        phone.setLabel(getTranslation("notification.outbox.filter"));
        phone.setPlaceholder("138…");
        phone.setPrefixComponent(Glyph.SEARCH.icon());
        phone.setClearButtonVisible(true);
        phone.setValueChangeMode(ValueChangeMode.LAZY);
        phone.addValueChangeListener(change -> refresh());
        phone.addKeyPressListener(Key.ENTER, key -> refresh());
        phone.addClassName("zg-wide");
        list.addClassName("zg-stack");
        list.setId("messages");
        add(
                new PageHeader(getTranslation("notification.outbox"))
                        .subtitle(getTranslation("notification.outbox.about")),
                new Note(
                        Meaning.ATTEND,
                        getTranslation("notification.outbox.demo"),
                        getTranslation("notification.outbox.demo.why")),
                phone,
                list);
        updates.subscribe(this, OutboxLive.TOPIC, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        phone.setValue(event.getLocation()
                .getQueryParameters()
                .getSingleParameter("phone")
                .orElse(""));
        refresh();
    }

    private void refresh() {
        list.removeAll();
        var messages = find();
        if (messages.isEmpty()) {
            list.add(new EmptyState(
                    getTranslation("notification.outbox.empty"), getTranslation("notification.outbox.empty.todo")));
        }
        messages.forEach(message -> list.add(card(message)));
    }

    private List<OutboxMessage> find() {
        if (phone.getValue().isBlank()) {
            return outbox.latest(Optional.empty());
        }
        return switch (Phone.check(phone.getValue())) {
            case Checked.Valid<Phone>(var number) -> outbox.latest(Optional.of(number));
            case Checked.Invalid<Phone> _ -> List.of();
        };
    }

    private Div card(OutboxMessage message) {
        var to = new Span(message.recipientMasked());
        to.addClassName("zg-strong");
        var when = TimeLabel.ago(times, message.createdAt());
        when.addClassNames("zg-small", "zg-muted");
        var head = new Div(to, when);
        head.addClassName("zg-between");
        var card = new Div(head, new Paragraph(text(message)));
        card.addClassNames("zg-card", "zg-stack", "tight");
        var code = message.params().get("code");
        if (code != null) {
            var digits = new Span(code);
            digits.addClassNames("zg-2xl", "zg-outbox-code");
            var copy = new Button(getTranslation("notification.outbox.copy"), Glyph.COPY.icon(), click -> {
                getUI().orElseThrow()
                        .getPage()
                        .executeJs("navigator.clipboard && navigator.clipboard.writeText($0)", code);
                Toast.done(getTranslation("notification.outbox.copied", code));
            });
            copy.addThemeVariants(ButtonVariant.SMALL);
            var line = new Div(digits, copy);
            line.addClassName("zg-between");
            card.add(line);
        }
        return card;
    }

    /** The template's text in this page's language; a provider would render the same from its own copy. */
    private String text(OutboxMessage message) {
        var text = getTranslation("notification.sms." + message.template());
        for (var param : message.params().entrySet()) {
            text = text.replace("{" + param.getKey() + "}", param.getValue());
        }
        return text;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("notification.outbox");
    }
}
