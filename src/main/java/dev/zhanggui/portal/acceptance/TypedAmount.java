package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.shared.Money;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** An amount in yuan as a payer types it: {@code 38}, {@code 38.5}, {@code ￥38.50}, full-width digits too. */
public sealed interface TypedAmount {

    /** Above what any limit allows. */
    Money MOST = Money.yuan(1_000_000);

    record Amount(Money money) implements TypedAmount {}

    record Unfit(Flaw flaw) implements TypedAmount {}

    enum Flaw {
        MISSING,
        NOT_A_NUMBER,
        /** There is nothing smaller than a fen. */
        TOO_FINE,
        ZERO,
        TOO_LARGE
    }

    static TypedAmount read(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip().replaceFirst("^[¥元]\\s*|\\s*元$", "");
        if (plain.isEmpty()) {
            return new Unfit(Flaw.MISSING);
        }
        if (!Syntax.NUMBER.matcher(plain).matches()) {
            return new Unfit(Flaw.NOT_A_NUMBER);
        }
        var yuan = new BigDecimal(plain.replace(",", "")).stripTrailingZeros();
        if (yuan.signum() == 0) {
            return new Unfit(Flaw.ZERO);
        }
        if (yuan.scale() > 2) {
            return new Unfit(Flaw.TOO_FINE);
        }
        if (yuan.compareTo(BigDecimal.valueOf(MOST.fen(), 2)) > 0) {
            return new Unfit(Flaw.TOO_LARGE);
        }
        return new Amount(new Money(yuan.movePointRight(2).longValueExact()));
    }

    /** Commas only where thousands end; a length that no amount needs is no number. */
    final class Syntax {
        private static final Pattern NUMBER =
                Pattern.compile("(?=.{1,20}$)(?:\\d+|\\d{1,3}(?:,\\d{3})+)(?:\\.\\d*)?|(?=.{2,20}$)\\.\\d+");

        private Syntax() {}
    }
}
