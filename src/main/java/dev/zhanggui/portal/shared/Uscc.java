package dev.zhanggui.portal.shared;

import java.util.Locale;

/** A unified social credit code of 18 characters (GB 32100-2015). */
public record Uscc(String code) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /** Reasons: empty, length, old15, characters, checksum (early pilot codes fail it too: they go to manual review). */
    public static Checked<Uscc> check(String text) {
        var code = text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        if (code.isEmpty()) {
            return Checked.invalid("empty");
        }
        if (code.matches("\\d{15}")) {
            return Checked.invalid("old15");
        }
        if (code.length() != 18) {
            return Checked.invalid("length");
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            int value = ALPHABET.indexOf(code.charAt(i));
            if (value < 0) {
                return Checked.invalid("characters");
            }
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        int last = ALPHABET.indexOf(code.charAt(17));
        if (last < 0) {
            return Checked.invalid("characters");
        }
        return last == (31 - sum % 31) % 31 ? Checked.valid(new Uscc(code)) : Checked.invalid("checksum");
    }

    /** True for an individually-owned business (个体工商户): the code starts with 92. */
    public boolean isSoleTrader() {
        return code.startsWith("92");
    }

    public String masked() {
        return code.substring(0, 4) + "************" + code.substring(16);
    }
}
