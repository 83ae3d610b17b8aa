package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a collection.
 *
 * @param perTenThousand 38 = 0.38 % = ¥0.38 of ¥100
 * @param cap the most that is kept of one collection; null for no cap
 */
public record Rate(Kind kind, int perTenThousand, @Nullable Money cap) {

    /** Texts: {@code terminal.rate.<NAME>}. */
    public enum Kind {
        CODE,
        DEBIT_CARD,
        CREDIT_CARD
    }

    public Rate {
        if (perTenThousand < 0 || perTenThousand > 1_000) {
            throw new IllegalArgumentException("rate");
        }
    }

    /** What is kept of this amount, rounded half up to the fen. */
    public Money of(Money amount) {
        var kept = new Money((amount.fen() * perTenThousand + 5_000) / 10_000);
        return cap != null && kept.compareTo(cap) > 0 ? cap : kept;
    }
}
