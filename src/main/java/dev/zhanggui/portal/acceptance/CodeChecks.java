package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.qrcode.QrCode;
import java.util.Optional;

/**
 * Is this my code? Anybody may ask. Who is a member of the code's merchant is told all about it, everybody else what the scan page
 * tells. What a code says is never opened, and nothing of a photo is kept.
 */
public interface CodeChecks {

    /** Longer texts are no code of ours. */
    int TEXT_MOST = 2_000;

    /** All codes in a photo, which may be hostile. */
    PhotoCheck photo(Actor actor, byte[] photo);

    /** A code by its text: an address, the signs under a plate's code, or what a scanner read. */
    CodeVerdict text(Actor actor, String text);

    /** The code that a text names, whosever it is; for the system. Empty for what was not made here. */
    Optional<QrCode> named(Actor actor, String text);
}
