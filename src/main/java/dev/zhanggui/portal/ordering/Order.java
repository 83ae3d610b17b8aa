package dev.zhanggui.portal.ordering;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Serial;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant is to be given.
 *
 * @param number ZO, year and month, and a running number
 * @param reference what it is for, such as an application's number
 * @param recipientMasked 陈* 138****6688
 * @param addressMasked the address without its numbers
 * @param due by when the present step should be done; null in an end state
 */
public record Order(
        OrderId id,
        String number,
        String reference,
        MerchantId merchant,
        StoreId store,
        String storeName,
        OrderState state,
        Delivery delivery,
        String recipientMasked,
        String addressMasked,
        List<Line> lines,
        @Nullable Carrier carrier,
        @Nullable String trackingNumber,
        Instant placedAt,
        @Nullable Instant due,
        int version) {

    public Order {
        lines = List.copyOf(lines);
    }

    /** One machine of the order. */
    public record Line(
            int no,
            ModelId model,
            @Nullable TerminalId terminal,
            @Nullable Serial serial,
            boolean packed) {}

    /**
     * A step that was taken.
     *
     * @param by the actor's label
     * @param note the reason or the carrier's words; null when the state says all
     */
    public record Event(
            OrderState state,
            Instant at,
            String by,
            @Nullable String note) {}

    public int packedCount() {
        return (int) lines.stream().filter(Line::packed).count();
    }

    /** The lines whose machine is allocated and still to be scanned. */
    public List<Line> toPack() {
        return lines.stream()
                .filter(line -> line.serial() != null && !line.packed())
                .toList();
    }

    /** The lines that wait for a machine. */
    public List<Line> toAllocate() {
        return lines.stream().filter(line -> line.serial() == null).toList();
    }

    /** The line's machine; {@link IllegalStateException} while it has none. */
    public static TerminalId terminalOf(Line line) {
        var terminal = line.terminal();
        if (terminal == null) {
            throw new IllegalStateException("line " + line.no() + " has no machine");
        }
        return terminal;
    }

    /** As {@link #terminalOf}. */
    public static Serial serialOf(Line line) {
        var serial = line.serial();
        if (serial == null) {
            throw new IllegalStateException("line " + line.no() + " has no machine");
        }
        return serial;
    }
}
