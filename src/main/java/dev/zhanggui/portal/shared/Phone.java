package dev.zhanggui.portal.shared;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;

/**
 * A mobile number of mainland China in E.164 form, such as {@code +8613812345678}.
 *
 * @param e164 always starts with +86
 */
public record Phone(String e164) {

    private static final int LONGEST_INPUT = 24;

    /** Accepts blanks, hyphens, +86 and 0086; refuses numbers that no operator hands out. Reasons: empty, length, notMobile. */
    public static Checked<Phone> check(String text) {
        if (text.isBlank()) {
            return Checked.invalid("empty");
        }
        if (text.length() > LONGEST_INPUT) {
            return Checked.invalid("length");
        }
        var digits = text.strip().replaceAll("[\\s\\-]", "").replaceFirst("^(\\+86|0086)", "");
        if (!digits.matches("\\d{11}")) {
            return Checked.invalid("length");
        }
        try {
            var util = PhoneNumberUtil.getInstance();
            var number = util.parse(digits, "CN");
            var type = util.getNumberType(number);
            boolean mobile = type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
            return mobile && util.isValidNumberForRegion(number, "CN")
                    ? Checked.valid(new Phone("+86" + digits))
                    : Checked.invalid("notMobile");
        } catch (NumberParseException e) {
            return Checked.invalid("notMobile");
        }
    }

    /** The eleven digits without the country code. */
    public String national() {
        return e164.substring(3);
    }

    /** As shown on screens: 138****6688. */
    public String masked() {
        return national().substring(0, 3) + "****" + national().substring(7);
    }

    @Override
    public String toString() {
        return masked();
    }
}
