package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridMultiSelectionModel;
import com.vaadin.flow.component.grid.dataview.GridListDataView;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ApplyHours;
import dev.zhanggui.portal.tradinghours.CopiedPart;
import dev.zhanggui.portal.tradinghours.HoursCopy;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.ManyStores;
import dev.zhanggui.portal.tradinghours.StoreOutcome;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.WhatIf;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One store's hours, or the merchant's, for many stores: what each would gain and lose stands beside it before anything is
 * changed, and what became of it afterwards. Whatever did not work stays selected, to be tried again.
 */
@Route("merchant/hours/stores")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER})
class ManyStoresView extends Div implements AfterNavigationObserver, HasDynamicTitle {

    /** More are scrolled through. */
    private static final int ROWS_SHOWN = 12;

    private final transient ManyStores many;
    private final transient TradingHours hours;
    private final transient Merchants merchants;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final ChosenStore chosen;

    private final ComboBox<HoursScope> source = new ComboBox<>();
    private final Div said = new Div();
    private final CheckboxGroup<CopiedPart> parts = new CheckboxGroup<>();
    private final RadioButtonGroup<HoursCopy.Mode> mode = new RadioButtonGroup<>();
    private final TextField search = new TextField();
    private final Button select = new Button();
    private final Grid<Store> grid = new Grid<>();
    private final Div bar = new Div();
    private final Div answer = new Div();

    private MerchantId merchant = new MerchantId(0);
    private List<Store> stores = List.of();
    private HoursDocument document = HoursDocument.notSet(HumanTime.CHINA);
    private @Nullable GridListDataView<Store> rows;
    private Map<StoreId, WhatIf> answers = Map.of();
    private Map<StoreId, StoreOutcome> outcomes = Map.of();

