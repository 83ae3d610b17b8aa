package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.util.List;

/** What terminals should run and do run. Another merchant's terminal meets {@link dev.zhanggui.portal.shared.NotFoundException}. */
public interface TerminalConfigurations {

    /** The bound terminals of a store, ordered by terminal. For members from CASHIER on and for staff of SERVICE, ADMIN, AUDITOR. */
    List<TerminalConfiguration> ofStore(Actor actor, StoreId store);

    /** As {@link #ofStore}. */
    TerminalConfiguration of(Actor actor, TerminalId terminal);

    /** The latest versions first; at most {@code limit}, which is at most 100. */
    List<Generation> history(Actor actor, TerminalId terminal, int limit);

    /** Hands the latest version out again, also after a refusal. For members from CASHIER on and for SERVICE and ADMIN. */
    void sendAgain(Actor actor, TerminalId terminal);
}
