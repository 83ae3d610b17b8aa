package dev.zhanggui.portal.onboarding;

import dev.zhanggui.portal.merchant.MerchantKind;
import org.jspecify.annotations.Nullable;

/** The answers that decide which other questions are asked; null while unanswered. */
public record Branch(@Nullable MerchantKind kind, @Nullable Scene scene) {

    /** Everyone but a person trading in their own name has a licence or a certificate with a credit code. */
    public boolean licensed() {
        return kind != null && kind != MerchantKind.INDIVIDUAL;
    }

    /** Companies and institutions collect into an account of their own, not onto a card. */
    public boolean corporate() {
        return kind == MerchantKind.COMPANY || kind == MerchantKind.INSTITUTION;
    }
}
