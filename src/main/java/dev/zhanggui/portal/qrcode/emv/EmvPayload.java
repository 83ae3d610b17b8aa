package dev.zhanggui.portal.qrcode.emv;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A payload that keeps every rule of version 1.1. Read or put together, its text is the same to the byte: the objects keep
 * their order.
 *
 * @param objects those under the root in their order, without the CRC, which {@link #text} works out
 */
public record EmvPayload(List<DataObject> objects) {

    /** In bytes of UTF-8 (4.1). */
    public static final int MOST_BYTES = 512;

    static final String CRC = "6304";

    /** Throws {@link IllegalArgumentException} for objects that break a rule. */
    public EmvPayload {
        objects = List.copyOf(objects);
        var findings = EmvRules.check(withCrc(objects));
        if (!findings.errors().isEmpty()) {
            throw new IllegalArgumentException(findings.errors().stream()
                    .map(it -> it.kind() + " " + it.path())
                    .collect(Collectors.joining(", ")));
        }
    }

    /** Reads a text strictly; never throws. */
    public static EmvReading read(String text) {
        var findings = EmvRules.check(text);
        return findings.errors().isEmpty()
                ? new EmvReading.Read(new EmvPayload(findings.objects()), findings.remarks())
                : new EmvReading.Refused(findings.errors());
    }

    /** What the symbol contains. */
    public String text() {
        return withCrc(objects);
    }

    private static String withCrc(List<DataObject> objects) {
        var text = DataObject.text(objects) + CRC;
        return text + Crc16.of(text);
    }

    /** Whether the text has characters beyond printable ASCII, so that the symbol must say UTF-8 (4.12.1.2). */
    public boolean needsUtf8() {
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(text());
    }

    public Optional<PointOfInitiation> pointOfInitiation() {
        return find("01").flatMap(PointOfInitiation::of);
    }

    /** At least one. */
    public List<MerchantAccount> accounts() {
        return objects.stream()
                .filter(it -> it.number() >= 2 && it.number() <= 51)
                .map(EmvPayload::account)
                .toList();
    }

    /** Four digits of ISO 18245. */
    public String merchantCategory() {
        return get("52");
    }

    public Currency currency() {
        return EmvRules.currency(get("53")).orElseThrow();
    }

    /** As written; empty when the payer types it. */
    public Optional<String> amountText() {
        return find("54");
    }

    /** Empty when the payer types it. */
    public Optional<BigDecimal> amount() {
        return amountText().map(EmvPayload::decimal);
    }

    public Fee fee() {
        return switch (find("55").orElse("")) {
            case "01" -> new Fee.AskTip();
            case "02" -> new Fee.Fixed(decimal(get("56")));
            case "03" -> new Fee.Percentage(decimal(get("57")));
            default -> new Fee.None();
        };
    }

    /** Two capitals of ISO 3166-1. */
    public String country() {
        return get("58");
    }

    /** In printable ASCII. */
    public String name() {
        return get("59");
    }

    /** In printable ASCII. */
    public String city() {
        return get("60");
    }

    public Optional<String> postalCode() {
        return find("61");
    }

    /** Those of the additional data field template in their order; {@code ***} asks the payer. */
    public List<DataObject> additionalData() {
        return find("62").map(EmvRules::split).orElse(List.of());
    }

    public Optional<String> additionalData(String id) {
        return find(additionalData(), id);
    }

    public Optional<AlternateName> alternateName() {
        return find("64")
                .map(EmvRules::split)
                .map(it -> new AlternateName(
                        find(it, "00").orElseThrow(),
                        find(it, "01").orElseThrow(),
                        find(it, "02").orElse(null)));
    }

    /** 65 to 79, to be carried along and otherwise ignored. */
    public List<DataObject> reserved() {
        return objects.stream()
                .filter(it -> it.number() >= 65 && it.number() <= 79)
                .toList();
    }

    /** 80 to 99. */
    public List<MerchantAccount.Template> unreserved() {
        return objects.stream()
                .filter(it -> it.number() >= 80)
                .map(EmvPayload::template)
                .toList();
    }

    private static MerchantAccount account(DataObject object) {
        return object.number() < 26
                ? new MerchantAccount.Primitive(object.id(), MerchantAccount.Scheme.of(object.number()), object.value())
                : template(object);
    }

    private static MerchantAccount.Template template(DataObject object) {
        var inside = EmvRules.split(object.value());
        return new MerchantAccount.Template(
                object.id(),
                find(inside, "00").orElseThrow(),
                inside.stream().filter(it -> !it.id().equals("00")).toList());
    }

    private String get(String id) {
        return find(id).orElseThrow();
    }

    private Optional<String> find(String id) {
        return find(objects, id);
    }

    private static Optional<String> find(List<DataObject> objects, String id) {
        return objects.stream()
                .filter(it -> it.id().equals(id))
                .map(DataObject::value)
                .findFirst();
    }

    /** {@code 98.} is an amount too. */
    private static BigDecimal decimal(String text) {
        return new BigDecimal(text.endsWith(".") ? text + "0" : text);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "EMV payload of %d objects", objects.size());
    }
}
