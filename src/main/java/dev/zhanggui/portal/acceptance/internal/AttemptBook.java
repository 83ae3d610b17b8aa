package dev.zhanggui.portal.acceptance.internal;

import static dev.zhanggui.db.Tables.COLLECTION_ATTEMPT;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.AttemptOutcome;
import dev.zhanggui.portal.acceptance.Channel;
import dev.zhanggui.portal.acceptance.CollectionId;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.Money;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes every wish to pay and what it was told, in the transaction that decides it; never changes a line. */
@Component
class AttemptBook {

    private final DSLContext db;
    private final Clock clock;

    AttemptBook(DSLContext db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** The attempt's ULID. */
    String note(
            QrCode code,
            Store store,
            Money amount,
            Channel channel,
            AttemptOutcome outcome,
            Answer answer,
            Payer payer,
            @Nullable CollectionId collection) {
        var open = switch (answer) {
            case Answer.ByHours it -> it.state().open();
            case Answer.TooMuch it -> it.state().open();
            case Answer.NotOurs it -> true;
            case Answer.Stopped it -> true;
            case Answer.Frozen it -> true;
            case Answer.Ended it -> true;
        };
        return note(code, store, amount, channel, outcome, answer.reason(), open, payer, collection);
    }

    /** @param open whether the sign said open, or hours were not what mattered */
    String note(
            QrCode code,
            Store store,
            Money amount,
            Channel channel,
            AttemptOutcome outcome,
            String reason,
            boolean open,
            Payer payer,
            @Nullable CollectionId collection) {
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var local = at.atZone(store.zone());
        var publicId = Ids.ulid();
        db.insertInto(COLLECTION_ATTEMPT)
                .set(COLLECTION_ATTEMPT.ID, Ids.next())
                .set(COLLECTION_ATTEMPT.PUBLIC_ID, publicId)
                .set(COLLECTION_ATTEMPT.COLLECTION_ID, collection == null ? null : collection.value())
                .set(COLLECTION_ATTEMPT.QR_CODE_ID, code.id().value())
                .set(COLLECTION_ATTEMPT.MERCHANT_ID, code.merchantId().value())
                .set(COLLECTION_ATTEMPT.STORE_ID, code.storeId().value())
                .set(COLLECTION_ATTEMPT.CHANNEL, channel.name())
                .set(COLLECTION_ATTEMPT.AMOUNT_FEN, amount.fen())
                .set(COLLECTION_ATTEMPT.OUTCOME, outcome.name())
                .set(COLLECTION_ATTEMPT.REASON, reason)
                .set(COLLECTION_ATTEMPT.WAS_OPEN, open)
                .set(COLLECTION_ATTEMPT.PAYER, payer.markBytes())
                .set(COLLECTION_ATTEMPT.REGION, payer.region())
                .set(COLLECTION_ATTEMPT.AT, at)
                .set(COLLECTION_ATTEMPT.LOCAL_DAY, local.toLocalDate())
                .set(COLLECTION_ATTEMPT.LOCAL_HOUR, local.getHour())
                .execute();
        return publicId;
    }
}
