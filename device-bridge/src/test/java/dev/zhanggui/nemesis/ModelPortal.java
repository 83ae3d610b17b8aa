package dev.zhanggui.nemesis;

import dev.zhanggui.nemesis.Happened.Absent;
import dev.zhanggui.nemesis.Happened.Believed;
import dev.zhanggui.nemesis.Happened.Committed;
import dev.zhanggui.nemesis.Happened.Corrected;
import dev.zhanggui.nemesis.Happened.Due;
import dev.zhanggui.nemesis.Happened.Edited;
import dev.zhanggui.nemesis.Happened.HandedOut;
import dev.zhanggui.nemesis.Happened.Released;
import dev.zhanggui.nemesis.Happened.Restored;
import dev.zhanggui.nemesis.Happened.Signed;
import dev.zhanggui.nemesis.Happened.Sized;
import dev.zhanggui.nemesis.Happened.Stopped;
import dev.zhanggui.nemesis.Happened.Taken;
import dev.zhanggui.support.Samples;
import dev.zhanggui.support.Signer;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Presence;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.ScreenDocument;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics;
import dev.zhanggui.wire.Wire;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The portal's side by the portal's rules, with a database that is a map: what is committed, numbered, due, claimed and believed,
 * and how it goes on after a backup was restored. Every commit is told to the {@link History}. One lock around everything is its
 * transaction. It does nothing by itself: whoever drives it says when it compiles.
 */
public final class ModelPortal {

    /** Generations kept per terminal. */
    static final int HISTORY = 20;

    /** Shards that bridges share among them. */
    static final int SHARDS = 4;

    static final Duration LEASE = Duration.ofSeconds(3);

    private static final Duration HEALS_AGAIN_AFTER = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration RETRY_CAP = Duration.ofSeconds(30);
    private static final Set<Integer> NUMBERING =
            Set.of(RejectCode.ROLLBACK.number(), RejectCode.EQUIVOCATION.number());
    private static final Set<Integer> PASSING = Set.of(
            RejectCode.DOCUMENT_MISSING.number(), RejectCode.DOCUMENT_UNFINISHED.number(), RejectCode.STORAGE.number());

    private static final Comparator<Version> ORDER = Comparator.naturalOrder();
    private static final Version NONE = new Version(1, 0, "");

    /** How far a generation came, with the moves that the portal's own table allows. */
    enum State {
        PENDING,
        DELIVERED,
        APPLIED,
        REJECTED,
        ROLLED_BACK,
        SUPERSEDED;

        boolean canMoveTo(State next) {
            return switch (this) {
                case PENDING -> next != PENDING;
                case DELIVERED -> next == APPLIED || next == REJECTED || next == ROLLED_BACK || next == SUPERSEDED;
                case APPLIED -> next == ROLLED_BACK;
                case REJECTED -> next == APPLIED;
                case SUPERSEDED -> next == APPLIED || next == REJECTED || next == ROLLED_BACK;
                case ROLLED_BACK -> false;
            };
        }
    }

    /**
     * @param healed when it was made to heal; null when it was not
     * @param code why it was refused; 0 when it was not
     */
    private record Generation(
            Version version, State state, @Nullable Instant healed, int code) {

        Generation moved(State next, int why) {
            return new Generation(version, next, healed, why);
        }
    }

    /** Everything about one terminal that is in the database. */
    private static final class Row {
        private final String tid;
        private final String merchant;
        private long edit;
        private String content = "";
        private @Nullable String rollout;
        private boolean dirty;
        private boolean forced;
        private boolean healing;
        private int version;
        private Version desired = NONE;
        private long desiredEdit;
        private @Nullable String desiredRollout;
        private @Nullable String manifest;
        private List<DocumentRef> pinned = List.of();
        private @Nullable Instant due;
        private @Nullable String claim;
        private int attempts;
        private @Nullable Version running;
        private Version reported = NONE;
        private Report.@Nullable Stage reportedStage;
        private boolean online;
        private @Nullable String boot;
        private final List<Generation> generations = new ArrayList<>();

