package dev.zhanggui.portal.ordering;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.TerminalState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders on their way. WAREHOUSE and ADMIN work on them, SERVICE, REVIEWER and AUDITOR read them, members of the merchant read
 * their own and confirm the receipt; the system may everything. Another merchant's order meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface Orders {

    /** For the system, SERVICE and REVIEWER: places the order, once per reference; a second call answers with the first order. */
    OrderId place(Actor actor, NewOrder order);

    Order order(Actor actor, OrderId id);

    /** By ZO number. */
    Order byNumber(Actor actor, String number);

    Optional<Order> byReference(Actor actor, String reference);

    /** For staff: orders in the states, the most urgent first; at most {@code limit}. */
    List<Order> inStates(Actor actor, List<OrderState> states, int limit);

    /** For staff: how many orders are in the states. */
    int count(Actor actor, List<OrderState> states);

    /** Oldest first. */
    List<Order.Event> events(Actor actor, OrderId id);

    /** For WAREHOUSE, SERVICE, ADMIN: the recipient in clear, recorded with the reason. */
    Recipient recipient(Actor actor, OrderId id, String reason);

    /** Gives the order this machine for its first open line of the machine's model. */
    AllocateOutcome allocate(Actor actor, OrderId id, String serial);

    /** Puts the machine of a line back on the shelf, before packing. */
    void release(Actor actor, OrderId id, int line, String reason);

    /** Checks a scanned serial against the allocated ones and marks it packed. */
    PackOutcome pack(Actor actor, OrderId id, String scanned);

    ShipOutcome ship(Actor actor, OrderId id, Carrier carrier, String trackingNumber);

    /** For WAREHOUSE, SERVICE, ADMIN and the system: the carrier's or the clerk's word, with a note where it is trouble. */
    MoveOutcome move(Actor actor, OrderId id, OrderState next, @Nullable String note);

    /** For the merchant's MANAGER or OWNER and the system; confirming twice is confirming once. */
    ReceiptOutcome confirmReceipt(Actor actor, OrderId id);

    /** Texts: {@code ordering.allocate.<record name>}. */
    sealed interface AllocateOutcome {

        /** @param missing machines still to allocate */
        record Allocated(Serial serial, int missing) implements AllocateOutcome {}

        record Malformed() implements AllocateOutcome {}

        record UnknownSerial(Serial serial) implements AllocateOutcome {}

        /** The machine is of a model no open line asks for. */
        record WrongModel(Serial serial, ModelId found) implements AllocateOutcome {}

        /** Another clerk or order has it, or it left. */
        record NotInStock(Serial serial, TerminalState state) implements AllocateOutcome {}

        record NotNow(OrderState state) implements AllocateOutcome {}
    }

    /** Texts: {@code ordering.pack.<record name>}. */
    sealed interface PackOutcome {

        /** @param missing machines still to scan; 0 when the order is packed */
        record Packed(Serial serial, ModelId model, int missing) implements PackOutcome {}

        record AlreadyPacked(Serial serial) implements PackOutcome {}

        /**
         * Not a machine of this order.
         *
         * @param wanted the serials that are still to scan
         */
        record WrongMachine(String scanned, List<Serial> wanted) implements PackOutcome {}

        record NotNow(OrderState state) implements PackOutcome {}
    }

    /** Texts: {@code ordering.ship.<record name>}. */
    sealed interface ShipOutcome {

        record Shipped(String trackingNumber, Carrier.Look look, Instant arrivalDue) implements ShipOutcome {}

        /** Empty or longer than 40 characters. */
        record Malformed() implements ShipOutcome {}

        /** Another parcel has this number. */
        record NumberTaken(String orderNumber) implements ShipOutcome {}

        record NotNow(OrderState state) implements ShipOutcome {}
    }

    sealed interface MoveOutcome {

        record Moved(OrderState state) implements MoveOutcome {}

        record NotNow(OrderState state) implements MoveOutcome {}
    }

    /** Texts: {@code ordering.receipt.<record name>}. */
    sealed interface ReceiptOutcome {

        record Received() implements ReceiptOutcome {}

        /** Not sent yet, or it came back. */
        record NotNow(OrderState state) implements ReceiptOutcome {}
    }
}
