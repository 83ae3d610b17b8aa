package dev.zhanggui.portal.terminal.internal;

import static dev.zhanggui.db.Tables.TERMINAL;
import static dev.zhanggui.db.Tables.TERMINAL_BINDING;
import static dev.zhanggui.db.Tables.TERMINAL_CERTIFICATE;
import static dev.zhanggui.db.Tables.TERMINAL_CLONE;
import static dev.zhanggui.db.Tables.TERMINAL_CONTEST;
import static dev.zhanggui.db.Tables.TERMINAL_PRESENCE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.zhanggui.db.tables.records.TerminalCertificateRecord;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.certificate.Issued;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.TerminalCertificate;
import dev.zhanggui.portal.terminal.TerminalCertificate.Withdrawal;
import dev.zhanggui.portal.terminal.TerminalCertificate.Withdrawn;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.TerminalCertificates.Ended;
import dev.zhanggui.portal.terminal.TerminalCertificates.Show;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** What terminals were given. Whoever changes anything holds the terminal's binding, so that they come one after the other. */
@Repository
class CertificateRows {

    private final DSLContext db;

    CertificateRows(DSLContext db) {
        this.db = db;
    }

    /**
     * @param merchant whom the terminal is bound to
     * @param barred staff withdrew its certificate for good
     */
    record Bound(long terminal, int revision, String deviceKey, long merchant, boolean barred) {}

    /** A row as far as it decides. */
    record Held(
            long id,
            long terminal,
            int revision,
            int issue,
            @Nullable Instant firstUsedAt,
            boolean withdrawn,
            Instant notAfter,
            byte[] der) {

        boolean isGood(Instant now) {
            return !withdrawn && now.isBefore(notAfter);
        }
    }

    /** Holds the terminal's present binding until the end of the transaction. */
    Optional<Bound> hold(TerminalId terminal) {
        return db.select(
                        TERMINAL_BINDING.TERMINAL_ID,
                        TERMINAL_BINDING.REVISION,
                        TERMINAL_BINDING.DEVICE_KEY,
                        TERMINAL_BINDING.MERCHANT_ID,
                        TERMINAL_BINDING.CERTIFICATE_BARRED_AT)
                .from(TERMINAL_BINDING)
                .where(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(terminal.value()))
                .forUpdate()
                .fetchOptional(
                        row -> new Bound(row.value1(), row.value2(), row.value3(), row.value4(), row.value5() != null));
    }

    Optional<Held> byKey(Bound bound, RequestedKey key) {
        return db.selectFrom(TERMINAL_CERTIFICATE)
                .where(of(bound))
                .and(TERMINAL_CERTIFICATE.KEY_HASH.eq(key.digest()))
                .fetchOptional(CertificateRows::held);
    }

    /** Of the terminal's present binding. */
    Optional<Held> byThumbprint(String publicId, byte[] thumbprint) {
        return db.select(TERMINAL_CERTIFICATE.fields())
                .from(TERMINAL_CERTIFICATE)
                .join(TERMINAL)
                .on(TERMINAL.ID.eq(TERMINAL_CERTIFICATE.TERMINAL_ID))
                .join(TERMINAL_BINDING)
                .on(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(TERMINAL_CERTIFICATE.TERMINAL_ID))
                .and(TERMINAL_BINDING.REVISION.eq(TERMINAL_CERTIFICATE.REVISION))
                .where(TERMINAL_CERTIFICATE.THUMBPRINT.eq(thumbprint))
                .and(TERMINAL.PUBLIC_ID.eq(publicId))
                .fetchOptional(row -> held(row.into(TERMINAL_CERTIFICATE)));
    }

    /** The terminal of another device that was given a certificate for the same key. */
    Optional<TerminalId> otherHolder(RequestedKey key, String deviceKey) {
        return db.select(TERMINAL_CERTIFICATE.TERMINAL_ID)
                .from(TERMINAL_CERTIFICATE)
                .where(TERMINAL_CERTIFICATE.KEY_HASH.eq(key.digest()))
                .and(TERMINAL_CERTIFICATE.DEVICE_KEY_HASH.ne(sha256(deviceKey)))
                .orderBy(TERMINAL_CERTIFICATE.ID)
                .limit(1)
                .fetchOptional(row -> new TerminalId(row.value1()));
    }

    int issuedSince(Bound bound, Instant since) {
        return db.fetchCount(TERMINAL_CERTIFICATE, of(bound).and(TERMINAL_CERTIFICATE.ISSUED_AT.gt(since)));
    }

