package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the answer with four small reads by key, no cache, so a stop holds from its commit on. */
@Service
class StoreAcceptance implements Acceptance {

    private static final Actor SCAN = Actor.system("scan");

    private final QrCodes codes;
    private final Merchants merchants;
    private final TradingHours hours;
    private final Clock clock;
    private final TransactionTemplate reading;

    StoreAcceptance(
            QrCodes codes,
            Merchants merchants,
            TradingHours hours,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.codes = codes;
        this.merchants = merchants;
        this.hours = hours;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public Answer ask(String code) {
        var scanned = codes.scanned(code);
        // A forged code costs no connection.
        return scanned instanceof Scanned.Known
                ? Objects.requireNonNull(reading.execute(it -> answer(scanned)))
                : answer(scanned);
    }

    private Answer answer(Scanned scanned) {
        return AcceptanceRules.answer(
                scanned,
                known -> merchants.store(SCAN, known.storeId()),
                known -> merchants.merchant(SCAN, known.merchantId()),
                known -> hours.stateAt(SCAN, known.storeId(), clock.instant()));
    }
}
