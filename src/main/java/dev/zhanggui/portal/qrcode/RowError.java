package dev.zhanggui.portal.qrcode;

/**
 * Why a row of a file gets no code.
 *
 * @param otherRow for {@link Kind#DOUBLE}, the row that says the same; else 0
 */
public record RowError(Kind kind, int otherRow) {

    public enum Kind {
        STORE_MISSING,
        /** No store of this merchant has the name or the number. */
        STORE_UNKNOWN,
        /** Several stores have this name: only a number tells them apart. */
        STORE_AMBIGUOUS,
        PLACE_MISSING,
        PLACE_TOO_LONG,
        HOLDER_TOO_LONG,
        /** Something that no printer shows, such as a line break. */
        CHARACTERS,
        /** Another row above wants the same place in the same store. */
        DOUBLE,
        /** The store would have more plates than can be kept apart. */
        STORE_FULL
    }

    public RowError(Kind kind) {
        this(kind, 0);
    }
}
