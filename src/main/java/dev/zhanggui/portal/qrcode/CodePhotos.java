package dev.zhanggui.portal.qrcode;

import java.util.List;
import java.util.Optional;

/**
 * Reads the codes in a photo that somebody took of a sticker: any number of them, askew, in bad light. The photo may be hostile;
 * nothing of it is kept.
 */
public interface CodePhotos {

    /** More than a phone's camera makes; a larger file is refused unread. */
    int MOST_BYTES = 15 * 1024 * 1024;

    /** Width times height; refused by the header, before a pixel is decoded. */
    long MOST_PIXELS = 40_000_000;

    int SHOWN_SIDE = 1_600;

    /** Never throws, whatever the bytes are. */
    PhotoReading read(byte[] photo);

    /**
     * Draws a photo anew that was read before, for people to look at: upright, at most {@link #SHOWN_SIDE} pixels wide and high,
     * and nothing but pixels, so that neither the place it was taken at nor a second file in its tail survives.
     *
     * @param codes as they were found in it
     */
    Optional<CodePicture> redraw(byte[] photo, List<FoundCode> codes);
}
