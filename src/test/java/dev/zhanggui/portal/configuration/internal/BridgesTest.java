package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.BRIDGE_LIFE;
import static dev.zhanggui.db.Tables.BRIDGE_SHARD;
import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;
import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.Bridges;
import dev.zhanggui.portal.configuration.Bridges.Arrival;
import dev.zhanggui.portal.configuration.Bridges.Holding;
import dev.zhanggui.portal.configuration.Bridges.Standing;
import dev.zhanggui.portal.configuration.Bridges.Welcome;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.DueWork;
import dev.zhanggui.portal.configuration.DueWork.HandOut;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.TerminalReports;
import dev.zhanggui.portal.configuration.TerminalReports.Batch;
import dev.zhanggui.portal.configuration.TerminalReports.Birth;
import dev.zhanggui.portal.configuration.TerminalReports.Delivery;
import dev.zhanggui.portal.configuration.TerminalReports.Presence;
import dev.zhanggui.portal.configuration.TerminalReports.Recorded;
import dev.zhanggui.portal.configuration.TerminalReports.Report;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Machine;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Several bridges, in one database. */
@Timeout(120)
class BridgesTest extends DatabaseTest {

    private static final Presence[] NOBODY = {};

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Bridges bridges;

    @Autowired
    BridgeLives lives;

    @Autowired
    DueWork work;

    @Autowired
    TerminalReports reports;

    @Autowired
    Expander expander;

    @Autowired
    ConfigurationRows rows;

    @Autowired
    DirtyScopes dirty;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DSLContext db;

    private StoreWithTerminals stores;

