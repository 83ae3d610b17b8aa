package dev.zhanggui.portal.qrcode;

/**
 * Reads the codes in a photo that somebody took of a sticker: any number of them, askew, in bad light. The photo may be hostile;
 * nothing of it is kept.
 */
public interface CodePhotos {

    /** What a phone's camera needs; a larger file is refused unread. */
    int MOST_BYTES = 20 * 1024 * 1024;

    /** Width times height; refused by the header, before a pixel is decoded. */
    long MOST_PIXELS = 40_000_000;

    /** Never throws, whatever the bytes are. */
    PhotoReading read(byte[] photo);
}
