package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;

/** A terminal's desired or reported configuration, or its connection, changed; published after the commit. */
public record ConfigurationProgressed(TerminalId terminal, StoreId store) {}
