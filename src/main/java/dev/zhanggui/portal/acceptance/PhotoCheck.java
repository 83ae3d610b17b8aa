package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.qrcode.PhotoReading;
import java.util.List;

/** What a photo shows. */
public sealed interface PhotoCheck {

    /** @param codes at least one, from the top down */
    record Checked(List<CheckedCode> codes) implements PhotoCheck {

        public Checked {
            codes = List.copyOf(codes);
        }
    }

    /** A good photo without a code that could be read. */
    record NothingFound() implements PhotoCheck {}

    /** Not looked at; the reason has words that say what to do. */
    record Refused(PhotoReading.Reason reason) implements PhotoCheck {}

    /** A code with its place in the photo. */
    record CheckedCode(FoundCode found, CodeVerdict verdict) {}
}
