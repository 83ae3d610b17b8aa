package dev.zhanggui.portal.shared;

/** A bank card number of 13 to 19 digits (ISO/IEC 7812) whose Luhn digit is right. */
public record BankCard(String number) implements AccountNumber {

    /** Blanks and hyphens are dropped. Reasons: empty, characters, length, checksum. */
    public static Checked<BankCard> check(String text) {
        var digits = text.replaceAll("[\\s\\-]", "");
        if (digits.isEmpty()) {
            return Checked.invalid("empty");
        }
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Checked.invalid("characters");
        }
        if (digits.length() < 13 || digits.length() > 19) {
            return Checked.invalid("length");
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 ? Checked.valid(new BankCard(digits)) : Checked.invalid("checksum");
    }

    public String lastFour() {
        return number.substring(number.length() - 4);
    }

    /** First six and last four, grouped as on the card: 6217 00** **** 8841. */
    @Override
    public String masked() {
        var out = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            if (i > 0 && i % 4 == 0) {
                out.append(' ');
            }
            out.append(i < 6 || i >= number.length() - 4 ? number.charAt(i) : '*');
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return masked();
    }
}
