package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One wish to pay, from the scan page to its end.
 *
 * @param publicId the ULID by which the merchant and its systems know it
 * @param token what the payer's address holds; whoever has it can pay this one payment and see its end, nothing else
 * @param cashier whose page takes the money, such as {@code sandbox}
 * @param reason why it was refused, as {@link Answer#reason()}, {@link #BY_STAFF} or an {@link AcquirerResult.Failure}; null
 *     unless REFUSED
 * @param expiresAt nothing more can happen here from then on; only its acquirer's word that money has moved still counts
 * @param endedAt null while it has not
 * @param decidedBy who agreed or refused; null when nobody had to
 */
public record Collection(
        CollectionId id,
        String publicId,
        String token,
        QrCodeId code,
        MerchantId merchantId,
        StoreId storeId,
        Money amount,
        String cashier,
        PayerApp app,
        CollectionState state,
        @Nullable String reason,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant endedAt,
        @Nullable String decidedBy,
        int version) {

    /** A clerk said no. */
    public static final String BY_STAFF = "REFUSED_BY_STAFF";
}
