package dev.zhanggui.portal.merchant;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.shared.AccountNumber;
import org.jspecify.annotations.Nullable;

/**
 * A merchant to open after approval.
 *
 * @param settlementHolder the account holder: the same name as the merchant's (一清)
 * @param settlementNumber the owner's debit card, or the company's account
 */
public record NewMerchant(
        AccountId owner,
        String name,
        MerchantKind kind,
        @Nullable String uscc,
        String settlementHolder,
        AccountNumber settlementNumber) {}
