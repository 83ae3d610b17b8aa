package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The application's own row. */
record ApplicationRow(
        long id,
        ApplicationNumber number,
        AccountId applicant,
        ApplicationState state,
        int submission,
        Instant startedAt,
        Instant stateSince,
        @Nullable Instant dueAt,
        @Nullable Lease lease,
        @Nullable MerchantId merchant,
        @Nullable StoreId store,
        @Nullable String orderNumber,
        int version) {

    /** Who works on it, and until when nobody else may. */
    record Lease(long holder, String label, Instant until) {

        boolean holds(Instant now) {
            return until.isAfter(now);
        }
    }

    /** Due and lease change without a change of state. */
    ApplicationRow with(@Nullable Instant dueAt, @Nullable Lease lease) {
        return new ApplicationRow(
                id,
                number,
                applicant,
                state,
                submission,
                startedAt,
                stateSince,
                dueAt,
                lease,
                merchant,
                store,
                orderNumber,
                version);
    }

    /** What approval opened. */
    ApplicationRow opened(MerchantId merchant, StoreId store, String orderNumber) {
        return new ApplicationRow(
                id,
                number,
                applicant,
                state,
                submission,
                startedAt,
                stateSince,
                dueAt,
                lease,
                merchant,
                store,
                orderNumber,
                version);
    }

    /** The next version, as it was written. */
    ApplicationRow written() {
        return new ApplicationRow(
                id,
                number,
                applicant,
                state,
                submission,
                startedAt,
                stateSince,
                dueAt,
                lease,
                merchant,
                store,
                orderNumber,
                version + 1);
    }

    String subject() {
        return "application:" + number;
    }
}
