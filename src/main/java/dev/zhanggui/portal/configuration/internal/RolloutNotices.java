package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.db.tables.records.RolloutRecord;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.notification.Notices;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells those who can do something about it that a rollout halted by itself. */
@Component
class RolloutNotices {

    private static final Actor SELF = Actor.system("rollout");

    private final Notices notices;
    private final Accounts accounts;

    RolloutNotices(Notices notices, Accounts accounts) {
        this.notices = notices;
        this.accounts = accounts;
    }

    /** Joins the transaction that halts it. */
    void halted(RolloutRecord rollout) {
        for (var person : accounts.staff(SELF)) {
            if (!person.disabled()
                    && (person.roles().contains(Role.SERVICE) || person.roles().contains(Role.ADMIN))) {
                notices.post(
                        SELF,
                        person.id(),
                        "rolloutHalted",
                        List.of(Integer.toString(RolloutPlan.SHARES.get(rollout.getGroupNo() - 1))),
                        "fleet/rollouts/" + rollout.getId());
            }
        }
    }
}
