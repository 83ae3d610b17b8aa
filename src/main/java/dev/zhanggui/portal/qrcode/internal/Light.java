package dev.zhanggui.portal.qrcode.internal;

import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;

/**
 * A picture in shades of grey.
 *
 * @param shades row by row, 0 black to 255 white
 */
record Light(byte[] shades, int width, int height) {

    int longest() {
        return Math.max(width, height);
    }

    LuminanceSource source() {
        return new PlanarYUVLuminanceSource(shades, width, height, 0, 0, width, height, false);
    }

    /** Half as wide and high, each pixel the mean of four: noise goes, edges stay. */
    Light halved() {
        int w = width / 2;
        int h = height / 2;
        var half = new byte[w * h];
        for (int y = 0; y < h; y++) {
            int upper = 2 * y * width;
            int lower = upper + width;
            for (int x = 0; x < w; x++) {
                int left = 2 * x;
                half[y * w + x] = (byte)
                        ((at(upper + left) + at(upper + left + 1) + at(lower + left) + at(lower + left + 1) + 2) >> 2);
            }
        }
        return new Light(half, w, h);
    }

    /** One and a half times as wide and high, in between the means: another look at edges that fell on whole pixels. */
    Light enlarged() {
        int w = width * 3 / 2;
        int h = height * 3 / 2;
        var large = new byte[w * h];
        for (int y = 0; y < h; y++) {
            float fromY = Math.min(y / 1.5f, height - 1);
            int y0 = (int) fromY;
            int y1 = Math.min(y0 + 1, height - 1);
            for (int x = 0; x < w; x++) {
                float fromX = Math.min(x / 1.5f, width - 1);
                int x0 = (int) fromX;
                int x1 = Math.min(x0 + 1, width - 1);
                float upper = mix(at(y0 * width + x0), at(y0 * width + x1), fromX - x0);
                float lower = mix(at(y1 * width + x0), at(y1 * width + x1), fromX - x0);
                large[y * w + x] = (byte) Math.round(mix(upper, lower, fromY - y0));
            }
        }
        return new Light(large, w, h);
    }

    /** A part of it; what sticks out is left away. */
    Light cut(int left, int top, int wide, int high) {
        int w = Math.min(wide, width - left);
        int h = Math.min(high, height - top);
        var part = new byte[w * h];
        for (int y = 0; y < h; y++) {
            System.arraycopy(shades, (top + y) * width + left, part, y * w, w);
        }
        return new Light(part, w, h);
    }

    private static float mix(float a, float b, float share) {
        return a + (b - a) * share;
    }

    private int at(int index) {
        return shades[index] & 0xff;
    }
}
