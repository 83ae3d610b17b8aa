package dev.zhanggui.nemesis;

import static java.util.Objects.requireNonNull;

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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a history by the twelve promises, after the fact and from nothing but the history. Of each promise the first breach in the
 * order of the history is told, with the lines that prove it.
 */
public final class Checker {

    /** Who lets a terminal run what it runs is a matter of trust in bytes; the attacker is not trusted to be us. */
    public static final String BRIDGE = "the bridge";

    /** The same number for another content, or an older number: the portal goes on after the terminal's. */
    private static final Set<Integer> NUMBERING =
            Set.of(RejectCode.ROLLBACK.number(), RejectCode.EQUIVOCATION.number());

    /** Worth another try by itself. */
    private static final Set<Integer> PASSING = Set.of(
            RejectCode.DOCUMENT_MISSING.number(), RejectCode.DOCUMENT_UNFINISHED.number(), RejectCode.STORAGE.number());

    /**
     * What a run allows.
     *
     * @param handOutsOfOther most hand-outs to one other merchant between the moment that something is due and its own hand-out
     */
    public record Limits(int handOutsOfOther) {

        /** Two batches of the bridge's. */
        public static final Limits PRODUCTION = new Limits(1_000);
    }

    /**
     * @param violations at most one per promise, in the order of the promises
     * @param judged how many cases of each promise were looked at: nought means that the history says nothing about it
     */
    public record Outcome(List<Violation> violations, Map<Invariant, Long> judged) {

        public Optional<Violation> of(Invariant invariant) {
            return violations.stream().filter(it -> it.invariant() == invariant).findFirst();
        }
    }

    private final List<Entry> history;
    private final Limits limits;
    private final Map<Invariant, Long> judged = new EnumMap<>(Invariant.class);

    private Checker(List<Entry> history, Limits limits) {
        this.history = history;
        this.limits = limits;
    }

    public static Outcome check(List<Entry> history) {
        return check(history, Limits.PRODUCTION);
    }

    public static Outcome check(List<Entry> history, Limits limits) {
        Checker checker = new Checker(history, limits);
        List<Violation> found = new ArrayList<>();
        for (Invariant invariant : Invariant.values()) {
            checker.judged.put(invariant, 0L);
            checker.rule(invariant).ifPresent(found::add);
        }
        return new Outcome(List.copyOf(found), Map.copyOf(checker.judged));
    }

    private Optional<Violation> rule(Invariant invariant) {
        return switch (invariant) {
            case I1 -> onlyAuthentic();
            case I2 -> neverBack();
            case I3 -> converged();
            case I4 -> noEditLost();
            case I5 -> nothingUncommitted();
            case I6 -> appliedIsProven();
            case I7 -> onceOnly();
            case I8 -> noLeak();
            case I9 -> bounded();
            case I10 -> fair();
            case I11 -> alwaysTrading();
            case I12 -> withinTheGroup();
        };
    }

