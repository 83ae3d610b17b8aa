package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * A row of a batch and what became of it.
 *
 * @param number of the spreadsheet, counted from 1
 * @param storeText as typed
 * @param storeId null when the text names none
 * @param error for {@link Result#REFUSED}; else null
 * @param code for {@link Result#ISSUED}; else null
 */
public record BatchRow(
        int number,
        String storeText,
        @Nullable StoreId storeId,
        String place,
        String holder,
        Result result,
        @Nullable RowError error,
        @Nullable QrCode code) {

    public enum Result {
        WAITING,
        ISSUED,
        REFUSED,
        /** The batch was stopped before it came to this row. */
        CANCELLED
    }

    /**
     * Which rows to show.
     *
     * @param result null for all
     * @param error null for all
     * @param text in store, place or holder; empty for all
     */
    public record Filter(@Nullable Result result, RowError.@Nullable Kind error, String text) {

        public static final Filter ALL = new Filter(null, null, "");
    }
}
