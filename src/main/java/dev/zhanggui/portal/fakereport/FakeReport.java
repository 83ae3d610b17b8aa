package dev.zhanggui.portal.fakereport;

import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report of a fake code, without what its sender wrote freely.
 *
 * @param number as told to the sender
 * @param fromMerchant whether a member of the merchant reported it
 * @param pointsTo where a foreign code leads, to be shown and never to be opened; empty for none
 * @param plate the code that it is about where it was made here, or that should have hung there; null when unknown
 * @param store whose code or place it is; null when unknown
 * @param askedAt when the merchant was asked to stop the code; null before
 * @param taken who has it; null while open
 * @param closed what it turned out to be; null before
 */
public record FakeReport(
        FakeReportId id,
        String number,
        boolean fromMerchant,
        Happening happened,
        String place,
        String code,
        Judged judged,
        String pointsTo,
        @Nullable QrCodeId plate,
        @Nullable StoreId store,
        @Nullable MerchantId merchant,
        boolean hasPhoto,
        boolean hasPhone,
        String reportedBy,
        ReportState state,
        @Nullable Taken taken,
        @Nullable Instant askedAt,
        @Nullable Closed closed,
        Instant createdAt,
        int version) {

    /** @param by a member of staff, by label */
    public record Taken(long byId, String by, Instant at) {}

    public record Closed(Finding finding, String note, Instant at) {}
}
