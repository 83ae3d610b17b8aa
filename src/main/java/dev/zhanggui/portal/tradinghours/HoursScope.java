package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;

/** Whose hours a document is about: what holds for a merchant reaches its stores, what holds for a store its terminals. */
public sealed interface HoursScope {

    Level level();

    long id();

    record OfMerchant(MerchantId merchant) implements HoursScope {
        @Override
        public Level level() {
            return Level.MERCHANT;
        }

        @Override
        public long id() {
            return merchant.value();
        }

        @Override
        public String toString() {
            return merchant.toString();
        }
    }

    record OfStore(StoreId store) implements HoursScope {
        @Override
        public Level level() {
            return Level.STORE;
        }

        @Override
        public long id() {
            return store.value();
        }

        @Override
        public String toString() {
            return store.toString();
        }
    }

    /** A terminal that differs from its store, such as the kiosk at the door that never sleeps. */
    record OfTerminal(TerminalId terminal) implements HoursScope {
        @Override
        public Level level() {
            return Level.TERMINAL;
        }

        @Override
        public long id() {
            return terminal.value();
        }

        @Override
        public String toString() {
            return terminal.toString();
        }
    }

    static HoursScope of(StoreId store) {
        return new OfStore(store);
    }
}
