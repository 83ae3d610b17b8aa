package dev.zhanggui.portal.merchant;

import dev.zhanggui.portal.shared.MerchantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who collects.
 *
 * @param publicId the ULID known outside
 * @param uscc the credit code; null for a person without a licence
 * @param frozenReason why the merchant may not collect, in staff's words that the merchant reads too; null when free
 * @param frozenAt since when; null when free
 */
public record Merchant(
        MerchantId id,
        String publicId,
        String name,
        MerchantKind kind,
        @Nullable String uscc,
        @Nullable String frozenReason,
        @Nullable Instant frozenAt,
        int version) {

    public boolean isFrozen() {
        return frozenReason != null;
    }
}
