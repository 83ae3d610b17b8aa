package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;

/** A terminal was activated in a store; published inside the transaction. */
public record TerminalBound(TerminalId terminal, StoreId store) {}
