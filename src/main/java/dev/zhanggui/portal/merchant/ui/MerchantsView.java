package dev.zhanggui.portal.merchant.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;

/** Finds a merchant, stops all its collecting and lets it go on; without a search it shows whoever is stopped now. */
@Route("staff/merchants")
@Menu(title = "merchant.staff", order = 34, icon = "store")
@RolesAllowed({Role.Names.REVIEWER, Role.Names.ADMIN})
public class MerchantsView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private static final String SEARCH = "q";

    private final transient Merchants merchants;
    private final transient CurrentActor actors;
    private final transient HumanTime times;
    private final TextField wanted = new TextField();
    private final Div list = new Div();

    public MerchantsView(Merchants merchants, CurrentActor actors, Clock clock) {
        this.merchants = merchants;
        this.actors = actors;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassNames("zg-page", "wide");
        wanted.setId("merchant-search");
        wanted.setLabel(getTranslation("merchant.staff.search"));
        wanted.setHelperText(getTranslation("merchant.staff.search.help"));
        wanted.setMaxLength(Merchants.TEXT_MOST);
        wanted.setClearButtonVisible(true);
        wanted.addClassName("zg-grow");
        wanted.addKeyPressListener(Key.ENTER, key -> search());
        var search = new Button(getTranslation("merchant.staff.find"), click -> search());
        search.addThemeVariants(ButtonVariant.PRIMARY);
        var line = new Div(wanted, search);
        line.addClassNames("zg-row", "wrap", "baseline");
        list.addClassName("zg-rows");
        add(
                new PageHeader(getTranslation("merchant.staff")).subtitle(getTranslation("merchant.staff.about")),
                line,
                list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        wanted.setValue(event.getLocation()
                .getQueryParameters()
                .getSingleParameter(SEARCH)
                .orElse(""));
        refresh();
    }

    private void search() {
        var parameters = wanted.isEmpty() ? QueryParameters.empty() : QueryParameters.of(SEARCH, wanted.getValue());
        getUI().orElseThrow().navigate(MerchantsView.class, parameters);
    }

    private void refresh() {
        list.removeAll();
        merchants.search(actors.get(), wanted.getValue()).forEach(merchant -> list.add(row(merchant)));
        if (list.getComponentCount() == 0) {
            list.add(
                    wanted.isEmpty()
                            ? new EmptyState(
                                    getTranslation("merchant.staff.noneFrozen"),
                                    getTranslation("merchant.staff.noneFrozen.more"))
                            : new EmptyState(
                                    getTranslation("merchant.staff.noneFound"),
                                    getTranslation("merchant.staff.noneFound.more")));
        }
    }

    private Component row(Merchant merchant) {
        var name = new Span(merchant.name());
        name.addClassName("zg-strong");
        var number = new Div(merchant.uscc() == null ? merchant.publicId() : merchant.uscc());
        number.addClassNames("zg-small", "zg-muted", "zg-mono");
        var words = new Div(name, number);
        words.addClassName("zg-grow");
        var reason = merchant.frozenReason();
        var since = merchant.frozenAt();
        if (reason != null && since != null) {
            words.add(new Div(getTranslation("merchant.staff.frozenBecause", times.moment(since), reason)));
        }
        var state = merchant.isFrozen()
                ? new StatusPill(Meaning.STOP, getTranslation("merchant.staff.frozen"))
                : new StatusPill(Meaning.OPEN, getTranslation("merchant.staff.free"));
        var change = new Button(
                getTranslation(merchant.isFrozen() ? "merchant.staff.unfreeze" : "merchant.staff.freeze"),
                click -> ask(merchant));
        change.addThemeVariants(ButtonVariant.SMALL);
        change.setClassName("zg-danger", !merchant.isFrozen());
        var row = new Div(words, state, change);
        row.addClassNames("zg-row", "wrap");
        return row;
    }

    /** Names what will stop, and asks why. */
    private void ask(Merchant merchant) {
        var key = merchant.isFrozen() ? "merchant.staff.unfreeze" : "merchant.staff.freeze";
        var title = getTranslation(key + ".of", merchant.name());
        var dialog = new Dialog(title);
        var reason = new TextArea(getTranslation("merchant.staff.reason"));
        reason.setHelperText(getTranslation(key + ".reason"));
        reason.setMaxLength(Merchants.TEXT_MOST);
        reason.setWidthFull();
        var save = new Button(title, click -> {
            if (reason.getValue().isBlank()) {
                reason.setErrorMessage(getTranslation("merchant.staff.reason.empty"));
                reason.setInvalid(true);
                return;
            }
            dialog.close();
            change(merchant, reason.getValue());
        });
        save.setClassName("zg-danger", !merchant.isFrozen());
        var form = new Div(new Div(getTranslation(key + ".effect")), reason);
        form.addClassName("zg-stack");
        dialog.add(form);
        dialog.getFooter().add(new Button(getTranslation("uikit.cancel"), click -> dialog.close()), save);
        dialog.open();
    }

    private void change(Merchant merchant, String reason) {
        if (merchant.isFrozen()) {
            merchants.unfreeze(actors.get(), merchant.id(), merchant.version(), reason);
            Toast.done(getTranslation("merchant.staff.unfrozen", merchant.name()));
        } else {
            merchants.freeze(actors.get(), merchant.id(), merchant.version(), reason);
            Toast.done(getTranslation("merchant.staff.isFrozen", merchant.name()));
        }
        refresh();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("merchant.staff");
    }
}
