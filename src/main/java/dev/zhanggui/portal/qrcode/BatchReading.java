package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.merchant.Store;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a file would lead to, before anything is issued. */
public sealed interface BatchReading {

    /**
     * @param rows in the order of the file, without its head and empty ones
     * @param before the latest batch from a file that is the same to the byte
     */
    record Readable(List<Row> rows, Optional<CodeBatch> before) implements BatchReading {

        public Readable {
            rows = List.copyOf(rows);
        }

        public List<Row> wrong() {
            return rows.stream().filter(row -> row.error() != null).toList();
        }

        public int right() {
            return (int) rows.stream().filter(row -> row.error() == null).count();
        }

        /** That get at least one code. */
        public int stores() {
            return (int) rows.stream()
                    .filter(row -> row.error() == null && row.store() != null)
                    .map(row -> row.store().id())
                    .distinct()
                    .count();
        }
    }

    /** @param row of the spreadsheet in which the fault is, counted from 1; 0 when it is in none */
    record Unreadable(Flaw flaw, int row) implements BatchReading {}

    /**
     * @param number of the spreadsheet, counted from 1
     * @param storeText as typed
     * @param store null when the text names none, or several
     * @param error null when the row is right
     */
    record Row(
            int number,
            String storeText,
            @Nullable Store store,
            String place,
            String holder,
            @Nullable RowError error) {}

    enum Flaw {
        /** An Excel workbook, not a text. */
        WORKBOOK,
        /** Neither UTF-8 nor GB18030. */
        NOT_TEXT,
        /** A quotation mark that is not closed. */
        QUOTE,
        /** The first row does not name the columns. */
        NO_HEAD,
        NO_ROWS,
        TOO_MANY,
        TOO_LARGE
    }
}
