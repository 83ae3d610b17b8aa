package dev.zhanggui.portal.shared;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Provinces, cities and counties by their six-digit code (GB/T 2260), from the list named in {@code shared/regions.tsv}.
 * A few cities have no counties and Hong Kong, Macao and Taiwan are listed without parts: whatever has no parts is a leaf.
 */
public final class Regions {

    private static final TreeMap<String, String> NAMES = read();
    private static final Pattern KINDS = Pattern.compile("[省市区县]");
    private static final int NO_FIT = 3;

    private Regions() {}

    /** @param code six digits */
    public record Region(String code, String name) {}

    /** The provinces we deliver to, by code: those with cities below them. */
    public static List<Region> provinces() {
        return NAMES.keySet().stream()
                .filter(code -> code.endsWith("0000") && !children(code).isEmpty())
                .map(Regions::region)
                .toList();
    }

    /** The cities of a province or the counties of a city, by code; empty for a leaf and for an unknown code. */
    public static List<Region> children(String code) {
        if (!NAMES.containsKey(code) || !code.endsWith("00")) {
            return List.of();
        }
        boolean province = code.endsWith("0000");
        String prefix = code.substring(0, province ? 2 : 4);
        return NAMES.subMap(code, false, prefix + "9".repeat(6 - prefix.length()), true).keySet().stream()
                .filter(below -> province == below.endsWith("00"))
                .map(Regions::region)
                .toList();
    }

    /** Whether the code names a place we can deliver to: below a province, and without parts of its own. */
    public static boolean isLeaf(String code) {
        return NAMES.containsKey(code)
                && !code.endsWith("0000")
                && children(code).isEmpty();
    }

    /** The chain from the province down to the code: one to three regions; empty when the code is unknown. */
    public static List<Region> path(String code) {
        if (!NAMES.containsKey(code)) {
            return List.of();
        }
        return List.of(code.substring(0, 2) + "0000", code.substring(0, 4) + "00", code).stream()
                .distinct()
                .filter(NAMES::containsKey)
                .map(Regions::region)
                .toList();
    }

    /** 湖南省长沙市岳麓区; 北京市东城区, where province and city are one. */
    public static Optional<String> fullName(String code) {
        var names = path(code).stream().map(Region::name).distinct().toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join("", names));
    }

    /** The digits that all codes within a region share: 43, 4301 or 430104. */
    public static String digits(String code) {
        return code.endsWith("0000") ? code.substring(0, 2) : code.endsWith("00") ? code.substring(0, 4) : code;
    }

    /**
     * Regions by their name or by the first digits of their code, the likeliest first. 湖南长沙 finds 长沙市; where province and city
     * are one, the province stands for both.
     */
    public static List<Region> search(String text, int most) {
        var wanted = text.strip();
        if (wanted.isEmpty()) {
            return List.of();
        }
        if (wanted.chars().allMatch(it -> it >= '0' && it <= '9')) {
            return NAMES.tailMap(wanted).keySet().stream()
                    .takeWhile(code -> code.startsWith(wanted))
                    .filter(Regions::isOwnPlace)
                    .limit(most)
                    .map(Regions::region)
                    .toList();
        }
        return NAMES.keySet().stream()
                .filter(Regions::isOwnPlace)
                .filter(code -> fit(code, wanted) < NO_FIT)
                .sorted(Comparator.<String>comparingInt(code -> fit(code, wanted))
                        .thenComparing(code -> digits(code).length())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .map(Regions::region)
                .toList();
    }

    /** Not only the city that a province like 北京市 consists of. */
    private static boolean isOwnPlace(String code) {
        return !code.endsWith("00")
                || code.endsWith("0000")
                || !Objects.equals(NAMES.get(code), NAMES.get(code.substring(0, 2) + "0000"));
    }

    /** The lower the better. */
    private static int fit(String code, String wanted) {
        var name = Objects.requireNonNull(NAMES.get(code));
        if (name.startsWith(wanted)) {
            return 0;
        }
        if (name.contains(wanted)) {
            return 1;
        }
        var plain = KINDS.matcher(wanted).replaceAll("");
        return !plain.isEmpty()
                        && KINDS.matcher(fullName(code).orElse(name))
                                .replaceAll("")
                                .contains(plain)
                ? 2
                : NO_FIT;
    }

    private static Region region(String code) {
        return new Region(code, Objects.requireNonNull(NAMES.get(code)));
    }

    private static TreeMap<String, String> read() {
        var names = new TreeMap<String, String>();
        try (var in = Objects.requireNonNull(Regions.class.getResourceAsStream("/shared/regions.tsv"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> names.put(line.substring(0, 6), line.substring(7)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
