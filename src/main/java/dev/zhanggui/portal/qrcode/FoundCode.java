package dev.zhanggui.portal.qrcode;

/**
 * A code in a photo: what it says and the box around it, in shares of the picture's width and height as it is stored (before
 * EXIF turns it).
 *
 * @param text ours or anybody's; never to be opened or shown as a link unchecked
 * @param x left edge, 0 to 1
 * @param y upper edge, 0 to 1
 */
public record FoundCode(String text, double x, double y, double width, double height) {}
