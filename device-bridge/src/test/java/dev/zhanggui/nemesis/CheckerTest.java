package dev.zhanggui.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.nemesis.Happened.Absent;
import dev.zhanggui.nemesis.Happened.Activated;
import dev.zhanggui.nemesis.Happened.Believed;
import dev.zhanggui.nemesis.Happened.Booted;
import dev.zhanggui.nemesis.Happened.Carried;
import dev.zhanggui.nemesis.Happened.Committed;
import dev.zhanggui.nemesis.Happened.Corrected;
import dev.zhanggui.nemesis.Happened.Due;
import dev.zhanggui.nemesis.Happened.Edited;
import dev.zhanggui.nemesis.Happened.Ended;
import dev.zhanggui.nemesis.Happened.Excused;
import dev.zhanggui.nemesis.Happened.HandedOut;
import dev.zhanggui.nemesis.Happened.Proven;
import dev.zhanggui.nemesis.Happened.Raised;
import dev.zhanggui.nemesis.Happened.Rejected;
import dev.zhanggui.nemesis.Happened.Released;
import dev.zhanggui.nemesis.Happened.Restored;
import dev.zhanggui.nemesis.Happened.RolledBack;
import dev.zhanggui.nemesis.Happened.Signed;
import dev.zhanggui.nemesis.Happened.Sized;
import dev.zhanggui.nemesis.Happened.Stopped;
import dev.zhanggui.nemesis.Happened.Taken;
import dev.zhanggui.wire.RejectCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories made by hand: those that break a promise are found out, with the lines that prove it, and those that keep it are not. */
class CheckerTest {

    private static final String T = "terminal-t";
    private static final String U = "terminal-u";
    private static final String M = "the noodle shop";
    private static final String CHAIN = "the chain";
    private static final Version V1 = new Version(1, 1, "digest-1");
    private static final Version V2 = new Version(1, 2, "digest-2");
    private static final Version V2B = new Version(1, 2, "digest-2b");
    private static final Version V3 = new Version(2, 3, "digest-3");
    private static final Checker.Limits FEW = new Checker.Limits(2);

