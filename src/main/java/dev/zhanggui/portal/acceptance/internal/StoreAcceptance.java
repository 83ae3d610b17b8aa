package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the answer with a few small reads by key, no cache, so a stop holds from its commit on. */
@Service
class StoreAcceptance implements Acceptance {

    private static final Actor SCAN = Actor.system("scan");

    private final QrCodes codes;
    private final Merchants merchants;
    private final Terminals terminals;
    private final TradingHours hours;
    private final StoredLimits limits;
    private final Clock clock;
    private final TransactionTemplate reading;

    StoreAcceptance(
            QrCodes codes,
            Merchants merchants,
            Terminals terminals,
            TradingHours hours,
            StoredLimits limits,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.codes = codes;
        this.merchants = merchants;
        this.terminals = terminals;
        this.hours = hours;
        this.limits = limits;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public Answer ask(String code) {
        return read(code, null);
    }

    @Override
    public Answer ask(String code, Money amount) {
        if (amount.fen() <= 0) {
            throw new IllegalArgumentException("an amount is more than nothing");
        }
        return read(code, amount);
    }

    private Answer read(String code, @Nullable Money amount) {
        var scanned = codes.scanned(code);
        // A forged code costs no connection.
        return scanned instanceof Scanned.Known
                ? Objects.requireNonNull(reading.execute(it -> answer(scanned, amount)))
                : answer(scanned, amount);
    }

    /** The answer about a code that was read before, inside the caller's transaction. */
    Answer answer(Scanned scanned, @Nullable Money amount) {
        return AcceptanceRules.answer(scanned, amount, clock.instant(), facts());
    }

    private AcceptanceRules.Facts facts() {
        return new AcceptanceRules.Facts() {
            @Override
            public Store store(QrCode code) {
                return merchants.store(SCAN, code.storeId());
            }

            @Override
            public Merchant merchant(QrCode code) {
                return merchants.merchant(SCAN, code.merchantId());
            }

            @Override
            public Optional<StoreId> boundTo(TerminalId terminal) {
                return Optional.ofNullable(terminals.terminal(SCAN, terminal).storeId());
            }

            @Override
            public TradingState state(QrCode code) {
                if (code.terms() instanceof CodeTerms.OfTerminal(var terminal)) {
                    var own = hours.differingTerminals(SCAN, code.storeId()).get(terminal);
                    if (own != null) {
                        return own.stateAt(clock.instant());
                    }
                }
                return hours.stateAt(SCAN, code.storeId(), clock.instant());
            }

            @Override
            public AcceptanceRules.Room room(Merchant merchant, Store store) {
                return limits.room(merchant, store, LocalDate.ofInstant(clock.instant(), store.zone()));
            }
        };
    }
}
