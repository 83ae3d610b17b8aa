package dev.zhanggui.portal.merchant;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.shared.BankCard;
import org.jspecify.annotations.Nullable;

/**
 * A merchant to open after approval.
 *
 * @param settlementHolder the account holder: the same name as the merchant's (一清)
 */
public record NewMerchant(
        AccountId owner,
        String name,
        MerchantKind kind,
        @Nullable String uscc,
        String settlementHolder,
        BankCard settlementCard) {}
