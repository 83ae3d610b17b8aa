package dev.zhanggui.portal.shared;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.Locale;
import java.util.Set;

/**
 * A resident identity number of 18 characters (GB 11643-1999): six of the region at first issue, eight of the birth date,
 * three of the sequence, one check character (ISO 7064 MOD 11-2).
 */
public record ResidentId(String number) {

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");

    /**
     * Checks size, characters, province, date and check character, in this order. Abolished county codes are accepted: people
     * keep the number they were born with. Reasons: empty, length, old15, characters, region, date, future, checksum.
     *
     * @param today the date in Asia/Shanghai
     */
    public static Checked<ResidentId> check(String text, LocalDate today) {
        var number = text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        if (number.isEmpty()) {
            return Checked.invalid("empty");
        }
        if (number.matches("\\d{15}")) {
            return Checked.invalid("old15");
        }
        if (number.length() != 18) {
            return Checked.invalid("length");
        }
        if (!number.matches("\\d{17}[\\dX]")) {
            return Checked.invalid("characters");
        }
        if (!PROVINCES.contains(number.substring(0, 2))) {
            return Checked.invalid("region");
        }
        LocalDate birth;
        try {
            birth = birthDate(number);
        } catch (DateTimeException e) {
            return Checked.invalid("date");
        }
        if (birth.isAfter(today)) {
            return Checked.invalid("future");
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK.charAt(sum % 11) == number.charAt(17)
                ? Checked.valid(new ResidentId(number))
                : Checked.invalid("checksum");
    }

    public LocalDate birthDate() {
        return birthDate(number);
    }

    private static LocalDate birthDate(String number) {
        return LocalDate.of(
                Integer.parseInt(number.substring(6, 10)),
                Integer.parseInt(number.substring(10, 12)),
                Integer.parseInt(number.substring(12, 14)));
    }

    /**
     * Age in completed years. A birthday counts from its first minute (Civil Code art. 1259: "以上" includes the number); who
     * was born on 29 February turns a year older on 1 March of a common year.
     */
    public int ageOn(LocalDate date) {
        var birth = birthDate();
        int years = date.getYear() - birth.getYear();
        boolean before =
                date.getMonthValue() * 100 + date.getDayOfMonth() < birth.getMonthValue() * 100 + birth.getDayOfMonth();
        return Period.between(birth, date).isNegative() ? 0 : years - (before ? 1 : 0);
    }

    /** As shown on screens: 110***********002X. */
    public String masked() {
        return number.substring(0, 3) + "***********" + number.substring(14);
    }

    @Override
    public String toString() {
        return masked();
    }
}
