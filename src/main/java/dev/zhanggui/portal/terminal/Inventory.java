package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.TerminalId;
import java.util.List;
import java.util.Map;

/** The stock by serial number. For WAREHOUSE, ADMIN and the system; counts also for SERVICE and REVIEWER. */
public interface Inventory {

    /** The most lines of one call. */
    int MOST_LINES = 5_000;

    /**
     * Takes serial numbers in, one per line; blank lines are skipped. Good lines go in whatever the others are.
     *
     * @param dryRun report only
     */
    StockIn stockIn(Actor actor, ModelId model, List<String> lines, boolean dryRun);

    /** How many of each model are in stock; models without any are missing. */
    Map<ModelId, Integer> inStock(Actor actor);

    /** The oldest of a model in stock, for a clerk to fetch; at most {@code limit}. */
    List<Terminal> oldest(Actor actor, ModelId model, int limit);

    /** Reserves one for a merchant. Of two clerks with one serial one wins. */
    Allocation allocate(Actor actor, Serial serial, ModelId model, MerchantId merchant);

    /**
     * Moves an allocated terminal along its life; {@link IllegalStateException} when the diagram of {@link TerminalState} does
     * not allow it, {@link dev.zhanggui.portal.shared.LostUpdateException} when somebody else moved it meanwhile. Back to
     * IN_STOCK it is nobody's again. Not for ACTIVE: see {@link Activations}.
     */
    void move(Actor actor, TerminalId terminal, TerminalState next, String reason);

    /** What became of each line, in order. */
    record StockIn(boolean dryRun, List<Row> rows) {

        public StockIn {
            rows = List.copyOf(rows);
        }

        public long count(Verdict verdict) {
            return rows.stream().filter(row -> row.verdict() == verdict).count();
        }
    }

    /** @param line counts from 1, blank lines too */
    record Row(int line, String text, Verdict verdict) {}

    /** Texts: {@code terminal.stockIn.<NAME>}. */
    enum Verdict {
        /** Taken in, or would be. */
        OK,
        /** Twice in this list; the first one counts. */
        TWICE_HERE,
        /** This serial was taken in before; serials are unique for ever. */
        KNOWN,
        /** Shorter than 6 or longer than 32 characters. */
        BAD_LENGTH,
        BAD_CHARACTERS
    }

    /** Answer to {@link #allocate}. */
    sealed interface Allocation {

        record Allocated(Terminal terminal) implements Allocation {}

        record UnknownSerial() implements Allocation {}

        record WrongModel(ModelId found) implements Allocation {}

        /** Taken by somebody, sent, active, lost or retired. */
        record NotInStock(TerminalState state) implements Allocation {}
    }
}
