package dev.zhanggui.portal.audit.internal;

import static dev.zhanggui.db.Tables.AUDIT_CHAIN;
import static dev.zhanggui.db.Tables.AUDIT_ENTRY;
import static dev.zhanggui.db.Tables.AUDIT_PENDING;
import static dev.zhanggui.db.Tables.AUDIT_SEAL;

import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.shared.MerchantId;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** Entries, seals and the head of the chain. Nothing here updates or deletes an entry. */
@Repository
class AuditRepository {

    private static final int CHAIN = 1;

    /** The newest seal. */
    record Head(long seq, byte[] hash) {}

    /** @param entry null when it is gone */
    record Sealed(
            long seq, long entryId, byte[] hash, @Nullable AuditEntry entry) {}

    private final DSLContext sql;

    AuditRepository(DSLContext sql) {
        this.sql = sql;
    }

    List<AuditEntry> page(AuditQuery query, @Nullable Long before, int limit) {
        return sql.select(AUDIT_ENTRY.asterisk(), AUDIT_SEAL.SEQ)
                .from(AUDIT_ENTRY)
                .leftJoin(AUDIT_SEAL)
                .on(AUDIT_SEAL.ENTRY_ID.eq(AUDIT_ENTRY.ID))
                .where(condition(query))
                .and(before == null ? DSL.noCondition() : AUDIT_ENTRY.ID.lt(before))
                .orderBy(AUDIT_ENTRY.ID.desc())
                .limit(limit)
                .fetch(AuditRepository::toEntry);
    }

    private static Condition condition(AuditQuery query) {
        var all = DSL.noCondition();
        if (query.subject() != null) {
            all = all.and(AUDIT_ENTRY.SUBJECT.eq(query.subject()));
        }
        if (query.actor() != null) {
            all = all.and(AUDIT_ENTRY.ACTOR_LABEL.eq(query.actor()));
        }
        var action = query.action();
        if (action != null) {
            all = all.and(action.endsWith(".") ? AUDIT_ENTRY.ACTION.startsWith(action) : AUDIT_ENTRY.ACTION.eq(action));
        }
        if (query.from() != null) {
            all = all.and(AUDIT_ENTRY.AT.ge(query.from()));
        }
        if (query.until() != null) {
            all = all.and(AUDIT_ENTRY.AT.lt(query.until()));
        }
        return all;
    }

    /** Locks the head, so that one writer seals at a time; business transactions never touch this row. */
    Head lockHead(byte[] start) {
        sql.insertInto(AUDIT_CHAIN)
                .set(AUDIT_CHAIN.ID, CHAIN)
                .set(AUDIT_CHAIN.HEAD_SEQ, 0L)
                .set(AUDIT_CHAIN.HEAD_HASH, start)
                .onDuplicateKeyUpdate()
                .set(AUDIT_CHAIN.ID, AUDIT_CHAIN.ID)
                .execute();
        return sql.selectFrom(AUDIT_CHAIN)
                .where(AUDIT_CHAIN.ID.eq(CHAIN))
                .forUpdate()
                .fetchSingle(row -> new Head(row.getHeadSeq(), row.getHeadHash()));
    }

    Optional<Head> head() {
        return sql.selectFrom(AUDIT_CHAIN)
                .where(AUDIT_CHAIN.ID.eq(CHAIN))
                .fetchOptional(row -> new Head(row.getHeadSeq(), row.getHeadHash()));
    }

    List<AuditEntry> pending(int limit) {
        return sql.select(AUDIT_ENTRY.asterisk(), DSL.castNull(AUDIT_SEAL.SEQ).as(AUDIT_SEAL.SEQ))
                .from(AUDIT_PENDING)
                .join(AUDIT_ENTRY)
                .on(AUDIT_ENTRY.ID.eq(AUDIT_PENDING.ENTRY_ID))
                .orderBy(AUDIT_PENDING.ENTRY_ID)
                .limit(limit)
                .fetch(AuditRepository::toEntry);
    }

    void seal(List<Sealed> seals) {
        var last = seals.getLast();
        sql.batch(seals.stream()
                        .map(seal -> sql.insertInto(AUDIT_SEAL)
                                .set(AUDIT_SEAL.SEQ, seal.seq())
                                .set(AUDIT_SEAL.ENTRY_ID, seal.entryId())
                                .set(AUDIT_SEAL.HASH, seal.hash()))
                        .toList())
                .execute();
        sql.deleteFrom(AUDIT_PENDING)
                .where(AUDIT_PENDING.ENTRY_ID.in(
                        seals.stream().map(Sealed::entryId).toList()))
                .execute();
        sql.update(AUDIT_CHAIN)
                .set(AUDIT_CHAIN.HEAD_SEQ, last.seq())
                .set(AUDIT_CHAIN.HEAD_HASH, last.hash())
                .where(AUDIT_CHAIN.ID.eq(CHAIN))
                .execute();
    }

    List<Sealed> seals(long after, int limit) {
        return sql.select(AUDIT_ENTRY.asterisk(), AUDIT_SEAL.SEQ, AUDIT_SEAL.ENTRY_ID, AUDIT_SEAL.HASH)
                .from(AUDIT_SEAL)
                .leftJoin(AUDIT_ENTRY)
                .on(AUDIT_ENTRY.ID.eq(AUDIT_SEAL.ENTRY_ID))
                .where(AUDIT_SEAL.SEQ.gt(after))
                .orderBy(AUDIT_SEAL.SEQ)
                .limit(limit)
                .fetch(row -> new Sealed(
                        row.get(AUDIT_SEAL.SEQ),
                        row.get(AUDIT_SEAL.ENTRY_ID),
                        row.get(AUDIT_SEAL.HASH),
                        row.get(AUDIT_ENTRY.ID) == null ? null : toEntry(row)));
    }

    long waiting() {
        return sql.fetchCount(AUDIT_PENDING);
    }

    /** An entry that came in beside the writer: neither sealed nor waiting for its seal. */
    Optional<Long> stranger() {
        return sql.select(AUDIT_ENTRY.ID)
                .from(AUDIT_ENTRY)
                .leftJoin(AUDIT_SEAL)
                .on(AUDIT_SEAL.ENTRY_ID.eq(AUDIT_ENTRY.ID))
                .leftJoin(AUDIT_PENDING)
                .on(AUDIT_PENDING.ENTRY_ID.eq(AUDIT_ENTRY.ID))
                .where(AUDIT_SEAL.SEQ.isNull())
                .and(AUDIT_PENDING.ENTRY_ID.isNull())
                .orderBy(AUDIT_ENTRY.ID)
                .limit(1)
                .fetchOptional(AUDIT_ENTRY.ID);
    }

    private static AuditEntry toEntry(Record row) {
        Long merchant = row.get(AUDIT_ENTRY.MERCHANT_ID);
        return new AuditEntry(
                row.get(AUDIT_ENTRY.ID),
                row.get(AUDIT_ENTRY.AT),
                row.get(AUDIT_ENTRY.ACTOR_KIND),
                row.get(AUDIT_ENTRY.ACTOR_ID),
                row.get(AUDIT_ENTRY.ACTOR_LABEL),
                row.get(AUDIT_ENTRY.ACTION),
                row.get(AUDIT_ENTRY.SUBJECT),
                merchant == null ? null : new MerchantId(merchant),
                row.get(AUDIT_ENTRY.BEFORE_STATE),
                row.get(AUDIT_ENTRY.AFTER_STATE),
                row.get(AUDIT_ENTRY.REASON),
                row.get(AUDIT_SEAL.SEQ) != null);
    }
}