        Row(String tid, String merchant) {
            this.tid = tid;
            this.merchant = merchant;
        }

        Row copy() {
            Row copy = new Row(tid, merchant);
            copy.edit = edit;
            copy.content = content;
            copy.rollout = rollout;
            copy.dirty = dirty;
            copy.forced = forced;
            copy.healing = healing;
            copy.version = version;
            copy.desired = desired;
            copy.desiredEdit = desiredEdit;
            copy.desiredRollout = desiredRollout;
            copy.manifest = manifest;
            copy.pinned = pinned;
            copy.due = due;
            copy.claim = claim;
            copy.attempts = attempts;
            copy.running = running;
            copy.reported = reported;
            copy.reportedStage = reportedStage;
            copy.online = online;
            copy.boot = boot;
            copy.generations.addAll(generations);
            return copy;
        }
    }

    /** A change in groups; each group waits for the proof of the one before. */
    private record Rollout(String name, String content, List<List<String>> groups, int released, boolean stopped) {

        Rollout releasing(int groupsNow) {
            return new Rollout(name, content, groups, groupsNow, stopped);
        }

        Rollout stopping() {
            return new Rollout(name, content, groups, released, true);
        }
    }

    /** The state of the database at one moment. */
    public static final class Backup {
        private final Map<String, Row> rows = new TreeMap<>();
        private final Map<String, String> documents = new HashMap<>();
        private final Map<String, Rollout> rollouts = new LinkedHashMap<>();
        private final long edit;

        private Backup(ModelPortal portal) {
            portal.rows.forEach((tid, row) -> rows.put(tid, row.copy()));
            documents.putAll(portal.documents);
            rollouts.putAll(portal.rollouts);
            edit = portal.lastEdit;
        }
    }

    /** A version that was compiled and is not committed yet. */
    public static final class Compilation {
        private final String tid;
        private final int rowVersion;
        private final int era;
        private final Version version;
        private final String manifest;
        private final List<DocumentRef> pinned;
        private final Map<String, String> documents;
        private final long edit;
        private final @Nullable String rollout;
        private final boolean healing;

        private Compilation(
                int era,
                Row row,
                Version version,
                String manifest,
                List<DocumentRef> pinned,
                Map<String, String> documents) {
            this.era = era;
            this.tid = row.tid;
            this.rowVersion = row.version;
            this.version = version;
            this.manifest = manifest;
            this.pinned = pinned;
            this.documents = documents;
            this.edit = row.edit;
            this.rollout = row.rollout;
            this.healing = row.healing;
        }
    }

    /** @param fence of each shard that the bridge holds now */
    public record Tenure(Map<Integer, Long> fence) {}

    private record Lease(String bridge, long fence, Instant until) {}

    private final History history;
    private final Clock clock;
    private final Signer signer;
    private final Set<Guard> off;
    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, String> documents = new HashMap<>();
    private final Map<String, Rollout> rollouts = new LinkedHashMap<>();
    private final Map<Integer, Lease> leases = new HashMap<>();
    private final Map<String, Long> lastTurn = new HashMap<>();
    private final List<Link.WorkItem> uncommitted = new ArrayList<>();
    private final List<Happened> said = new ArrayList<>();
    private boolean later;
    private long lastEdit;
    private long lastFence;
    private int era;
    private long lastToken;
    private long turns;

    public ModelPortal(History history, Clock clock, Signer signer, Set<Guard> off) {
        this.history = history;
        this.clock = clock;
        this.signer = signer;
        this.off = off;
    }

    /** From now on it is a portal of a later version: manifests carry what nobody knows yet. */
    public synchronized void speakLater() {
        later = true;
    }

    private String sign(Manifest manifest) {
        if (!later) {
            return signer.manifest(manifest);
        }
        ObjectNode json = (ObjectNode) StrictJson.MAPPER.valueToTree(manifest);
        json.putArray("later").add(1);
        json.withArray("documents")
                .addObject()
                .put("kind", "maintenance")
                .put("digest", "not-known-yet")
                .put("size", 1);
        return signer.sign(Wire.MANIFEST_TYP, json.toString());
    }

