package dev.zhanggui.portal.qrcode.emv;

import dev.zhanggui.portal.qrcode.emv.EmvFinding.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of chapter 4, applied to one text. */
final class EmvRules {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]+(\\.[0-9]*)?");
    private static final Pattern HEX4 = Pattern.compile("[0-9A-F]{4}");
    /** A registered provider of 5 bytes, with up to 11 of its own (ISO/IEC 7816-4); 32 digits are a UUID as well. */
    private static final Pattern AID_OR_UUID = Pattern.compile("([0-9A-Fa-f]{2}){5,16}");

    private static final Pattern REVERSE_DOMAIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9][A-Za-z0-9-]*)+");
    private static final BigDecimal LEAST_PERCENT = new BigDecimal("0.01");
    private static final BigDecimal MOST_PERCENT = new BigDecimal("99.99");
    private static final Set<String> COUNTRIES = Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2);
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    /** By their number; some of the past have none. */
    private static final Map<String, Currency> CURRENCIES = Currency.availableCurrencies()
            .filter(it -> it.getNumericCode() > 0)
            .sorted(Comparator.comparing(Currency::getCurrencyCode))
            .collect(Collectors.toMap(Currency::getNumericCodeAsString, it -> it, (first, second) -> first));

    private static final String PAYER_TYPES = "***";

    /** An object and where it stands, in characters from the start of the payload. */
    private record Located(DataObject object, int start) {

        String id() {
            return object.id();
        }

        String value() {
            return object.value();
        }

        int valueStart() {
            return start + 4;
        }

        int end() {
            return valueStart() + DataObject.characters(value());
        }
    }

    /** @param objects those under the root without the CRC; of use only when there are no errors */
    record Findings(List<DataObject> objects, List<EmvFinding> errors, List<EmvFinding> remarks) {}

    private final List<EmvFinding> errors = new ArrayList<>();
    private final List<EmvFinding> remarks = new ArrayList<>();

    private EmvRules() {}

    static Findings check(String text) {
        var rules = new EmvRules();
        var objects = rules.payload(text);
        var byPlace = Comparator.comparingInt(EmvFinding::position);
        rules.errors.sort(byPlace);
        rules.remarks.sort(byPlace);
        return new Findings(objects, rules.errors, rules.remarks);
    }

    /** The objects of a template that was checked before. */
    static List<DataObject> split(String value) {
        var rules = new EmvRules();
        var objects = rules.split(value, 0, "");
        if (objects == null) {
            throw new IllegalArgumentException("not a template");
        }
        return objects.stream().map(Located::object).toList();
    }

    /** @param numeric three digits of ISO 4217 */
    static Optional<Currency> currency(String numeric) {
        return Optional.ofNullable(CURRENCIES.get(numeric));
    }

    private List<DataObject> payload(String text) {
        if (text.isEmpty()) {
            error(Kind.EMPTY, "", 0, "");
            return List.of();
        }
        if (text.length() > EmvPayload.MOST_BYTES
                || text.getBytes(StandardCharsets.UTF_8).length > EmvPayload.MOST_BYTES) {
            error(Kind.PAYLOAD_TOO_LONG, "", 0, String.valueOf(EmvPayload.MOST_BYTES));
            return List.of();
        }
        var root = split(text, 0, "");
        if (root == null) {
            return List.of();
        }
        crc(text, root);
        root(root);
        return root.stream()
                .map(Located::object)
                .filter(it -> !it.id().equals("63"))
                .toList();
    }

    /** Cuts a text into objects; null, with an error noted, when it falls apart. */
    private @Nullable List<Located> split(String text, int offset, String parent) {
        var points = text.codePoints().toArray();
        var objects = new ArrayList<Located>();
        var seen = new HashSet<String>();
        int at = 0;
        while (at < points.length) {
            int id = twoDigits(points, at);
            if (id < 0) {
                error(Kind.BAD_ID, parent, offset + at, string(points, at, at + 2));
                return null;
            }
            var name = string(points, at, at + 2);
            var path = path(parent, name);
            int length = twoDigits(points, at + 2);
            if (length < 1) {
                error(Kind.BAD_LENGTH, path, offset + at + 2, string(points, at + 2, at + 4));
                return null;
            }
            if (at + 4 + length > points.length) {
                error(Kind.CUT_OFF, path, offset + at + 4, String.valueOf(length));
                return null;
            }
            if (!seen.add(name)) {
                error(Kind.DUPLICATE, path, offset + at, "");
            }
            var value = new String(points, at + 4, length);
            objects.add(new Located(new DataObject(name, value), offset + at));
            at += 4 + length;
        }
        return objects;
    }

    private static int twoDigits(int[] points, int at) {
        if (at + 2 > points.length || !isDigit(points[at]) || !isDigit(points[at + 1])) {
            return -1;
        }
        return (points[at] - '0') * 10 + points[at + 1] - '0';
    }

    private static boolean isDigit(int point) {
        return point >= '0' && point <= '9';
    }

    private static String string(int[] points, int from, int to) {
        int end = Math.min(to, points.length);
        return from >= end ? "" : new String(points, from, end - from);
    }

    private void crc(String text, List<Located> root) {
        var crc = find(root, "63");
        if (crc == null) {
            error(Kind.MISSING, "63", root.getLast().end(), "");
        } else if (crc != root.getLast()) {
            error(Kind.CRC_NOT_LAST, "63", crc.start(), "");
        } else if (!HEX4.matcher(crc.value()).matches()) {
            error(Kind.BAD_CRC, "63", crc.valueStart(), crc.value());
        } else {
            var right = Crc16.of(text.substring(0, text.length() - 4));
            if (!crc.value().equals(right)) {
                error(Kind.CHECKSUM, "63", crc.valueStart(), right);
            }
        }
    }

    private void root(List<Located> root) {
        int end = root.getLast().end();
        for (var object : root) {
            rootObject(object);
        }
        var first = find(root, "00");
        if (first != null && first != root.getFirst()) {
            error(Kind.NOT_FIRST, "00", first.start(), "");
        }
        for (var id : List.of("00", "52", "53", "58", "59", "60")) {
            if (find(root, id) == null) {
                error(Kind.MISSING, id, end, "");
            }
        }
        if (root.stream()
                .noneMatch(it -> it.object().number() >= 2 && it.object().number() <= 51)) {
            error(Kind.MISSING, "02-51", end, "");
        }
        fee(root, "02", "56", end);
        fee(root, "03", "57", end);
        decimals(root, "54");
        decimals(root, "56");
    }

    private void rootObject(Located it) {
        int id = it.object().number();
        switch (it.id()) {
            case "00" -> oneOf(it, Set.of("01"));
            case "01" -> oneOf(it, Set.of("11", "12"));
            case "52" -> digits(it, "52", 4);
            case "53" -> {
                if (digits(it, "53", 3) && currency(it.value()).isEmpty()) {
                    error(Kind.UNKNOWN_CURRENCY, "53", it.valueStart(), it.value());
                }
            }
            case "54", "56" -> amount(it);
            case "55" -> oneOf(it, Set.of("01", "02", "03"));
            case "57" -> percentage(it);
            case "58" -> {
                if (ascii(it, "58") && exactly(it, "58", 2) && !COUNTRIES.contains(it.value())) {
                    error(Kind.UNKNOWN_COUNTRY, "58", it.valueStart(), it.value());
                }
            }
            case "59" -> text(it, "59", 25);
            case "60" -> text(it, "60", 15);
            case "61" -> text(it, "61", 10);
            case "62" -> additionalData(it);
            case "63" -> {} // checked with the whole text
            case "64" -> language(it);
            default -> {
                if (id <= 25) {
                    text(it, it.id(), DataObject.LONGEST);
                    if (MerchantAccount.Scheme.of(id) == MerchantAccount.Scheme.RESERVED) {
                        remark(Kind.RESERVED_ID, it.id(), it.start(), "");
                    }
                } else if (id <= 51 || id >= 80) {
                    template(it, it.id());
                } else {
                    precomposed(it, it.id());
                    remark(Kind.RESERVED_ID, it.id(), it.start(), "");
                }
            }
        }
    }

    /** 56 is there if and only if 55 says 02, 57 if and only if it says 03. */
    private void fee(List<Located> root, String indicator, String id, int end) {
        var tip = find(root, "55");
        var fee = find(root, id);
        boolean due = tip != null && tip.value().equals(indicator);
        if (due && fee == null) {
            error(Kind.MISSING, id, end, "");
        } else if (!due && fee != null) {
            error(Kind.FORBIDDEN, id, fee.start(), indicator);
        }
    }

    private void decimals(List<Located> root, String id) {
        var amount = find(root, id);
        var numeric = find(root, "53");
        if (amount == null || numeric == null) {
            return;
        }
        int point = amount.value().indexOf('.');
        int decimals = point < 0 ? 0 : amount.value().length() - point - 1;
        currency(numeric.value()).ifPresent(currency -> {
            int most = Math.max(0, currency.getDefaultFractionDigits());
            if (decimals > most) {
                remark(Kind.DECIMALS, id, amount.valueStart(), String.valueOf(most));
            }
        });
    }

    /** A template whose first rule is that it names its owner (4.7.11, 4.8.1.5, 4.11.1); the rest is the owner's business. */
    private void template(Located template, String path) {
        var inside = split(template.value(), template.valueStart(), path);
        if (inside == null) {
            return;
        }
        for (var it : inside) {
            if (it.id().equals("00")) {
                guid(it, path(path, "00"));
            } else {
                precomposed(it, path(path, it.id()));
            }
        }
        if (find(inside, "00") == null) {
            error(Kind.MISSING, path(path, "00"), template.end(), "");
        }
    }

    private void guid(Located it, String path) {
        if (text(it, path, 32)
                && !AID_OR_UUID.matcher(it.value()).matches()
                && !REVERSE_DOMAIN.matcher(it.value()).matches()) {
            error(Kind.BAD_GUID, path, it.valueStart(), it.value());
        }
    }

    private void additionalData(Located template) {
        var inside = split(template.value(), template.valueStart(), "62");
        if (inside == null) {
            return;
        }
        for (var it : inside) {
            int id = it.object().number();
            var path = path("62", it.id());
            if (id >= 50) {
                template(it, path);
            } else if (id == 0 || id >= 10) {
                precomposed(it, path);
                remark(Kind.RESERVED_ID, path, it.start(), "");
            } else if (id == 9) {
                if (text(it, path, 3) && !it.value().matches("(?!.*(.).*\\1)[AME]+")) {
                    error(Kind.BAD_REQUEST, path, it.valueStart(), it.value());
                }
            } else if (!it.value().equals(PAYER_TYPES)) {
                text(it, path, 25);
            }
        }
    }

    private void language(Located template) {
        var inside = split(template.value(), template.valueStart(), "64");
        if (inside == null) {
            return;
        }
        for (var it : inside) {
            var path = path("64", it.id());
            switch (it.id()) {
                case "00" -> {
                    if (ascii(it, path)
                            && exactly(it, path, 2)
                            && !LANGUAGES.contains(it.value().toLowerCase(Locale.ROOT))) {
                        error(Kind.UNKNOWN_LANGUAGE, path, it.valueStart(), it.value());
                    }
                }
                case "01" -> atMost(it, path, 25);
                case "02" -> atMost(it, path, 15);
                default -> remark(Kind.RESERVED_ID, path, it.start(), "");
            }
            precomposed(it, path);
        }
        for (var id : List.of("00", "01")) {
            if (find(inside, id) == null) {
                error(Kind.MISSING, path("64", id), template.end(), "");
            }
        }
    }

    private void oneOf(Located it, Set<String> meant) {
        if (digits(it, it.id(), 2) && !meant.contains(it.value())) {
            error(Kind.RESERVED_VALUE, it.id(), it.valueStart(), it.value());
        }
    }

    private boolean digits(Located it, String path, int length) {
        if (!DIGITS.matcher(it.value()).matches()) {
            return error(Kind.NOT_DIGITS, path, it.valueStart(), it.value());
        }
        return exactly(it, path, length);
    }

    private void amount(Located it) {
        if (!text(it, it.id(), 13)) {
            return;
        }
        if (!AMOUNT.matcher(it.value()).matches()) {
            error(Kind.BAD_AMOUNT, it.id(), it.valueStart(), it.value());
        } else if (it.value().chars().allMatch(c -> c == '0' || c == '.')) {
            error(Kind.ZERO, it.id(), it.valueStart(), it.value());
        }
    }

    private void percentage(Located it) {
        if (!text(it, "57", 5)) {
            return;
        }
        if (!AMOUNT.matcher(it.value()).matches()) {
            error(Kind.BAD_AMOUNT, "57", it.valueStart(), it.value());
            return;
        }
        var percent = new BigDecimal(it.value().endsWith(".") ? it.value() + "0" : it.value());
        if (percent.compareTo(LEAST_PERCENT) < 0 || percent.compareTo(MOST_PERCENT) > 0) {
            error(Kind.BAD_PERCENTAGE, "57", it.valueStart(), it.value());
        }
    }

    /** Format ans of at most so many characters. */
    private boolean text(Located it, String path, int most) {
        return ascii(it, path) && atMost(it, path, most);
    }

    private boolean ascii(Located it, String path) {
        return it.value().chars().allMatch(c -> c >= 0x20 && c <= 0x7e)
                || error(Kind.NOT_ASCII, path, it.valueStart(), it.value());
    }

    private boolean atMost(Located it, String path, int most) {
        return DataObject.characters(it.value()) <= most
                || error(Kind.TOO_LONG, path, it.valueStart(), String.valueOf(most));
    }

    private boolean exactly(Located it, String path, int length) {
        return DataObject.characters(it.value()) == length
                || error(Kind.WRONG_LENGTH, path, it.valueStart(), String.valueOf(length));
    }

    /** Format S. */
    private void precomposed(Located it, String path) {
        boolean assigned = it.value().codePoints().allMatch(point -> switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        });
        if (!assigned || !Normalizer.isNormalized(it.value(), Normalizer.Form.NFC)) {
            error(Kind.NOT_PRECOMPOSED, path, it.valueStart(), "");
        }
    }

    private static @Nullable Located find(List<Located> objects, String id) {
        return objects.stream().filter(it -> it.id().equals(id)).findFirst().orElse(null);
    }

    private static String path(String parent, String id) {
        return parent.isEmpty() ? id : parent + "." + id;
    }

    private boolean error(Kind kind, String path, int position, String value) {
        errors.add(new EmvFinding(kind, path, position, value));
        return false;
    }

    private void remark(Kind kind, String path, int position, String value) {
        remarks.add(new EmvFinding(kind, path, position, value));
    }
}
