package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.util.function.Function;

/** The precedence of answers, without any I/O: facts are looked up only as far as they are needed. */
final class AcceptanceRules {

    private AcceptanceRules() {}

    static Answer answer(
            Scanned scanned,
            Function<QrCode, Store> store,
            Function<QrCode, Merchant> merchant,
            Function<QrCode, TradingState> state) {
        return switch (scanned) {
            case Scanned.Forged it -> new Answer.NotOurs();
            case Scanned.Unregistered it -> new Answer.NotOurs();
            case Scanned.Known(var code) when !code.isActive() -> new Answer.Stopped(code, store.apply(code));
            case Scanned.Known(var code)
            when merchant.apply(code).isFrozen() -> new Answer.Frozen(code, store.apply(code));
            case Scanned.Known(var code) -> new Answer.ByHours(code, store.apply(code), state.apply(code));
        };
    }
}
