package dev.zhanggui.portal.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180) as spreadsheets write and read them. */
public final class Csv {

    /** Before the head line: without it Excel takes UTF-8 for the code page of the machine. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String SEPARATORS = ",;\t";

    private Csv() {}

    /** What a text holds. */
    public sealed interface Reading {

        /** One record per row of the spreadsheet, empty ones too: the first is row 1. */
        record Records(List<List<String>> records) implements Reading {}

        /** @param row in which a quotation mark opens that nothing closes */
        record OpenQuote(int row) implements Reading {}
    }

    /** With the separator that the first line has most of: comma, semicolon or tabulator. */
    public static Reading read(String text) {
        char separator = separator(text);
        var records = new ArrayList<List<String>>();
        var record = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        int opened = 0;
        for (int i = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean twice = i + 1 < text.length() && text.charAt(i + 1) == c;
            if (quoted && c == '"' && twice) {
                cell.append('"');
                i++;
            } else if (c == '"' && (quoted || cell.toString().isBlank())) {
                quoted = !quoted;
                opened = records.size() + 1;
            } else if (quoted) {
                cell.append(c);
            } else if (c == separator) {
                record.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n' || c == '\r') {
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                record.add(cell.toString());
                cell.setLength(0);
                records.add(List.copyOf(record));
                record.clear();
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            return new Reading.OpenQuote(opened);
        }
        if (!record.isEmpty() || !cell.isEmpty()) {
            record.add(cell.toString());
            records.add(List.copyOf(record));
        }
        return new Reading.Records(records);
    }

    private static char separator(String text) {
        var first = text.lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : SEPARATORS.toCharArray()) {
            if (count(first, candidate) > count(first, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String line, char what) {
        return line.chars().filter(it -> it == what).count();
    }

    /** With its end. */
    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /**
     * A cell that begins like a formula, also in full-width characters, gets a quote before it: spreadsheets then show it instead
     * of running it. What some spreadsheets split at is inside quotation marks.
     */
    public static String cell(String text) {
        var safe = text.matches("(?s)[=+\\-@＝＋－＠\t\r].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",;\t\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
