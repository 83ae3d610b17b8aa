package dev.zhanggui.portal.ordering.internal;

import static dev.zhanggui.db.Tables.ZG_ORDER;
import static dev.zhanggui.db.Tables.ZG_ORDER_EVENT;
import static dev.zhanggui.db.Tables.ZG_ORDER_LINE;
import static dev.zhanggui.db.Tables.ZG_ORDER_NUMBER;

import dev.zhanggui.db.tables.records.ZgOrderLineRecord;
import dev.zhanggui.db.tables.records.ZgOrderRecord;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.ordering.Delivery;
import dev.zhanggui.portal.ordering.NewOrder;
import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.ordering.OrderId;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Recipient;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Orders, their machines and their history; recipients encrypted. */
@Repository
class OrderRows {

    private static final int MOST_EVENTS = 200;

    private final DSLContext db;
    private final PersonalDataCipher cipher;

    OrderRows(DSLContext db, PersonalDataCipher cipher) {
        this.db = db;
        this.cipher = cipher;
    }

    /** The next number of the month; whoever asks holds the month's row until the end of the transaction. */
    int nextNumber(String month) {
        db.insertInto(ZG_ORDER_NUMBER)
                .set(ZG_ORDER_NUMBER.YEAR_MONTH_CODE, month)
                .set(ZG_ORDER_NUMBER.LAST_NUMBER, 1)
                .onDuplicateKeyUpdate()
                .set(ZG_ORDER_NUMBER.LAST_NUMBER, ZG_ORDER_NUMBER.LAST_NUMBER.plus(1))
                .execute();
        return db.select(ZG_ORDER_NUMBER.LAST_NUMBER)
                .from(ZG_ORDER_NUMBER)
                .where(ZG_ORDER_NUMBER.YEAR_MONTH_CODE.eq(month))
                .fetchSingle()
                .value1();
    }

    OrderId insert(String number, NewOrder order, String storeName, Instant now, Instant due) {
        var id = new OrderId(Ids.next());
        var recipient = order.recipient();
        db.insertInto(ZG_ORDER)
                .set(ZG_ORDER.ID, id.value())
                .set(ZG_ORDER.NUMBER, number)
                .set(ZG_ORDER.REFERENCE, order.reference())
                .set(ZG_ORDER.MERCHANT_ID, order.merchant().value())
                .set(ZG_ORDER.STORE_ID, order.store().value())
                .set(ZG_ORDER.STORE_NAME, storeName)
                .set(ZG_ORDER.STATE, OrderState.PLACED.name())
                .set(ZG_ORDER.DELIVERY, order.delivery().name())
                .set(ZG_ORDER.RECIPIENT_NAME, cipher.encrypt("zg_order.recipient_name", recipient.name()))
                .set(
                        ZG_ORDER.RECIPIENT_PHONE,
                        cipher.encrypt(
                                "zg_order.recipient_phone", recipient.phone().e164()))
                .set(ZG_ORDER.RECIPIENT_ADDRESS, cipher.encrypt("zg_order.recipient_address", recipient.address()))
                .set(ZG_ORDER.PLACED_AT, now)
                .set(ZG_ORDER.DUE_AT, due)
                .set(ZG_ORDER.VERSION, 1)
                .execute();
        int no = 1;
        for (var model : order.models()) {
            db.insertInto(ZG_ORDER_LINE)
                    .set(ZG_ORDER_LINE.ORDER_ID, id.value())
                    .set(ZG_ORDER_LINE.LINE_NO, no++)
                    .set(ZG_ORDER_LINE.MODEL, model.value())
                    .set(ZG_ORDER_LINE.PACKED, false)
                    .execute();
        }
        return id;
    }

    Optional<Order> find(OrderId id) {
        return one(ZG_ORDER.ID.eq(id.value()));
    }

    Optional<Order> byNumber(String number) {
        return one(ZG_ORDER.NUMBER.eq(number));
    }

    Optional<Order> byReference(String reference) {
        return one(ZG_ORDER.REFERENCE.eq(reference));
    }

    Optional<String> numberOfParcel(Carrier carrier, String trackingNumber) {
        return db.select(ZG_ORDER.NUMBER)
                .from(ZG_ORDER)
                .where(ZG_ORDER.CARRIER.eq(carrier.name()))
                .and(ZG_ORDER.TRACKING_NUMBER.eq(trackingNumber))
                .fetchOptional(ZG_ORDER.NUMBER);
    }

    /** Nearest deadline first. */
    List<Order> inStates(List<OrderState> states, int limit) {
        return orders(db.selectFrom(ZG_ORDER)
                .where(ZG_ORDER.STATE.in(names(states)))
                .orderBy(ZG_ORDER.DUE_AT, ZG_ORDER.ID)
                .limit(limit)
                .fetch());
    }

    int count(List<OrderState> states) {
        return db.fetchCount(ZG_ORDER, ZG_ORDER.STATE.in(names(states)));
    }

    Recipient recipient(OrderId id) {
        return recipient(
                db.selectFrom(ZG_ORDER).where(ZG_ORDER.ID.eq(id.value())).fetchSingle());
    }

    /** Writes the state and grows the version; {@link LostUpdateException} when somebody else was faster. */
    void update(Order order, OrderState state, @Nullable Instant due) {
        check(
                order,
                db.update(ZG_ORDER)
                        .set(ZG_ORDER.STATE, state.name())
                        .set(ZG_ORDER.DUE_AT, due)
                        .set(ZG_ORDER.VERSION, ZG_ORDER.VERSION.plus(1))
                        .where(ZG_ORDER.ID.eq(order.id().value()))
                        .and(ZG_ORDER.VERSION.eq(order.version()))
                        .execute());
    }

