package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.Map;

/** The book of scans: when which code was scanned and what the payer was told; of the payer no more than a {@link Payer}. */
public interface Scans {

    /** Notes a scan. Returns at once: rows are written in batches, and a full queue drops rather than slows a payer down. */
    void scanned(Answer answer, Payer payer);

    /** When each code of the store was last scanned; codes never scanned are missing. For members of the merchant. */
    Map<QrCodeId, Instant> last(Actor actor, StoreId store);
}
