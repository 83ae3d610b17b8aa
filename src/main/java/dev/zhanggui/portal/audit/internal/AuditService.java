package dev.zhanggui.portal.audit.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.audit.internal.AuditRepository.Sealed;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals entries shortly after their transaction, one writer at a time, so that business transactions never wait for each other;
 * and walks the chain to prove it whole.
 */
@Service
class AuditService implements AuditTrail {

    private static final int BATCH = 500;
    private static final int WALK = 1_000;
    private static final int MOST = 200;

    private final AuditRepository entries;
    private final Access access;
    private final TransactionTemplate transactions;

    AuditService(AuditRepository entries, Access access, TransactionTemplate transactions) {
        this.entries = entries;
        this.access = access;
        this.transactions = transactions;
    }

    @Override
    @Transactional(readOnly = true)
    public List<AuditEntry> page(Actor actor, AuditQuery query, @Nullable Long before, int limit) {
        access.requireStaff(actor, Role.AUDITOR, Role.ADMIN);
        return entries.page(query, before, Math.clamp(limit, 1, MOST));
    }

    @Override
    @Transactional(readOnly = true)
    public ChainReport verify(Actor actor) {
        access.requireStaff(actor, Role.AUDITOR, Role.ADMIN);
        var head = entries.head().orElse(new AuditRepository.Head(0, SealedChain.START));
        var hash = SealedChain.START;
        long seq = 0;
        while (seq < head.seq()) {
            var batch = entries.seals(seq, WALK);
            if (batch.isEmpty()) {
                return new ChainReport.Broken(seq + 1, 0, Fault.CUT_OFF);
            }
            for (var seal : batch) {
                var entry = seal.entry();
                if (seal.seq() != seq + 1 || entry == null) {
                    return new ChainReport.Broken(seq + 1, 0, Fault.REMOVED);
                }
                seq = seal.seq();
                hash = SealedChain.seal(hash, seq, entry);
                if (!MessageDigest.isEqual(hash, seal.hash())) {
                    return new ChainReport.Broken(seq, entry.id(), Fault.CHANGED);
                }
                if (seq == head.seq()) {
                    break;
                }
            }
        }
        if (!MessageDigest.isEqual(hash, head.hash())) {
            return new ChainReport.Broken(seq, 0, Fault.CUT_OFF);
        }
        var stranger = entries.stranger();
        return stranger.isPresent()
                ? new ChainReport.Broken(0, stranger.get(), Fault.INSERTED)
                : new ChainReport.Intact(head.seq(), entries.waiting());
    }

    @Scheduled(fixedDelayString = "PT1S")
    void sealWaiting() {
        while (sealBatch() == BATCH) {
            // more may wait
        }
    }

    /** @return how many entries were sealed */
    int sealBatch() {
        if (entries.waiting() == 0) {
            return 0;
        }
        Integer sealed = transactions.execute(tx -> {
            var head = entries.lockHead(SealedChain.START);
            var hash = head.hash();
            long seq = head.seq();
            var seals = new ArrayList<Sealed>();
            for (var entry : entries.pending(BATCH)) {
                seq++;
                hash = SealedChain.seal(hash, seq, entry);
                seals.add(new Sealed(seq, entry.id(), hash, entry));
            }
            if (!seals.isEmpty()) {
                entries.seal(seals);
            }
            return seals.size();
        });
        return sealed == null ? 0 : sealed;
    }
}
