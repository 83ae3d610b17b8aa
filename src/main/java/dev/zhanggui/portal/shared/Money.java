package dev.zhanggui.portal.shared;

import java.util.Locale;

/**
 * An amount of renminbi.
 *
 * @param fen hundredths of a yuan; may be negative for a refund
 */
public record Money(long fen) implements Comparable<Money> {

    public static final Money ZERO = new Money(0);

    public static Money yuan(long yuan) {
        return new Money(Math.multiplyExact(yuan, 100));
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(fen, other.fen));
    }

    public Money times(int factor) {
        return new Money(Math.multiplyExact(fen, (long) factor));
    }

    /** ¥1,234.50 */
    public String text() {
        return String.format(Locale.ROOT, "%s¥%,d.%02d", fen < 0 ? "-" : "", Math.abs(fen) / 100, Math.abs(fen) % 100);
    }

    /** ¥60 for whole yuan, else as {@link #text()}. */
    public String shortText() {
        return fen % 100 == 0 ? String.format(Locale.ROOT, "%s¥%,d", fen < 0 ? "-" : "", Math.abs(fen) / 100) : text();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(fen, other.fen);
    }
}
