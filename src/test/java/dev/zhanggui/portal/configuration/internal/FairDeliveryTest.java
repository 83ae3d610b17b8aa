package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.CONFIG_GENERATION;
import static dev.zhanggui.db.Tables.DIRTY_SCOPE;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;
import static dev.zhanggui.portal.configuration.internal.StoreWithTerminals.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.db.tables.records.TerminalConfigurationRecord;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.DueWork;
import dev.zhanggui.portal.configuration.DueWork.HandOut;
import dev.zhanggui.portal.configuration.Lane;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.portal.configuration.internal.BridgeLives.Carrier;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals.Opened;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.support.DatabaseTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** Invariant I10: one chain of tens of thousands cannot starve a single shop. */
@Timeout(120)
class FairDeliveryTest extends DatabaseTest {

    private static final String BRIDGE = "bridge-1";
    private static final int BATCH = 500;
    private static final int CHAIN = 3_000;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    ConfigurationRows rows;

    @Autowired
    DirtyScopes dirty;

    @Autowired
    Expander expander;

    @Autowired
    DueWork work;

    @Autowired
    BridgeLives lives;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    DSLContext db;

    private final Set<Long> merchants = new HashSet<>();

    private Carrier carrier;

    private record Shop(long merchant, long store, List<Long> terminals) {}

    @BeforeEach
    void nothingElseIsDue() {
        carrier = lives.carrier(BRIDGE, null).orElseThrow();
        while (expander.expandDue() > 0) {
            // what others left
        }
        db.update(TERMINAL_CONFIGURATION)
                .setNull(TERMINAL_CONFIGURATION.DUE_AT)
                .setNull(TERMINAL_CONFIGURATION.DUE_RANK)
                .execute();
    }

    @AfterEach
    void leaveNothing() {
        var terminals = db.select(TERMINAL_CONFIGURATION.TERMINAL_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.MERCHANT_ID.in(merchants))
                .fetch(TERMINAL_CONFIGURATION.TERMINAL_ID);
        db.deleteFrom(DIRTY_SCOPE)
                .where(DIRTY_SCOPE.STORE_ID.in(db.select(TERMINAL_CONFIGURATION.STORE_ID)
                        .from(TERMINAL_CONFIGURATION)
                        .where(TERMINAL_CONFIGURATION.MERCHANT_ID.in(merchants))))
                .execute();
        db.deleteFrom(CONFIG_GENERATION)
                .where(CONFIG_GENERATION.TERMINAL_ID.in(terminals))
                .execute();
        db.deleteFrom(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.in(terminals))
                .execute();
    }

    // --- handing out ---

    @Test
    void a_shops_edit_waits_no_longer_than_a_batch_behind_a_chain_of_thousands() {
        due(shop(CHAIN), Lane.EDIT);
        clock.advance(Duration.ofSeconds(1));
        var single = shop(1);
        due(single, Lane.EDIT);

        assertThat(inOrderOfArrival(BATCH)).as("first come, first served").doesNotContainAnyElementsOf(ids(single));
        assertThat(take(BATCH)).hasSize(BATCH).containsAll(ids(single));
    }

    @Test
    void whoever_comes_in_the_middle_of_it_waits_no_longer_either() {
        due(shop(CHAIN), Lane.EDIT);
        take(BATCH);
        take(BATCH);
        var later = IntStream.range(0, 20).mapToObj(i -> shop(1)).toList();
        later.forEach(single -> due(single, Lane.EDIT));
        var all = later.stream().flatMap(single -> ids(single).stream()).toList();
        assertThat(inOrderOfArrival(BATCH)).doesNotContainAnyElementsOf(all);
        assertThat(take(BATCH)).containsAll(all);
    }

    @Test
    void two_chains_share() {
        var first = shop(CHAIN);
        due(first, Lane.EDIT);
        take(BATCH);
        var second = shop(BATCH);
        due(second, Lane.EDIT);
        var batch = take(BATCH);
        assertThat(batch.stream().filter(ids(second)::contains).count()).isBetween(200L, 300L);
        assertThat(batch.stream().filter(ids(first)::contains).count()).isBetween(200L, 300L);
    }

    @Test
    void lanes_go_before_turns() {
        var chain = shop(600);
        due(chain, Lane.ROLLOUT);
        var leases = shop(5);
        due(leases, Lane.LEASE);
        var single = shop(1);
        due(single, Lane.EDIT);
        var stopped = shop(30);
        due(stopped, Lane.KILL_SWITCH);
        var batch = take(BATCH);
        assertThat(batch.subList(0, 30)).containsExactlyInAnyOrderElementsOf(ids(stopped));
        assertThat(batch.get(30)).isEqualTo(ids(single).getFirst());
        assertThat(ids(chain)).containsAll(batch.subList(31, BATCH));
    }

