package dev.zhanggui.portal.terminal.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.Inventory.StockIn;
import dev.zhanggui.portal.terminal.Inventory.Verdict;
import dev.zhanggui.portal.terminal.Model;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;

/** Takes machines in: paste or scan serial numbers, one a line, look at the report, take them in. */
@Route("warehouse/stock-in")
@RolesAllowed({Role.Names.WAREHOUSE, Role.Names.ADMIN})
public class StockInView extends Div implements HasDynamicTitle {

    private static final int LONGEST_TEXT = 200_000;
    private static final int ROWS_SHOWN = 200;

    private final Inventory inventory;
    private final Catalogue catalogue;
    private final CurrentActor actor;
    private final Select<Model> model = new Select<>();
    private final TextArea serials = new TextArea();
    private final Button check = new Button();
    private final Button take = new Button();
    private final Div report = new Div();
    private final Div stock = new Div();

    public StockInView(Inventory inventory, Catalogue catalogue, CurrentActor actor) {
        this.inventory = inventory;
        this.catalogue = catalogue;
        this.actor = actor;
        addClassNames("zg-page", "wide", "warehouse");

        model.setLabel(getTranslation("warehouse.in.model"));
        model.setItems(catalogue.models());
        model.setItemLabelGenerator(item -> item.name().in(getLocale()));
        model.setValue(catalogue.models().getFirst());
        serials.setLabel(getTranslation("warehouse.in.serials"));
        serials.setHelperText(getTranslation("warehouse.in.serials.help"));
        serials.setMaxLength(LONGEST_TEXT);
        serials.setMinRows(8);
        serials.setMaxRows(16);
        serials.setWidthFull();
        serials.setValueChangeMode(ValueChangeMode.LAZY);
        check.setText(getTranslation("warehouse.in.check"));
        check.addClassName("warehouse-big");
        take.addThemeVariants(ButtonVariant.PRIMARY);
        take.addClassName("warehouse-big");
        take.setVisible(false);

        serials.addValueChangeListener(change -> forget());
        model.addValueChangeListener(change -> forget());
        check.addClickListener(click -> dryRun());
        take.addClickListener(click -> takeIn());

        var actions = new Div(check, take);
        actions.addClassName("zg-actions");
        var form = new Div(model, serials, actions, report);
        form.addClassName("zg-stack");
        var columns = new Div(form, stock);
        columns.addClassName("zg-columns");
        var back = new RouterLink();
        back.getElement().setAttribute("href", "warehouse");
        add(
                new PageHeader(getTranslation("warehouse.in.title"))
                        .subtitle(getTranslation("warehouse.in.subtitle"))
                        .back(back, getTranslation("warehouse.back")),
                columns);
        showStock();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("warehouse.in.title");
    }

    private List<String> lines() {
        return serials.getValue().lines().toList();
    }

    private void forget() {
        report.removeAll();
        take.setVisible(false);
    }

    private void dryRun() {
        forget();
        if (isTooMuch()) {
            return;
        }
        var result = inventory.stockIn(actor.get(), model.getValue().id(), lines(), true);
        show(result);
        long good = result.count(Verdict.OK);
        take.setText(getTranslation("warehouse.in.take", good));
        take.setVisible(good > 0);
    }

    private void takeIn() {
        if (isTooMuch()) {
            return;
        }
        var result = inventory.stockIn(actor.get(), model.getValue().id(), lines(), false);
        serials.clear();
        forget();
        show(result);
        showStock();
        serials.focus();
    }

    private boolean isTooMuch() {
        boolean tooMuch = lines().size() > Inventory.MOST_LINES;
        if (tooMuch) {
            report.add(new Note(
                    Meaning.STOP,
                    getTranslation("warehouse.in.tooMany", Inventory.MOST_LINES),
                    getTranslation("warehouse.in.tooMany.todo")));
        }
        return tooMuch;
    }

    private void show(StockIn result) {
        report.removeAll();
        long good = result.count(Verdict.OK);
        long bad = result.rows().size() - good;
        if (result.rows().isEmpty()) {
            report.add(new Note(
                    Meaning.ATTEND,
                    getTranslation("warehouse.in.nothing"),
                    getTranslation("warehouse.in.serials.help")));
            return;
        }
        report.add(new Note(
                bad == 0 ? Meaning.OPEN : Meaning.ATTEND,
                getTranslation(result.dryRun() ? "warehouse.in.wouldTake" : "warehouse.in.taken", good),
                bad == 0 ? null : getTranslation("warehouse.in.left", bad)));
        var rows = new Div();
        rows.addClassNames("zg-rows", "warehouse-report");
        result.rows().stream()
                .filter(row -> row.verdict() != Verdict.OK)
                .limit(ROWS_SHOWN)
                .forEach(row -> {
                    var line = new Span(getTranslation("warehouse.in.line", row.line()));
                    line.addClassNames("zg-small", "zg-muted", "zg-nowrap");
                    var text = new Span(row.text());
                    text.addClassNames("zg-mono", "zg-grow");
                    var why = new Span(getTranslation("terminal.stockIn." + row.verdict()));
                    why.addClassNames("zg-small", "zg-attend");
                    var div = new Div(line, text, why);
                    div.addClassName("zg-row");
                    rows.add(div);
                });
        report.add(rows);
    }

    private void showStock() {
        stock.removeAll();
        var counts = inventory.inStock(actor.get());
        if (counts.isEmpty()) {
            stock.add(new EmptyState(
                    getTranslation("warehouse.in.stock.none"), getTranslation("warehouse.in.stock.none.text")));
            return;
        }
        var rows = new Div();
        catalogue.models().stream()
                .filter(item -> counts.containsKey(item.id()))
                .forEach(item -> {
                    var count = new Span(getTranslation("warehouse.in.stock.count", counts.getOrDefault(item.id(), 0)));
                    count.addClassNames("zg-strong", "zg-nowrap");
                    var row = new Div(
                            new DeviceIcon(item.deviceClass()),
                            new Span(item.name().in(getLocale())),
                            count);
                    row.addClassName("zg-seat");
                    rows.add(row);
                });
        stock.add(new Section(getTranslation("warehouse.in.stock"), rows));
    }
}
