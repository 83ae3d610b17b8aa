package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A collection code and where it is kept. It is in use from the moment it is issued until it is revoked, and never again after
 * that: a revoked code cannot be revived, because nobody knows where its prints are.
 *
 * @param code the signed text in the URL; whoever holds it can scan, so it is shown to members only
 * @param url what the symbol contains
 * @param number counts up within the store, never reused
 * @param place where it is put, in the merchant's words
 * @param revocation null while in use
 */
public record QrCode(
        QrCodeId id,
        String code,
        String url,
        QrCodeKind kind,
        StoreId storeId,
        MerchantId merchantId,
        int number,
        String place,
        Instant issuedAt,
        @Nullable Revocation revocation,
        int version) {

    /**
     * The end of a code.
     *
     * @param note the actor's own words; null when the reason says it all
     */
    public record Revocation(
            RevocationReason reason, @Nullable String note, Instant at) {}

    public boolean isActive() {
        return revocation == null;
    }

    /** At least three digits, as printed on the plate: 001. */
    public String numberText() {
        return numberText(number);
    }

    public static String numberText(int number) {
        return String.format(Locale.ROOT, "%03d", number);
    }
}
