package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Money;
import java.time.Instant;

/**
 * Money was collected; published inside the transaction.
 *
 * @param publicId the collection's ULID, as the merchant and its systems know it
 */
public record CollectionSucceeded(CollectionId id, String publicId, QrCode code, Money amount, Instant at) {}
