package dev.zhanggui.nemesis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A promise that a history breaks.
 *
 * @param words what went wrong, in one sentence
 * @param piece the lines that prove it and no others
 */
public record Violation(Invariant invariant, String words, List<Entry> piece) {

    @Override
    public String toString() {
        return invariant + " is broken (" + invariant.promise() + "): " + words + "\n"
                + piece.stream().map(it -> "    " + it).collect(Collectors.joining("\n"));
    }
}
