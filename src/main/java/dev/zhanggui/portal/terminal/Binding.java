package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One span of a terminal's binding with the five elements of PBOC 259 [2021]: acquirer, merchant code, the merchant's credit
 * code, settlement account, place. A change of any element ends the span and opens the next revision.
 *
 * @param uscc the merchant's credit code; null for a person without a licence
 * @param settlementAccount masked
 * @param until null while it holds
 */
public record Binding(
        TerminalId terminal,
        int revision,
        MerchantId merchant,
        StoreId store,
        String seat,
        String acquirerCode,
        String merchantCode,
        @Nullable String uscc,
        @Nullable String settlementAccount,
        String place,
        Instant from,
        @Nullable Instant until,
        @Nullable String endedBecause) {}