    /**
     * @param broken null when it breaks nothing
     * @param piece how many lines prove it
     */
    record Case(String name, @Nullable Invariant broken, int piece, List<Entry> history) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                keeps("an edit that arrives", whole(T, V1)),
                breaks(Invariant.I1, 1, "a manifest that nobody signed", new Activated(T, V1)),
                breaks(Invariant.I1, 1, "the same, found after a start", new Booted(T, "b", V1)),
                keeps("one that was signed for it", committed(T, V1), new Activated(T, V1)),
                breaks(
                        Invariant.I2,
                        2,
                        "an older one after a newer one",
                        committed(T, V1),
                        committed(T, V2),
                        new Activated(T, V2),
                        new Activated(T, V1)),
                breaks(
                        Invariant.I2,
                        2,
                        "two contents with one number",
                        committed(T, V2),
                        committed(T, V2B),
                        new Activated(T, V2),
                        new Activated(T, V2B)),
                breaks(
                        Invariant.I2,
                        1,
                        "back to one that never ran",
                        committed(T, V1),
                        committed(T, V2),
                        new Activated(T, V2),
                        new RolledBack(T, V2, 404, V1)),
                breaks(
                        Invariant.I2,
                        2,
                        "older than before after a start, and never run",
                        committed(T, V1),
                        committed(T, V2),
                        new Activated(T, V2),
                        new Booted(T, "b", V1)),
                breaks(Invariant.I2, 2, "a floor that sinks", new Raised(T, V2), new Raised(T, V1)),
                keeps(
                        "back to last-known-good, then on",
                        committed(T, V1),
                        committed(T, V2),
                        committed(T, V3),
                        new Activated(T, V1),
                        new Activated(T, V2),
                        new RolledBack(T, V2, 404, V1),
                        new Booted(T, "b", V1),
                        new Activated(T, V3)),
                keeps(
                        "a higher epoch beats a higher generation",
                        committed(T, new Version(1, 9, "x")),
                        committed(T, V3),
                        new Activated(T, new Version(1, 9, "x")),
                        new Activated(T, V3)),
                breaks(
                        Invariant.I3,
                        3,
                        "an old one at the end",
                        committed(T, V1),
                        new Activated(T, V1),
                        committed(T, V2),
                        new Ended(List.of(T))),
                breaks(Invariant.I3, 2, "nothing at the end", committed(T, V1), new Ended(List.of(T))),
                breaks(
                        Invariant.I3,
                        3,
                        "refused for its number, and nobody went on after it",
                        committed(T, V1),
                        new Activated(T, V1),
                        committed(T, V2),
                        new Rejected(T, V2, RejectCode.ROLLBACK.number()),
                        new Ended(List.of(T))),
                breaks(
                        Invariant.I3,
                        3,
                        "it runs, and the portal does not know",
                        committed(T, V1),
                        new Activated(T, V1),
                        new Ended(List.of(T))),
                breaks(
                        Invariant.I3,
                        3,
                        "the database came back and does not know what it knew",
                        committed(T, V1),
                        new Activated(T, V1),
                        new Believed(T, V1),
                        new Restored(0),
                        committed(T, V1),
                        new Ended(List.of(T))),
                keeps(
                        "the database came back and says so still",
                        committed(T, V1),
                        new Activated(T, V1),
                        new Restored(0),
                        committed(T, V1),
                        new Believed(T, V1),
                        new Ended(List.of(T))),
                keeps("nobody can reach it", committed(T, V1), new Ended(List.of())),
                keeps(
                        "it gave the last one up",
                        committed(T, V1),
                        new Activated(T, V1),
                        committed(T, V2),
                        new Activated(T, V2),
                        new RolledBack(T, V2, 404, V1),
                        new Ended(List.of(T))),
                keeps(
                        "it is known to brick",
                        new Excused(T, Invariant.I3, "it lies"),
                        committed(T, V1),
                        new Ended(List.of(T))),
                breaks(Invariant.I4, 2, "an edit that no generation has", new Edited(T, M, 5), new Ended(List.of())),
                breaks(
                        Invariant.I4,
                        2,
                        "a generation with less in it than the one before",
                        new Committed(T, M, V1, 6, null),
                        new Committed(T, M, V2, 5, null)),
                keeps(
                        "an edit that the backup did not have",
                        new Edited(T, M, 5),
                        new Committed(T, M, V1, 5, null),
                        new Edited(T, M, 6),
                        new Committed(T, M, V2, 6, null),
                        new Restored(5),
                        new Committed(T, M, V1, 5, null),
                        new Ended(List.of())),
                breaks(
                        Invariant.I5,
                        2,
                        "signed, sent and never committed",
                        new Signed(T, V1),
                        new Carried(T, T, V1, Checker.BRIDGE)),
                breaks(
                        Invariant.I5,
                        2,
                        "sent before the commit",
                        new Signed(T, V1),
                        new Carried(T, T, V1, Checker.BRIDGE),
                        committed(T, V1)),
                breaks(Invariant.I5, 2, "run and never committed", new Signed(T, V1), new Activated(T, V1)),
                keeps(
                        "sent after the commit",
                        new Signed(T, V1),
                        committed(T, V1),
                        new Carried(T, T, V1, Checker.BRIDGE)),
                breaks(Invariant.I6, 1, "APPLIED without a proof", committed(T, V1), new Believed(T, V1)),
                breaks(
                        Invariant.I6,
                        1,
                        "APPLIED before the proof",
                        committed(T, V1),
                        new Believed(T, V1),
                        new Activated(T, V1)),
                breaks(
                        Invariant.I6,
                        3,
                        "taken back, and it runs on",
                        committed(T, V1),
                        new Activated(T, V1),
                        new Believed(T, V1),
                        new Corrected(T, V1)),
                keeps(
                        "taken back, for it fell back in between",
                        committed(T, V1),
                        committed(T, V2),
                        new Activated(T, V1),
                        new Activated(T, V2),
                        new Believed(T, V2),
                        new Booted(T, "b", V1),
                        new Activated(T, V2),
                        new Corrected(T, V2)),
                breaks(
                        Invariant.I6,
                        2,
                        "a lie that outlives a birth",
                        new Excused(T, Invariant.I6, "it lies"),
                        committed(T, V1),
                        new Believed(T, V1),
                        new Taken(T, T, "BIRTH", new Version(0, 0, "")),
                        new Ended(List.of(T))),
                keeps(
                        "a lie until the birth",
                        new Excused(T, Invariant.I6, "it lies"),
                        new Excused(T, Invariant.I3, "it lies"),
                        committed(T, V1),
                        new Believed(T, V1),
                        new Taken(T, T, "BIRTH", new Version(0, 0, "")),
                        new Corrected(T, V1),
                        new Ended(List.of(T))),
                keeps(
                        "proven by a start after a power cut",
                        committed(T, V1),
                        new Booted(T, "b", V1),
                        new Believed(T, V1)),
                breaks(Invariant.I7, 2, "the same twice", committed(T, V1), new Activated(T, V1), new Activated(T, V1)),
                breaks(
                        Invariant.I7,
                        2,
                        "one that it gave up",
                        committed(T, V1),
                        committed(T, V2),
                        new Activated(T, V1),
                        new Activated(T, V2),
                        new RolledBack(T, V2, 404, V1),
                        new Booted(T, "b", V1),
                        new Activated(T, V2)),
                keeps(
                        "again, because its slot was torn",
                        committed(T, V1),
                        committed(T, V2),
                        new Activated(T, V1),
                        new Activated(T, V2),
                        new Booted(T, "b", V1),
                        new Activated(T, V2)),
                breaks(Invariant.I8, 2, "one that was made for another", committed(U, V1), new Activated(T, V1)),
                breaks(
                        Invariant.I8,
                        2,
                        "the bridge mixes two up",
                        committed(U, V1),
                        new Carried(T, U, V1, Checker.BRIDGE)),
                breaks(Invariant.I8, 1, "one speaks for another", new Taken(T, U, "APPLIED", V1)),
                keeps(
                        "an attacker sends what he has seen, and nobody obeys",
                        committed(U, V1),
                        new Carried(T, U, V1, "the attacker"),
                        new Rejected(T, V1, RejectCode.WRONG_TERMINAL.number())),
                breaks(Invariant.I9, 1, "a queue without end", new Sized("outbox", 201, 200)),
                keeps("a full queue", new Sized("outbox", 200, 200)),
                breaks(
                        Invariant.I10,
                        3,
                        "the chain goes first, and first, and first",
                        new Due(T, M, V1),
                        new HandedOut("c1", CHAIN, V1, "north", false),
                        new HandedOut("c2", CHAIN, V1, "north", false),
                        new HandedOut("c3", CHAIN, V1, "north", false),
                        new HandedOut(T, M, V1, "north", false)),
                keeps(
                        "everyone in turn",
                        new Due(T, M, V1),
                        new HandedOut("c1", CHAIN, V1, "north", false),
                        new HandedOut(T, M, V1, "north", false),
                        new HandedOut("c2", CHAIN, V1, "north", false),
                        new HandedOut("c3", CHAIN, V1, "north", false)),
                keeps(
                        "nobody waits who is gone",
                        new Due(T, M, V1),
                        new Absent(T),
                        new HandedOut("c1", CHAIN, V1, "north", false),
                        new HandedOut("c2", CHAIN, V1, "north", false),
                        new HandedOut("c3", CHAIN, V1, "north", false),
                        new Due(T, M, V1),
                        new HandedOut(T, M, V1, "north", false)),
                keeps(
                        "nobody waits who has proven it already",
                        committed(T, V1),
                        new Activated(T, V1),
                        new Due(T, M, V1),
                        new Believed(T, V1),
                        new HandedOut("c1", CHAIN, V1, "north", false),
                        new HandedOut("c2", CHAIN, V1, "north", false),
                        new HandedOut("c3", CHAIN, V1, "north", false),
                        new HandedOut(T, M, V2, "north", true)),
                breaks(
                        Invariant.I10,
                        3,
                        "it has proven an older one, and waits for the newer",
                        committed(T, V1),
                        new Activated(T, V1),
                        new Due(T, M, V2),
                        new Believed(T, V1),
                        new HandedOut("c1", CHAIN, V1, "north", false),
                        new HandedOut("c2", CHAIN, V1, "north", false),
                        new HandedOut("c3", CHAIN, V1, "north", false),
                        new HandedOut(T, M, V2, "north", false)),
                keeps(
                        "what another bridge gets is in nobody's way",
                        new Due(T, M, V1),
                        new HandedOut("c1", CHAIN, V1, "south", false),
                        new HandedOut("c2", CHAIN, V1, "south", false),
                        new HandedOut("c3", CHAIN, V1, "south", false),
                        new HandedOut(T, M, V1, "north", false)),
                breaks(
                        Invariant.I11,
                        2,
                        "nothing after a start",
                        committed(T, V1),
                        new Activated(T, V1),
                        new Proven(T, V1),
                        new Booted(T, "b", null)),
                breaks(
                        Invariant.I11,
                        2,
                        "nothing after a roll-back",
                        committed(T, V1),
                        committed(T, V2),
                        new Activated(T, V1),
                        new Proven(T, V1),
                        new Activated(T, V2),
                        new RolledBack(T, V2, 404, null)),
                keeps(
                        "the very first one failed",
                        committed(T, V1),
                        new Activated(T, V1),
                        new RolledBack(T, V1, 404, null),
                        new Booted(T, "b", null)),
                breaks(
                        Invariant.I12,
                        1,
                        "before its turn",
                        new Released("R1", List.of(U)),
                        new Committed(T, CHAIN, V1, 1, "R1")),
                breaks(
                        Invariant.I12,
                        2,
                        "after the stop",
                        new Released("R1", List.of(T)),
                        new Stopped("R1"),
                        new Committed(T, CHAIN, V1, 1, "R1")),
                keeps(
                        "in its turn",
                        new Released("R1", List.of(U)),
                        new Committed(U, CHAIN, V2, 1, "R1"),
                        new Released("R1", List.of(T)),
                        new Committed(T, CHAIN, V1, 1, "R1"),
                        new Stopped("R1")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedRightly(Case it) {
        Checker.Outcome outcome = Checker.check(it.history(), FEW);

        if (it.broken() == null) {
            assertThat(outcome.violations()).isEmpty();
        } else {
            assertThat(outcome.of(it.broken()))
                    .hasValueSatisfying(found -> assertThat(found.piece()).hasSize(it.piece()));
        }
    }

    @Test
    void everyPromiseHasAHistoryThatBreaksItAndOneThatDoesNot() {
        Set<Invariant> broken =
                cases().map(Case::broken).filter(Objects::nonNull).collect(Collectors.toSet());
        assertThat(broken).isEqualTo(EnumSet.allOf(Invariant.class));
        Set<Invariant> kept = EnumSet.noneOf(Invariant.class);
        cases().filter(it -> it.broken() == null)
                .map(it -> Checker.check(it.history(), FEW).judged())
                .forEach(judged -> judged.forEach((invariant, cases) -> {
                    if (cases > 0) {
                        kept.add(invariant);
                    }
                }));
        assertThat(kept).isEqualTo(EnumSet.allOf(Invariant.class));
    }

    @Test
    void itTellsWhatHappenedInPlainWords() {
        Violation violation = Checker.check(History.of(
                        committed(T, V1),
                        committed(T, V2),
                        new Raised(T, V2),
                        new Activated(T, V2),
                        new Activated(T, V1)))
                .of(Invariant.I2)
                .orElseThrow();

        assertThat(violation.toString()).isEqualTo("""
                        I2 is broken (the number of what runs never goes down, except to last-known-good): \
                        terminal-t activated 1/1 (digest…) after the newer 1/2 (digest…)
                            #4  1970-01-01T00:00:00Z  terminal-t activated 1/2 (digest…)
                            #5  1970-01-01T00:00:00Z  terminal-t activated 1/1 (digest…)""");
    }

    private static Case keeps(String name, Happened... events) {
        return new Case(name, null, 0, History.of(events));
    }

    private static Case keeps(String name, List<Happened> events) {
        return keeps(name, events.toArray(Happened[]::new));
    }

    private static Case breaks(Invariant broken, int piece, String name, Happened... events) {
        return new Case(broken + ": " + name, broken, piece, History.of(events));
    }

    private static Happened committed(String tid, Version version) {
        return new Committed(tid, M, version, 1, null);
    }

    private static List<Happened> whole(String tid, Version version) {
        List<Happened> events = new ArrayList<>();
        events.add(new Edited(tid, M, 1));
        events.add(new Signed(tid, version));
        events.add(committed(tid, version));
        events.add(new Due(tid, M, version));
        events.add(new HandedOut(tid, M, version, "north", false));
        events.add(new Carried(tid, tid, version, Checker.BRIDGE));
        events.add(new Activated(tid, version));
        events.add(new Taken(tid, tid, "APPLIED", version));
        events.add(new Believed(tid, version));
        events.add(new Proven(tid, version));
        events.add(new Ended(List.of(tid)));
        return events;
    }
}
