package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;

/** A terminal left a store, whatever the reason; published inside the transaction. */
public record TerminalUnbound(TerminalId terminal, StoreId store) {}
