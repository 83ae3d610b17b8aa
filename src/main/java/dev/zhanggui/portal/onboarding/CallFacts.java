package dev.zhanggui.portal.onboarding;

/**
 * What an applicant says in the verification call: two answers that prove the application, and the needs that decide the model.
 *
 * @param self to whether they applied themselves; at most {@value #LONGEST} characters, empty while not asked
 * @param place to where the shop is; as long
 * @param daily payments a day; 0 when unknown
 * @param counters places to pay, 1 to {@value #MOST_COUNTERS}
 */
public record CallFacts(
        String self,
        String place,
        int daily,
        int counters,
        boolean cards,
        boolean receipts,
        boolean moves,
        boolean network,
        boolean members,
        boolean selfService) {

    public static final int LONGEST = 120;
    public static final int MOST_DAILY = 100_000;
    public static final int MOST_COUNTERS = 200;

    public CallFacts {
        if (self.length() > LONGEST || place.length() > LONGEST) {
            throw new IllegalArgumentException("An answer is longer than " + LONGEST + " characters");
        }
        if (daily < 0 || daily > MOST_DAILY || counters < 1 || counters > MOST_COUNTERS) {
            throw new IllegalArgumentException("Out of range: " + daily + " payments, " + counters + " counters");
        }
    }
}
