package dev.zhanggui.portal.qrcode.internal;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import java.util.Random;

/** What a symbol goes through between the printer and a payer's phone. */
final class Hardships {

    private Hardships() {}

    /** Smaller or larger, and turned; on white. */
    static BufferedImage turned(BufferedImage picture, double scale, double degrees) {
        int side = (int) Math.ceil(Math.hypot(picture.getWidth(), picture.getHeight()) * scale) + 2;
        var out = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        var pen = out.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, side, side);
        pen.translate(side / 2.0, side / 2.0);
        pen.rotate(Math.toRadians(degrees));
        pen.scale(scale, scale);
        pen.drawImage(picture, -picture.getWidth() / 2, -picture.getHeight() / 2, null);
        pen.dispose();
        return out;
    }

    /** Out of focus: each dot becomes the mean of the square around it. */
    static BufferedImage blurred(BufferedImage picture, int width) {
        var even = new float[width];
        Arrays.fill(even, 1f / width);
        var out = turned(picture, 1, 0);
        for (var kernel : new Kernel[] {new Kernel(width, 1, even), new Kernel(1, width, even)}) {
            out = new ConvolveOp(kernel, ConvolveOp.EDGE_NO_OP, null).filter(out, null);
        }
        return out;
    }

    /**
     * A stain or a torn-off place somewhere, the finder patterns spared: without one of them no reader finds any symbol,
     * whatever its error level.
     *
     * @param share 0 to 1 of the area inside the quiet zone
     * @param modules per side, without the quiet zone
     * @param quiet modules of the quiet zone
     */
    static BufferedImage damaged(BufferedImage picture, double share, int modules, int quiet, long seed) {
        var out = turned(picture, 1, 0);
        var random = new Random(seed);
        double module = picture.getWidth() / (double) (modules + 2 * quiet);
        double offset = (out.getWidth() - picture.getWidth()) / 2.0;
        int side = (int) Math.round(Math.sqrt(share) * modules);
        int left = random.nextInt(modules - side + 1);
        int top = random.nextInt(modules - side + 1);
        var pen = out.createGraphics();
        pen.setColor(random.nextBoolean() ? Color.DARK_GRAY : Color.WHITE);
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                if (!inFinder(x, y, modules)) {
                    pen.fillRect(
                            (int) Math.round(offset + (x + quiet) * module),
                            (int) Math.round(offset + (y + quiet) * module),
                            (int) Math.ceil(module),
                            (int) Math.ceil(module));
                }
            }
        }
        pen.dispose();
        return out;
    }

    private static boolean inFinder(int x, int y, int modules) {
        int finder = 8;
        boolean left = x < finder;
        boolean right = x >= modules - finder;
        return y < finder && (left || right) || y >= modules - finder && left;
    }
}
