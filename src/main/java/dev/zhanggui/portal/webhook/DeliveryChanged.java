package dev.zhanggui.portal.webhook;

import dev.zhanggui.portal.shared.MerchantId;

/** A delivery was queued or tried, or an endpoint changed; published inside the transaction. */
public record DeliveryChanged(MerchantId merchant, EndpointId endpoint) {}
