package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.ModelId;

/**
 * Whom a {@link Restriction} concerns.
 *
 * @param value empty for ALL; the first 2, 4 or 6 digits of a region; a model's id; else the number of the merchant, store or
 *     terminal. {@link IllegalArgumentException} for anything else
 */
public record RestrictionTarget(RestrictionScope scope, String value) {

    public static final RestrictionTarget ALL = new RestrictionTarget(RestrictionScope.ALL, "");

    public RestrictionTarget {
        boolean wellFormed = switch (scope) {
            case ALL -> value.isEmpty();
            case REGION -> value.matches("[0-9]{2}([0-9]{2}){0,2}");
            case MODEL -> value.matches("[a-z0-9-]{3,40}");
            case MERCHANT, STORE, TERMINAL -> value.matches("[1-9][0-9]{0,18}") && fits(value);
        };
        if (!wellFormed) {
            throw new IllegalArgumentException(scope + " is not named like that");
        }
    }

    public static RestrictionTarget of(StoreId store) {
        return new RestrictionTarget(RestrictionScope.STORE, Long.toString(store.value()));
    }

    public static RestrictionTarget of(MerchantId merchant) {
        return new RestrictionTarget(RestrictionScope.MERCHANT, Long.toString(merchant.value()));
    }

    public static RestrictionTarget of(TerminalId terminal) {
        return new RestrictionTarget(RestrictionScope.TERMINAL, Long.toString(terminal.value()));
    }

    public static RestrictionTarget of(ModelId model) {
        return new RestrictionTarget(RestrictionScope.MODEL, model.value());
    }

    /** @param digits the first 2, 4 or 6 of GB/T 2260 */
    public static RestrictionTarget region(String digits) {
        return new RestrictionTarget(RestrictionScope.REGION, digits);
    }

    private static boolean fits(String digits) {
        return digits.length() < 19 || digits.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
    }

    /** The number of a merchant, store or terminal. */
    public long id() {
        return Long.parseLong(value);
    }
}
