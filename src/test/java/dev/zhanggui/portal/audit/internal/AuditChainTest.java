package dev.zhanggui.portal.audit.internal;

import static dev.zhanggui.db.Tables.AUDIT_CHAIN;
import static dev.zhanggui.db.Tables.AUDIT_ENTRY;
import static dev.zhanggui.db.Tables.AUDIT_SEAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.audit.AuditTrail.ChainReport;
import dev.zhanggui.portal.audit.AuditTrail.Fault;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.support.DatabaseTest;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** Each tampering happens inside a transaction that is rolled back: the chain of the shared database stays whole. */
class AuditChainTest extends DatabaseTest {

    private static final Actor AUDITOR = Actor.person(new AccountId(7), "稽核", Set.of(Role.AUDITOR));
    private static final Actor OWNER = Actor.person(new AccountId(8), "138****6688", Set.of(Role.OWNER));

    @Autowired
    AuditLog log;

    @Autowired
    AuditTrail trail;

    @Autowired
    AuditService service;

    @Autowired
    DSLContext sql;

    @Autowired
    TransactionTemplate transactions;

    private String subject = "";

    @BeforeEach
    void threeSealedEntries() {
        subject = "store:" + Ids.next();
        for (int i = 0; i < 3; i++) {
            int turn = i;
            transactions.executeWithoutResult(tx -> log.record(
                    OWNER,
                    "hours.changed",
                    subject,
                    new MerchantId(5),
                    "{\"v\":" + turn + "}",
                    "{\"v\":" + (turn + 1) + "}",
                    "测试"));
            clock.advance(Duration.ofSeconds(1));
        }
        service.sealWaiting();
    }

    private long entry(int index) {
        return sql.select(AUDIT_ENTRY.ID)
                .from(AUDIT_ENTRY)
                .where(AUDIT_ENTRY.SUBJECT.eq(subject))
                .orderBy(AUDIT_ENTRY.ID)
                .fetch(AUDIT_ENTRY.ID)
                .get(index);
    }

    private long seq(long entry) {
        return sql.fetchValue(AUDIT_SEAL.SEQ, AUDIT_SEAL.ENTRY_ID.eq(entry));
    }

    private ChainReport afterTampering(Runnable tampering) {
        Supplier<ChainReport> inside = () -> {
            tampering.run();
            return trail.verify(AUDITOR);
        };
        return transactions.execute(tx -> {
            tx.setRollbackOnly();
            return inside.get();
        });
    }

    @Test
    void anUntouchedRecordIsIntact() {
        assertThat(trail.verify(AUDITOR)).isInstanceOf(ChainReport.Intact.class);
    }

    @Test
    void anEntryIsSealedOnceAndFreshOnesWait() {
        transactions.executeWithoutResult(tx -> {
            tx.setRollbackOnly();
            log.record(OWNER, "hours.changed", subject, null, null, null, null);
            assertThat(trail.page(AUDITOR, new AuditQuery(subject, null, null, null, null), null, 10))
                    .extracting(AuditEntry::sealed)
                    .containsExactly(false, true, true, true);
        });
    }

    @Test
    void everyChangedFieldIsFound() {
        long id = entry(1);
        var broken = new ChainReport.Broken(seq(id), id, Fault.CHANGED);
        var row = AUDIT_ENTRY.ID.eq(id);
        assertThat(afterTampering(() -> sql.update(AUDIT_ENTRY)
                        .set(AUDIT_ENTRY.ACTOR_LABEL, "x")
                        .where(row)
                        .execute()))
                .isEqualTo(broken);
        assertThat(afterTampering(() -> sql.update(AUDIT_ENTRY)
                        .set(AUDIT_ENTRY.ACTOR_ID, 9L)
                        .where(row)
                        .execute()))
                .isEqualTo(broken);
        assertThat(afterTampering(() -> sql.update(AUDIT_ENTRY)
                        .set(AUDIT_ENTRY.AFTER_STATE, "{}")
                        .where(row)
                        .execute()))
                .isEqualTo(broken);
        assertThat(afterTampering(() -> sql.update(AUDIT_ENTRY)
                        .setNull(AUDIT_ENTRY.REASON)
                        .where(row)
                        .execute()))
                .isEqualTo(broken);
        assertThat(afterTampering(() -> sql.update(AUDIT_ENTRY)
                        .set(AUDIT_ENTRY.AT, clock.instant())
                        .where(row)
                        .execute()))
                .isEqualTo(broken);
        assertThat(afterTampering(() -> sql.update(AUDIT_ENTRY)
                        .set(AUDIT_ENTRY.MERCHANT_ID, 6L)
                        .where(row)
                        .execute()))
                .isEqualTo(broken);
    }

