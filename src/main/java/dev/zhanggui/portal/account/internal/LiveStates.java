package dev.zhanggui.portal.account.internal;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.LiveAuthentication;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.DatabaseAway;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What an account may do now, kept for a moment: at once right in this process, within two seconds in the others. */
@Component
class LiveStates implements LiveAuthentication.Source {

    private static final long KEPT_NANOS = 2_000_000_000L;
    private static final int MOST_KEPT = 20_000;

    /** While the database is away, rights known this long ago still count. */
    private static final long TRUSTED_NANOS = 600_000_000_000L;

    /**
     * @param readAt when to ask again is counted from here
     * @param checkedAt when the database last said so
     */
    private record Kept(LiveAuthentication.State state, long readAt, long checkedAt) {}

    private final AccountRepository accounts;
    private final SecondFactorPolicy policy;
    private final ConcurrentMap<AccountId, Kept> kept = new ConcurrentHashMap<>();

    LiveStates(AccountRepository accounts, SecondFactorPolicy policy) {
        this.accounts = accounts;
        this.policy = policy;
    }

    @Override
    @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
    public LiveAuthentication.State state(AccountId account) {
        var known = kept.get(account);
        long now = System.nanoTime();
        if (known != null && now - known.readAt() < KEPT_NANOS) {
            return known.state();
        }
        LiveAuthentication.State state;
        try {
            state = read(account);
        } catch (RuntimeException e) {
            if (known == null || now - known.checkedAt() > TRUSTED_NANOS || !DatabaseAway.isCauseOf(e)) {
                throw e;
            }
            // Nothing can be read or changed now; the rights known last keep the open page and say so.
            kept.replace(account, known, new Kept(known.state(), System.nanoTime(), known.checkedAt()));
            return known.state();
        }
        if (kept.size() > MOST_KEPT) {
            kept.clear();
        }
        kept.put(account, new Kept(state, now, now));
        return state;
    }

    /** To be called by whoever changes an account: reads anew from the commit on. */
    void changed(AccountId account) {
        kept.remove(account);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    kept.remove(account);
                }
            });
        }
    }

    private LiveAuthentication.State read(AccountId id) {
        var account = accounts.find(id);
        if (account.isEmpty() || account.get().disabled()) {
            return new LiveAuthentication.State(true, false, Set.of());
        }
        if (account.get().staff()) {
            boolean due = policy == SecondFactorPolicy.REQUIRED
                    || accounts.factor(id)
                            .map(AccountRepository.Factor::confirmed)
                            .orElse(false);
            return new LiveAuthentication.State(false, due, accounts.staffRoles(id));
        }
        var roles = EnumSet.of(Role.APPLICANT);
        roles.addAll(accounts.memberships(id).values());
        return new LiveAuthentication.State(false, false, roles);
    }
}
