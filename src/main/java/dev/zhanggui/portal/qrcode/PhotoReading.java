package dev.zhanggui.portal.qrcode;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** What became of a photo. */
public sealed interface PhotoReading {

    /** @param codes from the top down; empty when none could be read */
    record Read(List<FoundCode> codes) implements PhotoReading {

        public Read {
            codes = List.copyOf(codes);
        }
    }

    record Refused(Reason reason) implements PhotoReading {}

    enum Reason {
        TOO_LARGE,
        TOO_MANY_PIXELS,
        /** The format of iPhones, which no free decoder for Java reads; the words say how to change the camera's setting. */
        HEIC,
        ANIMATED,
        /** Neither JPEG nor PNG nor WebP, whatever its name says. */
        UNSUPPORTED,
        /** Cut off or damaged. */
        BROKEN,
        /** More than a sheet of stickers has. */
        TOO_MANY_CODES;

        /** What to do, in one or two plain sentences; Chinese unless the language is English. */
        public String words(Locale locale) {
            return ResourceBundle.getBundle(
                            "vaadin-i18n.translations",
                            locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE,
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString("qrcode.photo." + this);
        }
    }
}
