package dev.zhanggui.portal.fakereport;

import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that staff need to judge a report.
 *
 * @param words as written by the sender; empty for none
 * @param phoneMasked null when none was left
 * @param now what the code is at this moment; null when there is none
 * @param lastScan of the plate; null when it was never scanned or is unknown
 */
public record ReportDetail(
        FakeReport report,
        String words,
        @Nullable String phoneMasked,
        @Nullable CodeVerdict now,
        @Nullable QrCode plate,
        @Nullable Store store,
        @Nullable Instant lastScan) {}
