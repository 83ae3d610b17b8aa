package dev.zhanggui.conformance;

import static java.util.Map.entry;

import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All checks. Their order and their words are in {@code conformance/checks.json}. */
final class Checks {

    record Words(String id, Text name, Text expected, Text advice) {}

    static final Map<String, Check.Trial> TRIALS = Map.ofEntries(
            entry("activation.signed", FirstChecks::signed),
            entry("activation.code-shown", FirstChecks::codeShown),
            entry("activation.pace", FirstChecks::pace),
            entry("activation.answer-lost", FirstChecks::answerLost),
            entry("connect.session", FirstChecks::session),
            entry("connect.will", FirstChecks::will),
            entry("connect.birth", FirstChecks::birth),
            entry("connect.subscribes", FirstChecks::subscribes),
            entry("apply.inline", ConfigurationChecks::inline),
            entry("apply.stays", ConfigurationChecks::stays),
            entry("apply.asks", ConfigurationChecks::asks),
            entry("apply.pieces", ConfigurationChecks::pieces),
            entry("apply.duplicates", ConfigurationChecks::duplicates),
            entry("apply.newer", ConfigurationChecks::newer),
            entry("refuse.older", RefusalChecks::older),
            entry("refuse.second", RefusalChecks::second),
            entry("refuse.other-terminal", RefusalChecks::otherTerminal),
            entry("refuse.signature", RefusalChecks::signature),
            entry("refuse.algorithm", RefusalChecks::algorithm),
            entry("refuse.malformed", RefusalChecks::malformed),
            entry("refuse.oversized", RefusalChecks::oversized),
            entry("refuse.version", RefusalChecks::version),
            entry("refuse.documents", RefusalChecks::documents),
            entry("refuse.missing", RefusalChecks::missing),
            entry("refuse.endless", RefusalChecks::endless),
            entry("refuse.runs-on", RefusalChecks::runsOn),
            entry("lease.runs-on", ConfigurationChecks::lease),
            entry("lease.shown", ConfigurationChecks::leaseShown),
            entry("clock.far-off", ConfigurationChecks::clock),
            entry("line.connack", LineChecks::connack),
            entry("line.suback", LineChecks::suback),
            entry("line.puback", LineChecks::puback),
            entry("line.half-open", LineChecks::halfOpen),
            entry("line.unauthorized", LineChecks::unauthorized),
            entry("line.back-off", LineChecks::backOff),
            entry("line.jitter", LineChecks::jitter),
            entry("failure.rolls-back", ConfigurationChecks::rollsBack),
            entry("power.cut", ConfigurationChecks::powerCut),
            entry("reports.order", ConfigurationChecks::order),
            entry("wire.topics", ConfigurationChecks::topics));

    private Checks() {}

    /** In the order in which they are made. */
    static List<Check> all() {
        return words().stream()
                .map(words -> new Check(
                        words.id(),
                        words.name(),
                        words.expected(),
                        words.advice(),
                        Objects.requireNonNull(TRIALS.get(words.id()))))
                .toList();
    }

    static List<Words> words() {
        try (InputStream in = Objects.requireNonNull(Checks.class.getResourceAsStream("/conformance/checks.json"))) {
            return List.of(StrictJson.read(in.readAllBytes(), Words[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
