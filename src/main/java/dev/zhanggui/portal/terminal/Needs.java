package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.shared.DeviceClass;
import org.jspecify.annotations.Nullable;

/**
 * What an applicant told us about the business, as far as it decides the model.
 *
 * @param collectionsPerDay about how many payments a day; 0 when unknown
 * @param counters places to pay, over all stores
 * @param ownNetwork there is a network in the shop that the terminal may use
 * @param wishedClass the class of machine asked for; null for no wish
 */
public record Needs(
        MerchantKind kind,
        boolean licence,
        boolean corporateAccount,
        int collectionsPerDay,
        int counters,
        boolean cards,
        boolean receipts,
        boolean movesAround,
        boolean ownNetwork,
        boolean membersAndStock,
        boolean selfService,
        @Nullable DeviceClass wishedClass) {

    /** A stall keeper without a licence: codes only, on the move, no network. */
    public static Needs of(MerchantKind kind) {
        boolean individual = kind == MerchantKind.INDIVIDUAL;
        return new Needs(
                kind,
                !individual,
                kind == MerchantKind.COMPANY || kind == MerchantKind.INSTITUTION,
                0,
                1,
                false,
                false,
                individual,
                false,
                false,
                false,
                null);
    }
}
