package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.ConfigurationDocument;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.util.List;
import java.util.Map;

/** Reads what a store's terminals should run from the modules that own it. */
interface ContentCompiler {

    /**
     * Reads committed state; the caller holds the rows of the store's terminals locked, so that the last reader wins.
     *
     * @param held what of the platform's word is not the newest
     */
    StoreContent compile(StoreId store, Horizon horizon, Held held);

    /**
     * @param shared the same for all terminals of the store
     * @param own of each bound terminal; a kind in it takes the place of the shared one
     */
    record StoreContent(List<ConfigurationDocument> shared, Map<TerminalId, List<ConfigurationDocument>> own) {}
}