    /** I1: whatever a terminal activates, or finds after a start and runs, is a manifest that the portal once signed, for whomever. */
    private Optional<Violation> onlyAuthentic() {
        Set<String> signed = new HashSet<>();
        history.forEach(it -> {
            if (it.what() instanceof Signed(String tid, Version version)) {
                signed.add(version.digest());
            } else if (it.what() instanceof Committed committed) {
                signed.add(committed.version().digest());
            }
        });
        for (Entry entry : history) {
            Version runs = begins(entry.what());
            if (runs != null) {
                judged(Invariant.I1);
                if (!signed.contains(runs.digest())) {
                    return broken(
                            Invariant.I1,
                            entry.what().tid() + " runs " + runs + ", which the portal never signed",
                            entry);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * I2: a terminal activates only what is newer than everything that it has activated before; after it gave one up it runs one
     * that it had run before, or nothing; two contents never carry the same number; and its floor only rises.
     */
    private Optional<Violation> neverBack() {
        Map<String, Entry> newest = new HashMap<>();
        Map<String, Entry> floors = new HashMap<>();
        Map<String, Map<String, Entry>> ran = new HashMap<>();
        for (Entry entry : history) {
            String tid = entry.what().tid();
            Map<String, Entry> before = ran.computeIfAbsent(tid, key -> new HashMap<>());
            switch (entry.what()) {
                case Activated(String who, Version version) -> {
                    judged(Invariant.I2);
                    Entry last = newest.get(tid);
                    Version most = last == null ? null : begins(last.what());
                    if (most != null && version.isOlderThan(most)) {
                        return broken(
                                Invariant.I2, who + " activated " + version + " after the newer " + most, last, entry);
                    }
                    if (most != null
                            && version.compareTo(most) == 0
                            && !version.digest().equals(most.digest())) {
                        return broken(
                                Invariant.I2, who + " activated two contents with the number of " + most, last, entry);
                    }
                    newest.put(tid, entry);
                    before.put(version.digest(), entry);
                }
                case Booted(String who, String boot, @Nullable Version runs) -> {
                    // The switch may have been its last deed before the power went: then it ran before it was written.
                    Entry last = newest.get(tid);
                    Version most = last == null ? null : begins(last.what());
                    if (runs != null) {
                        judged(Invariant.I2);
                        if (most != null && runs.isOlderThan(most) && !before.containsKey(runs.digest())) {
                            return broken(
                                    Invariant.I2,
                                    who + " came up with " + runs + ", older than " + most + " and never run before",
                                    last,
                                    entry);
                        }
                        if (most == null || most.isOlderThan(runs)) {
                            newest.put(tid, entry);
                        }
                        before.put(runs.digest(), entry);
                    }
                }
                case RolledBack(String who, Version version, int code, @Nullable Version runs) -> {
                    judged(Invariant.I2);
                    if (runs != null && !before.containsKey(runs.digest())) {
                        return broken(Invariant.I2, who + " went back to " + runs + ", which it had never run", entry);
                    }
                }
                case Raised(String who, Version version) -> {
                    judged(Invariant.I2);
                    Entry last = floors.put(tid, entry);
                    if (last != null
                            && last.what() instanceof Raised(String same, Version floor)
                            && version.isOlderThan(floor)) {
                        return broken(
                                Invariant.I2, who + " lowered its floor from " + floor + " to " + version, last, entry);
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /**
     * I3: at the end, every terminal that is connected runs the last generation that was committed for it, and the portal says so. It
     * may run an older one when it refused that last one for good or gave it up.
     */
    private Optional<Violation> converged() {
        Map<String, Entry> wanted = new LinkedHashMap<>();
        Map<String, @Nullable Entry> running = new HashMap<>();
        Map<String, Set<String>> refused = new HashMap<>();
        Map<String, Entry> said = new HashMap<>();
        Set<String> excused = excused(Invariant.I3);
        for (Entry entry : history) {
            String tid = entry.what().tid();
            switch (entry.what()) {
                case Committed committed -> wanted.put(tid, entry);
                case Restored restored -> {
                    wanted.clear();
                    said.clear();
                }
                case Believed believed -> said.put(tid + believed.version(), entry);
                case Corrected corrected -> said.put(tid + corrected.version(), entry);
                case Activated activated -> running.put(tid, entry);
                case Booted booted -> running.put(tid, entry);
                case Rejected(String who, Version version, int code) -> {
                    if (!PASSING.contains(code) && !NUMBERING.contains(code)) {
                        refused.computeIfAbsent(tid, key -> new HashSet<>()).add(version.digest());
                    }
                }
                case RolledBack rolledBack -> {
                    running.put(tid, entry);
                    refused.computeIfAbsent(tid, key -> new HashSet<>())
                            .add(rolledBack.version().digest());
                }
                case Ended(List<String> reachable) -> {
                    for (String who : reachable) {
                        Entry last = wanted.get(who);
                        if (last == null || excused.contains(who) || !(last.what() instanceof Committed committed)) {
                            continue;
                        }
                        judged(Invariant.I3);
                        Entry now = running.get(who);
                        Version runs = now == null ? null : runs(now.what());
                        String digest = committed.version().digest();
                        if ((runs == null || !runs.digest().equals(digest))
                                && !refused.getOrDefault(who, Set.of()).contains(digest)) {
                            return broken(
                                    Invariant.I3,
                                    who + " is connected and runs " + Version.words(runs) + " instead of "
                                            + committed.version(),
                                    last,
                                    now,
                                    entry);
                        }
                        Entry word = said.get(who + committed.version());
                        if (runs != null
                                && runs.digest().equals(digest)
                                && (word == null || word.what() instanceof Corrected)) {
                            return broken(
                                    Invariant.I3,
                                    who + " runs " + committed.version() + ", and the portal does not say so",
                                    last,
                                    now,
                                    word,
                                    entry);
                        }
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /**
     * I4: at the end, the last generation of a terminal contains every edit that concerns it, except what a restored backup lost;
     * and no generation contains less than one before it, except after such a restoration.
     */
    private Optional<Violation> noEditLost() {
        Map<String, Entry> edited = new LinkedHashMap<>();
        Map<String, Entry> committed = new HashMap<>();
        for (Entry entry : history) {
            String tid = entry.what().tid();
            switch (entry.what()) {
                case Edited it -> edited.put(tid, entry);
                case Committed it -> {
                    judged(Invariant.I4);
                    Entry before = committed.put(tid, entry);
                    if (before != null && before.what() instanceof Committed older && older.edit() > it.edit()) {
                        return broken(
                                Invariant.I4,
                                it.version() + " of " + tid + " has lost edit " + older.edit() + ", which "
                                        + older.version() + " had",
                                before,
                                entry);
                    }
                }
                case Restored(long edit) -> {
                    edited.values().removeIf(it -> it.what() instanceof Edited lost && lost.edit() > edit);
                    committed.clear();
                }
                case Ended ended -> {
                    for (Map.Entry<String, Entry> last : edited.entrySet()) {
                        judged(Invariant.I4);
                        Entry newest = committed.get(last.getKey());
                        long has = newest != null && newest.what() instanceof Committed it ? it.edit() : -1;
                        if (last.getValue().what() instanceof Edited it && it.edit() > has) {
                            return broken(
                                    Invariant.I4,
                                    "edit " + it.edit() + " of " + it.tid() + " is in no generation",
                                    last.getValue(),
                                    newest,
                                    entry);
                        }
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** I5: a manifest that was signed passes the broker, or runs on a terminal, only after its generation was committed. */
    private Optional<Violation> nothingUncommitted() {
        Map<String, Entry> signed = new HashMap<>();
        Set<String> committed = new HashSet<>();
        for (Entry entry : history) {
            switch (entry.what()) {
                case Signed(String tid, Version version) -> signed.put(version.digest(), entry);
                case Committed it -> committed.add(it.version().digest());
                default -> {
                    Version version =
                            entry.what() instanceof Carried carried ? carried.version() : begins(entry.what());
                    if (version != null) {
                        judged(Invariant.I5);
                        Entry made = signed.get(version.digest());
                        if (made != null && !committed.contains(version.digest())) {
                            return broken(
                                    Invariant.I5,
                                    version + " got to " + entry.what().tid() + " and was not committed",
                                    made,
                                    entry);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * I6: when the portal says APPLIED, the terminal's own log already says that it activated just that, or came up with it; and it
     * takes that back only after the log has said that something else runs. What a terminal that is known to lie says is believed
     * until its next birth, and no longer.
     */
    private Optional<Violation> appliedIsProven() {
        Set<String> liars = excused(Invariant.I6);
        Map<String, Set<String>> proofs = new HashMap<>();
        Map<String, Entry> running = new HashMap<>();
        Map<String, Entry> believed = new HashMap<>();
        Map<String, Entry> unproven = new LinkedHashMap<>();
        for (Entry entry : history) {
            String tid = entry.what().tid();
            Version begins = begins(entry.what());
            if (begins != null) {
                proofs.computeIfAbsent(tid, key -> new HashSet<>()).add(begins.digest());
                unproven.remove(tid);
            }
            switch (entry.what()) {
                case Activated activated -> running.put(tid, entry);
                case Booted booted -> running.put(tid, entry);
                case RolledBack rolledBack -> running.put(tid, entry);
                case Believed(String who, Version version) -> {
                    judged(Invariant.I6);
                    believed.put(tid, entry);
                    if (!proofs.getOrDefault(who, Set.of()).contains(version.digest())) {
                        if (!liars.contains(who)) {
                            return broken(
                                    Invariant.I6,
                                    "the portal says that " + who + " applied " + version + ", its own log does not",
                                    entry);
                        }
                        unproven.put(who, entry);
                    }
                }
                case Corrected(String who, Version version) -> {
                    unproven.remove(tid);
                    Entry word = believed.get(tid);
                    Entry now = running.get(tid);
                    if (word != null
                            && now != null
                            && !liars.contains(who)
                            && version.equals(runs(now.what()))
                            && now.n() < word.n()) {
                        return broken(
                                Invariant.I6,
                                "the portal takes back that " + who + " applied " + version + ", which runs on",
                                now,
                                word,
                                entry);
                    }
                }
                case Ended(List<String> reachable) -> {
                    for (Map.Entry<String, Entry> lie : unproven.entrySet()) {
                        if (reachable.contains(lie.getKey())
                                && bornAfter(lie.getKey(), lie.getValue().n())) {
                            return broken(
                                    Invariant.I6,
                                    "the portal still believes a lie of " + lie.getKey() + " after its birth",
                                    lie.getValue(),
                                    entry);
                        }
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private boolean bornAfter(String tid, long n) {
        return history.stream()
                .anyMatch(it -> it.n() > n
                        && it.what() instanceof Taken(String who, String from, String stage, Version version)
                        && who.equals(tid)
                        && stage.equals("BIRTH"));
    }

    /**
     * I7: no terminal activates the same manifest twice, however often it comes, and however the power goes; except when it came up
     * with another one in between, because its memory had lost this one. What it gave up it never activates again.
     */
    private Optional<Violation> onceOnly() {
        Map<String, Map<String, Entry>> first = new HashMap<>();
        Map<String, Map<String, Entry>> givenUp = new HashMap<>();
        for (Entry entry : history) {
            Map<String, Entry> done = first.computeIfAbsent(entry.what().tid(), key -> new HashMap<>());
            Map<String, Entry> over = givenUp.computeIfAbsent(entry.what().tid(), key -> new HashMap<>());
            switch (entry.what()) {
                case Activated(String tid, Version version) -> {
                    judged(Invariant.I7);
                    Entry before = over.get(version.digest());
                    if (before != null) {
                        return broken(
                                Invariant.I7, tid + " activated " + version + ", which it had given up", before, entry);
                    }
                    before = done.put(version.digest(), entry);
                    if (before != null) {
                        return broken(Invariant.I7, tid + " activated " + version + " twice", before, entry);
                    }
                }
                case RolledBack rolledBack -> over.put(rolledBack.version().digest(), entry);
                case Booted(String tid, String boot, @Nullable Version runs) ->
                    done.keySet()
                            .removeIf(digest -> runs == null || !runs.digest().equals(digest));
                default -> {}
            }
        }
        return Optional.empty();
    }

    /**
     * I8: what a terminal activates was committed for it and no other; the bridge sends nobody what names another; and what a
     * terminal says counts for itself alone.
     */
    private Optional<Violation> noLeak() {
        Map<String, Set<String>> owners = new HashMap<>();
        Map<String, Entry> made = new HashMap<>();
        for (Entry entry : history) {
            switch (entry.what()) {
                case Signed(String tid, Version version) -> owned(owners, made, entry, tid, version);
                case Committed it -> owned(owners, made, entry, it.tid(), it.version());
                case Carried(String tid, String names, Version version, String by) -> {
                    judged(Invariant.I8);
                    if (by.equals(BRIDGE) && !names.equals(tid)) {
                        return broken(
                                Invariant.I8,
                                "the bridge sent " + tid + " what is for " + names,
                                made.get(version.digest()),
                                entry);
                    }
                }
                case Taken(String tid, String from, String stage, Version version) -> {
                    judged(Invariant.I8);
                    if (!from.isEmpty() && !from.equals(tid)) {
                        return broken(
                                Invariant.I8,
                                "the portal took for a word of " + tid + " what " + from + " said",
                                entry);
                    }
                }
                default -> {
                    Version runs = begins(entry.what());
                    Set<String> owner = runs == null ? null : owners.get(runs.digest());
                    if (runs != null && owner != null) {
                        judged(Invariant.I8);
                        if (!owner.contains(entry.what().tid())) {
                            return broken(
                                    Invariant.I8,
                                    entry.what().tid() + " runs " + runs + ", which is for " + String.join(", ", owner),
                                    made.get(runs.digest()),
                                    entry);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void owned(
            Map<String, Set<String>> owners, Map<String, Entry> made, Entry entry, String tid, Version version) {
        owners.computeIfAbsent(version.digest(), key -> new HashSet<>()).add(tid);
        made.putIfAbsent(version.digest(), entry);
    }

    /** I9: nothing that was measured was ever larger than its bound. */
    private Optional<Violation> bounded() {
        for (Entry entry : history) {
            if (entry.what() instanceof Sized(String thing, long size, long most)) {
                judged(Invariant.I9);
                if (size > most) {
                    return broken(Invariant.I9, thing + " holds " + size + ", more than " + most, entry);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * I10: between the moment that something is due for a connected terminal and its hand-out, the bridge that gets it is handed no
     * more than {@link Limits#handOutsOfOther()} of any other single merchant. What another bridge gets is in nobody's way; when its
     * terminals come to this one, they are due anew.
     */
    private Optional<Violation> fair() {
        record Passing(String bridge, String merchant) {}
        record Passed(int count, Entry last) {}
        Map<String, Entry> waiting = new HashMap<>();
        Map<String, Map<Passing, Passed>> passed = new HashMap<>();
        for (Entry entry : history) {
            switch (entry.what()) {
                case Due due -> {
                    waiting.put(due.tid(), entry);
                    passed.put(due.tid(), new LinkedHashMap<>());
                }
                case Absent absent -> waiting.remove(absent.tid());
                // Proven without a hand-out, such as by its birth.
                case Believed(String tid, Version version) -> {
                    Entry due = waiting.get(tid);
                    if (due != null
                            && due.what() instanceof Due(String who, String merchant, Version what)
                            && what.equals(version)) {
                        waiting.remove(tid);
                    }
                }
                case Restored restored -> waiting.clear();
                case HandedOut(String tid, String merchant, Version version, String bridge, boolean atBirth) -> {
                    Entry due = waiting.remove(tid);
                    if (due != null) {
                        judged(Invariant.I10);
                        for (Map.Entry<Passing, Passed> other :
                                requireNonNull(passed.get(tid)).entrySet()) {
                            Passing who = other.getKey();
                            Passed much = other.getValue();
                            if (who.bridge().equals(bridge)
                                    && !who.merchant().equals(merchant)
                                    && much.count() > limits.handOutsOfOther()) {
                                return broken(
                                        Invariant.I10,
                                        tid + " waited while merchant " + who.merchant() + " was handed "
                                                + much.count(),
                                        due,
                                        much.last(),
                                        entry);
                            }
                        }
                    }
                    if (atBirth) {
                        continue;
                    }
                    waiting.keySet()
                            .forEach(other -> requireNonNull(passed.get(other))
                                    .merge(
                                            new Passing(bridge, merchant),
                                            new Passed(1, entry),
                                            (before, one) -> new Passed(before.count() + 1, entry)));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** I11: a terminal that holds something for good comes up with something after every start, and after everything it gives up. */
    private Optional<Violation> alwaysTrading() {
        Map<String, Entry> good = new HashMap<>();
        for (Entry entry : history) {
            switch (entry.what()) {
                case Proven proven -> good.put(proven.tid(), entry);
                case Booted(String tid, String boot, @Nullable Version runs) -> {
                    judged(Invariant.I11);
                    if (runs == null && good.containsKey(tid)) {
                        return broken(Invariant.I11, tid + " started with nothing to run", good.get(tid), entry);
                    }
                }
                case RolledBack(String tid, Version version, int code, @Nullable Version runs) -> {
                    judged(Invariant.I11);
                    if (runs == null && good.containsKey(tid)) {
                        return broken(
                                Invariant.I11, tid + " gave up " + version + " for nothing", good.get(tid), entry);
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** I12: of a roll-out only those get a generation for whom it was released, and nobody after it was stopped. */
    private Optional<Violation> withinTheGroup() {
        Map<String, Set<String>> released = new HashMap<>();
        Map<String, Entry> stopped = new HashMap<>();
        for (Entry entry : history) {
            switch (entry.what()) {
                case Released(String rollout, List<String> tids) ->
                    released.computeIfAbsent(rollout, key -> new HashSet<>()).addAll(tids);
                case Stopped(String rollout) -> stopped.put(rollout, entry);
                case Restored restored -> stopped.clear();
                case Committed committed -> {
                    String rollout = committed.rollout();
                    if (rollout == null) {
                        continue;
                    }
                    judged(Invariant.I12);
                    if (!released.getOrDefault(rollout, Set.of()).contains(committed.tid())) {
                        return broken(
                                Invariant.I12,
                                committed.tid() + " was given roll-out " + rollout + " before its turn",
                                entry);
                    }
                    if (stopped.containsKey(rollout)) {
                        return broken(
                                Invariant.I12,
                                committed.tid() + " was given roll-out " + rollout + " after its stop",
                                stopped.get(rollout),
                                entry);
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    // Words

    /** What starts to run on a terminal by this; null when nothing does. */
    private static @Nullable Version begins(Happened what) {
        return switch (what) {
            case Activated(String tid, Version version) -> version;
            case Booted(String tid, String boot, @Nullable Version runs) -> runs;
            default -> null;
        };
    }

    /** What runs on a terminal after this. */
    private static @Nullable Version runs(Happened what) {
        return what instanceof RolledBack rolledBack ? rolledBack.runs() : begins(what);
    }

    private Set<String> excused(Invariant from) {
        Set<String> excused = new HashSet<>();
        history.forEach(it -> {
            if (it.what() instanceof Excused(String tid, Invariant invariant, String why) && invariant == from) {
                excused.add(tid);
            }
        });
        return excused;
    }

    private void judged(Invariant invariant) {
        judged.merge(invariant, 1L, Long::sum);
    }

    private static Optional<Violation> broken(Invariant invariant, String words, @Nullable Entry... piece) {
        List<Entry> lines = new ArrayList<>();
        for (Entry line : piece) {
            if (line != null) {
                lines.add(line);
            }
        }
        return Optional.of(new Violation(invariant, words, lines));
    }
}
