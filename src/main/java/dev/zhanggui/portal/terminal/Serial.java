package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.Checked;
import java.util.Locale;

/** A manufacturer's serial number: 6 to 32 of A-Z, 0-9 and hyphens, as printed on the back. */
public record Serial(String value) {

    private static final int SHORTEST = 6;
    private static final int LONGEST = 32;

    /** Blanks are dropped, letters made upper case. Reasons: empty, length, characters. */
    public static Checked<Serial> check(String text) {
        if (text.length() > 4 * LONGEST) {
            return Checked.invalid("length");
        }
        var serial = text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        if (serial.isEmpty()) {
            return Checked.invalid("empty");
        }
        if (serial.length() < SHORTEST || serial.length() > LONGEST) {
            return Checked.invalid("length");
        }
        return serial.matches("[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])")
                ? Checked.valid(new Serial(serial))
                : Checked.invalid("characters");
    }

    /** The last four characters: what people read out and compare. */
    public String tail() {
        return value.substring(value.length() - 4);
    }

    @Override
    public String toString() {
        return value;
    }
}
