package dev.zhanggui.portal.readiness;

import dev.zhanggui.portal.shared.Checked;
import java.util.regex.Pattern;

/**
 * Whom to call.
 *
 * @param phone a mobile, a fixed line or a hotline, as people write it; 3 to 20 digits, blanks, hyphens
 */
public record Contact(String name, String phone) {

    public static final int NAME_MOST = 30;

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 \\-]{1,18}[0-9]");

    /** A hotline belongs to an institution: there is nobody to protect. */
    private static final int HOTLINE_DIGITS = 6;

    /** A line as people write it, the number last: {@code 王电工 138 0013 8000}. Reasons: name, phone. */
    public static Checked<Contact> check(String line) {
        var text = line.strip();
        int start = text.length();
        while (start > 0 && "0123456789+- ".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        var name = text.substring(0, start).strip().replaceAll("[:：,，]$", "").strip();
        var phone = text.substring(start).strip();
        if (name.isEmpty() || name.length() > NAME_MOST) {
            return Checked.invalid("name");
        }
        return PHONE.matcher(phone).matches() ? Checked.valid(new Contact(name, phone)) : Checked.invalid("phone");
    }

    /** For those who need not know the number of a person: 138****8000. Hotlines stay as they are. */
    public Contact masked() {
        var digits = phone.replaceAll("[^0-9]", "");
        return digits.length() <= HOTLINE_DIGITS
                ? this
                : new Contact(
                        name, digits.substring(0, 3) + "****" + digits.substring(Math.max(7, digits.length() - 4)));
    }

    @Override
    public String toString() {
        return masked().phone;
    }
}
