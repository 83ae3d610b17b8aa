package dev.zhanggui.portal.ordering.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.notification.Notifications;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.ordering.NewOrder;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.ordering.OrderId;
import dev.zhanggui.portal.ordering.OrderProgressed;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.ordering.Recipient;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.WorkingTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderOffice implements Orders {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Role[] READERS = {Role.SERVICE, Role.REVIEWER, Role.WAREHOUSE, Role.ADMIN, Role.AUDITOR};
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyMM", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日", Locale.ROOT);
    private static final int DAYS_TO_SHIP = 1;
    private static final int DAYS_ON_THE_ROAD = 3;
    private static final int LONGEST_TRACKING_NUMBER = 40;

    private final OrderRows rows;
    private final Inventory inventory;
    private final Terminals terminals;
    private final Catalogue catalogue;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final Notifications notifications;
    private final ApplicationEventPublisher events;
    private final WorkingTime office;
    private final Clock clock;

    OrderOffice(
            OrderRows rows,
            Inventory inventory,
            Terminals terminals,
            Catalogue catalogue,
            Merchants merchants,
            Access access,
            AuditLog audit,
            Notifications notifications,
            ApplicationEventPublisher events,
            WorkCalendar calendar,
            Clock clock) {
        this.rows = rows;
        this.inventory = inventory;
        this.terminals = terminals;
        this.catalogue = catalogue;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.notifications = notifications;
        this.events = events;
        this.office = WorkingTime.office(calendar);
        this.clock = clock;
    }

    @Override
    @Transactional
    public OrderId place(Actor actor, NewOrder order) {
        access.requireStaff(actor, Role.SERVICE, Role.REVIEWER, Role.ADMIN);
        order.models().forEach(catalogue::model);
        var store = merchants.store(Actor.system("ordering"), order.store());
        if (!store.merchantId().equals(order.merchant())) {
            throw new NotFoundException(order.store() + " of " + order.merchant());
        }
        var now = clock.instant();
        var month = MONTH.format(now.atZone(ZONE));
        // Locks the month's row: of two calls with one reference the second waits here and then finds the first one's
        // order.
        int number = rows.nextNumber(month);
        var placed = rows.byReference(order.reference());
        if (placed.isPresent()) {
            return placed.get().id();
        }
        var id = rows.insert(
                "ZO%s%04d".formatted(month, number), order, store.name(), now, office.deadline(now, DAYS_TO_SHIP));
        record(actor, required(id), null, OrderState.PLACED, null);
        return id;
    }

    @Override
    @Transactional(readOnly = true)
    public Order order(Actor actor, OrderId id) {
        return readable(actor, rows.find(id), id.toString());
    }

    @Override
    @Transactional(readOnly = true)
    public Order byNumber(Actor actor, String number) {
        return readable(actor, rows.byNumber(number), "order " + number);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Order> byReference(Actor actor, String reference) {
        return rows.byReference(reference).map(order -> readable(actor, Optional.of(order), reference));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Order> inStates(Actor actor, List<OrderState> states, int limit) {
        access.requireStaff(actor, READERS);
        return rows.inStates(states, limit);
    }

    @Override
    @Transactional(readOnly = true)
    public int count(Actor actor, List<OrderState> states) {
        access.requireStaff(actor, READERS);
        return rows.count(states);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Order.Event> events(Actor actor, OrderId id) {
        return rows.events(readable(actor, rows.find(id), id.toString()).id());
    }

    @Override
    @Transactional
    public Recipient recipient(Actor actor, OrderId id, String reason) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.SERVICE, Role.ADMIN);
        var order = required(id);
        audit.personalDataRead(actor, order.id().toString(), "recipient", reason);
        return rows.recipient(id);
    }

    @Override
    @Transactional
    public AllocateOutcome allocate(Actor actor, OrderId id, String serialText) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.ADMIN);
        if (!(Serial.check(serialText) instanceof Checked.Valid<Serial>(var serial))) {
            return new AllocateOutcome.Malformed();
        }
        var order = required(id);
        if (order.state() != OrderState.PLACED) {
            return new AllocateOutcome.NotNow(order.state());
        }
        var found = terminals.bySerial(actor, serial);
        if (found.isEmpty()) {
            return new AllocateOutcome.UnknownSerial(serial);
        }
        var model = found.get().model();
        var open = order.lines().stream()
                .filter(line -> line.terminal() == null && line.model().equals(model))
                .findFirst();
        if (open.isEmpty()) {
            return new AllocateOutcome.WrongModel(serial, model);
        }
        return switch (inventory.allocate(actor, serial, model, order.merchant())) {
            case Inventory.Allocation.UnknownSerial() -> new AllocateOutcome.UnknownSerial(serial);
            case Inventory.Allocation.WrongModel(var other) -> new AllocateOutcome.WrongModel(serial, other);
            case Inventory.Allocation.NotInStock(var state) -> new AllocateOutcome.NotInStock(serial, state);
            case Inventory.Allocation.Allocated(var terminal) -> {
                rows.fill(order, open.get().no(), terminal);
                int missing = (int) order.lines().stream()
                                .filter(line -> line.terminal() == null)
                                .count()
                        - 1;
                if (missing == 0) {
                    advance(actor, order, OrderState.ALLOCATED, null);
                } else {
                    rows.update(order, order.state(), order.due());
                }
                yield new AllocateOutcome.Allocated(serial, missing);
            }
        };
    }

    @Override
    @Transactional
    public void release(Actor actor, OrderId id, int lineNo, String reason) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.ADMIN);
        var order = required(id);
        if (order.state() != OrderState.PLACED && order.state() != OrderState.ALLOCATED) {
            throw new IllegalStateException(id + " is " + order.state());
        }
        var line = order.lines().stream()
                .filter(candidate -> candidate.no() == lineNo && candidate.terminal() != null)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(id + " line " + lineNo));
        if (line.packed()) {
            inventory.move(actor, Order.terminalOf(line), TerminalState.ALLOCATED, reason);
        }
        inventory.move(actor, Order.terminalOf(line), TerminalState.IN_STOCK, reason);
        rows.fill(order, lineNo, null);
        if (order.state() == OrderState.ALLOCATED) {
            advance(actor, order, OrderState.PLACED, reason);
        } else {
            rows.update(order, order.state(), order.due());
        }
    }

    @Override
    @Transactional
    public PackOutcome pack(Actor actor, OrderId id, String scanned) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.ADMIN);
        var order = required(id);
        if (order.state() != OrderState.ALLOCATED) {
            return new PackOutcome.NotNow(order.state());
        }
        var serial = Serial.check(scanned);
        var hit = order.lines().stream()
                .filter(line -> serial instanceof Checked.Valid<Serial>(var value) && value.equals(line.serial()))
                .findFirst();
        if (hit.isEmpty()) {
            return new PackOutcome.WrongMachine(
                    serial instanceof Checked.Valid<Serial>(var value) ? value.value() : scanned.strip(),
                    order.toPack().stream().map(Order::serialOf).toList());
        }
        var line = hit.get();
        if (line.packed()) {
            return new PackOutcome.AlreadyPacked(Order.serialOf(line));
        }
        inventory.move(actor, Order.terminalOf(line), TerminalState.PACKED, order.number());
        rows.packed(order, line.no(), true);
        int missing = order.toPack().size() - 1;
        if (missing == 0) {
            advance(actor, order, OrderState.PACKED, null);
        } else {
            rows.update(order, order.state(), order.due());
        }
        return new PackOutcome.Packed(Order.serialOf(line), line.model(), missing);
    }

    @Override
    @Transactional
    public ShipOutcome ship(Actor actor, OrderId id, Carrier carrier, String trackingNumber) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.ADMIN);
        var number = Carrier.normalise(trackingNumber);
        if (number.isEmpty() || number.length() > LONGEST_TRACKING_NUMBER) {
            return new ShipOutcome.Malformed();
        }
        var order = required(id);
        if (order.state() != OrderState.PACKED) {
            return new ShipOutcome.NotNow(order.state());
        }
        var taken = rows.numberOfParcel(carrier, number);
        if (taken.isPresent()) {
            return new ShipOutcome.NumberTaken(taken.get());
        }
        var now = clock.instant();
        var arrival = office.deadline(now, DAYS_ON_THE_ROAD);
        try {
            rows.ship(order, carrier, number, arrival);
        } catch (DuplicateKeyException e) {
            return new ShipOutcome.NumberTaken(
                    rows.numberOfParcel(carrier, number).orElse(""));
        }
        order.lines()
                .forEach(line -> inventory.move(actor, Order.terminalOf(line), TerminalState.SHIPPED, order.number()));
        record(actor, order, order.state(), OrderState.SHIPPED, carrier.name() + " " + number);
        notifications.sms(
                rows.recipient(id).phone(),
                "orderShipped",
                Map.of(
                        "order", order.number(),
                        "carrier", carrier.displayName().zh(),
                        "tracking", number,
                        "day", DAY.format(arrival.atZone(ZONE))));
        return new ShipOutcome.Shipped(number, carrier.look(number), arrival);
    }

    @Override
    @Transactional
    public MoveOutcome move(Actor actor, OrderId id, OrderState next, @Nullable String note) {
        access.requireStaff(actor, Role.WAREHOUSE, Role.SERVICE, Role.ADMIN);
        var order = required(id);
        if (!order.state().isOnTheRoad()
                || next == OrderState.RECEIVED
                || !order.state().canMoveTo(next)) {
            return new MoveOutcome.NotNow(order.state());
        }
        var reason = note == null ? order.number() : note;
        switch (next) {
            case RETURNED ->
                order.lines()
                        .forEach(line -> inventory.move(actor, Order.terminalOf(line), TerminalState.IN_STOCK, reason));
            case LOST ->
                order.lines()
                        .forEach(line -> inventory.move(actor, Order.terminalOf(line), TerminalState.LOST, reason));
            case PLACED, ALLOCATED, PACKED, SHIPPED, OUT_FOR_DELIVERY, AT_LOCKER, DELIVERED, RECEIVED, EXCEPTION -> {}
        }
        advance(actor, order, next, note);
        return new MoveOutcome.Moved(next);
    }

    @Override
    @Transactional
    public ReceiptOutcome confirmReceipt(Actor actor, OrderId id) {
        var order = required(id);
        access.requireMember(actor, order.merchant(), Role.MANAGER);
        if (order.state() == OrderState.RECEIVED) {
            return new ReceiptOutcome.Received();
        }
        if (!order.state().isOnTheRoad()) {
            return new ReceiptOutcome.NotNow(order.state());
        }
        // The merchant may confirm the receipt, but moves no stock: the machines follow as the system's act.
        var self = Actor.system("receipt " + order.number());
        order.lines()
                .forEach(line -> inventory.move(self, Order.terminalOf(line), TerminalState.DELIVERED, order.number()));
        advance(actor, order, OrderState.RECEIVED, null);
        return new ReceiptOutcome.Received();
    }

    private void advance(Actor actor, Order order, OrderState next, @Nullable String note) {
        if (!order.state().canMoveTo(next)) {
            throw new IllegalStateException(order.id() + " cannot go from " + order.state() + " to " + next);
        }
        rows.update(order, next, keepsDeadline(next) ? order.due() : due(next, clock.instant()));
        record(actor, order, order.state(), next, note);
    }

    private void record(
            Actor actor, Order order, @Nullable OrderState before, OrderState after, @Nullable String note) {
        rows.event(order.id(), after, clock.instant(), actor.label(), note);
        audit.record(
                actor,
                before == null ? "order.placed" : "order.moved",
                order.id().toString(),
                order.merchant(),
                before == null ? null : "{\"state\":\"%s\"}".formatted(before),
                "{\"state\":\"%s\"}".formatted(after),
                note);
        events.publishEvent(new OrderProgressed(order.id(), order.reference(), after));
    }

    /** In the warehouse one deadline holds: the parcel's leaving. */
    private static boolean keepsDeadline(OrderState next) {
        return next == OrderState.PLACED || next == OrderState.ALLOCATED || next == OrderState.PACKED;
    }

    /** Working days are the office's: what is placed on the eve of a holiday leaves after it. */
    private @Nullable Instant due(OrderState state, Instant now) {
        return switch (state) {
            case PLACED, ALLOCATED, PACKED, EXCEPTION, AT_LOCKER -> office.deadline(now, DAYS_TO_SHIP);
            case SHIPPED, DELIVERED -> office.deadline(now, DAYS_ON_THE_ROAD);
            case OUT_FOR_DELIVERY -> office.deadline(now, 0);
            case RECEIVED, RETURNED, LOST -> null;
        };
    }

    private Order required(OrderId id) {
        return rows.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
    }

    private Order readable(Actor actor, Optional<Order> found, String subject) {
        var order = found.orElseThrow(() -> new NotFoundException(subject));
        access.requireMemberOrStaff(actor, order.merchant(), Role.CASHIER, READERS);
        return order;
    }
}
