package dev.zhanggui.portal.terminal.internal;

import static dev.zhanggui.db.Tables.TERMINAL;
import static dev.zhanggui.db.Tables.TERMINAL_BOOT;
import static dev.zhanggui.db.Tables.TERMINAL_CLONE;
import static dev.zhanggui.db.Tables.TERMINAL_CONTEST;
import static org.jooq.impl.DSL.countDistinct;

import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.CloneWatch.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Lives of terminals, and what was suspected. */
@Repository
class CloneRows {

    private static final int CHUNK = 500;

    /** More lives within an hour tell nothing that these do not. */
    static final int LIVES = 8;

    private final DSLContext db;

    CloneRows(DSLContext db) {
        this.db = db;
    }

    /**
     * @param leftAt when another came after it; null for the one that was heard of last
     * @param saidAt by the terminal's own clock when it last came after another
     * @param late that was before the other's
     * @param returnedAt when it last came back after another
     */
    record Life(
            byte[] boot,
            @Nullable Instant leftAt,
            Instant saidAt,
            boolean late,
            @Nullable Instant returnedAt,
            int sureReturns,
            int lateReturns) {

        Life left(Instant now) {
            return new Life(boot, now, saidAt, late, returnedAt, sureReturns, lateReturns);
        }
    }

    Map<String, TerminalId> terminals(Collection<String> publicIds) {
        var found = new HashMap<String, TerminalId>();
        var all = List.copyOf(publicIds);
        for (int from = 0; from < all.size(); from += CHUNK) {
            db.select(TERMINAL.PUBLIC_ID, TERMINAL.ID)
                    .from(TERMINAL)
                    .where(TERMINAL.PUBLIC_ID.in(all.subList(from, Math.min(all.size(), from + CHUNK))))
                    .forEach(row -> found.put(row.value1(), new TerminalId(row.value2())));
        }
        return found;
    }

    /** The newest first, by terminal. */
    Map<Long, List<Life>> lives(Collection<TerminalId> terminals) {
        var found = new HashMap<Long, List<Life>>();
        var all = terminals.stream().map(TerminalId::value).toList();
        for (int from = 0; from < all.size(); from += CHUNK) {
            found.putAll(db.selectFrom(TERMINAL_BOOT)
                    .where(TERMINAL_BOOT.TERMINAL_ID.in(all.subList(from, Math.min(all.size(), from + CHUNK))))
                    .orderBy(
                            TERMINAL_BOOT.TERMINAL_ID,
                            TERMINAL_BOOT.LEFT_AT.isNotNull(),
                            TERMINAL_BOOT.LEFT_AT.desc(),
                            TERMINAL_BOOT.BOOT)
                    .fetchGroups(
                            TERMINAL_BOOT.TERMINAL_ID,
                            row -> new Life(
                                    row.getBoot(),
                                    row.getLeftAt(),
                                    row.getSaidAt(),
                                    row.getLate(),
                                    row.getReturnedAt(),
                                    row.getSureReturns(),
                                    row.getLateReturns())));
        }
        return found;
    }

    /** A repeated one changes nothing. */
    void begin(TerminalId terminal, byte[] boot, Instant saidAt) {
        db.insertInto(TERMINAL_BOOT)
                .set(TERMINAL_BOOT.TERMINAL_ID, terminal.value())
                .set(TERMINAL_BOOT.BOOT, boot)
                .set(TERMINAL_BOOT.SAID_AT, saidAt)
                .set(TERMINAL_BOOT.LATE, false)
                .set(TERMINAL_BOOT.SURE_RETURNS, 0)
                .set(TERMINAL_BOOT.LATE_RETURNS, 0)
                .onDuplicateKeyIgnore()
                .execute();
    }

    void leave(TerminalId terminal, byte[] boot, Instant now) {
        db.update(TERMINAL_BOOT)
                .set(TERMINAL_BOOT.LEFT_AT, now)
                .where(TERMINAL_BOOT.TERMINAL_ID.eq(terminal.value()))
                .and(TERMINAL_BOOT.BOOT.eq(boot))
                .execute();
    }

    void comesBack(TerminalId terminal, Life life) {
        db.update(TERMINAL_BOOT)
                .set(TERMINAL_BOOT.LEFT_AT, life.leftAt())
                .set(TERMINAL_BOOT.SAID_AT, life.saidAt())
                .set(TERMINAL_BOOT.LATE, life.late())
                .set(TERMINAL_BOOT.RETURNED_AT, life.returnedAt())
                .set(TERMINAL_BOOT.SURE_RETURNS, life.sureReturns())
                .set(TERMINAL_BOOT.LATE_RETURNS, life.lateReturns())
                .where(TERMINAL_BOOT.TERMINAL_ID.eq(terminal.value()))
                .and(TERMINAL_BOOT.BOOT.eq(life.boot()))
                .execute();
    }