    ManyStoresView(
            ManyStores many,
            TradingHours hours,
            Merchants merchants,
            CurrentActor actor,
            ChosenStore chosen,
            Clock clock) {
        this.many = many;
        this.hours = hours;
        this.merchants = merchants;
        this.actor = actor;
        this.chosen = chosen;
        this.clock = clock;
        addClassNames("zg-page", "wide", "zg-many");
        source.setLabel(getTranslation("tradinghours.many.source"));
        source.addValueChangeListener(change -> {
            if (change.getValue() == null) {
                source.setValue(change.getOldValue());
            } else if (change.isFromClient()) {
                showSource();
            }
        });
        parts.setLabel(getTranslation("tradinghours.many.parts"));
        parts.setItemLabelGenerator(part -> getTranslation("tradinghours.many.part." + part));
        parts.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                foresee();
            }
        });
        mode.setLabel(getTranslation("tradinghours.many.mode"));
        mode.setItems(HoursCopy.Mode.REPLACE, HoursCopy.Mode.KEEP);
        mode.setItemLabelGenerator(it -> getTranslation("tradinghours.many.mode." + it));
        mode.setValue(HoursCopy.Mode.REPLACE);
        mode.addValueChangeListener(change -> foresee());
        search.setPlaceholder(getTranslation("tradinghours.many.search"));
        search.setAriaLabel(getTranslation("tradinghours.many.search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(change -> filter());
        select.addThemeVariants(ButtonVariant.TERTIARY);
        select.addClickListener(click -> {
            var all = new LinkedHashSet<>(grid.asMultiSelect().getValue());
            all.addAll(shown());
            grid.asMultiSelect().setValue(all);
        });
        buildGrid();
        bar.addClassNames("zg-bottom-bar", "zg-save-bar");
        answer.getElement().setAttribute("role", "status");
    }

    private void buildGrid() {
        ComponentTexts.speak(grid);
        grid.addClassName("zg-many-grid");
        grid.setAriaLabel(getTranslation("tradinghours.many.stores"));
        grid.setEmptyStateText(getTranslation("tradinghours.many.noMatch"));
        var selection = (GridMultiSelectionModel<Store>) grid.setSelectionMode(Grid.SelectionMode.MULTI);
        // It would select what the search has hidden, too.
        selection.setSelectAllCheckboxVisibility(GridMultiSelectionModel.SelectAllCheckboxVisibility.HIDDEN);
        grid.addComponentColumn(this::name)
                .setHeader(getTranslation("tradinghours.many.store"))
                .setFlexGrow(1)
                .setRowHeader(true);
        grid.addComponentColumn(this::week)
                .setHeader(getTranslation("tradinghours.many.week"))
                .setWidth("9rem")
                .setFlexGrow(0);
        grid.addItemClickListener(click -> {
            var now = new LinkedHashSet<>(grid.asMultiSelect().getValue());
            if (!now.remove(click.getItem())) {
                now.add(click.getItem());
            }
            grid.asMultiSelect().setValue(now);
        });
        grid.asMultiSelect().addSelectionListener(change -> showBar());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        removeAll();
        var current = chosen.of(event.getLocation()).orElse(null);
        if (current == null) {
            add(new EmptyState(getTranslation("tradinghours.noStore"), getTranslation("tradinghours.noStore.more")));
            return;
        }
        var header = new PageHeader(getPageTitle())
                .subtitle(getTranslation("tradinghours.many.about"))
                .back(new RouterLink("", HoursView.class), getTranslation("tradinghours.title"));
        add(header);
        merchant = current.merchantId();
        if (!hours.mayChange(me(), current.id())) {
            add(new EmptyState(getTranslation("tradinghours.readOnly"), getTranslation("tradinghours.readOnly.more")));
            return;
        }
        stores = merchants.storesOf(me(), merchant);
        if (stores.size() < 2) {
            add(new EmptyState(getTranslation("tradinghours.many.one"), getTranslation("tradinghours.many.one.more")));
            return;
        }
        var scopes = new ArrayList<HoursScope>();
        scopes.add(new HoursScope.OfMerchant(merchant));
        stores.forEach(store -> scopes.add(HoursScope.of(store.id())));
        var names = new HashMap<HoursScope, String>();
        names.put(scopes.getFirst(), getTranslation("tradinghours.many.source.merchant"));
        stores.forEach(store -> names.put(HoursScope.of(store.id()), store.name()));
        source.setItemLabelGenerator(scope -> names.getOrDefault(scope, ""));
        source.setItems(scopes);
        source.setValue(beginning(scopes.getFirst(), HoursScope.of(current.id())));
        var past = new Div(getTranslation("tradinghours.many.past"));
        past.addClassNames("zg-small", "zg-muted");
        var what = new Div(source, said, parts, mode, past);
        what.addClassName("zg-stack");
        var none = new Button(getTranslation("tradinghours.many.deselect"), click -> grid.deselectAll());
        none.addThemeVariants(ButtonVariant.TERTIARY);
        var tools = new Div(search, select, none);
        tools.addClassNames("zg-row", "wrap");
        var where = new Div(tools, grid);
        where.addClassName("zg-stack");
        var columns = new Div(
                new Section(getTranslation("tradinghours.many.what"), what),
                new Section(getTranslation("tradinghours.many.stores"), where));
        columns.addClassName("zg-many-columns");
        add(columns, bar);
        showSource();
    }

    /** The store looked at, unless it only takes what all stores share. */
    private HoursScope beginning(HoursScope shared, HoursScope store) {
        return said(store).isEmpty() && !said(shared).isEmpty() ? shared : store;
    }

    private Set<CopiedPart> said(HoursScope scope) {
        var its = hours.current(me(), scope).document();
        return HoursCopy.saidBy(its, LocalDate.ofInstant(clock.instant(), its.zone()));
    }

    /** Other hours to take from: all that they say is chosen at first. */
    private void showSource() {
        var from = source.getValue();
        document = hours.current(me(), from).document();
        var available = HoursCopy.saidBy(document, LocalDate.ofInstant(clock.instant(), document.zone()));
        said.removeAll();
        if (available.isEmpty()) {
            boolean inherits = from instanceof HoursScope.OfStore
                    && !said(new HoursScope.OfMerchant(merchant)).isEmpty();
            said.add(new Note(
                    Meaning.ATTEND,
                    getTranslation(inherits ? "tradinghours.many.inherits" : "tradinghours.many.nothing"),
                    getTranslation(inherits ? "tradinghours.many.inherits.more" : "tradinghours.many.nothing.more")));
        } else {
            var sentence = new Paragraph(new HoursWords(getLocale()).sentence(document));
            sentence.addClassName("zg-muted");
            said.add(sentence);
        }
        parts.setItems(available);
        parts.setValue(available);
        parts.setVisible(!available.isEmpty());
        mode.setVisible(!available.isEmpty());
        var others = stores.stream()
                .filter(store -> !HoursScope.of(store.id()).equals(from))
                .toList();
        rows = grid.setItems(others);
        filter();
        foresee();
    }

    private void filter() {
        var text = search.getValue().strip().toLowerCase(Locale.ROOT);
        if (rows != null) {
            rows.setFilter(store -> store.name().toLowerCase(Locale.ROOT).contains(text)
                    || store.address().toLowerCase(Locale.ROOT).contains(text));
        }
        int count = shown().size();
        select.setText(getTranslation("tradinghours.many.select", count));
        select.setEnabled(count > 0);
        grid.setAllRowsVisible(count <= ROWS_SHOWN);
    }

    private List<Store> shown() {
        return rows == null ? List.of() : rows.getItems().toList();
    }

    private Optional<HoursCopy> copy() {
        return parts.getValue().isEmpty()
                ? Optional.empty()
                : Optional.of(new HoursCopy(document, parts.getValue(), mode.getValue()));
    }

    /** What would become of every store, selected or not. */
    private void foresee() {
        outcomes = Map.of();
        answer.removeAll();
        ask();
    }

    private void ask() {
        answers = copy().map(it -> many.preview(
                        me(), merchant, stores.stream().map(Store::id).toList(), it))
                .orElse(Map.of());
        grid.getDataProvider().refreshAll();
        showBar();
    }

    private Component name(Store store) {
        var name = new Div(store.name());
        name.addClassName("zg-strong");
        var more = new Div(note(store));
        more.addClassNames("zg-small", "zg-muted", "zg-many-note");
        return new Div(name, more);
    }

    private Component[] note(Store store) {
        var outcome = outcomes.get(store.id());
        if (outcome != null) {
            return new Component[] {pill(outcome)};
        }
        return switch (answers.get(store.id())) {
            case null -> new Component[] {new Span(store.address())};
            case WhatIf.Unchanged it -> new Component[] {new Span(getTranslation("tradinghours.many.same"))};
            case WhatIf.Failed it ->
                new Component[] {new StatusPill(Meaning.STOP, getTranslation("tradinghours.many.unreadable"))};
            case WhatIf.Invalid(var version, var errors) ->
                new Component[] {new StatusPill(Meaning.STOP, getTranslation("tradinghours.many.invalid", why(errors)))
                };
            case WhatIf.Changes it -> foreseen(it);
        };
    }

    private Component[] foreseen(WhatIf.Changes it) {
        var notes = new ArrayList<Component>();
        if (it.neverOpen()) {
            notes.add(new StatusPill(Meaning.ATTEND, getTranslation("tradinghours.many.neverOpen", WhatIf.DAYS)));
        }
        if (it.month().gained() + it.month().lost() > 0) {
            notes.add(new Span(getTranslation("tradinghours.many.month", WhatIf.DAYS)));
            notes.addAll(signed(it.month()));
        } else {
            notes.add(
                    new Span(getTranslation(it.otherwise() ? "tradinghours.many.terms" : "tradinghours.many.wording")));
        }
        return notes.toArray(Component[]::new);
    }

    private StatusPill pill(StoreOutcome outcome) {
        return switch (outcome) {
            case StoreOutcome.Changed it ->
                new StatusPill(Meaning.OPEN, getTranslation("tradinghours.many.outcome.changed"));
            case StoreOutcome.Unchanged it ->
                new StatusPill(Meaning.CLOSED, getTranslation("tradinghours.many.outcome.unchanged"));
            case StoreOutcome.Conflict it ->
                new StatusPill(Meaning.ATTEND, getTranslation("tradinghours.many.outcome.conflict"));
            case StoreOutcome.Invalid(var errors) ->
                new StatusPill(Meaning.STOP, getTranslation("tradinghours.many.invalid", why(errors)));
            case StoreOutcome.Failed it ->
                new StatusPill(Meaning.STOP, getTranslation("tradinghours.many.outcome.failed"));
        };
    }

    private String why(List<HoursError> errors) {
        return getTranslation("tradinghours.error." + errors.getFirst().kind());
    }

    private Component week(Store store) {
        var cell = new Div();
        cell.addClassName("zg-many-week");
        if (answers.get(store.id()) instanceof WhatIf.Changes it) {
            cell.add(signed(it.week()));
        }
        return cell;
    }

    /** Never set off against each other. */
    private List<Component> signed(WhatIf.Minutes minutes) {
        var signed = new ArrayList<Component>();
        if (minutes.gained() > 0) {
            var gained = new Span("+" + duration(minutes.gained()));
            gained.addClassNames("zg-open", "zg-strong");
            signed.add(gained);
        }
        if (minutes.lost() > 0) {
            var lost = new Span("−" + duration(minutes.lost()));
            lost.addClassNames("zg-closed", "zg-strong");
            signed.add(lost);
        }
        return signed;
    }

    private String duration(long minutes) {
        int hour = (int) (minutes / 60);
        int rest = (int) (minutes % 60);
        if (rest == 0) {
            return getTranslation("tradinghours.duration.hours", hour);
        }
        return hour == 0
                ? getTranslation("tradinghours.duration.minutes", rest)
                : getTranslation("tradinghours.duration.both", hour, rest);
    }

    private void showBar() {
        bar.removeAll();
        var selected = grid.asMultiSelect().getValue();
        var changing = changing(selected);
        var effect = new Div();
        effect.addClassNames("effect", "zg-row", "wrap");
        if (selected.isEmpty()) {
            effect.add(new Span(getTranslation("tradinghours.many.bar.none")));
        } else if (changing.isEmpty()) {
            effect.add(new Span(getTranslation("tradinghours.many.bar.same", selected.size())));
        } else {
            var week = new WhatIf.Minutes(
                    changing.values().stream()
                            .mapToLong(it -> it.week().gained())
                            .sum(),
                    changing.values().stream().mapToLong(it -> it.week().lost()).sum());
            effect.add(new Span(getTranslation("tradinghours.many.bar.changes", changing.size())));
            effect.add(signed(week));
        }
        boolean again = changing.keySet().stream().anyMatch(id -> outcomes.containsKey(id));
        var apply = new Button(
                changing.isEmpty()
                        ? getTranslation("tradinghours.many.apply.none")
                        : getTranslation(
                                again ? "tradinghours.many.retry" : "tradinghours.many.apply", changing.size()),
                click -> apply());
        apply.addThemeVariants(ButtonVariant.PRIMARY);
        apply.setDisableOnClick(true);
        apply.setEnabled(!changing.isEmpty());
        if (answer.getComponentCount() > 0) {
            bar.add(answer);
        }
        bar.add(effect, apply);
    }

    private Map<StoreId, WhatIf.Changes> changing(Set<Store> selected) {
        var changing = new HashMap<StoreId, WhatIf.Changes>();
        selected.forEach(store -> {
            if (answers.get(store.id()) instanceof WhatIf.Changes it) {
                changing.put(store.id(), it);
            }
        });
        return changing;
    }

    private void apply() {
        var changing = changing(grid.asMultiSelect().getValue());
        var seen = new HashMap<StoreId, Integer>();
        changing.forEach((id, it) -> seen.put(id, it.version()));
        copy().ifPresent(copy -> {
            outcomes = many.apply(me(), new ApplyHours(merchant, List.copyOf(changing.keySet()), copy, seen, null));
            var again = new LinkedHashSet<Store>();
            stores.forEach(store -> {
                switch (outcomes.get(store.id())) {
                    case StoreOutcome.Conflict it -> again.add(store);
                    case StoreOutcome.Failed it -> again.add(store);
                    case StoreOutcome.Changed it -> {}
                    case StoreOutcome.Unchanged it -> {}
                    case StoreOutcome.Invalid it -> {}
                    case null -> {}
                }
            });
            showAnswer();
            grid.asMultiSelect().setValue(again);
            ask();
        });
    }

    private void showAnswer() {
        answer.removeAll();
        int done = (int) outcomes.values().stream()
                .filter(it -> it instanceof StoreOutcome.Changed || it instanceof StoreOutcome.Unchanged)
                .count();
        int left = outcomes.size() - done;
        answer.add(
                left == 0
                        ? new Note(Meaning.OPEN, getTranslation("tradinghours.many.done", done), null)
                        : new Note(
                                Meaning.ATTEND,
                                getTranslation("tradinghours.many.left", done, left),
                                getTranslation("tradinghours.many.left.more")));
    }

    private Actor me() {
        return actor.get();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.many.title");
    }
}
