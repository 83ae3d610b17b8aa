package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.shared.MerchantId;

/** A batch was started, stopped, or has more codes than before; here or, a little later, through another portal. */
public record BatchProgressed(MerchantId merchant, CodeBatchId batch) {}
