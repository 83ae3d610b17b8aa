package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A campaign that is entered by scanning. Its codes collect inside the window only, and only while the store may collect.
 *
 * @param publicId the ULID known outside
 * @param title what it is called, at most {@link #TITLE_MOST} characters
 * @param discount what the payer gets, in the merchant's words, at most {@link #DISCOUNT_MOST} characters
 * @param from from this moment on
 * @param until before this moment; after {@code from}
 * @param cap the most that one payment may be; null for no cap of its own
 * @param stoppedAt the kill switch: no code of it collects from then on; null while it may run
 */
public record Promotion(
        PromotionId id,
        String publicId,
        MerchantId merchantId,
        String title,
        String discount,
        Instant from,
        Instant until,
        @Nullable Money cap,
        @Nullable Instant stoppedAt,
        int version) {

    public static final int TITLE_MOST = 20;
    public static final int DISCOUNT_MOST = 60;

    /** Whether its codes may collect at that moment, as far as the promotion itself is concerned. */
    public Stage stageAt(Instant at) {
        if (stoppedAt != null) {
            return Stage.STOPPED;
        }
        if (at.isBefore(from)) {
            return Stage.NOT_YET;
        }
        return at.isBefore(until) ? Stage.RUNNING : Stage.OVER;
    }

    public enum Stage {
        NOT_YET,
        RUNNING,
        OVER,
        STOPPED
    }
}
