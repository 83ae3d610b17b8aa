package dev.zhanggui.bench;

import java.util.List;
import java.util.stream.IntStream;

/** Names of terminals that were never in a box: ULIDs in form. */
final class Tids {

    private Tids() {}

    static List<String> of(int count) {
        return IntStream.range(0, count)
                .mapToObj("01K9ZQ4T8MBENCHZ%010d"::formatted)
                .toList();
    }
}
