package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.BRIDGE_LIFE;
import static dev.zhanggui.db.Tables.BRIDGE_SHARD;
import static dev.zhanggui.db.Tables.TERMINAL_CONFIGURATION;

import dev.zhanggui.db.tables.records.BridgeLifeRecord;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.Bridges;
import dev.zhanggui.portal.shared.DatabasePresence;
import dev.zhanggui.portal.shared.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lives and shards of bridges, in the database, so that all portals agree.
 *
 * <pre>
 * hello ──► living ──► LEFT        it stopped in order
 *              ├─────► LAPSED      no sign of life for {@link #LEASE}
 *              └─────► SUPERSEDED  a process started later says hello under the same name
 * </pre>
 *
 * What an ended life had connected counts as away: at once after a lapse, else after {@link #RETURN}, in which terminals of a bridge that
 * was restarted are back.
 */
@Service
class BridgeLives implements Bridges {

    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration RETURN = Duration.ofSeconds(20);

    /** In a terminal's row: it is connected to the broker that bridges share. */
    static final long SHARED = 0;

    private static final Logger LOG = LoggerFactory.getLogger(BridgeLives.class);
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(3);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int NAME_MOST = 64;
    private static final int ROWS_AT_ONCE = 500;
    private static final int CHUNKS_AT_ONCE = 20;

    private enum End {
        LEFT,
        LAPSED,
        SUPERSEDED
    }

    private final DSLContext db;
    private final Access access;
    private final DatabasePresence database;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final boolean automatic;
    /** Since when this portal reaches the database without a break: a silence of its own is not the bridges'. */
    private volatile @Nullable Instant inTouchSince;

    BridgeLives(
            DSLContext db,
            Access access,
            DatabasePresence database,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${zhanggui.configuration.background:true}") boolean automatic) {
        this.db = db;
        this.access = access;
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
        this.automatic = automatic;
    }

    /**
     * Who asks or reports.
     *
     * @param life as the rows of its terminals name it
     * @param shards as in {@link Bridges.Holding}
     */
    record Carrier(long life, @Nullable Set<Integer> shards) {

        static Carrier of(Holding holding) {
            return new Carrier(holding.shards() == null ? holding.fence() : SHARED, holding.shards());
        }

        /** Whether what this terminal's row says of its connection is this bridge's to change. */
        boolean has(@Nullable Long itsLife, @Nullable Short itsShard) {
            return itsLife != null
                    && itsLife == life
                    && (shards == null || itsShard == null || shards.contains((int) itsShard));
        }

        /** Of the terminals whose rows name {@link #life}. */
        Condition mine() {
            return shards == null || shards.size() == Holding.SHARDS
                    ? DSL.noCondition()
                    : TERMINAL_CONFIGURATION.SHARD.in(
                            shards.stream().map(Integer::shortValue).toList());
        }
    }

    /** As the wire's topics name it: the first byte of SHA-256 of the terminal's public id. */
    static short shard(String publicId) {
        try {
            return (short)
                    (MessageDigest.getInstance("SHA-256").digest(publicId.getBytes(StandardCharsets.UTF_8))[0] & 0xff);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Empty when its life is over. */
    Optional<Carrier> carrier(String bridge, @Nullable Long fence) {
        return living(bridge, fence).map(this::carrier);
    }

    private Carrier carrier(BridgeLifeRecord life) {
        return life.getShared() ? new Carrier(SHARED, held(life.getId())) : new Carrier(life.getId(), null);
    }

    /** Whether somebody lives who says of himself that he has a connection of this life. */
    boolean isLiving(long life) {
        return life == SHARED
                || db.fetchExists(BRIDGE_LIFE, BRIDGE_LIFE.ID.eq(life).and(BRIDGE_LIFE.ENDED_AT.isNull()));
    }

    @Override
    public Welcome hello(Actor actor, Arrival arrival) {
        access.requireStaff(actor);
        var name = cut(arrival.bridge());
        var instance = arrival.instance();
        var current = db.selectFrom(BRIDGE_LIFE)
                .where(BRIDGE_LIFE.CURRENT_BRIDGE.eq(name))
                .fetchOptional();
        if (current.isPresent()
                && (instance == null || instance.equals(current.get().getInstance()))
                && current.get().getShared() == arrival.sharedBroker()) {
            return renewed(current.get()).<Welcome>map(this::holding).orElseGet(() -> begin(arrival));
        }
        boolean superseded = instance != null
                && db.fetchExists(
                        BRIDGE_LIFE,
                        BRIDGE_LIFE
                                .BRIDGE
                                .eq(name)
                                .and(BRIDGE_LIFE.INSTANCE.eq(instance))
                                .and(BRIDGE_LIFE.ENDED_BECAUSE.eq(End.SUPERSEDED.name())));
        if (superseded && current.isPresent()) {
            LOG.warn("Two bridges are called {}; the one that was started first is not heard", name);
            return new Welcome.NameTaken();
        }
        current.ifPresent(life -> end(life, End.SUPERSEDED));
        return begin(arrival);
    }

    private Welcome begin(Arrival arrival) {
        var name = cut(arrival.bridge());
        var now = clock.instant();
        var life = new BridgeLifeRecord();
        life.setId(Ids.next());
        life.setBridge(name);
        life.setCurrentBridge(name);
        life.setInstance(arrival.instance());
        life.setShared(arrival.sharedBroker());
        life.setStartedAt(now);
        life.setLeaseUntil(now.plus(LEASE));
        try {
            db.executeInsert(life);
        } catch (DuplicateKeyException e) {
            // Somebody of this name said hello at the same moment, such as the same one twice.
            return db.selectFrom(BRIDGE_LIFE)
                    .where(BRIDGE_LIFE.CURRENT_BRIDGE.eq(name))
                    .fetchOptional()
                    .<Welcome>map(this::holding)
                    .orElseThrow(() -> e);
        }
        LOG.info("Bridge {} lives as {}", name, life.getId());
        adopt(life);
        return holding(life);
    }

    @Override
    public Standing standing(Actor actor, String bridge, @Nullable Long fence) {
        access.requireStaff(actor);
        return living(bridge, fence).<Standing>map(this::holding).orElseGet(Standing.Fenced::new);
    }

    private Holding holding(BridgeLifeRecord life) {
        if (!life.getShared()) {
            return new Holding(life.getId(), null);
        }
        takeShare(life.getId());
        return new Holding(life.getId(), held(life.getId()));
    }

    private Optional<BridgeLifeRecord> living(String bridge, @Nullable Long fence) {
        var life = db.selectFrom(BRIDGE_LIFE)
                .where(fence == null ? BRIDGE_LIFE.CURRENT_BRIDGE.eq(cut(bridge)) : BRIDGE_LIFE.ID.eq(fence))
                .and(BRIDGE_LIFE.ENDED_AT.isNull())
                .fetchOptional();
        if (life.isEmpty() && fence == null) {
            begin(new Arrival(bridge, null, false));
            return db.selectFrom(BRIDGE_LIFE)
                    .where(BRIDGE_LIFE.CURRENT_BRIDGE.eq(cut(bridge)))
                    .fetchOptional();
        }
        return life.flatMap(this::renewed);
    }

    private Optional<BridgeLifeRecord> renewed(BridgeLifeRecord life) {
        var now = clock.instant();
        var left = Duration.between(now, life.getLeaseUntil());
        if (left.compareTo(LEASE.minus(RENEWED_EVERY)) > 0 && left.compareTo(LEASE) <= 0) {
            return Optional.of(life);
        }
        int lives = db.update(BRIDGE_LIFE)
                .set(BRIDGE_LIFE.LEASE_UNTIL, now.plus(LEASE))
                .where(BRIDGE_LIFE.ID.eq(life.getId()))
                .and(BRIDGE_LIFE.ENDED_AT.isNull())
                .execute();
        return lives == 1 ? Optional.of(life) : Optional.empty();
    }

    @Override
    public void leave(Actor actor, String bridge, @Nullable Long fence) {
        access.requireStaff(actor);
        living(bridge, fence).ifPresent(life -> end(life, End.LEFT));
    }

    private void end(BridgeLifeRecord life, End because) {
        transaction.executeWithoutResult(status -> {
            int ended = db.update(BRIDGE_LIFE)
                    .set(BRIDGE_LIFE.ENDED_AT, clock.instant())
                    .set(BRIDGE_LIFE.ENDED_BECAUSE, because.name())
                    .setNull(BRIDGE_LIFE.CURRENT_BRIDGE)
                    .where(BRIDGE_LIFE.ID.eq(life.getId()))
                    .and(BRIDGE_LIFE.ENDED_AT.isNull())
                    .and(because == End.LAPSED ? BRIDGE_LIFE.LEASE_UNTIL.lt(clock.instant()) : DSL.noCondition())
                    .execute();
            if (ended == 1) {
                db.update(BRIDGE_SHARD)
                        .setNull(BRIDGE_SHARD.LIFE)
                        .where(BRIDGE_SHARD.LIFE.eq(life.getId()))
                        .execute();
                LOG.info("The life {} of bridge {} is over: {}", life.getId(), life.getBridge(), because);
            }
        });
    }

    // --- shards of a shared broker ---

    private Set<Integer> held(long life) {
        return new HashSet<>(db.select(BRIDGE_SHARD.SHARD)
                .from(BRIDGE_SHARD)
                .where(BRIDGE_SHARD.LIFE.eq(life))
                .fetch(row -> (int) row.value1()));
    }

    /**
     * Takes what nobody holds, and from those that hold more than their share, up to an equal share of all that live. Whoever takes
     * listens from its next step on, and whoever lost a shard learns of it with its next answer: for a moment both
     * listen, which does no harm, instead of nobody.
     */
    private void takeShare(long life) {
        var living = db.select(BRIDGE_LIFE.ID)
                .from(BRIDGE_LIFE)
                .where(BRIDGE_LIFE.ENDED_AT.isNull())
                .and(BRIDGE_LIFE.SHARED.isTrue())
                .fetch(BRIDGE_LIFE.ID);
        var holders = new HashMap<Long, Set<Short>>();
        var free = new HashSet<Short>();
        var all = db.select(BRIDGE_SHARD.SHARD, BRIDGE_SHARD.LIFE)
                .from(BRIDGE_SHARD)
                .fetch();
        if (all.size() < Holding.SHARDS) {
            makeShards();
            takeShare(life);
            return;
        }
        all.forEach(row -> {
            if (row.value2() == null) {
                free.add(row.value1());
            } else {
                holders.computeIfAbsent(row.value2(), key -> new HashSet<>()).add(row.value1());
            }
        });
        int others = Math.max(1, living.size());
        int most = Math.ceilDiv(Holding.SHARDS, others);
        int least = Holding.SHARDS / others;
        int mine = holders.getOrDefault(life, Set.of()).size();
        mine += move(life, null, free, most - mine);
        for (var other : holders.entrySet()) {
            int spare = other.getValue().size() - most;
            if (other.getKey() != life && mine < least && spare > 0) {
                mine += move(life, other.getKey(), other.getValue(), Math.min(spare, least - mine));
            }
        }
    }

    private int move(long to, @Nullable Long from, Set<Short> shards, int most) {
        if (most <= 0 || shards.isEmpty()) {
            return 0;
        }
        return db.update(BRIDGE_SHARD)
                .set(BRIDGE_SHARD.LIFE, to)
                .set(BRIDGE_SHARD.MOVED_AT, clock.instant())
                .where(BRIDGE_SHARD.SHARD.in(
                        shards.stream().sorted().limit(most).toList()))
                .and(from == null ? BRIDGE_SHARD.LIFE.isNull() : BRIDGE_SHARD.LIFE.eq(from))
                .execute();
    }

    private void makeShards() {
        db.batch(IntStream.range(0, Holding.SHARDS)
                        .mapToObj(shard -> db.insertInto(BRIDGE_SHARD)
                                .set(BRIDGE_SHARD.SHARD, (short) shard)
                                .set(BRIDGE_SHARD.MOVED_AT, clock.instant())
                                .onDuplicateKeyIgnore())
                        .toList())
                .execute();
    }

    // --- what ended lives leave behind ---

    /** Terminals that came to this bridge before lives were written down. */
    private void adopt(BridgeLifeRecord life) {
        var orphans = TERMINAL_CONFIGURATION
                .ONLINE
                .eq(true)
                .and(TERMINAL_CONFIGURATION.LIFE.isNull())
                .and(TERMINAL_CONFIGURATION.BRIDGE.eq(life.getBridge()));
        while (true) {
            var some = db.select(TERMINAL_CONFIGURATION.TERMINAL_ID, TERMINAL_CONFIGURATION.PUBLIC_ID)
                    .from(TERMINAL_CONFIGURATION)
                    .where(orphans)
                    .limit(ROWS_AT_ONCE)
                    .fetch();
            if (some.isEmpty()) {
                return;
            }
            db.batch(some.stream()
                            .map(row -> db.update(TERMINAL_CONFIGURATION)
                                    .set(TERMINAL_CONFIGURATION.LIFE, life.getShared() ? SHARED : life.getId())
                                    .set(TERMINAL_CONFIGURATION.SHARD, shard(row.value2()))
                                    .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                                    .where(TERMINAL_CONFIGURATION.TERMINAL_ID.eq(row.value1()))
                                    .and(orphans))
                            .toList())
                    .execute();
        }
    }

    @Scheduled(fixedDelay = 5_000, initialDelay = 5_000)
    void sweepByItself() {
        if (!automatic) {
            return;
        }
        try {
            sweep();
        } catch (RuntimeException e) {
            inTouchSince = null;
            if (!database.isMissing(e)) {
                LOG.warn("The lives of bridges could not be looked at", e);
            }
        }
    }

    /** Ends lives that fell silent, and tells of the terminals of ended ones that they are away. */
    void sweep() {
        var now = clock.instant();
        var since = inTouchSince;
        if (since == null || since.isAfter(now)) {
            inTouchSince = now;
        } else if (!since.plus(LEASE).isAfter(now)) {
            // Before, the bridges may have had nobody to talk to.
            db.selectFrom(BRIDGE_LIFE)
                    .where(BRIDGE_LIFE.ENDED_AT.isNull())
                    .and(BRIDGE_LIFE.LEASE_UNTIL.lt(now))
                    .fetch()
                    .forEach(life -> end(life, End.LAPSED));
        }
        var ended = db.selectFrom(BRIDGE_LIFE)
                .where(BRIDGE_LIFE.ENDED_AT.isNotNull())
                .orderBy(BRIDGE_LIFE.ID)
                .limit(ROWS_AT_ONCE)
                .fetch();
        for (var life : ended) {
            boolean lapsed = End.LAPSED.name().equals(life.getEndedBecause());
            boolean due = lapsed || !life.getEndedAt().plus(RETURN).isAfter(now);
            boolean gone = due && putAway(life.getId(), now);
            if (gone && life.getEndedAt().plus(KEPT).isBefore(now)) {
                db.deleteFrom(BRIDGE_LIFE)
                        .where(BRIDGE_LIFE.ID.eq(life.getId()))
                        .execute();
            }
        }
    }

    /** True when nothing is left. */
    private boolean putAway(long life, Instant now) {
        for (int chunk = 0; chunk < CHUNKS_AT_ONCE; chunk++) {
            int away = db.update(TERMINAL_CONFIGURATION)
                    .set(TERMINAL_CONFIGURATION.ONLINE, false)
                    .setNull(TERMINAL_CONFIGURATION.DUE_RANK)
                    .set(TERMINAL_CONFIGURATION.PRESENCE_AT, now)
                    .set(TERMINAL_CONFIGURATION.PROGRESSED_AT, now)
                    .set(TERMINAL_CONFIGURATION.VERSION, TERMINAL_CONFIGURATION.VERSION.plus(1))
                    .where(TERMINAL_CONFIGURATION.ONLINE.eq(true))
                    .and(TERMINAL_CONFIGURATION.LIFE.eq(life))
                    .limit(ROWS_AT_ONCE)
                    .execute();
            if (away < ROWS_AT_ONCE) {
                return true;
            }
        }
        return false;
    }

    private static String cut(String name) {
        return name.length() > NAME_MOST ? name.substring(0, NAME_MOST) : name;
    }
}