    @BeforeEach
    void noOtherBridge() {
        stores = beans.createBean(StoreWithTerminals.class);
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.ONLINE, false)
                .setNull(TERMINAL_CONFIGURATION.DUE_RANK)
                .execute();
        db.deleteFrom(BRIDGE_LIFE).execute();
        db.update(BRIDGE_SHARD).setNull(BRIDGE_SHARD.LIFE).execute();
        expandAll();
    }

    // --- lives ---

    @Test
    void a_lost_link_is_the_same_life_and_a_restart_a_new_one() {
        long first = hello("north", "a");
        assertThat(hello("north", "a")).isEqualTo(first);
        long second = hello("north", "b");
        assertThat(second).isNotEqualTo(first);
        assertThat(bridges.standing(SYSTEM, "north", first)).isInstanceOf(Standing.Fenced.class);
        assertThat(bridges.standing(SYSTEM, "north", second)).isEqualTo(new Holding(second, null));
    }

    @Test
    void of_two_processes_under_one_name_the_later_one_stays_and_the_other_is_told() {
        hello("north", "a");
        long later = hello("north", "b");
        assertThat(bridges.hello(SYSTEM, new Arrival("north", "a", false))).isInstanceOf(Welcome.NameTaken.class);
        assertThat(bridges.standing(SYSTEM, "north", later)).isInstanceOf(Holding.class);
        bridges.leave(SYSTEM, "north", later);
        assertThat(bridges.hello(SYSTEM, new Arrival("north", "a", false)))
                .as("the name is free again")
                .isInstanceOf(Holding.class);
    }

    @Test
    void silence_ends_a_life_and_its_terminals_are_away() {
        var opened = opened();
        long life = hello("north", "a");
        born("north", life, opened.machine());
        lives.sweep();
        clock.advance(BridgeLives.LEASE.minusSeconds(1));
        lives.sweep();
        assertThat(online(opened)).isTrue();
        clock.advance(Duration.ofSeconds(2));
        lives.sweep();
        assertThat(online(opened)).isFalse();
        assertThat(bridges.standing(SYSTEM, "north", life)).isInstanceOf(Standing.Fenced.class);
        assertThat(hello("north", "a")).isNotEqualTo(life);
    }

    @Test
    void whoever_asks_lives() {
        long life = hello("north", "a");
        lives.sweep();
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(4));
            work.take(SYSTEM, "north", life, 1, Duration.ZERO);
            lives.sweep();
        }
        assertThat(bridges.standing(SYSTEM, "north", life)).isInstanceOf(Holding.class);
    }

    @Test
    void a_portal_that_was_away_itself_waits_before_it_calls_a_bridge_dead() {
        long life = hello("north", "a");
        clock.advance(Duration.ofMinutes(5));
        var other = beans.createBean(BridgeLives.class);
        other.sweep();
        assertThat(bridges.standing(SYSTEM, "north", life)).isInstanceOf(Holding.class);
    }

    @Test
    void after_an_orderly_stop_terminals_have_time_to_come_back_before_they_count_as_away() {
        var opened = opened();
        var other = opened();
        long first = hello("north", "a");
        born("north", first, opened.machine());
        born("north", first, other.machine());
        bridges.leave(SYSTEM, "north", first);
        long second = hello("north", "b");
        born("north", second, opened.machine());
        lives.sweep();
        assertThat(online(other)).isTrue();
        clock.advance(BridgeLives.RETURN.dividedBy(2));
        standing("north", second);
        clock.advance(BridgeLives.RETURN.dividedBy(2));
        lives.sweep();
        assertThat(online(other)).isFalse();
        assertThat(online(opened)).isTrue();
    }

    @Test
    void ended_lives_are_forgotten() {
        for (int i = 0; i < 30; i++) {
            hello("north", "process " + i);
        }
        clock.advance(Duration.ofHours(2));
        lives.sweep();
        assertThat(db.fetchCount(BRIDGE_LIFE)).isEqualTo(1);
    }

    @Test
    void a_bridge_of_the_version_before_is_believed_by_its_name() {
        var opened = opened();
        assertThat(reports.record(SYSTEM, "old", batch(List.of(birth(opened.machine())), List.of(), List.of(), NOBODY)))
                .hasSize(1);
        sendAgain(opened);
        clock.advance(Duration.ofHours(1));
        assertThat(work.take(SYSTEM, "old", 10, Duration.ZERO))
                .extracting(HandOut::publicId)
                .containsExactly(opened.machine().publicId());
    }

    @Test
    void terminals_that_were_connected_before_lives_were_written_down_stay_connected() {
        var opened = opened();
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.ONLINE, true)
                .set(TERMINAL_CONFIGURATION.BRIDGE, "north")
                .setNull(TERMINAL_CONFIGURATION.LIFE)
                .set(TERMINAL_CONFIGURATION.DUE_AT, clock.instant())
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(
                        opened.machine().id().value()))
                .execute();
        long life = hello("north", "a");
        assertThat(taken("north", life)).containsExactly(opened.machine().publicId());
    }

    @Test
    void only_the_system_speaks_for_a_bridge() {
        var admin = Actor.person(new AccountId(Ids.next()), "admin", Set.of(Role.ADMIN));
        assertThatThrownBy(() -> bridges.hello(admin, new Arrival("x", null, false)))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> bridges.standing(admin, "x", null)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> bridges.leave(admin, "x", null)).isInstanceOf(NotAllowedException.class);
    }

    // --- a broker of its own ---

    @Test
    void work_goes_to_the_bridge_that_has_the_connection() {
        var first = opened();
        var second = opened();
        long north = hello("north", "a");
        long south = hello("south", "a");
        born("north", north, first.machine());
        born("south", south, second.machine());
        sendAgain(first);
        sendAgain(second);
        assertThat(taken("north", north)).containsExactly(first.machine().publicId());
        assertThat(taken("south", south)).containsExactly(second.machine().publicId());
    }

    @Test
    void a_terminal_that_moved_is_not_away_because_it_left_where_it_was() {
        var opened = opened();
        long north = hello("north", "a");
        long south = hello("south", "a");
        var old = born("north", north, opened.machine()).getFirst();
        born("south", south, opened.machine());

        say("north", north, new Presence(opened.machine().publicId(), false, "boot-1"));
        assertThat(online(opened)).as("late word of the old bridge").isTrue();
        reports.record(
                SYSTEM,
                "north",
                north,
                batch(List.of(), List.of(), List.of(new Delivery(old.publicId(), old.token(), false)), NOBODY));
        assertThat(online(opened)).as("a hand-out that met nobody there").isTrue();
        say("north", north, new Presence(opened.machine().publicId(), true, "boot-1"));
        sendAgain(opened);
        assertThat(taken("north", north)).isEmpty();
        assertThat(taken("south", south)).containsExactly(opened.machine().publicId());

        say("south", south, new Presence(opened.machine().publicId(), false, "boot-1"));
        assertThat(online(opened)).isFalse();
        say("north", north, new Presence(opened.machine().publicId(), true, "boot-1"));
        assertThat(online(opened)).as("reminded of by the one that has it").isTrue();
    }

    @Test
    void what_a_terminal_said_is_believed_whoever_brings_it_late() {
        var opened = opened();
        long north = hello("north", "a");
        long south = hello("south", "a");
        born("north", north, opened.machine());
        born("south", south, opened.machine());
        var row = rows.find(opened.machine().id()).orElseThrow();
        reports.record(
                SYSTEM,
                "north",
                north,
                batch(
                        List.of(),
                        List.of(new Report(
                                row.getPublicId(),
                                ConfigurationRows.desired(row),
                                Objects.requireNonNull(row.getDesiredDigest()),
                                ReportStage.APPLIED,
                                0)),
                        List.of(),
                        NOBODY));
        var now = rows.find(opened.machine().id()).orElseThrow();
        assertThat(now.getRunningDigest()).isEqualTo(now.getDesiredDigest());
        assertThat(now.getLife()).as("but it stays where it is").isEqualTo(south);
    }

    @Test
    void nothing_of_a_life_that_is_over_is_recorded_or_handed_out() {
        var opened = opened();
        long north = hello("north", "a");
        hello("north", "b");
        assertThat(reports.record(
                        SYSTEM, "north", north, batch(List.of(birth(opened.machine())), List.of(), List.of(), NOBODY)))
                .isInstanceOf(Recorded.Fenced.class);
        assertThat(online(opened)).isFalse();
        assertThat(work.take(SYSTEM, "north", north, 10, Duration.ZERO)).isInstanceOf(DueWork.Taken.Fenced.class);
    }

    // --- a shared broker ---

    @Test
    void a_terminals_shard_is_the_one_in_its_topics() {
        for (int i = 0; i < 50; i++) {
            var publicId = Ids.ulid();
            assertThat("%02x".formatted(BridgeLives.shard(publicId))).isEqualTo(Topics.shard(publicId));
        }
    }

    @Test
    void one_bridge_holds_all_shards_from_its_first_word_and_two_hold_half_each() {
        var alone = shared("north");
        assertThat(alone.shards()).hasSize(Holding.SHARDS);
        var second = shared("south");
        assertThat(second.shards()).hasSize(128);
        var first = standing("north", alone.fence());
        assertThat(first.shards()).hasSize(128).doesNotContainAnyElementsOf(second.shards());
        var third = shared("west");
        assertThat(third.shards()).hasSizeBetween(84, 86);
        var all = new HashSet<Integer>();
        for (var one : List.of(
                standing("north", alone.fence()), standing("south", second.fence()), standing("west", third.fence()))) {
            assertThat(one.shards()).hasSizeBetween(84, 87);
            all.addAll(one.shards());
        }
        assertThat(all).as("none is left out").hasSize(Holding.SHARDS);
    }

    @Test
    void shards_go_to_the_others_at_once_after_a_leave_and_with_the_lease_after_a_death() {
        var north = shared("north");
        var south = shared("south");
        var west = shared("west");
        bridges.leave(SYSTEM, "west", west.fence());
        standing("north", north.fence());
        standing("south", south.fence());
        assertThat(held()).isEqualTo(Holding.SHARDS);
        lives.sweep();
        clock.advance(BridgeLives.LEASE.plusSeconds(1));
        standing("south", south.fence());
        lives.sweep();
        assertThat(standing("south", south.fence()).shards()).hasSize(Holding.SHARDS);
        assertThat(bridges.standing(SYSTEM, "north", north.fence())).isInstanceOf(Standing.Fenced.class);
    }

    @Test
    void work_goes_to_whom_the_shard_belongs_and_whoever_lost_it_cannot_put_its_terminals_away() {
        var machines = IntStream.range(0, 12).mapToObj(i -> opened()).toList();
        var north = shared("north");
        machines.forEach(opened -> born("north", north.fence(), opened.machine()));
        var south = shared("south");
        var souths = machines.stream()
                .filter(opened -> Objects.requireNonNull(south.shards())
                        .contains((int) BridgeLives.shard(opened.machine().publicId())))
                .toList();
        machines.forEach(this::sendAgain);
        var toSouth = taken("south", south.fence());
        assertThat(toSouth)
                .containsExactlyInAnyOrderElementsOf(
                        souths.stream().map(it -> it.machine().publicId()).toList());
        assertThat(taken("north", north.fence())).hasSize(12 - toSouth.size()).doesNotContainAnyElementsOf(toSouth);
        for (var opened : machines) {
            say("north", north.fence(), new Presence(opened.machine().publicId(), false, "boot-1"));
            assertThat(online(opened)).isEqualTo(souths.contains(opened));
        }
    }

    // --- all at once ---

    /** Two portals and two bridges; in the middle of it one bridge dies, and its terminals connect to the other. */
    @Test
    void two_portals_and_two_bridges_deliver_every_edit_while_one_of_them_dies() throws Exception {
        var shops = IntStream.range(0, 8).mapToObj(i -> opened()).toList();
        long north = hello("north", "a");
        long south = hello("south", "a");
        for (int i = 0; i < shops.size(); i++) {
            boolean first = i % 2 == 0;
            born(first ? "north" : "south", first ? north : south, shops.get(i).machine());
        }
        var otherExpander = beans.createBean(Expander.class);
        var otherWork = beans.createBean(WorkDesk.class);
        var otherReports = beans.createBean(ReportDesk.class);
        var taken = ConcurrentHashMap.<String>newKeySet();
        var ended = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var running = new ArrayList<java.util.concurrent.Future<?>>();
            running.add(threads.submit(() -> expandUntil(expander, ended)));
            running.add(threads.submit(() -> expandUntil(otherExpander, ended)));
            running.add(threads.submit(() -> carryUntil("south", south, otherWork, otherReports, taken, ended)));
            var deadNow = new CountDownLatch(1);
            var dying = threads.submit(
                    () -> carryUntil("north", north, work, reports, ConcurrentHashMap.newKeySet(), deadNow));
            for (int round = 0; round < 5; round++) {
                shops.forEach(this::ask);
            }
            deadNow.countDown();
            dying.get(30, TimeUnit.SECONDS);
            bridges.leave(SYSTEM, "north", north);
            for (int i = 0; i < shops.size(); i += 2) {
                born("south", south, shops.get(i).machine());
            }
            for (int round = 0; round < 5; round++) {
                shops.forEach(this::ask);
            }
            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                clock.advance(Duration.ofMillis(500));
                return shops.stream().allMatch(this::inStep);
            });
            ended.countDown();
            for (var one : running) {
                one.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(taken)
                .containsAll(shops.stream().map(it -> it.machine().publicId()).toList());
    }

    private void expandUntil(Expander portal, CountDownLatch ended) {
        while (ended.getCount() > 0) {
            portal.expandDue();
        }
    }

    /** A bridge and the terminals behind it, which apply what they get. */
    private void carryUntil(
            String bridge, long fence, DueWork portal, TerminalReports desk, Set<String> taken, CountDownLatch ended) {
        while (ended.getCount() > 0) {
            if (portal.take(SYSTEM, bridge, fence, 5, Duration.ofMillis(5))
                    instanceof DueWork.Taken.Work(var handOuts, var shards)) {
                handOuts.forEach(it -> taken.add(it.publicId()));
                desk.record(
                        SYSTEM,
                        bridge,
                        fence,
                        batch(
                                List.of(),
                                handOuts.stream()
                                        .map(it -> new Report(
                                                it.publicId(), it.version(), it.digest(), ReportStage.APPLIED, 0))
                                        .toList(),
                                List.of(),
                                NOBODY));
            }
        }
    }

    private boolean inStep(Opened opened) {
        var row = rows.find(opened.machine().id()).orElseThrow();
        return db.fetchCount(DIRTY_SCOPE, DIRTY_SCOPE.STORE_ID.eq(opened.store().value())) == 0
                && row.getDesiredDigest() != null
                && row.getDesiredDigest().equals(row.getRunningDigest())
                && row.getDueAt() == null;
    }

    // --- words of these tests ---

    private Opened opened() {
        var opened = stores.open(1);
        expandAll();
        return opened;
    }

    private void expandAll() {
        while (expander.expandDue() > 0) {
            // until nothing is marked
        }
    }

    private long hello(String bridge, String instance) {
        return ((Holding) bridges.hello(SYSTEM, new Arrival(bridge, instance, false))).fence();
    }

    private Holding shared(String bridge) {
        return (Holding) bridges.hello(SYSTEM, new Arrival(bridge, "process of " + bridge, true));
    }

    private Holding standing(String bridge, long fence) {
        return (Holding) bridges.standing(SYSTEM, bridge, fence);
    }

    private int held() {
        return db.fetchCount(BRIDGE_SHARD, BRIDGE_SHARD.LIFE.isNotNull());
    }

    private static Birth birth(Machine machine) {
        return new Birth(machine.publicId(), ConfigurationVersion.NONE, null, "kit 1", "boot-1");
    }

    private List<HandOut> born(String bridge, long fence, Machine machine) {
        return ((Recorded.Done) reports.record(
                        SYSTEM, bridge, fence, batch(List.of(birth(machine)), List.of(), List.of(), NOBODY)))
                .work();
    }

    private void say(String bridge, @Nullable Long fence, Presence presence) {
        assertThat(reports.record(SYSTEM, bridge, fence, batch(List.of(), List.of(), List.of(), presence)))
                .isInstanceOf(Recorded.Done.class);
    }

    private static Batch batch(
            List<Birth> births, List<Report> reports, List<Delivery> deliveries, Presence... presences) {
        return new Batch(deliveries, List.of(presences), births, reports);
    }

    private List<String> taken(String bridge, long fence) {
        return ((DueWork.Taken.Work) work.take(SYSTEM, bridge, fence, 500, Duration.ZERO))
                .handOuts().stream().map(HandOut::publicId).toList();
    }

    private boolean online(Opened opened) {
        return rows.find(opened.machine().id()).orElseThrow().getOnline();
    }

    private void ask(Opened opened) {
        transaction.executeWithoutResult(
                status -> dirty.mark(opened.store(), opened.machine().id(), ChangeCause.ASKED, "test"));
    }

    private void sendAgain(Opened opened) {
        ask(opened);
        expandAll();
    }
}
