package dev.zhanggui.portal.ordering;

import dev.zhanggui.portal.terminal.LocalText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Couriers, with the shapes of tracking number seen in practice. No carrier publishes a stable grammar, so a number of another
 * shape earns a warning and is never refused.
 */
public enum Carrier {
    SF("顺丰", "SF Express", "SF[A-Z0-9]\\d{12}", "\\d{12}"),
    JD("京东", "JD Logistics", "JD[A-Z0-9]{2}\\d{11}", "JD[A-Z]{0,2}\\d{9,15}(-\\d+-\\d+-)?"),
    EMS("邮政 EMS", "China Post EMS", "[189]\\d{12}", "P[A-Z]\\d{11}", "[A-Z]{2}\\d{9}[A-Z]{2}"),
    YTO("圆通", "YTO", "YT\\d{13}", "[A-Z]?\\d{10,12}", "88\\d{16}"),
    ZTO("中通", "ZTO", "7[3-68]\\d{12}", "\\d{12}"),
    YUNDA("韵达", "Yunda", "[34]\\d{14}|5\\d{12}", "\\d{13}"),
    STO("申通", "STO", "(77|43)\\d{12,15}", "\\d{12,13}"),
    JT("极兔", "J&T", "JT\\d{13}"),
    DEPPON("德邦", "Deppon", "DPK\\d{12}", "\\d{8,10}"),
    OTHER("其他快递", "Other courier", "[A-Z0-9]{8,25}");

    /** What a look at a number tells. Texts: {@code ordering.tracking.<NAME>}. */
    public enum Look {
        PLAUSIBLE,
        /** Not this carrier's usual shape: look again before sending. */
        UNUSUAL,
        /** The check digit of an international number (UPU S10) is wrong. */
        CHECK_DIGIT
    }

    private static final Pattern S10 = Pattern.compile("[A-Z]{2}\\d{9}[A-Z]{2}");
    private static final int[] S10_WEIGHTS = {8, 6, 4, 2, 3, 5, 9, 7};

    private final LocalText displayName;
    private final List<Pattern> shapes;

    Carrier(String zh, String en, String... shapes) {
        this.displayName = new LocalText(zh, en);
        this.shapes = Stream.of(shapes).map(Pattern::compile).toList();
    }

    public LocalText displayName() {
        return displayName;
    }

    /** Upper case without blanks, as it is stored. */
    public static String normalise(String number) {
        return number.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    /** @param number normalised */
    public Look look(String number) {
        if (shapes.stream().noneMatch(shape -> shape.matcher(number).matches())) {
            return Look.UNUSUAL;
        }
        return this == EMS && S10.matcher(number).matches() && !s10CheckDigitIsRight(number)
                ? Look.CHECK_DIGIT
                : Look.PLAUSIBLE;
    }

    /** The carrier whose own prefix the number carries; {@link #OTHER} when only the clerk can know. */
    public static Carrier guess(String number) {
        for (var carrier : values()) {
            if (carrier != OTHER && carrier.shapes.getFirst().matcher(number).matches()) {
                return carrier;
            }
        }
        return OTHER;
    }

    private static boolean s10CheckDigitIsRight(String number) {
        int sum = 0;
        for (int i = 0; i < S10_WEIGHTS.length; i++) {
            sum += (number.charAt(i + 2) - '0') * S10_WEIGHTS[i];
        }
        int check = 11 - sum % 11;
        int digit = check == 10 ? 0 : check == 11 ? 5 : check;
        return number.charAt(10) - '0' == digit;
    }
}
