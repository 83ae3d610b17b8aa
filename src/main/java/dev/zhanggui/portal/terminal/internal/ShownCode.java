package dev.zhanggui.portal.terminal.internal;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * The code on a terminal's screen: eight of 24 characters, 36 bits, without the pairs that people mix up on a small display
 * (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V).
 */
record ShownCode(String characters) {

    static final String ALPHABET = "34679ACDEFGHJKMNPQRTVWXY";

    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    static ShownCode random() {
        var out = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            out.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new ShownCode(out.toString());
    }

    /** Reads what people type: case, blanks and hyphens do not matter. */
    static Optional<ShownCode> parse(String typed) {
        if (typed.length() > 40) {
            return Optional.empty();
        }
        var tidy = typed.replaceAll("[\\s\\-\u2010-\u2015\uFF0D]", "").toUpperCase(Locale.ROOT);
        return tidy.length() == LENGTH && tidy.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                ? Optional.of(new ShownCode(tidy))
                : Optional.empty();
    }

    /** ABCD-EFGH */
    String forPeople() {
        return characters.substring(0, 4) + "-" + characters.substring(4);
    }
}