    static int shard(String tid) {
        return Integer.parseInt(Topics.shard(tid), 16) % SHARDS;
    }

    // What merchants and operators do

    public synchronized void bind(String tid, String merchant) {
        rows.put(tid, new Row(tid, merchant));
    }

    public synchronized Set<String> terminals() {
        return new TreeSet<>(rows.keySet());
    }

    public synchronized List<String> terminalsOf(String merchant) {
        return rows.values().stream()
                .filter(row -> row.merchant.equals(merchant))
                .map(row -> row.tid)
                .toList();
    }

    /** A merchant's own edit, for all its terminals at once. */
    public synchronized void edit(String merchant, String content) {
        long edit = ++lastEdit;
        for (Row row : rows.values()) {
            if (row.merchant.equals(merchant)) {
                change(row, edit, content + " " + edit, null);
            }
        }
    }

    private void change(Row row, long edit, String content, @Nullable String rollout) {
        row.edit = edit;
        row.content = content;
        row.rollout = rollout;
        row.dirty = true;
        row.version++;
        history.add(new Edited(row.tid, row.merchant, edit));
    }

    /** Begins a change in groups, the first of which gets it now. */
    public synchronized void rollOut(String name, String content, List<List<String>> groups) {
        rollouts.put(name, new Rollout(name, content, groups, 0, false));
        release(name);
    }

    private void release(String name) {
        Rollout rollout = Objects.requireNonNull(rollouts.get(name));
        List<String> group = rollout.groups().get(rollout.released());
        rollouts.put(name, rollout.releasing(rollout.released() + 1));
        history.add(new Released(name, group));
        long edit = ++lastEdit;
        group.forEach(tid -> change(row(tid), edit, rollout.content() + " " + edit, name));
    }

    /** Looks at each roll-out: releases the next group when all of the last have proven it, stops when one failed. */
    public synchronized void superviseRollouts() {
        for (Rollout rollout : List.copyOf(rollouts.values())) {
            if (rollout.stopped()) {
                continue;
            }
            List<Row> got = rollout.groups().subList(0, rollout.released()).stream()
                    .flatMap(List::stream)
                    .map(this::row)
                    .filter(row -> rollout.name().equals(row.rollout))
                    .toList();
            boolean more = rollout.released() < rollout.groups().size();
            if (off.contains(Guard.GATE) && more) {
                // Everybody at once, whatever the record says.
                long edit = ++lastEdit;
                rollout.groups().subList(rollout.released(), rollout.groups().size()).stream()
                        .flatMap(List::stream)
                        .forEach(tid -> change(row(tid), edit, rollout.content() + " " + edit, rollout.name()));
                rollouts.put(rollout.name(), rollout.releasing(rollout.groups().size()));
            } else if (got.stream().anyMatch(ModelPortal::failed)) {
                rollouts.put(rollout.name(), rollout.stopping());
                history.add(new Stopped(rollout.name()));
                // Those who have it get something else at once.
                long edit = ++lastEdit;
                got.forEach(row -> change(row, edit, "after the stop " + edit, null));
            } else if (more && got.stream().allMatch(row -> row.desired.equals(row.running))) {
                release(rollout.name());
            }
        }
    }

    private static boolean failed(Row row) {
        return row.generations.stream()
                .filter(it -> it.version().equals(row.desired))
                .anyMatch(it -> it.state() == State.ROLLED_BACK || it.state() == State.REJECTED);
    }

    // Compiling

    /** Whether something waits to be compiled. */
    public synchronized boolean dirty() {
        return rows.values().stream().anyMatch(row -> row.dirty);
    }

    /** Compiles and commits all that is marked. */
    public synchronized void expand() {
        rows.values().stream()
                .filter(row -> row.dirty)
                .map(row -> row.tid)
                .toList()
                .forEach(tid -> {
                    Compilation compilation = begin(tid);
                    if (compilation != null) {
                        commit(compilation);
                    }
                });
    }

