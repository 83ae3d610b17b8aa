package dev.zhanggui.portal.qrcode.emv;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The unit that payloads and their templates are made of: an id, the length of the value in characters (not bytes, 4.4), the
 * value.
 *
 * @param id two digits; what it means depends on the template around it
 * @param value 1 to 99 characters; of a template, its objects one after another
 */
public record DataObject(String id, String value) {

    public static final int LONGEST = 99;

    public DataObject {
        if (!id.matches("[0-9]{2}")) {
            throw new IllegalArgumentException("an id has two digits");
        }
        int length = characters(value);
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException(id + " has a value of " + length + " characters");
        }
    }

    static DataObject template(String id, List<DataObject> objects) {
        return new DataObject(id, text(objects));
    }

    /** The id as a number, 0 to 99. */
    int number() {
        return Integer.parseInt(id);
    }

    String text() {
        return id + String.format(Locale.ROOT, "%02d", characters(value)) + value;
    }

    static String text(List<DataObject> objects) {
        return objects.stream().map(DataObject::text).collect(Collectors.joining());
    }

    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
