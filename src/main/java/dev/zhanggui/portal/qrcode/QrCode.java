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
 * @param number counts up within the store, never reused; 0 for order codes, which are no plates
 * @param place where it is put, in the merchant's words; empty for order codes
 * @param holder who answers for the plate, in the merchant's words; null when nobody was named
 * @param terms what it is good for
 * @param revocation null while in use
 */
public record QrCode(
        QrCodeId id,
        String code,
        String url,
        CodeTerms terms,
        StoreId storeId,
        MerchantId merchantId,
        int number,
        String place,
        @Nullable String holder,
        Instant issuedAt,
        @Nullable Revocation revocation,
        int version) {

    /**
     * The end of a code.
     *
     * @param note the actor's own words; null when the reason says it all
     * @param replacedBy the code that took its place; null when none did
     */
    public record Revocation(
            RevocationReason reason,
            @Nullable String note,
            Instant at,
            @Nullable QrCodeId replacedBy) {}

    public QrCodeKind kind() {
        return terms.kind();
    }

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
