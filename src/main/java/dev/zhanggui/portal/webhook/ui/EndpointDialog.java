package dev.zhanggui.portal.webhook.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointFault;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where to send, and what. */
class EndpointDialog extends Dialog {

    private final TextField url = new TextField();
    private final TextField description = new TextField();
    private final CheckboxGroup<EventType> events = new CheckboxGroup<>();
    private final transient Function<EndpointDraft, EndpointOutcome> save;
    private final transient Consumer<EndpointOutcome> done;

    /** @param before null for a new one */
    EndpointDialog(
            @Nullable Endpoint before, Function<EndpointDraft, EndpointOutcome> save, Consumer<EndpointOutcome> done) {
        this.save = save;
        this.done = done;
        setHeaderTitle(getTranslation(before == null ? "webhook.add" : "webhook.edit"));
        url.setId("webhook-url");
        url.setLabel(getTranslation("webhook.form.url"));
        url.setHelperText(getTranslation("webhook.form.url.help"));
        url.setPlaceholder("https://");
        url.setMaxLength(Webhooks.URL_MOST);
        url.getElement().setAttribute("inputmode", "url");
        description.setId("webhook-description");
        description.setLabel(getTranslation("webhook.form.description"));
        description.setHelperText(getTranslation("webhook.form.description.help"));
        description.setMaxLength(Webhooks.DESCRIPTION_MOST);
        events.setLabel(getTranslation("webhook.form.events"));
        events.setItems(EventType.CHOICES);
        events.setItemLabelGenerator(type -> getTranslation("webhook.event." + type));
        events.setValue(before == null ? Set.copyOf(EventType.CHOICES) : before.events());
        if (before != null) {
            url.setValue(before.url());
            description.setValue(before.description());
        }
        url.addClassName("zg-wide");
        description.addClassName("zg-wide");
        var form = new Div(url, description, events);
        form.addClassName("zg-stack");
        add(form);
        var cancel =
                new Button(getTranslation(before == null ? "webhook.form.cancel" : "uikit.cancel"), click -> close());
        var keep = new Button(
                getTranslation(before == null ? "webhook.form.create" : "webhook.form.save"), click -> keep());
        keep.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(cancel, keep);
        addClassName("zg-webhook-dialog");
        url.setAutofocus(true);
    }

    private void keep() {
        for (HasValidation field : List.<HasValidation>of(url, description, events)) {
            field.setInvalid(false);
        }
        switch (save.apply(new EndpointDraft(url.getValue(), description.getValue(), events.getValue()))) {
            case EndpointOutcome.Invalid(var fault) -> refuse(fault);
            case EndpointOutcome.TooMany() -> refuse(url, getTranslation("webhook.tooMany", Webhooks.ENDPOINTS_MOST));
            case EndpointOutcome.Created made -> finish(made);
            case EndpointOutcome.Changed changed -> finish(changed);
        }
    }

    private void finish(EndpointOutcome outcome) {
        close();
        done.accept(outcome);
    }

    private void refuse(EndpointFault fault) {
        HasValidation field = switch (fault) {
            case URL_MISSING, URL_TOO_LONG, URL_UNREADABLE, URL_NOT_HTTPS, URL_WITH_USER, URL_PRIVATE -> url;
            case DESCRIPTION_TOO_LONG -> description;
            case EVENTS_MISSING -> events;
        };
        refuse(field, getTranslation("webhook.fault." + fault));
    }

    private static void refuse(HasValidation field, String why) {
        field.setErrorMessage(why);
        field.setInvalid(true);
    }
}