    void insert(Bound bound, RequestedKey key, Issued issued, Instant now) {
        var last = db.select(max(TERMINAL_CERTIFICATE.ISSUE))
                .from(TERMINAL_CERTIFICATE)
                .where(of(bound))
                .fetchOptional(max(TERMINAL_CERTIFICATE.ISSUE));
        db.insertInto(TERMINAL_CERTIFICATE)
                .set(TERMINAL_CERTIFICATE.ID, Ids.next())
                .set(TERMINAL_CERTIFICATE.TERMINAL_ID, bound.terminal())
                .set(TERMINAL_CERTIFICATE.REVISION, bound.revision())
                .set(TERMINAL_CERTIFICATE.ISSUE, last.orElse(0) + 1)
                .set(TERMINAL_CERTIFICATE.KEY_HASH, key.digest())
                .set(TERMINAL_CERTIFICATE.DEVICE_KEY_HASH, sha256(bound.deviceKey()))
                .set(TERMINAL_CERTIFICATE.THUMBPRINT, issued.thumbprint())
                .set(TERMINAL_CERTIFICATE.SERIAL_NUMBER, issued.serialNumber())
                .set(TERMINAL_CERTIFICATE.CERTIFICATE, issued.der())
                .set(TERMINAL_CERTIFICATE.NOT_BEFORE, issued.notBefore())
                .set(TERMINAL_CERTIFICATE.NOT_AFTER, issued.notAfter())
                .set(TERMINAL_CERTIFICATE.ISSUED_AT, now)
                .execute();
    }

    /** Writes down the first connection, ends what is older, and the token of the binding. */
    void firstUsed(Held held, Instant now) {
        db.update(TERMINAL_CERTIFICATE)
                .set(TERMINAL_CERTIFICATE.FIRST_USED_AT, now)
                .where(TERMINAL_CERTIFICATE.ID.eq(held.id()))
                .execute();
        db.update(TERMINAL_CERTIFICATE)
                .set(TERMINAL_CERTIFICATE.WITHDRAWN_AT, now)
                .set(TERMINAL_CERTIFICATE.WITHDRAWAL, Withdrawal.SUPERSEDED.name())
                .where(TERMINAL_CERTIFICATE.TERMINAL_ID.eq(held.terminal()))
                .and(TERMINAL_CERTIFICATE.REVISION.eq(held.revision()))
                .and(TERMINAL_CERTIFICATE.ISSUE.lt(held.issue()))
                .and(TERMINAL_CERTIFICATE.WITHDRAWN_AT.isNull())
                .execute();
        endToken(held.terminal(), now);
    }

    private void endToken(long terminal, Instant now) {
        db.update(TERMINAL_BINDING)
                .set(
                        TERMINAL_BINDING.TOKEN_ENDED_AT,
                        coalesce(TERMINAL_BINDING.TOKEN_ENDED_AT, val(now, TERMINAL_BINDING.TOKEN_ENDED_AT)))
                .where(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(terminal))
                .execute();
    }

    /** How many were ended. */
    int withdraw(Bound bound, Actor actor, String reason, boolean mayReturn, Instant now) {
        int ended = db.update(TERMINAL_CERTIFICATE)
                .set(TERMINAL_CERTIFICATE.WITHDRAWN_AT, now)
                .set(TERMINAL_CERTIFICATE.WITHDRAWAL, Withdrawal.STAFF.name())
                .set(TERMINAL_CERTIFICATE.WITHDRAWN_BECAUSE, reason)
                .set(TERMINAL_CERTIFICATE.WITHDRAWN_BY, actor.label())
                .set(TERMINAL_CERTIFICATE.MAY_RETURN, mayReturn)
                .where(of(bound))
                .and(TERMINAL_CERTIFICATE.WITHDRAWN_AT.isNull())
                .and(TERMINAL_CERTIFICATE.NOT_AFTER.gt(now))
                .execute();
        if (ended > 0) {
            endToken(bound.terminal(), now);
        }
        if (ended > 0 && !mayReturn) {
            db.update(TERMINAL_BINDING)
                    .set(TERMINAL_BINDING.CERTIFICATE_BARRED_AT, now)
                    .where(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(bound.terminal()))
                    .execute();
        }
        return ended;
    }