    @Test
    void aRemovedEntryIsFoundEvenWithItsSeal() {
        long id = entry(1);
        var broken = new ChainReport.Broken(seq(id), 0, Fault.REMOVED);
        assertThat(afterTampering(() ->
                        sql.deleteFrom(AUDIT_ENTRY).where(AUDIT_ENTRY.ID.eq(id)).execute()))
                .isEqualTo(broken);
        assertThat(afterTampering(() -> {
                    sql.deleteFrom(AUDIT_ENTRY).where(AUDIT_ENTRY.ID.eq(id)).execute();
                    sql.deleteFrom(AUDIT_SEAL).where(AUDIT_SEAL.ENTRY_ID.eq(id)).execute();
                }))
                .isEqualTo(broken);
    }

    @Test
    void aCutOffEndIsFound() {
        var head = sql.fetchValue(AUDIT_CHAIN.HEAD_SEQ, AUDIT_CHAIN.ID.eq(1));
        assertThat(afterTampering(() -> {
                    var last = sql.fetchValue(AUDIT_SEAL.ENTRY_ID, AUDIT_SEAL.SEQ.eq(head));
                    sql.deleteFrom(AUDIT_SEAL).where(AUDIT_SEAL.SEQ.eq(head)).execute();
                    sql.deleteFrom(AUDIT_ENTRY).where(AUDIT_ENTRY.ID.eq(last)).execute();
                }))
                .isEqualTo(new ChainReport.Broken(head, 0, Fault.CUT_OFF));
    }

    @Test
    void anEntryFromBesideTheWriterIsFound() {
        long forged = Ids.next();
        assertThat(afterTampering(() -> sql.insertInto(AUDIT_ENTRY)
                        .set(AUDIT_ENTRY.ID, forged)
                        .set(AUDIT_ENTRY.AT, clock.instant())
                        .set(AUDIT_ENTRY.ACTOR_KIND, "PERSON")
                        .set(AUDIT_ENTRY.ACTOR_ID, 1L)
                        .set(AUDIT_ENTRY.ACTOR_LABEL, "forged")
                        .set(AUDIT_ENTRY.ACTION, "a.b")
                        .set(AUDIT_ENTRY.SUBJECT, "s:1")
                        .execute()))
                .isEqualTo(new ChainReport.Broken(0, forged, Fault.INSERTED));
    }

    @Test
    void pagesGoBackwardsByKeyAndNarrowByEverything() {
        var mine = new AuditQuery(subject, "138****6688", "hours.", null, null);
        var first = trail.page(AUDITOR, mine, null, 2);
        assertThat(first).extracting(AuditEntry::before).containsExactly("{\"v\":2}", "{\"v\":1}");
        assertThat(trail.page(AUDITOR, mine, first.getLast().id(), 2))
                .extracting(AuditEntry::before)
                .containsExactly("{\"v\":0}");
        var second = clock.instant().minusSeconds(2);
        assertThat(trail.page(AUDITOR, new AuditQuery(subject, null, null, second, second.plusSeconds(1)), null, 10))
                .extracting(AuditEntry::before)
                .containsExactly("{\"v\":1}");
    }

    @Test
    void aChangeWithoutATransactionCannotBeRecorded() {
        assertThatThrownBy(() -> log.record(OWNER, "a.b", subject, null, null, null, null))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void readingPersonalDataNeedsAReasonAndLeavesALine() {
        assertThatThrownBy(() -> log.personalDataRead(AUDITOR, subject, "phone", " "))
                .isInstanceOf(IllegalArgumentException.class);
        log.personalDataRead(AUDITOR, subject, "phone", "客户来电核对");

        assertThat(trail.page(AUDITOR, new AuditQuery(subject, null, "personal-data.read", null, null), null, 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.reason()).isEqualTo("客户来电核对");
                    assertThat(entry.after()).isEqualTo("{\"field\":\"phone\"}");
                });
    }

    @Test
    void onlyAuditorsAndAdministratorsReadTheRecord() {
        assertThatThrownBy(() -> trail.page(OWNER, AuditQuery.ALL, null, 10)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> trail.verify(OWNER)).isInstanceOf(NotAllowedException.class);
    }

    @Test
    void whatARolledBackTransactionWroteLeavesNoTrace() {
        transactions.executeWithoutResult(tx -> {
            log.record(OWNER, "hours.changed", subject, null, null, null, null);
            tx.setRollbackOnly();
        });
        assertThat(trail.page(AUDITOR, new AuditQuery(subject, null, null, null, null), null, 10))
                .hasSize(3);
    }
}