    @Test
    void what_waits_keeps_its_place_and_its_urgency_when_it_changes_once_more() {
        var chain = shop(600);
        due(chain, Lane.KILL_SWITCH);
        var first = rank(chain.terminals().getFirst());
        var last = rank(chain.terminals().getLast());
        due(chain, Lane.EDIT);
        assertThat(rank(chain.terminals().getFirst())).isEqualTo(first);
        assertThat(rank(chain.terminals().getLast())).isEqualTo(last);
        assertThat(db.fetchCount(
                        TERMINAL_CONFIGURATION,
                        TERMINAL_CONFIGURATION
                                .MERCHANT_ID
                                .eq(chain.merchant())
                                .and(TERMINAL_CONFIGURATION.LANE.ne(ConfigurationRows.lane(Lane.KILL_SWITCH)))))
                .isZero();
    }

    @Test
    void silent_terminals_are_tried_again_each_at_its_own_moment_and_behind_nobody() {
        var chain = shop(400);
        due(chain, Lane.EDIT);
        var sent = clock.instant();
        assertThat(take(BATCH)).hasSize(400);
        var again = db.select(TERMINAL_CONFIGURATION.DUE_AT)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.MERCHANT_ID.eq(chain.merchant()))
                .fetch(TERMINAL_CONFIGURATION.DUE_AT);
        assertThat(again)
                .allSatisfy(moment -> assertThat(moment)
                        .isBetween(
                                sent.plus(Backoff.ANSWER),
                                sent.plus(Backoff.ANSWER).plus(Backoff.bound(0))));
        assertThat(Set.copyOf(again)).hasSizeGreaterThan(390);
        var quarter = Backoff.bound(0).dividedBy(4);
        for (int i = 0; i < 4; i++) {
            var from = sent.plus(Backoff.ANSWER).plus(quarter.multipliedBy(i));
            assertThat(again.stream()
                            .filter(moment -> !moment.isBefore(from) && moment.isBefore(from.plus(quarter)))
                            .count())
                    .as("evenly in quarter " + i)
                    .isBetween(50L, 150L);
        }
        clock.advance(Backoff.ANSWER.plus(Backoff.bound(0)));
        var single = shop(1);
        due(single, Lane.EDIT);
        assertThat(take(100)).hasSize(100).containsAll(ids(single));
        clock.advance(Duration.ofHours(1));
        assertThat(take(BATCH)).as("nobody is forgotten").hasSize(401);
    }

    @Test
    void waiting_times_double_to_five_minutes_and_are_drawn_from_all_of_it() {
        assertThat(IntStream.range(0, 12).mapToObj(Backoff::bound).toList())
                .startsWith(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8))
                .endsWith(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5));
        var shortest = new Backoff(() -> 0L);
        assertThat(shortest.after(9)).isEqualTo(Backoff.ANSWER);
    }

    @Test
    void a_claim_reads_one_range_of_one_index_however_much_waits_or_is_under_way() {
        due(shop(4_000), Lane.EDIT);
        take(BATCH);
        take(BATCH);
        var away = shop(1_000);
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.ONLINE, false)
                .set(TERMINAL_CONFIGURATION.DUE_AT, clock.instant())
                .where(TERMINAL_CONFIGURATION.MERCHANT_ID.eq(away.merchant()))
                .execute();
        shop(1_000);
        db.fetch("analyze table terminal_configuration");

        assertByTurn(rows.heads(carrier, 100));
        assertByTurn(rows.unranked(carrier, clock.instant()));
        long read = transaction.execute(status -> {
            long before = entriesRead();
            assertThat(rows.heads(carrier, 100).fetch()).hasSize(100);
            assertThat(rows.unranked(carrier, clock.instant()).fetch()).isEmpty();
            return entriesRead() - before;
        });
        // Some more for the rows of the union and of the counters themselves.
        assertThat(read).isBetween(100L, 800L);
    }

    private void assertByTurn(Select<?> select) {
        var plan = db.fetch("explain " + db.renderInlined(select)).intoMaps().stream()
                .filter(step -> "terminal_configuration".equals(step.get("table")))
                .toList();
        assertThat(plan).hasSize(Lane.values().length).allSatisfy(step -> {
            assertThat(step).containsEntry("key", "ix_terminal_configuration_turn");
            assertThat(String.valueOf(step.get("type"))).isIn("range", "ref");
            assertThat(String.valueOf(step.get("Extra"))).doesNotContain("filesort", "temporary");
        });
    }

    private long entriesRead() {
        return db.fetch("show session status like 'Handler_read%'").stream()
                .mapToLong(row -> Long.parseLong(row.get(1, String.class)))
                .sum();
    }

    // --- compiling ---

    @Test
    void a_shops_edit_is_compiled_with_the_first_of_a_chain_of_many_stores() {
        long merchant = Ids.next();
        var chain = IntStream.range(0, 400)
                .mapToObj(i -> new StoreId(shop(merchant, Ids.next(), 1).store()))
                .toList();
        mark(chain, ChangeCause.HOURS);
        clock.advance(Duration.ofSeconds(1));
        var single = new StoreId(shop(1).store());
        mark(List.of(single), ChangeCause.HOURS);
        assertThat(db.select(DIRTY_SCOPE.STORE_ID)
                        .from(DIRTY_SCOPE)
                        .orderBy(DIRTY_SCOPE.ID)
                        .limit(Expander.MARKS_AT_ONCE)
                        .fetch(DIRTY_SCOPE.STORE_ID))
                .as("first come, first served")
                .doesNotContain(single.value());
        assertThat(dirty.claim("T", Expander.MARKS_AT_ONCE, List.of()))
                .extracting(Mark::store)
                .contains(single);
    }

    @Test
    void an_urgent_mark_goes_before_all_that_came_earlier() {
        long merchant = Ids.next();
        var chain = IntStream.range(0, 150)
                .mapToObj(i -> new StoreId(shop(merchant, Ids.next(), 1).store()))
                .toList();
        mark(chain, ChangeCause.HOURS);
        mark(List.of(chain.getLast()), ChangeCause.FREEZE);
        assertThat(dirty.claim("T", 1, List.of()))
                .as("with all that is to be said of that store")
                .extracting(Mark::cause)
                .containsExactly(ChangeCause.FREEZE, ChangeCause.HOURS);
    }

    @Test
    void a_store_with_many_terminals_is_compiled_in_parts_between_which_others_are() {
        var opened = beans.createBean(StoreWithTerminals.class).open(1);
        var other = beans.createBean(StoreWithTerminals.class).open(1);
        expandAll();
        var large = shop(opened.merchant().value(), opened.store().value(), 450);
        mark(List.of(opened.store()), ChangeCause.STORE);
        mark(List.of(other.store()), ChangeCause.STORE);
        mark(other.store(), other.machine().id(), ChangeCause.ASKED);

        expander.expandDue();
        assertThat(withVersion(large)).hasSizeLessThanOrEqualTo(Expander.TERMINALS_A_TURN);
        assertThat(generation(other)).isEqualTo(2);

        // Somebody edits the store while it is being worked off, again and again: its tail is reached all the same.
        mark(List.of(opened.store()), ChangeCause.STORE);
        expander.expandDue();
        mark(List.of(opened.store()), ChangeCause.STORE);
        expander.expandDue();
        assertThat(withVersion(large)).hasSize(450);
        expandAll();
        assertThat(db.fetchCount(
                        DIRTY_SCOPE, DIRTY_SCOPE.STORE_ID.eq(opened.store().value())))
                .isZero();
        assertThat(db.fetchCount(CONFIG_GENERATION, CONFIG_GENERATION.TERMINAL_ID.in(large.terminals())))
                .as("one version each, whatever was marked")
                .isEqualTo(450);
    }

    @Test
    void a_store_edited_many_times_is_compiled_once_and_its_marks_stay_few() {
        var opened = beans.createBean(StoreWithTerminals.class).open(1);
        expandAll();
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofMillis(10));
            mark(List.of(opened.store()), ChangeCause.HOURS);
        }
        var claimed = dirty.claim("T", 10, List.of());
        assertThat(claimed).hasSize(2);
        assertThat(Duration.between(
                        claimed.getFirst().editedAt(), claimed.getLast().editedAt()))
                .isEqualTo(Duration.ofMillis(590));
        assertThat(db.fetchCount(
                        DIRTY_SCOPE, DIRTY_SCOPE.STORE_ID.eq(opened.store().value())))
                .isEqualTo(2);
        clock.advance(DirtyScopes.CLAIM);
        mark(opened.store(), opened.machine().id(), ChangeCause.ASKED);
        expandAll();
        assertThat(db.fetchCount(
                        DIRTY_SCOPE, DIRTY_SCOPE.STORE_ID.eq(opened.store().value())))
                .isZero();
        assertThat(db.select(CONFIG_GENERATION.EDITED_AT)
                        .from(CONFIG_GENERATION)
                        .where(CONFIG_GENERATION.TERMINAL_ID.eq(
                                opened.machine().id().value()))
                        .orderBy(CONFIG_GENERATION.GEN.desc())
                        .limit(1)
                        .fetchSingle()
                        .value1())
                .as("counted from the first edit")
                .isEqualTo(claimed.getFirst().editedAt());
    }

    @Test
    void a_store_compiled_a_moment_ago_waits_unless_it_is_urgent() {
        var opened = beans.createBean(StoreWithTerminals.class).open(1);
        var patient = expander(Duration.ofMillis(250));
        while (patient.expandDue() > 0) {
            // its first version
        }
        clock.advance(Duration.ofSeconds(1));
        mark(List.of(opened.store()), ChangeCause.HOURS);
        assertThat(patient.expandDue()).as("the first goes at once").isEqualTo(1);
        mark(List.of(opened.store()), ChangeCause.HOURS);
        assertThat(patient.expandDue()).isZero();
        assertThat(patient.quietFor()).contains(Duration.ofMillis(250));
        mark(List.of(opened.store()), ChangeCause.CLOSURE);
        assertThat(patient.expandDue()).as("both").isEqualTo(2);
        mark(List.of(opened.store()), ChangeCause.HOURS);
        assertThat(patient.expandDue()).isZero();
        clock.advance(Duration.ofMillis(250));
        assertThat(patient.expandDue()).isEqualTo(1);
    }

    @Test
    void a_reason_told_twice_makes_one_version() {
        var opened = beans.createBean(StoreWithTerminals.class).open(1);
        expandAll();
        var terminal = opened.machine().id();
        for (var cause : List.of(ChangeCause.RENEWAL, ChangeCause.CORRECTED, ChangeCause.HEALED)) {
            mark(opened.store(), terminal, cause);
            expandAll();
            assertThat(generation(opened)).as("nothing to do for " + cause).isEqualTo(1);
        }
        // A terminal ahead of a restored database: told twice, and the second time after it was healed.
        db.update(TERMINAL_CONFIGURATION)
                .set(TERMINAL_CONFIGURATION.RUNNING_EPOCH, 1L)
                .set(TERMINAL_CONFIGURATION.RUNNING_GEN, 57L)
                .set(TERMINAL_CONFIGURATION.RUNNING_DIGEST, "D".repeat(43))
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal.value()))
                .execute();
        for (int i = 0; i < 2; i++) {
            mark(opened.store(), terminal, ChangeCause.HEALED);
            expandAll();
            assertThat(generation(opened)).isEqualTo(58);
        }
        clock.advance(Duration.ofDays(4));
        mark(opened.store(), terminal, ChangeCause.RENEWAL);
        expandAll();
        assertThat(generation(opened)).isEqualTo(59);
        mark(opened.store(), terminal, ChangeCause.RENEWAL);
        expandAll();
        assertThat(generation(opened)).isEqualTo(59);
    }

    @Test
    void a_terminals_history_has_an_end() {
        var opened = beans.createBean(StoreWithTerminals.class).open(1);
        expandAll();
        for (int i = 0; i < ConfigurationRows.HISTORY + 20; i++) {
            mark(opened.store(), opened.machine().id(), ChangeCause.ASKED);
            expandAll();
        }
        assertThat(db.fetchCount(
                        CONFIG_GENERATION,
                        CONFIG_GENERATION.TERMINAL_ID.eq(opened.machine().id().value())))
                .isEqualTo(ConfigurationRows.HISTORY);
        assertThat(generation(opened)).isEqualTo(ConfigurationRows.HISTORY + 21);
    }

    @Test
    void documents_that_nobody_used_for_long_are_forgotten_a_few_at_a_time_and_those_in_use_are_not() {
        var opened = beans.createBean(StoreWithTerminals.class).open(1);
        expandAll();
        var documents = beans.createBean(SignedDocuments.class);
        var used = SignedDocuments.digestsIn(Objects.requireNonNull(
                rows.find(opened.machine().id()).orElseThrow().getDocuments()));
        clock.advance(SignedDocuments.FORGOTTEN_AFTER.plusDays(1));
        var own = documents.byDigest(used).keySet();
        assertThat(own).hasSize(4);
        mark(List.of(opened.store()), ChangeCause.STORE);
        expandAll();
        assertThat(documents.forget(1)).isEqualTo(1);
        while (documents.forget(200) > 0) {
            // until nothing is old
        }
        var now = SignedDocuments.digestsIn(Objects.requireNonNull(
                rows.find(opened.machine().id()).orElseThrow().getDocuments()));
        assertThat(documents.byDigest(now)).as("those of its version of today").hasSize(4);
        assertThat(documents.byDigest(used).keySet())
                .as("the hours of three months ago are gone")
                .isNotEqualTo(own);
    }

    // --- words of these tests ---

    private Shop shop(int terminals) {
        return shop(Ids.next(), Ids.next(), terminals);
    }

    /** Connected terminals without work, as rows alone. */
    private Shop shop(long merchant, long store, int terminals) {
        merchants.add(merchant);
        var now = clock.instant();
        var records = new ArrayList<TerminalConfigurationRecord>();
        for (int i = 0; i < terminals; i++) {
            var row = new TerminalConfigurationRecord();
            row.setTerminalId(Ids.next());
            row.setPublicId(Ids.ulid());
            row.setStoreId(store);
            row.setMerchantId(merchant);
            row.setBound(true);
            row.setDesiredEpoch(1L);
            row.setDesiredGen(0L);
            row.setDesiredDigest("x");
            row.setManifest("x");
            row.setLane(ConfigurationRows.lane(Lane.EDIT));
            row.setAttempts(0);
            row.setOnline(true);
            row.setLife(carrier.life());
            row.setProgressedAt(now);
            row.setVersion(0);
            records.add(row);
        }
        db.batchInsert(records).execute();
        return new Shop(
                merchant,
                store,
                records.stream().map(TerminalConfigurationRecord::getTerminalId).toList());
    }

    /** As the expander does for each terminal of a store that has a new version. */
    private void due(Shop shop, Lane lane) {
        transaction.executeWithoutResult(status -> {
            var locked = rows.lockOfStore(new StoreId(shop.store()), shop.terminals());
            locked.forEach(row -> rows.makeDue(row, lane, clock.instant()));
            rows.save(locked);
        });
    }

    private List<String> ids(Shop shop) {
        return db.select(TERMINAL_CONFIGURATION.PUBLIC_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.in(shop.terminals()))
                .fetch(TERMINAL_CONFIGURATION.PUBLIC_ID);
    }

    private @Nullable Long rank(long terminal) {
        return db.select(TERMINAL_CONFIGURATION.DUE_RANK)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(terminal))
                .fetchSingle()
                .value1();
    }

    private List<String> take(int most) {
        return work.take(SYSTEM, BRIDGE, most, Duration.ZERO).stream()
                .map(HandOut::publicId)
                .toList();
    }

    /** What a queue without turns would hand out. */
    private List<String> inOrderOfArrival(int most) {
        Instant now = clock.instant();
        return db.select(TERMINAL_CONFIGURATION.PUBLIC_ID)
                .from(TERMINAL_CONFIGURATION)
                .where(TERMINAL_CONFIGURATION.ONLINE.isTrue())
                .and(TERMINAL_CONFIGURATION.DUE_AT.le(now))
                .orderBy(TERMINAL_CONFIGURATION.LANE, TERMINAL_CONFIGURATION.DUE_AT, TERMINAL_CONFIGURATION.TERMINAL_ID)
                .limit(most)
                .fetch(TERMINAL_CONFIGURATION.PUBLIC_ID);
    }

    private Set<Long> withVersion(Shop shop) {
        return db
                .selectDistinct(CONFIG_GENERATION.TERMINAL_ID)
                .from(CONFIG_GENERATION)
                .where(CONFIG_GENERATION.TERMINAL_ID.in(shop.terminals()))
                .fetch(CONFIG_GENERATION.TERMINAL_ID)
                .stream()
                .collect(Collectors.toSet());
    }

    private long generation(Opened opened) {
        return ConfigurationRows.desired(rows.find(opened.machine().id()).orElseThrow())
                .generation();
    }

    private void mark(List<StoreId> stores, ChangeCause cause) {
        transaction.executeWithoutResult(status -> dirty.mark(stores, cause, "test"));
    }

    private void mark(StoreId store, TerminalId terminal, ChangeCause cause) {
        transaction.executeWithoutResult(status -> dirty.mark(store, terminal, cause, "test"));
    }

    private void expandAll() {
        while (expander.expandDue() > 0) {
            // until nothing is marked
        }
    }

    private Expander expander(Duration debounce) {
        return new Expander(
                dirty,
                rows,
                beans.getBean(SignedDocuments.class),
                beans.getBean(ContentCompiler.class),
                beans.getBean(Policies.class),
                beans.getBean(WireEncoding.class),
                beans.getBean(SigningKey.class),
                beans.getBean(Wakes.class),
                events,
                transaction,
                clock,
                Duration.ofDays(7),
                debounce);
    }
}