    /** The binding is over, and with it what was given for it. */
    void unbound(TerminalId terminal, Instant now) {
        db.update(TERMINAL_CERTIFICATE)
                .set(TERMINAL_CERTIFICATE.WITHDRAWN_AT, now)
                .set(TERMINAL_CERTIFICATE.WITHDRAWAL, Withdrawal.UNBOUND.name())
                .where(TERMINAL_CERTIFICATE.TERMINAL_ID.eq(terminal.value()))
                .and(TERMINAL_CERTIFICATE.WITHDRAWN_AT.isNull())
                .execute();
    }

    /** All of them, read in pages. */
    List<Ended> endedSince(Instant since, int page) {
        var all = new ArrayList<Ended>();
        var after = TERMINAL_CERTIFICATE.WITHDRAWN_AT.ge(since);
        while (true) {
            var rows = db.select(TERMINAL_CERTIFICATE.WITHDRAWN_AT, TERMINAL_CERTIFICATE.ID, TERMINAL.PUBLIC_ID)
                    .from(TERMINAL_CERTIFICATE)
                    .join(TERMINAL)
                    .on(TERMINAL.ID.eq(TERMINAL_CERTIFICATE.TERMINAL_ID))
                    .where(after)
                    .and(TERMINAL_CERTIFICATE.WITHDRAWAL.eq(Withdrawal.STAFF.name()))
                    .orderBy(TERMINAL_CERTIFICATE.WITHDRAWN_AT, TERMINAL_CERTIFICATE.ID)
                    .limit(page)
                    .fetch();
            rows.forEach(row -> all.add(new Ended(row.value3(), row.value1())));
            if (rows.size() < page) {
                return all;
            }
            var last = rows.getLast();
            after = TERMINAL_CERTIFICATE
                    .WITHDRAWN_AT
                    .gt(last.value1())
                    .or(TERMINAL_CERTIFICATE
                            .WITHDRAWN_AT
                            .eq(last.value1())
                            .and(TERMINAL_CERTIFICATE.ID.gt(last.value2())));
        }
    }

    List<TerminalCertificate> all(TerminalId terminal, int most) {
        return db.selectFrom(TERMINAL_CERTIFICATE)
                .where(TERMINAL_CERTIFICATE.TERMINAL_ID.eq(terminal.value()))
                .orderBy(TERMINAL_CERTIFICATE.ID.desc())
                .limit(most)
                .fetch(CertificateRows::certificate);
    }

    /** The newest certificate of the binding; null where there is none. */
    record Newest(TerminalId terminal, @Nullable TerminalCertificate certificate) {}

    /**
     * Bound terminals by id.
     *
     * @param only these; null for all
     * @param stores of these stores; null for all
     */
    List<Newest> newest(
            Show show,
            @Nullable TerminalId only,
            @Nullable Collection<StoreId> stores,
            @Nullable TerminalId after,
            Instant now,
            int most) {
        var id = TERMINAL_BINDING.CURRENT_TERMINAL_ID;
        var other = TERMINAL_CERTIFICATE.as("other");
        var condition = id.isNotNull().and(of(show, now));
        if (only != null) {
            condition = condition.and(id.eq(only.value()));
        }
        if (stores != null) {
            condition = condition.and(TERMINAL_BINDING.STORE_ID.in(
                    stores.stream().map(StoreId::value).toList()));
        }
        if (after != null) {
            condition = condition.and(id.gt(after.value()));
        }
        return db.select(id)
                .select(TERMINAL_CERTIFICATE.fields())
                .from(TERMINAL_BINDING)
                .join(TERMINAL)
                .on(TERMINAL.ID.eq(id))
                .leftJoin(TERMINAL_CERTIFICATE)
                .on(TERMINAL_CERTIFICATE.ID.eq(select(max(other.ID))
                        .from(other)
                        .where(other.TERMINAL_ID.eq(id))
                        .and(other.REVISION.eq(TERMINAL_BINDING.REVISION))))
                .where(condition)
                .orderBy(id)
                .limit(most)
                .fetch(row -> new Newest(
                        new TerminalId(row.get(id)),
                        row.get(TERMINAL_CERTIFICATE.ID) == null ? null : certificate(row.into(TERMINAL_CERTIFICATE))));
    }

