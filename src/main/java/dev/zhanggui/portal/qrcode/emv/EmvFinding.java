package dev.zhanggui.portal.qrcode.emv;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * Something to say about a payload: why it is refused, or what is allowed but odd.
 *
 * @param path which object, as in {@code 62.07}; {@code 02-51} for a range; empty for the whole payload
 * @param position where it begins, in characters (code points) from 0; of something missing, where the text or template ends
 * @param value what stands there, what it should be, or a limit, shortened; empty where the kind says all
 */
public record EmvFinding(Kind kind, String path, int position, String value) {

    private static final int LONGEST_VALUE = 40;

    public EmvFinding {
        value = value.length() > LONGEST_VALUE
                ? value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE / 2)) + "…"
                : value;
    }

    /** Names are stable: they are the codes of the HTTP API. */
    public enum Kind {
        EMPTY,
        /** More than 512 bytes in UTF-8 (4.1). */
        PAYLOAD_TOO_LONG,
        /** Not two digits where an id is due (4.3). */
        BAD_ID,
        /** Not 01 to 99 where a length is due (4.4). */
        BAD_LENGTH,
        /** The length promises more than there is. */
        CUT_OFF,
        /** The payload format indicator is not the first object (4.6.1.1). */
        NOT_FIRST,
        /** Something follows the CRC (4.6.1.2). */
        CRC_NOT_LAST,
        /** An id twice at one level (4.3.1.2). */
        DUPLICATE,
        MISSING,
        /** May only be there together with another object's value. */
        FORBIDDEN,
        /** {@code value} is the limit in characters. */
        TOO_LONG,
        /** {@code value} is the length that it must have. */
        WRONG_LENGTH,
        /** Format N: digits only. */
        NOT_DIGITS,
        /** Format ans: printable ASCII only; Chinese belongs into the language template. */
        NOT_ASCII,
        /** Format S: precomposed, assigned characters of Unicode, no control characters. */
        NOT_PRECOMPOSED,
        /** A value that version 1.1 has given no meaning. */
        RESERVED_VALUE,
        BAD_AMOUNT,
        /** An amount or a fee of nothing. */
        ZERO,
        /** A percentage outside 00.01 to 99.99. */
        BAD_PERCENTAGE,
        UNKNOWN_CURRENCY,
        UNKNOWN_COUNTRY,
        UNKNOWN_LANGUAGE,
        /** Neither an AID, nor a UUID without hyphens, nor a reverse domain name. */
        BAD_GUID,
        /** Not A, M and E, each once at most. */
        BAD_REQUEST,
        /** Not four hexadecimal digits in capitals. */
        BAD_CRC,
        /** The CRC is not that of the text; {@code value} is the right one. */
        CHECKSUM,
        // Allowed but odd.
        /** An id that version 1.1 keeps for later; carried along. */
        RESERVED_ID,
        /** More decimals than the currency has. */
        DECIMALS
    }

    /** One plain sentence; Chinese unless the language is English. */
    public String words(Locale locale) {
        var bundle = ResourceBundle.getBundle(
                "vaadin-i18n.translations",
                locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(bundle.getString("qrcode.emv." + kind), locale)
                .format(new Object[] {named(bundle), value, position});
    }

    /** As in {@code 59（商户名称）}; the number alone where the specification gives no name. */
    private String named(ResourceBundle bundle) {
        try {
            return new MessageFormat(bundle.getString("qrcode.emv.named"), bundle.getLocale())
                    .format(new Object[] {path, bundle.getString("qrcode.emv.object." + path)});
        } catch (MissingResourceException e) {
            return path;
        }
    }
}
