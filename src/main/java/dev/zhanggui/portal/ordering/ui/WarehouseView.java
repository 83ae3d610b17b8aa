package dev.zhanggui.portal.ordering.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.ordering.Orders.AllocateOutcome;
import dev.zhanggui.portal.ordering.Orders.MoveOutcome;
import dev.zhanggui.portal.ordering.Orders.PackOutcome;
import dev.zhanggui.portal.ordering.Orders.ShipOutcome;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.Steps;
import dev.zhanggui.portal.uikit.TimeLabel;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The packing bench: one order at a time, one scan field, a sign for right and another for wrong. */
@Route("warehouse/:number?(ZO[0-9]+)")
@Menu(title = "warehouse.menu", icon = "box", order = 40)
@RolesAllowed({Role.Names.WAREHOUSE, Role.Names.ADMIN})
public class WarehouseView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    static final String NUMBER = "number";

    private static final int MOST = 100;
    private static final int SHELF_HINTS = 3;
    private static final List<OrderState> ROAD = List.of(
            OrderState.EXCEPTION,
            OrderState.AT_LOCKER,
            OrderState.OUT_FOR_DELIVERY,
            OrderState.SHIPPED,
            OrderState.DELIVERED);

    private final Orders orders;
    private final Inventory inventory;
    private final Catalogue catalogue;
    private final CurrentActor actor;
    private final Clock clock;
    private @Nullable String number;
    private @Nullable Component sign;
    /** What is typed about the parcel; stays through every refusal. */
    private @Nullable ShipForm parcel;

    public WarehouseView(
            Orders orders,
            Inventory inventory,
            Catalogue catalogue,
            CurrentActor actor,
            LiveUpdates live,
            Clock clock) {
        this.orders = orders;
        this.inventory = inventory;
        this.catalogue = catalogue;
        this.actor = actor;
        this.clock = clock;
        addClassNames("zg-page", "wide", "warehouse");
        live.subscribe(this, OrderTopics.ALL, () -> {
            if (number == null && actor.find().isPresent()) {
                showQueue(null);
            }
        });
    }

    @Override
    public String getPageTitle() {
        return number == null ? getTranslation("warehouse.title") : number;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        sign = null;
        parcel = null;
        number = event.getRouteParameters().get(NUMBER).orElse(null);
        if (number == null) {
            showQueue(null);
        } else {
            open(number);
        }
    }

    private void open(String wanted) {
        Order order;
        try {
            order = orders.byNumber(actor.get(), wanted);
        } catch (NotFoundException unknown) {
            number = null;
            showQueue(ScanSign.wrong(
                    getTranslation("warehouse.unknownOrder"), getTranslation("warehouse.unknownOrder.todo", wanted)));
            return;
        }
        showOrder(order);
    }

    // ---- the queue

    private void showQueue(@Nullable Component message) {
        removeAll();
        var toAllocate = orders.inStates(actor.get(), List.of(OrderState.PLACED), MOST);
        var toPack = orders.inStates(actor.get(), List.of(OrderState.ALLOCATED), MOST);
        var toShip = orders.inStates(actor.get(), List.of(OrderState.PACKED), MOST);
        var road = orders.inStates(actor.get(), ROAD, MOST);
        add(new PageHeader(getTranslation("warehouse.title"))
                .subtitle(getTranslation(
                        "warehouse.subtitle", toAllocate.size() + toPack.size() + toShip.size(), road.size()))
                .aside(stockInLink()));
        var scan = new ScanField(
                getTranslation("warehouse.scan.order.label"),
                getTranslation("warehouse.scan.order"),
                text -> goTo(text.toUpperCase(Locale.ROOT)));
        add(scan);
        if (message != null) {
            add(message);
            signal(false);
        }
        if (toAllocate.isEmpty() && toPack.isEmpty() && toShip.isEmpty() && road.isEmpty()) {
            add(new EmptyState(getTranslation("warehouse.empty"), getTranslation("warehouse.empty.text")));
            return;
        }
        var board = new Div(
                list("PLACED", toAllocate), list("ALLOCATED", toPack), list("PACKED", toShip), list("ROAD", road));
        board.addClassName("warehouse-board");
        add(board);
    }

    private void goTo(String wanted) {
        if (wanted.matches("ZO[0-9]+")) {
            getUI().ifPresent(ui -> ui.navigate(WarehouseView.class, new RouteParameters(NUMBER, wanted)));
        } else {
            showQueue(ScanSign.wrong(
                    getTranslation("warehouse.notAnOrder"), getTranslation("warehouse.notAnOrder.todo", wanted)));
        }
    }

    private Section list(String stage, List<Order> list) {
        var words = words();
        var section = new Section(getTranslation("warehouse.stage." + stage)).aside(Integer.toString(list.size()));
        if (list.isEmpty()) {
            var nothing = new Div(getTranslation("warehouse.stage.none"));
            nothing.addClassNames("zg-small", "zg-faint");
            section.add(nothing);
        }
        var rows = new Div();
        rows.addClassName("zg-rows");
        list.forEach(order -> rows.add(new OrderRow(order, words)));
        section.add(rows);
        return section;
    }

    private RouterLink stockInLink() {
        // By its path: the stock belongs to the module below, whose pages this one does not know.
        var link = new RouterLink();
        link.getElement().setAttribute("href", "warehouse/stock-in");
        link.addClassName("warehouse-link");
        link.add(Glyph.DOWNLOAD.icon(), new Span(getTranslation("warehouse.stockIn")));
        return link;
    }

    // ---- one order

    private void showOrder(Order order) {
        removeAll();
        var header = new PageHeader(order.storeName())
                .subtitle(getTranslation(
                        "warehouse.order.what",
                        order.number(),
                        getTranslation("ordering.delivery." + order.delivery()),
                        order.lines().size()))
                .back(new RouterLink("", WarehouseView.class), getTranslation("warehouse.back"))
                .aside(new DuePill(order, words()));
        var work = new Div();
        work.addClassNames("zg-stack", "warehouse-work");
        work.add(steps(order));
        switch (order.state()) {
            case PLACED -> allocateStep(order, work);
            case ALLOCATED -> packStep(order, work);
            case PACKED -> shipStep(order, work);
            case SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, EXCEPTION -> roadStep(order, work);
            case RECEIVED, RETURNED, LOST ->
                work.add(new Note(
                        order.state() == OrderState.RECEIVED ? Meaning.OPEN : Meaning.STOP,
                        getTranslation("ordering.state." + order.state()),
                        parcel(order).orElse(null)));
        }
        work.add(machines(order), history(order));
        var side = new PackingSlip(order, catalogue, reason -> orders.recipient(actor.get(), order.id(), reason));
        var columns = new Div(work, side);
        columns.addClassName("zg-columns");
        add(header, columns);
    }

    private Steps steps(Order order) {
        var names = List.of(
                getTranslation("warehouse.step.allocate"),
                getTranslation(
                        "warehouse.step.pack",
                        order.packedCount(),
                        order.lines().size()),
                getTranslation("warehouse.step.ship"),
                getTranslation("warehouse.step.road"));
        return new Steps(
                names,
                switch (order.state()) {
                    case PLACED -> 0;
                    case ALLOCATED -> 1;
                    case PACKED -> 2;
                    case SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, EXCEPTION -> 3;
                    case RECEIVED, RETURNED, LOST -> 4;
                });
    }

    private void allocateStep(Order order, Div work) {
        work.add(scanning(order, getTranslation("warehouse.scan.allocate"), text -> allocate(order, text)));
        signOr(work, () -> shelfHint(order));
    }

    private void packStep(Order order, Div work) {
        work.add(scanning(order, getTranslation("warehouse.scan.pack"), text -> pack(order, text)));
        signOr(
                work,
                () -> new Note(
                        Meaning.CLOSED,
                        getTranslation("warehouse.pack.hint"),
                        getTranslation("warehouse.pack.hint.text", tails(order))));
    }

    private void shipStep(Order order, Div work) {
        var form = parcel == null ? new ShipForm((carrier, tracking) -> ship(order, carrier, tracking)) : parcel;
        parcel = form;
        work.add(new ScanField(
                getTranslation("warehouse.scan.ship.label"), getTranslation("warehouse.scan.ship"), form::scanned));
        signOr(work, Div::new);
        work.add(form);
    }

    private void roadStep(Order order, Div work) {
        signOr(
                work,
                () -> new Note(
                        order.state() == OrderState.EXCEPTION ? Meaning.STOP : Meaning.ATTEND,
                        getTranslation("ordering.state." + order.state()),
                        parcel(order).orElse(null)));
        var actions = new Div();
        actions.addClassName("zg-actions");
        for (var next : List.of(
                OrderState.OUT_FOR_DELIVERY,
                OrderState.AT_LOCKER,
                OrderState.DELIVERED,
                OrderState.EXCEPTION,
                OrderState.RETURNED)) {
            if (order.state().canMoveTo(next)) {
                var button = new Button(getTranslation("warehouse.road." + next), click -> move(order, next));
                button.addClassName("warehouse-big");
                actions.add(button);
            }
        }
        work.add(actions);
    }

    private ScanField scanning(Order order, String placeholder, Consumer<String> scanned) {
        return new ScanField(
                getTranslation("warehouse.scan.serial.label"),
                placeholder,
                text -> guarded(order, () -> scanned.accept(text)));
    }

    private void signOr(Div work, Supplier<Component> otherwise) {
        work.add(sign == null ? otherwise.get() : sign);
    }

    private Component shelfHint(Order order) {
        var section = new Section(getTranslation("warehouse.shelf"));
        order.toAllocate().stream().map(Order.Line::model).distinct().forEach(model -> {
            var stock = inventory.oldest(actor.get(), model, SHELF_HINTS);
            section.add(
                    stock.isEmpty()
                            ? new Note(
                                    Meaning.ATTEND,
                                    getTranslation("warehouse.shelf.none", name(model)),
                                    getTranslation("warehouse.shelf.none.todo"))
                            : new Note(
                                    Meaning.CLOSED,
                                    getTranslation("warehouse.shelf.take", name(model)),
                                    String.join(
                                            getTranslation("warehouse.comma"),
                                            stock.stream()
                                                    .map(terminal ->
                                                            terminal.serial().value())
                                                    .toList())));
        });
        return section;
    }

    private Section machines(Order order) {
        var rows = new Div();
        order.lines().forEach(line -> {
            var model = catalogue.model(line.model());
            var serial = line.serial();
            var text = new Div(new Span(model.name().in(getLocale())));
            var below = new Div(serial == null ? getTranslation("warehouse.machine.none") : serial.value());
            below.addClassNames("zg-small", serial == null ? "zg-faint" : "zg-mono");
            text.add(below);
            var row = new Div(new DeviceIcon(model.deviceClass()), text);
            row.addClassName("zg-seat");
            if (line.packed()) {
                var done = new Span(Glyph.DONE.icon(), new Span(getTranslation("warehouse.machine.packed")));
                done.addClassNames("zg-row", "zg-open", "zg-small");
                row.add(done);
            } else if (serial != null
                    && (order.state() == OrderState.PLACED || order.state() == OrderState.ALLOCATED)) {
                var back = new Button(
                        getTranslation("warehouse.machine.release"),
                        click -> guarded(order, () -> {
                            orders.release(
                                    actor.get(), order.id(), line.no(), getTranslation("warehouse.machine.released"));
                            sign = null;
                        }));
                row.add(back);
            }
            rows.add(row);
        });
        return new Section(getTranslation("warehouse.machines"), rows);
    }

    private Section history(Order order) {
        var words = words();
        var rows = new Div();
        rows.addClassNames("zg-rows", "warehouse-history");
        for (var event : orders.events(actor.get(), order.id()).reversed()) {
            var what = new Div(new Span(getTranslation("ordering.state." + event.state())));
            if (event.note() != null) {
                var note = new Div(event.note());
                note.addClassNames("zg-small", "zg-muted");
                what.add(note);
            }
            what.addClassName("zg-grow");
            var by = new Span(event.by());
            by.addClassNames("zg-small", "zg-muted");
            var row = new Div(what, by, new TimeLabel(words, event.at()));
            row.addClassName("zg-row");
            rows.add(row);
        }
        return new Section(getTranslation("warehouse.history"), rows);
    }

    // ---- actions

    private void allocate(Order order, String text) {
        switch (orders.allocate(actor.get(), order.id(), text)) {
            case AllocateOutcome.Allocated(var serial, var missing) ->
                right(
                        getTranslation("warehouse.allocated"),
                        missing == 0
                                ? getTranslation("warehouse.allocated.next", serial.value())
                                : getTranslation("warehouse.allocated.more", serial.value(), missing));
            case AllocateOutcome.Malformed() ->
                wrong(getTranslation("warehouse.malformed"), getTranslation("warehouse.malformed.todo", text));
            case AllocateOutcome.UnknownSerial(var serial) ->
                wrong(
                        getTranslation("warehouse.unknownSerial"),
                        getTranslation("warehouse.unknownSerial.todo", serial.value()));
            case AllocateOutcome.WrongModel(var serial, var found) ->
                wrong(
                        getTranslation("warehouse.wrongModel"),
                        getTranslation("warehouse.wrongModel.todo", serial.value(), name(found), wantedModels(order)));
            case AllocateOutcome.NotInStock(var serial, var state) ->
                wrong(
                        getTranslation("warehouse.notInStock"),
                        getTranslation(
                                "warehouse.notInStock.todo",
                                serial.value(),
                                getTranslation("terminal.state." + state)));
            case AllocateOutcome.NotNow(var state) -> notNow(state);
        }
    }

    private void pack(Order order, String text) {
        switch (orders.pack(actor.get(), order.id(), text)) {
            case PackOutcome.Packed(var serial, var model, var missing) -> {
                sign = ScanSign.right(
                                getTranslation("warehouse.packed"),
                                missing == 0
                                        ? getTranslation("warehouse.packed.next", name(model))
                                        : getTranslation("warehouse.packed.more", name(model), missing))
                        .compare(
                                getTranslation("warehouse.wanted"),
                                serial.value(),
                                getTranslation("warehouse.scanned"),
                                serial.value());
                signal(true);
            }
            case PackOutcome.AlreadyPacked(var serial) ->
                right(getTranslation("warehouse.alreadyPacked"), serial.value());
            case PackOutcome.WrongMachine(var scanned, var wanted) -> {
                var closest = ScanSign.closest(scanned, wanted);
                var tail = closest.substring(Math.max(0, closest.length() - 4));
                sign = ScanSign.wrong(
                                getTranslation("warehouse.wrongMachine"),
                                getTranslation("warehouse.wrongMachine.todo", tail))
                        .compare(
                                getTranslation("warehouse.wanted"),
                                closest,
                                getTranslation("warehouse.scanned"),
                                scanned);
                signal(false);
            }
            case PackOutcome.NotNow(var state) -> notNow(state);
        }
    }

    private void ship(Order order, Carrier carrier, String tracking) {
        guarded(order, () -> {
            switch (orders.ship(actor.get(), order.id(), carrier, tracking)) {
                case ShipOutcome.Shipped(var trackingNumber, var look, var arrival) ->
                    right(
                            getTranslation("warehouse.shipped"),
                            getTranslation(
                                    "warehouse.shipped.next",
                                    carrier.displayName().in(getLocale()),
                                    trackingNumber,
                                    words().moment(arrival)));
                case ShipOutcome.Malformed() ->
                    wrong(getTranslation("warehouse.ship.missing"), getTranslation("warehouse.ship.missing.todo"));
                case ShipOutcome.NumberTaken(var other) ->
                    wrong(getTranslation("warehouse.ship.taken"), getTranslation("warehouse.ship.taken.todo", other));
                case ShipOutcome.NotNow(var state) -> notNow(state);
            }
        });
    }

    private void move(Order order, OrderState next) {
        guarded(order, () -> {
            sign = null;
            if (orders.move(actor.get(), order.id(), next, null) instanceof MoveOutcome.NotNow(var state)) {
                notNow(state);
            }
        });
    }

    /** Does it, then shows the order as it is now; when somebody else was faster, says so and changes nothing. */
    private void guarded(Order order, Runnable action) {
        try {
            action.run();
        } catch (LostUpdateException changed) {
            wrong(getTranslation("warehouse.changed"), getTranslation("warehouse.changed.todo"));
        }
        showOrder(orders.order(actor.get(), order.id()));
    }

    private void notNow(OrderState state) {
        wrong(
                getTranslation("warehouse.notNow"),
                getTranslation("warehouse.notNow.todo", getTranslation("ordering.state." + state)));
    }

    private void right(String title, String detail) {
        sign = ScanSign.right(title, detail);
        signal(true);
    }

    private void wrong(String title, String detail) {
        sign = ScanSign.wrong(title, detail);
        signal(false);
    }

    private void signal(boolean right) {
        getUI().ifPresent(ui -> ui.getPage().executeJs("window.zgSound && window.zgSound($0)", right));
    }

    private Optional<String> parcel(Order order) {
        var carrier = order.carrier();
        return carrier == null
                ? Optional.empty()
                : Optional.of(carrier.displayName().in(getLocale()) + " " + order.trackingNumber());
    }

    private String wantedModels(Order order) {
        return String.join(
                getTranslation("warehouse.comma"),
                order.toAllocate().stream()
                        .map(line -> name(line.model()))
                        .distinct()
                        .toList());
    }

    private String tails(Order order) {
        return String.join(
                getTranslation("warehouse.comma"),
                order.toPack().stream().map(line -> Order.serialOf(line).tail()).toList());
    }

    private String name(ModelId model) {
        return catalogue.model(model).name().in(getLocale());
    }

    private HumanTime words() {
        return new HumanTime(clock, HumanTime.CHINA, getLocale());
    }
}