    /** Reads and signs; null when there is nothing to do. */
    public synchronized @Nullable Compilation begin(String tid) {
        Row row = row(tid);
        if (!row.dirty) {
            return null;
        }
        List<DocumentRef> pinned = new ArrayList<>();
        Map<String, String> made = new HashMap<>();
        // Every third change travels without its documents, which the terminal then asks for.
        boolean inline = row.edit % 3 != 0;
        Instant day = Instant.ofEpochSecond(clock.instant().getEpochSecond() / 86_400 * 86_400);
        add(pinned, made, DocumentRef.SCREEN, screen(row), inline);
        add(pinned, made, DocumentRef.HOURS, Samples.openAround(day), inline);
        Version number = next(row);
        Instant now = clock.instant();
        String manifest = sign(new Manifest(
                Wire.VERSION, tid, number.epoch(), number.gen(), now, now.plus(Duration.ofDays(7)), pinned, 0));
        Version version = new Version(number.epoch(), number.gen(), Wire.digest(manifest));
        history.add(new Signed(tid, version));
        Compilation compilation = new Compilation(era, row, version, manifest, pinned, made);
        if (off.contains(Guard.COMMITTED_ONLY)) {
            documents.putAll(made);
            uncommitted.add(new Link.WorkItem(
                    tid, version.epoch(), version.gen(), Link.Lane.EDIT, version.digest(), manifest, token()));
        }
        return compilation;
    }

    private static ScreenDocument screen(Row row) {
        return new ScreenDocument(row.merchant, null, row.tid.substring(20), new Text(row.content, row.content));
    }

    private void add(List<DocumentRef> pinned, Map<String, String> made, String kind, Object document, boolean inline) {
        DocumentRef ref = signer.inline(kind, document);
        made.put(ref.digest(), Objects.requireNonNull(ref.inline()));
        pinned.add(inline ? ref : new DocumentRef(kind, ref.digest(), ref.size(), null));
    }

    /**
     * A terminal's floor may be higher than anything that it runs and tells of, when what raised it was given up. The moment as epoch
     * beats them all: they were made earlier.
     */
    private Version next(Row row) {
        if (!row.healing) {
            return new Version(row.desired.epoch(), row.desired.gen() + 1, "");
        }
        Version running = row.running == null ? NONE : row.running;
        long epoch = Math.max(row.desired.epoch(), Math.max(row.reported.epoch(), running.epoch()));
        long gen = Math.max(row.desired.gen(), Math.max(row.reported.gen(), running.gen()));
        long moment = off.contains(Guard.HEALING_EPOCH) ? 0 : clock.instant().getEpochSecond();
        return new Version(Math.max(epoch + 1, moment), gen + 1, "");
    }

    /** @return whether it was committed; when not, it is compiled again */
    public synchronized boolean commit(Compilation it) {
        Row row = row(it.tid);
        if (era != it.era) {
            return false; // that database is no more
        }
        if (row.version != it.rowVersion && !off.contains(Guard.CONDITIONAL_UPDATE)) {
            return false;
        }
        Rollout rollout = it.rollout == null ? null : rollouts.get(it.rollout);
        if (rollout != null && rollout.stopped()) {
            return false;
        }
        documents.putAll(it.documents);
        for (int i = 0; i < row.generations.size(); i++) {
            Generation old = row.generations.get(i);
            if (old.state() == State.PENDING || old.state() == State.DELIVERED) {
                row.generations.set(i, old.moved(State.SUPERSEDED, 0));
            }
        }
        row.generations.add(new Generation(it.version, State.PENDING, it.healing ? clock.instant() : null, 0));
        if (row.generations.size() > HISTORY) {
            row.generations.removeFirst();
        }
        row.desired = it.version;
        row.desiredEdit = it.edit;
        row.desiredRollout = it.rollout;
        row.manifest = it.manifest;
        row.pinned = it.pinned;
        row.dirty = false;
        row.healing = false;
        row.version++;
        row.due = clock.instant();
        row.claim = null;
        row.attempts = 0;
        history.add(new Committed(row.tid, row.merchant, it.version, it.edit, it.rollout));
        history.add(new Sized("generations of " + row.tid, row.generations.size(), HISTORY));
        due(row);
        return true;
    }

