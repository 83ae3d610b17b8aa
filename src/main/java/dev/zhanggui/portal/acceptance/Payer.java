package dev.zhanggui.portal.acceptance;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of who pays: enough to see that the same phone came back the same day, not enough to know whose it is.
 *
 * @param mark 32 hexadecimal digits of a keyed hash whose key changes every day; null when nothing was there to hash
 * @param region the payer's region by the word of a trusted proxy in front, such as 510000; null without one
 */
public record Payer(
        PayerApp app, @Nullable String mark, @Nullable String region) {

    /** Somebody of whom nothing is known. */
    public static final Payer UNKNOWN = new Payer(PayerApp.OTHER, null, null);

    public byte @Nullable [] markBytes() {
        return mark == null ? null : HexFormat.of().parseHex(mark);
    }
}