    void ship(Order order, Carrier carrier, String trackingNumber, Instant due) {
        check(
                order,
                db.update(ZG_ORDER)
                        .set(ZG_ORDER.STATE, OrderState.SHIPPED.name())
                        .set(ZG_ORDER.CARRIER, carrier.name())
                        .set(ZG_ORDER.TRACKING_NUMBER, trackingNumber)
                        .set(ZG_ORDER.DUE_AT, due)
                        .set(ZG_ORDER.VERSION, ZG_ORDER.VERSION.plus(1))
                        .where(ZG_ORDER.ID.eq(order.id().value()))
                        .and(ZG_ORDER.VERSION.eq(order.version()))
                        .execute());
    }

    void fill(Order order, int line, @Nullable Terminal terminal) {
        db.update(ZG_ORDER_LINE)
                .set(
                        ZG_ORDER_LINE.TERMINAL_ID,
                        terminal == null ? null : terminal.id().value())
                .set(
                        ZG_ORDER_LINE.SERIAL,
                        terminal == null ? null : terminal.serial().value())
                .set(ZG_ORDER_LINE.PACKED, false)
                .where(ZG_ORDER_LINE.ORDER_ID.eq(order.id().value()))
                .and(ZG_ORDER_LINE.LINE_NO.eq(line))
                .execute();
    }

    void packed(Order order, int line, boolean packed) {
        db.update(ZG_ORDER_LINE)
                .set(ZG_ORDER_LINE.PACKED, packed)
                .where(ZG_ORDER_LINE.ORDER_ID.eq(order.id().value()))
                .and(ZG_ORDER_LINE.LINE_NO.eq(line))
                .execute();
    }

    void event(OrderId order, OrderState state, Instant at, String by, @Nullable String note) {
        db.insertInto(ZG_ORDER_EVENT)
                .set(ZG_ORDER_EVENT.ID, Ids.next())
                .set(ZG_ORDER_EVENT.ORDER_ID, order.value())
                .set(ZG_ORDER_EVENT.STATE, state.name())
                .set(ZG_ORDER_EVENT.HAPPENED_AT, at)
                .set(ZG_ORDER_EVENT.ACTOR_LABEL, by)
                .set(ZG_ORDER_EVENT.NOTE, note)
                .execute();
    }

    List<Order.Event> events(OrderId order) {
        return db.selectFrom(ZG_ORDER_EVENT)
                .where(ZG_ORDER_EVENT.ORDER_ID.eq(order.value()))
                .orderBy(ZG_ORDER_EVENT.ID)
                .limit(MOST_EVENTS)
                .fetch(row -> new Order.Event(
                        OrderState.valueOf(row.getState()), row.getHappenedAt(), row.getActorLabel(), row.getNote()));
    }

    private Optional<Order> one(Condition condition) {
        return orders(db.selectFrom(ZG_ORDER).where(condition).fetch()).stream().findFirst();
    }

    private List<Order> orders(List<ZgOrderRecord> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, List<ZgOrderLineRecord>> lines = db
                .selectFrom(ZG_ORDER_LINE)
                .where(ZG_ORDER_LINE.ORDER_ID.in(
                        rows.stream().map(ZgOrderRecord::getId).toList()))
                .orderBy(ZG_ORDER_LINE.ORDER_ID, ZG_ORDER_LINE.LINE_NO)
                .fetch()
                .stream()
                .collect(Collectors.groupingBy(ZgOrderLineRecord::getOrderId));
        return rows.stream()
                .map(row -> order(row, lines.getOrDefault(row.getId(), List.of())))
                .toList();
    }

    private Order order(ZgOrderRecord row, List<ZgOrderLineRecord> lines) {
        var recipient = recipient(row);
        return new Order(
                new OrderId(row.getId()),
                row.getNumber(),
                row.getReference(),
                new MerchantId(row.getMerchantId()),
                new StoreId(row.getStoreId()),
                row.getStoreName(),
                OrderState.valueOf(row.getState()),
                Delivery.valueOf(row.getDelivery()),
                recipient.toString(),
                recipient.maskedAddress(),
                lines.stream().map(OrderRows::line).toList(),
                row.getCarrier() == null ? null : Carrier.valueOf(row.getCarrier()),
                row.getTrackingNumber(),
                row.getPlacedAt(),
                row.getDueAt(),
                row.getVersion());
    }

    private static Order.Line line(ZgOrderLineRecord row) {
        return new Order.Line(
                row.getLineNo(),
                new ModelId(row.getModel()),
                row.getTerminalId() == null ? null : new TerminalId(row.getTerminalId()),
                row.getSerial() == null ? null : new Serial(row.getSerial()),
                row.getPacked());
    }

    private Recipient recipient(ZgOrderRecord row) {
        return new Recipient(
                cipher.decrypt("zg_order.recipient_name", row.getRecipientName()),
                new Phone(cipher.decrypt("zg_order.recipient_phone", row.getRecipientPhone())),
                cipher.decrypt("zg_order.recipient_address", row.getRecipientAddress()));
    }

    private static List<String> names(List<OrderState> states) {
        return states.stream().map(OrderState::name).toList();
    }

    private static void check(Order order, int updated) {
        if (updated != 1) {
            throw new LostUpdateException(order.id().toString());
        }
    }
}
