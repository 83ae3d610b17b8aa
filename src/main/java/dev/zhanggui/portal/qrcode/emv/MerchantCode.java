package dev.zhanggui.portal.qrcode.emv;

import dev.zhanggui.portal.shared.Money;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant's payload is written from: renminbi, in China, static unless it names an amount.
 *
 * @param name as on the sign; in Chinese it goes to the language template, in pinyin to field 59
 * @param latinName the merchant's own Latin name; null to have the name spelled in pinyin
 * @param city in Chinese
 * @param category four digits of ISO 18245
 * @param url where our own code leads, at most 70 printable ASCII characters; the payload says the same as the plate beside it
 * @param unionPay null for a merchant that UnionPay has not accepted
 * @param storeLabel 62.03, at most 25 printable ASCII characters
 * @param terminalLabel 62.07, likewise; null when the code is not bound to one terminal
 * @param order null for a code that many pay by
 */
public record MerchantCode(
        String name,
        @Nullable String latinName,
        String city,
        String category,
        String url,
        @Nullable UnionPay unionPay,
        @Nullable String storeLabel,
        @Nullable String terminalLabel,
        @Nullable Order order) {

    /** The globally unique identifier of our own template in field 26: a reverse domain name. */
    public static final String OUR_GUID = "dev.zhanggui";

    private static final int LONGEST_NAME = 25;
    private static final int LONGEST_CITY = 15;
    private static final long MOST_FEN = 999_999_999_999L;
    private static final String RENMINBI = "156";
    private static final String NAMELESS = "MERCHANT";
    private static final String SOMEWHERE = "CHINA";

    /**
     * Field 15 as seen in the field: who acquires, who forwards, the merchant's number.
     *
     * @param acquirer eight digits
     * @param forwarder eight digits
     * @param merchantNumber 15 digits and capitals
     */
    public record UnionPay(String acquirer, String forwarder, String merchantNumber) {

        public UnionPay {
            require(acquirer.matches("[0-9]{8}"), "acquirer");
            require(forwarder.matches("[0-9]{8}"), "forwarder");
            require(merchantNumber.matches("[0-9A-Z]{15}"), "merchantNumber");
        }

        String text() {
            return acquirer + forwarder + merchantNumber;
        }
    }

    /**
     * @param amount more than nothing, less than ten thousand million yuan: 13 characters
     * @param number 62.01, at most 25 printable ASCII characters
     */
    public record Order(Money amount, String number) {

        public Order {
            require(amount.fen() > 0 && amount.fen() <= MOST_FEN, "amount");
            require(isLabel(number), "number");
        }
    }

    public MerchantCode {
        require(!name.isBlank(), "name");
        require(category.matches("[0-9]{4}"), "category");
        require(url.matches("[\\x21-\\x7e]{1,70}"), "url");
        require(storeLabel == null || isLabel(storeLabel), "storeLabel");
        require(terminalLabel == null || isLabel(terminalLabel), "terminalLabel");
    }

    /** At most 512 bytes, whatever the names are. */
    public EmvPayload payload() {
        var point = order == null ? PointOfInitiation.STATIC : PointOfInitiation.DYNAMIC;
        var objects = new ArrayList<DataObject>();
        objects.add(new DataObject("00", "01"));
        objects.add(new DataObject("01", point.code()));
        if (unionPay != null) {
            objects.add(new DataObject("15", unionPay.text()));
        }
        objects.add(DataObject.template("26", List.of(new DataObject("00", OUR_GUID), new DataObject("01", url))));
        objects.add(new DataObject("52", category));
        objects.add(new DataObject("53", RENMINBI));
        if (order != null) {
            var yuan = BigDecimal.valueOf(order.amount().fen(), 2);
            objects.add(new DataObject("54", yuan.toPlainString()));
        }
        objects.add(new DataObject("58", "CN"));
        objects.add(new DataObject("59", or(Latin.name(latinName == null ? name : latinName, LONGEST_NAME), NAMELESS)));
        objects.add(new DataObject("60", or(Latin.city(city, LONGEST_CITY), SOMEWHERE)));
        var labels = labels();
        if (!labels.isEmpty()) {
            objects.add(DataObject.template("62", labels));
        }
        objects.add(DataObject.template("64", chinese()));
        return new EmvPayload(objects);
    }

    private List<DataObject> labels() {
        var labels = new ArrayList<DataObject>();
        if (order != null) {
            labels.add(new DataObject("01", order.number()));
        }
        if (storeLabel != null) {
            labels.add(new DataObject("03", storeLabel));
        }
        if (terminalLabel != null) {
            labels.add(new DataObject("07", terminalLabel));
        }
        return labels;
    }

    private List<DataObject> chinese() {
        var objects = new ArrayList<DataObject>();
        objects.add(new DataObject("00", "ZH"));
        objects.add(new DataObject("01", or(shown(name, LONGEST_NAME), NAMELESS)));
        var place = shown(city, LONGEST_CITY);
        if (!place.isEmpty()) {
            objects.add(new DataObject("02", place));
        }
        return objects;
    }

    /** Precomposed, without what no screen shows. */
    private static String shown(String text, int most) {
        var composed = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cc}\\p{Cs}\\p{Cn}\\p{Co}]+", " ")
                .strip();
        return Latin.cut(composed, most);
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static boolean isLabel(String text) {
        return text.matches("[\\x21-\\x7e]([\\x20-\\x7e]{0,23}[\\x21-\\x7e])?") && !text.equals("***");
    }

    private static void require(boolean holds, String field) {
        if (!holds) {
            throw new IllegalArgumentException(field);
        }
    }
}
