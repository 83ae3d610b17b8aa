package dev.zhanggui.portal.tradinghours;

/**
 * What happens to collections while the store is closed. Refunds and reversals are never touched by it.
 *
 * @param capFen greater than 0 for {@link Decision#ALLOW_CAPPED}, else 0
 */
public record Outside(Decision policy, long capFen) {

    /** Small amounts, as most shops leave it. */
    public static final Outside USUAL = new Outside(Decision.ALLOW_CAPPED, 200_00);

    /** As in trading hours. */
    public static final Outside ALLOW = new Outside(Decision.ALLOW, 0);

    public static final Outside DENY = new Outside(Decision.DENY, 0);

    /** No single collection over one million yuan is a cap worth the name. */
    public static final long MAX_CAP_FEN = 1_000_000_00;

    public Outside {
        if (policy == Decision.ALLOW_CAPPED ? capFen <= 0 || capFen > MAX_CAP_FEN : capFen != 0) {
            throw new IllegalArgumentException("cap does not fit the policy: " + policy + " " + capFen);
        }
    }

    public static Outside of(Decision policy) {
        return new Outside(policy, 0);
    }

    public static Outside capped(long fen) {
        return new Outside(Decision.ALLOW_CAPPED, fen);
    }
}
