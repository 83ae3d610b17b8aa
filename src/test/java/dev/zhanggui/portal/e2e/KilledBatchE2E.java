package dev.zhanggui.portal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ten thousand codes from one file and more from others, by a portal that is killed while it issues each of them. */
class KilledBatchE2E {

    /** No more than the chain's stores can hold. */
    private static final List<Integer> BATCHES = List.of(10_000, 700, 700);

    private final Stack stack = Stack.get();
    private final Random random = new Random(20_261_125);

    @Test
    void everyRowBecomesOneCodeHoweverOftenThePortalIsKilled() {
        var chain = new ChainBatches(stack);
        var before = new TreeMap<String, Integer>();
        chain.stores().forEach(store -> before.put(store, chain.issueOne(store)));

        var issued = BATCHES.stream().map(codes -> issueWithAKill(chain, codes)).toList();
        var rows = issued.stream().flatMap(it -> it.rows().stream()).toList();

        assertThat(issued.getFirst().killedMidway()).isTrue();
        assertThat(rows.stream().map(row -> row.get("code").asString()).distinct())
                .hasSize(BATCHES.stream().mapToInt(it -> it).sum());
        before.forEach((store, last) -> {
            var numbers = rows.stream()
                    .filter(row -> row.get("store").asString().equals(store))
                    .map(KilledBatchE2E::number)
                    .sorted()
                    .toList();
            int next = last + 1 + numbers.size();
            assertThat(numbers)
                    .as("no number twice, none left out")
                    .isEqualTo(IntStream.range(last + 1, next).boxed().toList());
            assertThat(chain.issueOne(store))
                    .as("nothing was issued beside the rows")
                    .isEqualTo(next);
        });
    }

    /** What became of each row, and whether there was something left to do after the kill. */
    private record Issued(List<JsonNode> rows, boolean killedMidway) {}

    private Issued issueWithAKill(ChainBatches chain, int codes) {
        var stores = chain.stores();
        var batch = chain.start(
                IntStream.range(0, codes)
                        .mapToObj(i -> stores.get(i % stores.size()) + "," + (i / stores.size() + 1) + " 号桌")
                        .toList(),
                codes + " 张.csv");
        awaitIssued(chain, batch, random.nextInt(codes / 2));
        var kill = Instant.now();
        Stack.signal("KILL", stack.pidOf("portal"));
        stack.script().destroyForcibly();
        stack.startAgain();

        var done = chain.awaitDone(batch);
        assertThat(done.get("issued").asInt()).isEqualTo(codes);
        var rows = chain.rows(batch);
        assertThat(rows).hasSize(codes);
        return new Issued(rows, Instant.parse(done.get("finishedAt").asString()).isAfter(kill));
    }

    private static void awaitIssued(ChainBatches chain, String batch, int codes) {
        while (chain.get(batch).get("issued").asInt() < codes) {
            // asks again: the kill is to fall right behind it
        }
    }

    private static int number(JsonNode row) {
        return Integer.parseInt(row.get("number").asString());
    }
}
