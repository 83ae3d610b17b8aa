package dev.zhanggui.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.terminal.trust.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The real bridge, broker and terminals under a few faults of a few seeds; {@code bin/bench nemesis} goes on for as long as wanted. */
class WholeNemesisTest {

    private static final Pattern MOBILE_NUMBER = Pattern.compile("(?<!\\d)1[3-9]\\d{9}(?!\\d)");

    private static final Set<String> NOBODY = Set.of(
            ("v tid epoch gen issuedAt leaseUntil documents reconnectSpreadMillis later kind digest size inline birth report"
                            + " deviceClass firmware bootId at stage code detail seq online digests offset length jws chunks"
                            + " store zone offsets from until transitions outside seconds open reasonCode text zh en"
                            + " nextChangeAt terms storeName storeNameEn seat notice policy capFen much")
                    .split(" "));

    private static WholeNemesis nemesis;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        nemesis = new WholeNemesis();
    }

    @AfterAll
    static void stop() throws IOException {
        nemesis.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyPromiseHoldsWhateverBreaks(long seed) throws Exception {
        WholeNemesis.Run run = nemesis.run(seed, 8, false, folder);

        assertThat(run.check().violations())
                .as("seed %d, faults %s", seed, run.faults())
                .isEmpty();
        assertThat(run.converged())
                .as("seed %d comes to rest after %s", seed, run.faults())
                .isTrue();
    }

    /** Manifests, births, reports, queries, answers and the link itself with fields and kinds of a later version. */
    @Test
    void whatALaterVersionSaysIsLeftUnreadAndNothingOnTheWireIsPersonal() throws Exception {
        Set<String> names = new ConcurrentSkipListSet<>();
        List<String> texts = new CopyOnWriteArrayList<>();
        WholeNemesis.Run run = nemesis.runBetweenVersions(4, 4, folder, (topic, payload) -> {
            for (JsonNode message : messages(new String(payload, StandardCharsets.ISO_8859_1))) {
                names(message, names);
                texts.add(message.toString());
            }
        });

        assertThat(run.check().violations()).isEmpty();
        assertThat(run.converged()).isTrue();
        assertThat(names).contains("birth", "report", "documents", "storeName", "transitions");
        // A name that is not in this list is new on the wire: whoever adds it says here that it is about no person.
        assertThat(names).isSubsetOf(NOBODY);
        assertThat(texts).noneMatch(text -> MOBILE_NUMBER.matcher(text).find());
    }

    /** The message itself, or the payload of the JWS and of those inside it. */
    private static List<JsonNode> messages(String text) {
        List<JsonNode> found = new ArrayList<>();
        if (text.startsWith("{")) {
            found.add(StrictJson.MAPPER.readTree(text));
        } else if (text.split("\\.").length == 3) {
            try {
                found.add(StrictJson.MAPPER.readTree(Base64.getUrlDecoder().decode(text.split("\\.")[1])));
            } catch (IllegalArgumentException | JacksonException e) {
                return List.of(); // what an attacker sends
            }
        }
        List<JsonNode> inside = new ArrayList<>();
        found.forEach(message -> List.of("inline", "jws")
                .forEach(name -> message.findValues(name).forEach(jws -> inside.addAll(messages(jws.asString(""))))));
        found.addAll(inside);
        return found;
    }

    private static void names(JsonNode node, Set<String> into) {
        if (node.isObject()) {
            node.propertyNames().forEach(into::add);
        }
        node.forEach(child -> names(child, into));
    }
}
