package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Money;
import java.time.Instant;

/**
 * Somebody wanted to pay and was not let; published inside the transaction that records it.
 *
 * @param publicId the attempt's ULID, as the merchant and its systems know it
 * @param reason a stable name, as {@link Answer#reason()}, {@link Collection#BY_STAFF} or an {@link AcquirerResult.Failure}
 */
public record CollectionRefused(String publicId, QrCode code, Money amount, String reason, Instant at) {}