    private static Condition of(Show show, Instant now) {
        var byClass = TERMINAL.DEVICE_CLASS.in(Arrays.stream(DeviceClass.values())
                .filter(DeviceClass::connectsWithCertificate)
                .map(Enum::name)
                .toList());
        return switch (show) {
            case ALL -> byClass;
            case ENDING ->
                TERMINAL_CERTIFICATE
                        .WITHDRAWN_AT
                        .isNull()
                        .and(TERMINAL_CERTIFICATE.NOT_AFTER.le(now.plus(TerminalCertificates.ENDING_WITHIN)));
            case WITHDRAWN -> TERMINAL_CERTIFICATE.WITHDRAWN_AT.isNotNull();
            case WITHOUT -> byClass.and(TERMINAL_CERTIFICATE.ID.isNull());
            case SUSPECTED ->
                TERMINAL.ID
                        .in(select(TERMINAL_CLONE.TERMINAL_ID)
                                .from(TERMINAL_CLONE)
                                .where(TERMINAL_CLONE.LAST_SEEN_AT.ge(now.minus(CloneWatch.SHOWN_FOR))))
                        .or(TERMINAL.ID.in(select(TERMINAL_CONTEST.TERMINAL_ID)
                                .from(TERMINAL_CONTEST)
                                .where(TERMINAL_CONTEST.TOLD_AT.ge(now.minus(CloneWatch.SHOWN_FOR)))));
        };
    }

    /** Of those that end between the moments, how many have no newer one while their terminal was seen since. */
    int notRenewed(Instant after, Instant before, Instant seenSince) {
        var newer = TERMINAL_CERTIFICATE.as("newer");
        return db.fetchCount(db.select(TERMINAL_CERTIFICATE.ID)
                .from(TERMINAL_CERTIFICATE)
                .join(TERMINAL_BINDING)
                .on(TERMINAL_BINDING.CURRENT_TERMINAL_ID.eq(TERMINAL_CERTIFICATE.TERMINAL_ID))
                .and(TERMINAL_BINDING.REVISION.eq(TERMINAL_CERTIFICATE.REVISION))
                .join(TERMINAL_PRESENCE)
                .on(TERMINAL_PRESENCE.TERMINAL_ID.eq(TERMINAL_CERTIFICATE.TERMINAL_ID))
                .where(TERMINAL_CERTIFICATE.NOT_AFTER.gt(after))
                .and(TERMINAL_CERTIFICATE.NOT_AFTER.le(before))
                .and(TERMINAL_CERTIFICATE.WITHDRAWN_AT.isNull())
                .and(TERMINAL_PRESENCE.ONLINE.isTrue().or(TERMINAL_PRESENCE.LAST_SEEN.ge(seenSince)))
                .and(notExists(selectOne()
                        .from(newer)
                        .where(newer.TERMINAL_ID.eq(TERMINAL_CERTIFICATE.TERMINAL_ID))
                        .and(newer.REVISION.eq(TERMINAL_CERTIFICATE.REVISION))
                        .and(newer.ID.gt(TERMINAL_CERTIFICATE.ID)))));
    }

    /** Those that ended before the moment; how many there were, at most {@code most}. */
    int forget(Instant endedBefore, int most) {
        return db.deleteFrom(TERMINAL_CERTIFICATE)
                .where(TERMINAL_CERTIFICATE.NOT_AFTER.lt(endedBefore))
                .orderBy(TERMINAL_CERTIFICATE.NOT_AFTER, TERMINAL_CERTIFICATE.ID)
                .limit(most)
                .execute();
    }

    private static Condition of(Bound bound) {
        return TERMINAL_CERTIFICATE
                .TERMINAL_ID
                .eq(bound.terminal())
                .and(TERMINAL_CERTIFICATE.REVISION.eq(bound.revision()));
    }

    private static Held held(TerminalCertificateRecord row) {
        return new Held(
                row.getId(),
                row.getTerminalId(),
                row.getRevision(),
                row.getIssue(),
                row.getFirstUsedAt(),
                row.getWithdrawnAt() != null,
                row.getNotAfter(),
                row.getCertificate());
    }

    static TerminalCertificate certificate(TerminalCertificateRecord row) {
        var withdrawnAt = row.getWithdrawnAt();
        return new TerminalCertificate(
                new TerminalId(row.getTerminalId()),
                row.getRevision(),
                row.getSerialNumber(),
                row.getNotBefore(),
                row.getNotAfter(),
                row.getIssuedAt(),
                row.getFirstUsedAt(),
                withdrawnAt == null
                        ? null
                        : new Withdrawn(
                                withdrawnAt,
                                Withdrawal.valueOf(row.getWithdrawal()),
                                row.getWithdrawnBecause(),
                                row.getWithdrawnBy(),
                                Boolean.TRUE.equals(row.getMayReturn())));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
