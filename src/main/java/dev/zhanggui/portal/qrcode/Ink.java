package dev.zhanggui.portal.qrcode;

/**
 * The two colours of a symbol, dark on light. Throws {@link IllegalArgumentException} when they are too close for a scanner.
 *
 * @param dark 0xRRGGBB of the modules
 * @param light 0xRRGGBB of the ground and the quiet zone
 */
public record Ink(int dark, int light) {

    /** Of the relative luminances (WCAG 2.2). */
    public static final double LEAST_CONTRAST = 4;

    public static final Ink BLACK_ON_WHITE = new Ink(0x000000, 0xffffff);

    public Ink {
        if (contrast(dark, light) < LEAST_CONTRAST) {
            throw new IllegalArgumentException("the ground must be at least 4 times as light as the modules");
        }
    }

    /** How many times as light the ground is, up to 21; below 1 when it is the darker one. */
    public static double contrast(int dark, int light) {
        return (luminance(light) + 0.05) / (luminance(dark) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
