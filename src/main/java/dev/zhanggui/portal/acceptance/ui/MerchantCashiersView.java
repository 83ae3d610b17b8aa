package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.acceptance.MerchantCashiers;
import dev.zhanggui.portal.acceptance.MerchantCashiers.Acquirer;
import dev.zhanggui.portal.acceptance.MerchantCashiers.Choice;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Which acquirers are set up, and which of them takes a merchant's payments. The address carries the search. */
@Route("staff/acquirers")
@Menu(title = "acquirers.menu", order = 37, icon = "card")
@RolesAllowed({Role.Names.SERVICE, Role.Names.ADMIN})
class MerchantCashiersView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final String SEARCH = "q";

    /** Stands for no choice: a select has no place for nothing. */
    private static final String BY_APP = "";

    private final transient MerchantCashiers cashiers;
    private final transient Merchants merchants;
    private final transient CurrentActor actor;
    private final TextField wanted = new TextField();
    private final Div list = new Div();

    MerchantCashiersView(MerchantCashiers cashiers, Merchants merchants, CurrentActor actor) {
        this.cashiers = cashiers;
        this.merchants = merchants;
        this.actor = actor;
        addClassNames("zg-page", "wide");
        wanted.setLabel(getTranslation("acquirers.search"));
        wanted.setHelperText(getTranslation("merchant.staff.search.help"));
        wanted.setMaxLength(Merchants.TEXT_MOST);
        wanted.setClearButtonVisible(true);
        wanted.addClassName("zg-grow");
        wanted.addKeyPressListener(Key.ENTER, key -> search());
        list.addClassName("zg-rows");
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
        var query = wanted.isEmpty() ? QueryParameters.empty() : QueryParameters.of(SEARCH, wanted.getValue());
        getUI().orElseThrow().navigate(MerchantCashiersView.class, query);
    }

    private void refresh() {
        removeAll();
        add(new PageHeader(getTranslation("acquirers.title")).subtitle(getTranslation("acquirers.about")));
        var acquirers = cashiers.acquirers(actor.get());
        if (acquirers.isEmpty()) {
            add(new EmptyState(getTranslation("acquirers.none"), getTranslation("acquirers.none.text")));
            return;
        }
        var rows = new Div();
        rows.addClassName("zg-rows");
        acquirers.forEach(it -> rows.add(row(it)));
        add(rows);
        if (acquirers.size() == 1) {
            add(new Note(
                    Meaning.CLOSED,
                    getTranslation("acquirers.one", acquirers.getFirst().name()),
                    null));
            return;
        }
        var find = new Button(getTranslation("merchant.staff.find"), click -> search());
        find.addThemeVariants(ButtonVariant.PRIMARY);
        var line = new Div(wanted, find);
        line.addClassNames("zg-row", "wrap", "baseline");
        add(new Section(getTranslation("acquirers.choose"), line, list));
        found(acquirers);
    }

    private Component row(Acquirer it) {
        var name = new Span(it.name());
        name.addClassNames("zg-strong", "zg-mono");
        var apps = new Div(
                it.apps().isEmpty()
                        ? getTranslation("acquirers.apps.all")
                        : getTranslation(
                                "acquirers.apps",
                                it.apps().stream()
                                        .map(app -> getTranslation("acquirers.app." + app))
                                        .collect(Collectors.joining(getTranslation("acquirers.and")))));
        apps.addClassNames("zg-small", "zg-muted");
        var words = new Div(name, apps);
        words.addClassName("zg-grow");
        var row = new Div(
                words,
                it.answers()
                        ? new StatusPill(Meaning.OPEN, getTranslation("acquirers.answers"))
                        : new StatusPill(Meaning.ATTEND, getTranslation("acquirers.mute")));
        row.addClassNames("zg-row", "wrap");
        return row;
    }

    private void found(List<Acquirer> acquirers) {
        list.removeAll();
        if (wanted.isEmpty()) {
            return;
        }
        var found = merchants.search(actor.get(), wanted.getValue());
        var choices = cashiers.of(actor.get(), found.stream().map(Merchant::id).toList());
        for (int i = 0; i < choices.size(); i++) {
            list.add(row(found.get(i), choices.get(i), acquirers));
        }
        if (found.isEmpty()) {
            list.add(new EmptyState(
                    getTranslation("merchant.staff.noneFound"), getTranslation("merchant.staff.noneFound.more")));
        }
    }

    private Component row(Merchant merchant, Choice choice, List<Acquirer> acquirers) {
        var name = new Span(merchant.name());
        name.addClassName("zg-strong");
        var uscc = merchant.uscc();
        var number = new Div(uscc == null ? merchant.publicId() : uscc);
        number.addClassNames("zg-small", "zg-muted", "zg-mono");
        var words = new Div(name, number);
        words.addClassName("zg-grow");
        var known = acquirers.stream().map(Acquirer::name).toList();
        var now = Objects.requireNonNullElse(choice.acquirer(), BY_APP);
        var items = new ArrayList<>(List.of(BY_APP));
        items.addAll(known);
        if (!items.contains(now)) {
            items.add(now);
        }
        var select = new Select<String>();
        select.setAriaLabel(getTranslation("acquirers.of", merchant.name()));
        select.setItems(items);
        select.setItemLabelGenerator(it -> it.equals(BY_APP)
                ? getTranslation("acquirers.byApp")
                : known.contains(it) ? it : getTranslation("acquirers.gone", it));
        select.setValue(now);
        select.addValueChangeListener(change -> choose(merchant, choice, change.getValue()));
        var row = new Div(words, select);
        row.addClassNames("zg-row", "wrap");
        return row;
    }

    private void choose(Merchant merchant, Choice before, String wish) {
        try {
            cashiers.choose(actor.get(), merchant.id(), wish.equals(BY_APP) ? null : wish, before.version());
            Toast.done(
                    wish.equals(BY_APP)
                            ? getTranslation("acquirers.chosen.byApp", merchant.name())
                            : getTranslation("acquirers.chosen", merchant.name(), wish));
        } catch (LostUpdateException e) {
            Toast.failed(getTranslation("acquirers.lost"), getTranslation("acquirers.lost.todo"));
        }
        refresh();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("acquirers.title");
    }
}
