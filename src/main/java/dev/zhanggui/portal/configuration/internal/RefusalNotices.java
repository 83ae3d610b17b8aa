package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminals;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells a merchant's owners that a terminal refused its latest version and waits for a person. */
@Component
class RefusalNotices {

    private static final Actor SELF = Actor.system("configuration");

    private final Notices notices;
    private final Access access;
    private final Merchants merchants;
    private final Terminals terminals;

    RefusalNotices(Notices notices, Access access, Merchants merchants, Terminals terminals) {
        this.notices = notices;
        this.access = access;
        this.merchants = merchants;
        this.terminals = terminals;
    }

    /** Joins the transaction that records the refusal. */
    void refused(TerminalId id, StoreId at) {
        var terminal = terminals.terminal(SELF, id);
        var store = merchants.store(SELF, at);
        var seat = Objects.requireNonNullElse(terminal.seat(), terminal.serial().value());
        for (var owner : access.owners(store.merchantId())) {
            notices.post(
                    SELF,
                    owner,
                    "terminalRefused",
                    List.of(store.name(), seat),
                    "merchant/terminals?store=" + store.publicId());
        }
    }
}
