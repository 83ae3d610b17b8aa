package dev.zhanggui.portal.qrcode.emv;

import org.jspecify.annotations.Nullable;

/**
 * Name and city in the payer's own script (4.9).
 *
 * @param language two letters of ISO 639, as written in the payload
 * @param name at most 25 characters
 * @param city at most 15 characters; null when there is none
 */
public record AlternateName(
        String language, String name, @Nullable String city) {}
