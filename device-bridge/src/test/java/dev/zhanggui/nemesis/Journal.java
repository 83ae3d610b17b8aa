package dev.zhanggui.nemesis;

import dev.zhanggui.nemesis.Happened.Activated;
import dev.zhanggui.nemesis.Happened.Booted;
import dev.zhanggui.nemesis.Happened.Rejected;
import dev.zhanggui.nemesis.Happened.RolledBack;
import dev.zhanggui.terminal.trust.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A terminal's diary, read as its part of a history. */
final class Journal {

    private Journal() {}

    /** @param lines one JSON object each, as the terminal wrote them */
    static List<Entry> read(String tid, List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        RolledBack givenUp = null;
        for (String line : lines) {
            JsonNode it = StrictJson.MAPPER.readTree(line);
            Happened what = switch (it.path("event").asString("")) {
                case "RUNS" ->
                    givenUp == null
                            ? new Booted(tid, it.path("boot").asString(""), version(it))
                            : new RolledBack(tid, givenUp.version(), givenUp.code(), version(it));
                case "APPLIED" -> new Activated(tid, known(it));
                case "REJECTED" -> new Rejected(tid, known(it), it.path("code").asInt());
                case "ROLLED_BACK" -> {
                    // What runs instead is in the next line.
                    givenUp = new RolledBack(tid, known(it), it.path("code").asInt(), null);
                    yield null;
                }
                default -> null;
            };
            if (what != null) {
                givenUp = null;
                entries.add(new Entry(
                        entries.size() + 1L, Instant.parse(it.path("at").asString()), what));
            }
        }
        return entries;
    }

    private static @Nullable Version version(JsonNode line) {
        return line.has("digest") ? known(line) : null;
    }

    private static Version known(JsonNode line) {
        return new Version(
                line.path("epoch").asLong(),
                line.path("gen").asLong(),
                line.path("digest").asString(""));
    }
}
