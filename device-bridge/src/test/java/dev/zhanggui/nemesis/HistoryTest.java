package dev.zhanggui.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Version VERSION = new Version(1, 7, "abcdefghijk");

    /** One of each kind: whoever adds a kind adds it here. */
    private static final List<Happened> ALL = List.of(
            new Happened.Edited("t", "m", 3),
            new Happened.Signed("t", VERSION),
            new Happened.Committed("t", "m", VERSION, 3, null),
            new Happened.Due("t", "m", VERSION),
            new Happened.HandedOut("t", "m", VERSION, "north", false),
            new Happened.Absent("t"),
            new Happened.Taken("t", "u", "APPLIED", VERSION),
            new Happened.Believed("t", VERSION),
            new Happened.Corrected("t", VERSION),
            new Happened.Restored(2),
            new Happened.Released("R1", List.of("t", "u")),
            new Happened.Stopped("R1"),
            new Happened.Carried("t", "u", VERSION, Checker.BRIDGE),
            new Happened.Booted("t", "b", null),
            new Happened.Received("t", VERSION),
            new Happened.Verified("t", VERSION),
            new Happened.Raised("t", VERSION),
            new Happened.Activated("t", VERSION),
            new Happened.Proven("t", VERSION),
            new Happened.Rejected("t", VERSION, 202),
            new Happened.RolledBack("t", VERSION, 404, VERSION),
            new Happened.Fault("t", "a line is cut"),
            new Happened.Excused("t", Invariant.I6, "it lies"),
            new Happened.Sized("outbox", 7, 200),
            new Happened.Quiet(),
            new Happened.Ended(List.of("t")));

    @TempDir
    Path folder;

    @Test
    void everyKindComesBackFromItsLine() throws IOException {
        assertThat(ALL.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder((Class<?>[]) Happened.class.getPermittedSubclasses());
        List<Entry> history = History.of(ALL.toArray(Happened[]::new));
        Path file = folder.resolve("history.jsonl");

        History.write(history, file);

        assertThat(History.read(file)).isEqualTo(history);
    }

    @Test
    void everyKindSaysItselfInWords() {
        assertThat(ALL)
                .allSatisfy(it -> assertThat(it.words()).contains(it.tid()).doesNotContain("["));
        assertThat(Arrays.toString(
                        History.of(new Happened.Activated("t", VERSION)).toArray()))
                .isEqualTo("[#1  1970-01-01T00:00:00Z  t activated 1/7 (abcdef…)]");
    }

    @Test
    void whatSeveralWitnessesSawIsPutInTheOrderOfTime() {
        Entry early = new Entry(9, Instant.ofEpochSecond(1), new Happened.Signed("t", VERSION));
        Entry late = new Entry(1, Instant.ofEpochSecond(2), new Happened.Activated("t", VERSION));
        Entry sameMoment = new Entry(1, Instant.ofEpochSecond(1), new Happened.Quiet());

        assertThat(History.merged(List.of(late), List.of(early), List.of(sameMoment)))
                .containsExactly(
                        new Entry(1, early.at(), early.what()),
                        new Entry(2, sameMoment.at(), sameMoment.what()),
                        new Entry(3, late.at(), late.what()));
    }

    @Test
    void aLineOfAnUnknownKindIsRefused() {
        assertThatThrownBy(() -> History.entry("{\"n\":1,\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"Elsewhere\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Elsewhere");
    }
}
