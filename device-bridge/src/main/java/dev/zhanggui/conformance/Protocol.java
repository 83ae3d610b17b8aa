package dev.zhanggui.conformance;

import dev.zhanggui.conformance.Finding.Outcome;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Text;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report on one terminal.
 *
 * @param tid that it was activated with for this trial
 */
record Protocol(Instant at, String tid, List<Entry> checks) {

    record Entry(String id, Text name, Text expected, Outcome outcome, Text seen, Text advice) {}

    long count(Outcome outcome) {
        return checks.stream().filter(entry -> entry.outcome() == outcome).count();
    }

    String json() {
        return StrictJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }

    /** In both languages, for people. */
    String text() {
        return checks.stream().map(Protocol::text).collect(Collectors.joining("\n"))
                + "\n\n通过 " + count(Outcome.PASSED) + "，未通过 " + count(Outcome.FAILED) + "，未判定 "
                + count(Outcome.NOT_JUDGED)
                + "\n" + count(Outcome.PASSED) + " passed, " + count(Outcome.FAILED) + " failed, "
                + count(Outcome.NOT_JUDGED) + " not judged\n";
    }

    static String text(Entry entry) {
        String line = switch (entry.outcome()) {
            case PASSED -> "[通过 passed]     ";
            case FAILED -> "[未通过 FAILED]   ";
            case NOT_JUDGED -> "[未判定 not judged] ";
        };
        String text = line + entry.id() + "  " + entry.name().zh() + " / "
                + entry.name().en() + "\n    看到 seen: " + entry.seen().zh() + " / "
                + entry.seen().en();
        return entry.outcome() == Outcome.PASSED
                ? text
                : text + "\n    应当 expected: " + entry.expected().zh() + " / "
                        + entry.expected().en() + "\n    怎么办 what to do: "
                        + entry.advice().zh() + " / " + entry.advice().en();
    }
}
