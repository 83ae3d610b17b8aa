package dev.zhanggui.portal.audit.internal;

import dev.zhanggui.portal.account.AccountActivity;
import dev.zhanggui.portal.audit.AuditLog;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The accounts' module stands below this one and cannot call it; its activities are recorded in their own transaction. */
@Component
class AccountActivityRecorder {

    private final AuditLog audit;

    AccountActivityRecorder(AuditLog audit) {
        this.audit = audit;
    }

    @EventListener
    void record(AccountActivity activity) {
        audit.record(
                activity.actor(),
                activity.action(),
                activity.subject(),
                activity.merchant(),
                activity.before(),
                activity.after(),
                activity.reason());
    }
}
