package dev.zhanggui.portal.shared;

/**
 * A company's account: 8 to 32 digits. Banks number them as they like, so there is neither a fixed length nor a check digit; the
 * account is proved by its name and a small transfer.
 */
public record CorporateAccount(String number) implements AccountNumber {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 32;
    private static final int SHOWN = 4;

    /** Blanks and hyphens are dropped. Reasons: empty, characters, length. */
    public static Checked<CorporateAccount> check(String text) {
        var digits = text.replaceAll("[\\s\\-]", "");
        if (digits.isEmpty()) {
            return Checked.invalid("empty");
        }
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Checked.invalid("characters");
        }
        return digits.length() < SHORTEST || digits.length() > LONGEST
                ? Checked.invalid("length")
                : Checked.valid(new CorporateAccount(digits));
    }

    /** The last four alone, in groups of four: **** **** **34 56. */
    @Override
    public String masked() {
        var out = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            if (i > 0 && i % 4 == 0) {
                out.append(' ');
            }
            out.append(i < number.length() - SHOWN ? '*' : number.charAt(i));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return masked();
    }
}