    void forget(TerminalId terminal, Collection<byte[]> boots) {
        db.deleteFrom(TERMINAL_BOOT)
                .where(TERMINAL_BOOT.TERMINAL_ID.eq(terminal.value()))
                .and(TERMINAL_BOOT.BOOT.in(boots))
                .execute();
    }

    /** True for the first to say so within {@code quiet}. */
    boolean suspect(TerminalId terminal, Sign sign, Instant now, Duration quiet) {
        var row = TERMINAL_CLONE.TERMINAL_ID.eq(terminal.value()).and(TERMINAL_CLONE.SIGN.eq(sign.name()));
        int first = db.insertInto(TERMINAL_CLONE)
                .set(TERMINAL_CLONE.TERMINAL_ID, terminal.value())
                .set(TERMINAL_CLONE.SIGN, sign.name())
                .set(TERMINAL_CLONE.FIRST_SEEN_AT, now)
                .set(TERMINAL_CLONE.LAST_SEEN_AT, now)
                .set(TERMINAL_CLONE.TOLD_AT, now)
                .onDuplicateKeyIgnore()
                .execute();
        if (first == 1) {
            return true;
        }
        db.update(TERMINAL_CLONE)
                .set(TERMINAL_CLONE.LAST_SEEN_AT, now)
                .where(row)
                .and(TERMINAL_CLONE.LAST_SEEN_AT.lt(now))
                .execute();
        return db.update(TERMINAL_CLONE)
                        .set(TERMINAL_CLONE.TOLD_AT, now)
                        .where(row)
                        .and(TERMINAL_CLONE.TOLD_AT.le(now.minus(quiet)))
                        .execute()
                == 1;
    }

    /** @param at the last sign of any kind */
    record Suspicion(Instant at, Set<Sign> signs) {}

    Map<TerminalId, Suspicion> suspicions(Collection<TerminalId> terminals, Instant since) {
        var found = new HashMap<TerminalId, Suspicion>();
        db.select(TERMINAL_CLONE.TERMINAL_ID, TERMINAL_CLONE.SIGN, TERMINAL_CLONE.LAST_SEEN_AT)
                .from(TERMINAL_CLONE)
                .where(TERMINAL_CLONE.TERMINAL_ID.in(
                        terminals.stream().map(TerminalId::value).toList()))
                .and(TERMINAL_CLONE.LAST_SEEN_AT.ge(since))
                .orderBy(TERMINAL_CLONE.TERMINAL_ID, TERMINAL_CLONE.SIGN)
                .forEach(row -> found.merge(
                        new TerminalId(row.value1()),
                        new Suspicion(row.value3(), EnumSet.of(Sign.valueOf(row.value2()))),
                        CloneRows::both));
        db.select(TERMINAL_CONTEST.TERMINAL_ID, TERMINAL_CONTEST.TOLD_AT)
                .from(TERMINAL_CONTEST)
                .where(TERMINAL_CONTEST.TERMINAL_ID.in(
                        terminals.stream().map(TerminalId::value).toList()))
                .and(TERMINAL_CONTEST.TOLD_AT.ge(since))
                .orderBy(TERMINAL_CONTEST.TERMINAL_ID)
                .forEach(row -> found.merge(
                        new TerminalId(row.value1()),
                        new Suspicion(row.value2(), EnumSet.of(Sign.CLAIMED)),
                        CloneRows::both));
        return found;
    }

    private static Suspicion both(Suspicion one, Suspicion other) {
        var signs = EnumSet.copyOf(one.signs());
        signs.addAll(other.signs());
        return new Suspicion(one.at().isAfter(other.at()) ? one.at() : other.at(), signs);
    }

    int suspectedSince(Instant since) {
        return db.select(countDistinct(TERMINAL_CLONE.TERMINAL_ID))
                .from(TERMINAL_CLONE)
                .where(TERMINAL_CLONE.LAST_SEEN_AT.ge(since))
                .fetchSingle()
                .value1();
    }

    /** A new binding begins without suspicion. */
    void unbound(TerminalId terminal) {
        db.deleteFrom(TERMINAL_CLONE)
                .where(TERMINAL_CLONE.TERMINAL_ID.eq(terminal.value()))
                .execute();
        db.deleteFrom(TERMINAL_BOOT)
                .where(TERMINAL_BOOT.TERMINAL_ID.eq(terminal.value()))
                .execute();
    }
}
