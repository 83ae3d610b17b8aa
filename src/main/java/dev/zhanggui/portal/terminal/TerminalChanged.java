package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;

/** A bound terminal's seat was renamed; published inside the transaction. */
public record TerminalChanged(TerminalId terminal, StoreId store) {}
