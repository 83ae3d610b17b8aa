package dev.zhanggui.portal.webhook;

import java.time.Instant;
import java.util.List;

/**
 * A receiver such as a merchant would write, to try webhooks with: looks at the signature before anything else, and shows what
 * came. It answers in demo mode only; elsewhere it meets {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface SampleReceiver {

    /** As many messages are kept, until the process ends. */
    int KEPT = 50;

    /** The longest body that is taken, in bytes. */
    int BODY_MOST = 16_384;

    enum Verdict {
        GENUINE,
        /** One of the three headers is missing or unreadable. */
        NOT_SIGNED,
        WRONG_SIGNATURE,
        /** Rightly signed, but more than five minutes ago or ahead: perhaps somebody sends it again. */
        TOO_OLD
    }

    /** @param id the {@code webhook-id} as it came; empty when none did */
    record Received(Instant at, String id, Verdict verdict, String body) {}

    /** The three headers of a message; empty where one did not come. */
    record Signature(String id, String timestamp, String signature) {}

    Verdict take(Signature signature, String body);

    /** Newest first. */
    List<Received> latest();
}
