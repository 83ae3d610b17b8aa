package dev.zhanggui.portal.certificate;

import dev.zhanggui.portal.shared.Checked;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A name or address under which terminals reach a broker; never a wildcard.
 *
 * @param value a DNS name in lower case, or an IP address as the JDK writes it
 */
public record ListenerHost(String value, boolean isAddress) {

    /** Characters of a DNS name (RFC 1035). */
    private static final int LONGEST = 253;

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]{2,39}");

    /** Reasons: {@code length}, {@code characters}, {@code address}. */
    public static Checked<ListenerHost> check(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Checked.invalid("length");
        }
        var lower = text.toLowerCase(Locale.ROOT);
        if (IPV4.matcher(lower).matches()
                || lower.contains(":") && IPV6.matcher(lower).matches()) {
            try {
                // Reads literals only: nothing is looked up.
                return Checked.valid(
                        new ListenerHost(InetAddress.ofLiteral(lower).getHostAddress(), true));
            } catch (IllegalArgumentException e) {
                return Checked.invalid("address");
            }
        }
        if (!NAME.matcher(lower).matches()) {
            return Checked.invalid("characters");
        }
        // What ends in a number is read as an address by some and as a name by others.
        return Character.isDigit(lower.charAt(lower.lastIndexOf('.') + 1))
                ? Checked.invalid("address")
                : Checked.valid(new ListenerHost(lower, false));
    }
}