    private void due(Row row) {
        if (row.online && row.due != null && !row.due.isAfter(clock.instant())) {
            history.add(new Due(row.tid, row.merchant, row.desired));
        }
    }

    // Backups

    public synchronized Backup backup() {
        return new Backup(this);
    }

    /** Yesterday's database; what bridges hold is not in it. */
    public synchronized void restore(Backup backup) {
        rows.clear();
        backup.rows.forEach((tid, row) -> rows.put(tid, row.copy()));
        documents.clear();
        documents.putAll(backup.documents);
        rollouts.clear();
        rollouts.putAll(backup.rollouts);
        uncommitted.clear();
        era++;
        history.add(new Restored(backup.edit));
        // What stands committed from now on.
        rows.values().stream()
                .filter(row -> row.manifest != null)
                .forEach(row -> history.add(
                        new Committed(row.tid, row.merchant, row.desired, row.desiredEdit, row.desiredRollout)));
        // And what it says of it.
        rows.keySet().stream().filter(this::believes).forEach(tid -> history.add(new Believed(tid, row(tid).desired)));
        rows.values().forEach(this::due);
    }

    // The link to the bridges

    /** Who looks after which shard: renews what the bridge holds, and gives it what nobody holds. */
    public synchronized Tenure tenure(String bridge, Set<Integer> preferred) {
        Instant now = clock.instant();
        Map<Integer, Long> held = new TreeMap<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            Lease lease = leases.get(shard);
            boolean mine = lease != null && lease.bridge().equals(bridge);
            boolean over =
                    lease == null || !off.contains(Guard.LEASE) && lease.until().isBefore(now);
            boolean free = over
                    && (preferred.contains(shard)
                            || lease != null && lease.until().plus(LEASE).isBefore(now));
            if (lease != null && mine && !over) {
                leases.put(shard, new Lease(bridge, lease.fence(), now.plus(LEASE)));
            } else if (free) {
                leases.put(shard, new Lease(bridge, ++lastFence, now.plus(LEASE)));
                int taken = shard;
                rows.values().stream().filter(row -> shard(row.tid) == taken).forEach(this::due);
            }
            Lease after = leases.get(shard);
            if (after != null && after.bridge().equals(bridge)) {
                held.put(shard, after.fence());
            }
        }
        return new Tenure(held);
    }

    private boolean holds(String bridge, @Nullable Long fence, String tid) {
        if (off.contains(Guard.FENCE)) {
            return true;
        }
        Lease lease = leases.get(shard(tid));
        return lease != null && lease.bridge().equals(bridge) && Objects.equals(fence, lease.fence());
    }

    /** Due work of connected terminals in the bridge's shards; every merchant in its turn. */
    public synchronized List<Link.WorkItem> work(String bridge, @Nullable Tenure tenure, int most) {
        List<Link.WorkItem> items = new ArrayList<>(uncommitted);
        uncommitted.clear();
        Instant now = clock.instant();
        List<Row> candidates = new ArrayList<>(rows.values().stream()
                .filter(row -> row.online && row.due != null && !row.due.isAfter(now))
                .filter(row -> row.claim == null || !off.contains(Guard.LEASE))
                .filter(row -> tenure == null || holds(bridge, tenure.fence().get(shard(row.tid)), row.tid))
                .sorted(Comparator.comparing((Row row) -> Objects.requireNonNull(row.due))
                        .thenComparing(row -> row.tid))
                .toList());
        while (items.size() < most && !candidates.isEmpty()) {
            Row row = off.contains(Guard.FAIRNESS)
                    ? candidates.getFirst()
                    : candidates.stream()
                            .min(Comparator.comparingLong(it -> lastTurn.getOrDefault(it.merchant, 0L)))
                            .orElseThrow();
            candidates.remove(row);
            lastTurn.put(row.merchant, ++turns);
            items.add(handOut(row, bridge, false));
        }
        return items;
    }

    private Link.WorkItem handOut(Row row, String bridge, boolean atBirth) {
        row.claim = token();
        row.due = clock.instant().plus(backoff(row.attempts));
        row.attempts++;
        history.add(new HandedOut(row.tid, row.merchant, row.desired, bridge, atBirth));
        return new Link.WorkItem(
                row.tid,
                row.desired.epoch(),
                row.desired.gen(),
                row.rollout == null ? Link.Lane.EDIT : Link.Lane.BULK,
                row.desired.digest(),
                Objects.requireNonNull(row.manifest),
                row.claim);
    }

    private String token() {
        return "w-" + ++lastToken;
    }

    private static Duration backoff(int attempts) {
        Duration wait = RETRY.multipliedBy(1L << Math.min(attempts, 6));
        return wait.compareTo(RETRY_CAP) > 0 ? RETRY_CAP : wait;
    }

    /** Only documents that this terminal's manifest pins. */
    public synchronized Link.DocumentsAnswer documents(Link.DocumentsRequest request) {
        Row row = rows.get(request.tid());
        return new Link.DocumentsAnswer(
                row == null
                        ? List.of()
                        : row.pinned.stream()
                                .map(DocumentRef::digest)
                                .filter(request.digests()::contains)
                                .filter(documents::containsKey)
                                .map(digest ->
                                        new SignedDocument(digest, Objects.requireNonNull(documents.get(digest))))
                                .toList());
    }

    /**
     * Everything of one batch, in one transaction.
     *
     * @param fences of each entry the fence of its shard when the bridge heard it: what it heard before it lost the shard does not
     *     count because it has the shard again; null when bridges are not told apart
     * @param from whose connection a birth or report came by, where that is known
     */
    public synchronized List<Link.WorkItem> take(
            Link.Reports batch, @Nullable Map<Object, Long> fences, Map<Object, String> from) {
        List<Link.WorkItem> work = new ArrayList<>();
        for (Link.Delivery delivery : batch.deliveries()) {
            Row row = rows.get(delivery.tid());
            if (row != null && mayTell(batch.bridge(), fences, delivery.tid(), delivery)) {
                delivery(row, delivery);
            }
        }
        for (Presence presence : batch.presences()) {
            Row row = rows.get(presence.tid());
            if (row != null && mayTell(batch.bridge(), fences, presence.tid(), presence)) {
                presence(row, presence);
            }
        }
        for (Birth birth : batch.births()) {
            Row row = rows.get(birth.tid());
            if (row != null && mayTell(batch.bridge(), fences, birth.tid(), birth)) {
                Version runs = new Version(birth.epoch(), birth.gen(), Objects.requireNonNullElse(birth.digest(), ""));
                history.add(new Taken(row.tid, from.getOrDefault(birth, ""), "BIRTH", runs));
                birth(row, birth, runs, batch.bridge(), work);
            }
        }
        for (Report report : batch.reports()) {
            Row row = rows.get(report.tid());
            if (row != null && mayTell(batch.bridge(), fences, report.tid(), report)) {
                Version spoken = new Version(report.epoch(), report.gen(), report.digest());
                history.add(new Taken(
                        row.tid, from.getOrDefault(report, ""), report.stage().name(), spoken));
                report(row, report, spoken);
            }
        }
        said.forEach(history::add);
        said.clear();
        return work;
    }

    private boolean mayTell(String bridge, @Nullable Map<Object, Long> fences, String tid, Object what) {
        return fences == null || holds(bridge, fences.get(what), tid);
    }

    private void delivery(Row row, Link.Delivery delivery) {
        if (!delivery.published() && delivery.token().equals(row.claim)) {
            row.claim = null;
            row.attempts = 0;
            row.due = clock.instant();
            online(row, false);
        }
    }

    private void presence(Row row, Presence presence) {
        boolean late = !presence.online() && row.boot != null && !row.boot.equals(presence.bootId());
        if (!late) {
            online(row, presence.online());
        }
    }

    private void online(Row row, boolean online) {
        if (row.online != online) {
            row.online = online;
            if (online) {
                due(row);
            } else {
                history.add(new Absent(row.tid));
            }
        }
    }

    private void birth(Row row, Birth birth, Version runs, String bridge, List<Link.WorkItem> work) {
        boolean newBoot = !birth.bootId().equals(row.boot);
        row.boot = birth.bootId();
        online(row, true);
        if (runs.equals(row.desired)) {
            applied(row, runs);
            return;
        }
        boolean none = runs.digest().isEmpty();
        Version believed = row.running;
        if (believed != null && !believed.equals(runs) && (none || ORDER.compare(believed, runs) > 0)) {
            move(row, believed, State.ROLLED_BACK);
        }
        row.running = none ? null : runs;
        int order = none ? -1 : ORDER.compare(runs, row.desired);
        if (order > 0) {
            mark(row, true);
        } else if (order == 0) {
            mark(row, false);
        } else if ((newBoot || !refusedForGood(row)) && row.manifest != null) {
            row.attempts = 0;
            work.add(handOut(row, bridge, true));
        }
    }

    private static boolean refusedForGood(Row row) {
        return row.due == null
                && (row.reportedStage == Report.Stage.REJECTED || row.reportedStage == Report.Stage.ROLLED_BACK)
                && ORDER.compare(row.reported, row.desired) == 0;
    }

    private void report(Row row, Report report, Version spoken) {
        online(row, true);
        Version version = report.epoch() == 0 && report.digest().equals(row.desired.digest()) ? row.desired : spoken;
        if (ORDER.compare(version, row.desired) > 0) {
            if (report.stage() == Report.Stage.APPLIED && !version.equals(row.running)) {
                row.running = version;
                mark(row, true);
            }
            return;
        }
        boolean ours = version.equals(row.desired);
        if (report.stage() == Report.Stage.REJECTED && !ours) {
            if (!row.desired.equals(row.running) && row.manifest != null) {
                said(row, row.desired, report.stage());
            }
            return;
        }
        if (!ours && generation(row, version) == null) {
            return;
        }
        switch (report.stage()) {
            case RECEIVED, VERIFIED -> move(row, version, State.DELIVERED);
            case APPLIED -> applied(row, version);
            case REJECTED -> rejected(row, version, report.code());
            case ROLLED_BACK -> rolledBack(row, version, report.code());
        }
    }

    private void applied(Row row, Version version) {
        Version believed = row.running;
        if (believed != null && ORDER.compare(believed, version) > 0) {
            move(row, version, State.APPLIED);
            return;
        }
        Generation generation = generation(row, version);
        if (generation != null
                && !move(row, version, State.APPLIED)
                && !version.equals(believed)
                && generation.state() == State.ROLLED_BACK) {
            return;
        }
        row.running = version;
        said(row, version, Report.Stage.APPLIED);
        if (version.equals(row.desired)) {
            settle(row);
        }
    }

    private void rejected(Row row, Version version, int code) {
        Generation generation = generation(row, version);
        boolean moved = move(row, version, State.REJECTED, code);
        if (!moved && !(NUMBERING.contains(code) && generation != null && !wasGivenUp(generation))) {
            if (code == RejectCode.QUARANTINED.number() && version.equals(row.desired)) {
                settle(row);
                if (generation != null && takenBackByBirth(generation)) {
                    // Why, it told to a database that was lost.
                    explain(row, version, code);
                    said(row, version, Report.Stage.REJECTED);
                }
            }
            return;
        }
        if (!version.equals(row.desired)) {
            return;
        }
        said(row, version, Report.Stage.REJECTED);
        Instant healed = generation == null ? null : generation.healed();
        boolean healing = healed != null && healed.isAfter(clock.instant().minus(HEALS_AGAIN_AFTER));
        if (NUMBERING.contains(code) && !healing) {
            mark(row, true);
            settle(row);
        } else if (!PASSING.contains(code)) {
            settle(row);
        }
    }

    private static boolean wasGivenUp(Generation generation) {
        return generation.state() == State.ROLLED_BACK && generation.code() != 0;
    }

    private static boolean takenBackByBirth(Generation generation) {
        return generation.state() == State.ROLLED_BACK && generation.code() == 0;
    }

    private static void explain(Row row, Version version, int code) {
        row.generations.replaceAll(it -> it.version().equals(version) ? it.moved(State.ROLLED_BACK, code) : it);
    }

    private void rolledBack(Row row, Version version, int code) {
        Generation generation = generation(row, version);
        // The birth before it may have told that it fell back, but not why.
        if (generation != null && takenBackByBirth(generation)) {
            explain(row, version, code);
        } else if (!move(row, version, State.ROLLED_BACK, code)) {
            return;
        }
        if (version.equals(row.running)) {
            row.running = null;
        }
        if (version.equals(row.desired)) {
            said(row, version, Report.Stage.ROLLED_BACK);
            settle(row);
        }
    }

    private static void said(Row row, Version version, Report.Stage stage) {
        row.reported = version;
        row.reportedStage = stage;
    }

    private static void settle(Row row) {
        row.due = null;
        row.claim = null;
        row.attempts = 0;
    }

    private void mark(Row row, boolean healing) {
        row.dirty = true;
        row.healing |= healing;
        row.version++;
    }

    private static @Nullable Generation generation(Row row, Version version) {
        return row.generations.stream()
                .filter(it -> it.version().equals(version))
                .findFirst()
                .orElse(null);
    }

    private boolean move(Row row, Version version, State next) {
        return move(row, version, next, 0);
    }

    private boolean move(Row row, Version version, State next, int code) {
        for (int i = 0; i < row.generations.size(); i++) {
            Generation it = row.generations.get(i);
            // A birth that came twice, or of somebody else, may have taken back what is true; a code says that it was
            // given up.
            boolean runsAfterAll = next == State.APPLIED && it.state() == State.ROLLED_BACK && it.code() == 0;
            if (it.version().equals(version) && (runsAfterAll || it.state().canMoveTo(next))) {
                row.generations.set(i, it.moved(next, code));
                if (next == State.APPLIED) {
                    // Taken back and said again in one transaction is nothing that anybody sees.
                    Happened takenBack = new Corrected(row.tid, version);
                    if (!said.remove(takenBack)) {
                        said.add(new Believed(row.tid, version));
                    }
                } else if (it.state() == State.APPLIED) {
                    said.add(new Corrected(row.tid, version));
                }
                return true;
            }
        }
        return false;
    }

    // What a run asks

    /** What the terminal should run; null when nothing was committed yet. */
    public synchronized @Nullable Version desired(String tid) {
        Row row = row(tid);
        return row.manifest == null ? null : row.desired;
    }

    /** The manifest of {@link #desired}. */
    public synchronized @Nullable String manifest(String tid) {
        return row(tid).manifest;
    }

    /** Whether what it should run failed on the terminal, for its content and for good, as far as the portal knows. */
    public synchronized boolean refused(String tid) {
        Generation it = generation(row(tid), row(tid).desired);
        return it != null
                && (it.state() == State.ROLLED_BACK && it.code() != 0
                        || it.state() == State.REJECTED
                                && !NUMBERING.contains(it.code())
                                && !PASSING.contains(it.code()));
    }

    /** Whether the portal says that the terminal applied what it should run. */
    public synchronized boolean believes(String tid) {
        Generation it = generation(row(tid), row(tid).desired);
        return it != null && it.state() == State.APPLIED;
    }

    private Row row(String tid) {
        return Objects.requireNonNull(rows.get(tid), tid);
    }
}
