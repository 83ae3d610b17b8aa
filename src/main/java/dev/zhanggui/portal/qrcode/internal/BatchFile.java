package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.BatchReading.Flaw;
import dev.zhanggui.portal.qrcode.BatchReading.Row;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RowError;
import dev.zhanggui.portal.qrcode.RowError.Kind;
import dev.zhanggui.portal.shared.Csv;
import dev.zhanggui.portal.shared.StoreId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a file of wishes and judges each row by itself, against the merchant's stores and against the rows above it. */
final class BatchFile {

    static final List<String> HEAD = List.of("门店", "位置", "负责人");

    private static final Set<String> STORE = Set.of("门店", "店铺", "门店名称", "店名", "门店编号", "store");
    private static final Set<String> PLACE = Set.of("位置", "放在哪里", "摆放位置", "place");
    private static final Set<String> HOLDER = Set.of("负责人", "保管人", "谁保管", "holder");

    private static final int KEPT_MOST = 200;
    private static final int WORKBOOK = 0x504b0304;
    private static final int OLD_WORKBOOK = 0xd0cf11e0;

    private final Map<String, List<Store>> byName;
    private final Map<String, Store> byNumber;
    private final Map<StoreId, Integer> plates;
    private final int platesMost;

    /**
     * @param plates that each store has by now; absent means none
     * @param platesMost that one store may have
     */
    BatchFile(Collection<Store> stores, Map<StoreId, Integer> plates, int platesMost) {
        this.byName = stores.stream().collect(Collectors.groupingBy(store -> key(store.name())));
        this.byNumber = stores.stream().collect(Collectors.toMap(store -> key(store.publicId()), store -> store));
        this.plates = new HashMap<>(plates);
        this.platesMost = platesMost;
    }

    /** The reading without what was done with the same file before. */
    BatchReading read(byte[] file) {
        if (file.length > CodeBatches.BYTES_MOST) {
            return unreadable(Flaw.TOO_LARGE);
        }
        if (file.length >= 4) {
            int start = ByteBuffer.wrap(file).getInt();
            if (start == WORKBOOK || start == OLD_WORKBOOK) {
                return unreadable(Flaw.WORKBOOK);
            }
        }
        var text = text(file);
        if (text.isEmpty()) {
            return unreadable(Flaw.NOT_TEXT);
        }
        return switch (Csv.read(text.get())) {
            case Csv.Reading.OpenQuote(int row) -> new BatchReading.Unreadable(Flaw.QUOTE, row);
            case Csv.Reading.Records(var records) -> read(records);
        };
    }

    private BatchReading read(List<List<String>> records) {
        int head = 0;
        while (head < records.size() && isEmpty(records.get(head))) {
            head++;
        }
        if (head == records.size()) {
            return unreadable(Flaw.NO_ROWS);
        }
        int store = column(records.get(head), STORE);
        int place = column(records.get(head), PLACE);
        int holder = column(records.get(head), HOLDER);
        if (store < 0 || place < 0) {
            return new BatchReading.Unreadable(Flaw.NO_HEAD, head + 1);
        }
        var seen = new HashMap<String, Integer>();
        var rows = new ArrayList<Row>();
        for (int i = head + 1; i < records.size(); i++) {
            var record = records.get(i);
            if (isEmpty(record)) {
                continue;
            }
            if (rows.size() == CodeBatches.ROWS_MOST) {
                return unreadable(Flaw.TOO_MANY);
            }
            rows.add(judge(i + 1, cell(record, store), cell(record, place), cell(record, holder), seen));
        }
        return rows.isEmpty() ? unreadable(Flaw.NO_ROWS) : new BatchReading.Readable(rows, Optional.empty());
    }

    private Row judge(int number, String storeText, String place, String holder, Map<String, Integer> seen) {
        var named = stores(storeText);
        var store = named.size() == 1 ? named.getFirst() : null;
        var error = error(storeText, named.size(), place, holder);
        if (error == null && store != null) {
            error = errorAmongOthers(number, store, place, seen);
        }
        return new Row(number, cut(storeText), store, cut(place), cut(holder), error);
    }

    private static @Nullable RowError error(String storeText, int stores, String place, String holder) {
        if (storeText.isEmpty()) {
            return new RowError(Kind.STORE_MISSING);
        }
        if (stores != 1) {
            return new RowError(stores == 0 ? Kind.STORE_UNKNOWN : Kind.STORE_AMBIGUOUS);
        }
        if (place.isEmpty()) {
            return new RowError(Kind.PLACE_MISSING);
        }
        if (hasHidden(place) || hasHidden(holder)) {
            return new RowError(Kind.CHARACTERS);
        }
        if (length(place) > QrCodes.PLACE_MOST) {
            return new RowError(Kind.PLACE_TOO_LONG);
        }
        return length(holder) > QrCodes.HOLDER_MOST ? new RowError(Kind.HOLDER_TOO_LONG) : null;
    }

    private @Nullable RowError errorAmongOthers(int number, Store store, String place, Map<String, Integer> seen) {
        var other = seen.putIfAbsent(store.id() + " " + key(place), number);
        if (other != null) {
            return new RowError(Kind.DOUBLE, other);
        }
        return plates.merge(store.id(), 1, Integer::sum) > platesMost ? new RowError(Kind.STORE_FULL) : null;
    }

    private List<Store> stores(String text) {
        var key = key(text);
        var byItsNumber = byNumber.get(key);
        return byItsNumber == null ? byName.getOrDefault(key, List.of()) : List.of(byItsNumber);
    }

    /** UTF-8, with or without its mark, UTF-16 with its mark, or what Excel writes in China; empty when it is none of them. */
    private static Optional<String> text(byte[] file) {
        boolean wide = file.length >= 2
                && (file[0] == (byte) 0xff && file[1] == (byte) 0xfe
                        || file[0] == (byte) 0xfe && file[1] == (byte) 0xff);
        return wide
                ? decode(file, StandardCharsets.UTF_16)
                : decode(file, StandardCharsets.UTF_8).or(() -> decode(file, Charset.forName("GB18030")));
    }

    private static Optional<String> decode(byte[] file, Charset charset) {
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int column(List<String> head, Set<String> names) {
        for (int i = 0; i < head.size(); i++) {
            var name = key(head.get(i)).replaceAll("[(（].*", "");
            if (names.contains(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String cell(List<String> record, int column) {
        return column < 0 || column >= record.size() ? "" : record.get(column).strip();
    }

    private static boolean isEmpty(List<String> record) {
        return record.stream().allMatch(String::isBlank);
    }

    /** The same for what people take for the same: width, case and blanks do not count. */
    private static String key(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\s+", "")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean hasHidden(String text) {
        return text.codePoints().anyMatch(point -> switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default -> false;
        });
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String cut(String text) {
        return length(text) <= KEPT_MOST ? text : text.substring(0, text.offsetByCodePoints(0, KEPT_MOST));
    }

    private static BatchReading unreadable(Flaw flaw) {
        return new BatchReading.Unreadable(flaw, 0);
    }
}
