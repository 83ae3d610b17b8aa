package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.QrSymbol;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Takes photos of stickers that do not exist: the same seed, the same photo. */
public final class PhotoStudio {

    /**
     * How a photo is taken.
     *
     * @param tilt 0 straight ahead to 1 far from the side
     * @param turn largest turn of a sticker, in degrees
     * @param glare 0 to 1, a lamp's reflection
     * @param noise deviation of a pixel, of 255
     * @param blur width of a point, in pixels
     * @param contrast 0 to 1
     * @param quality of the JPEG, 0 to 1
     */
    public record Shot(double tilt, double turn, double glare, double noise, int blur, double contrast, float quality) {

        public static final Shot CLEAN = new Shot(0, 0, 0, 0, 1, 1, 0.9f);

        public Shot tilted(double tilt) {
            return new Shot(tilt, turn, glare, noise, blur, contrast, quality);
        }

        public Shot turned(double turn) {
            return new Shot(tilt, turn, glare, noise, blur, contrast, quality);
        }

        public Shot glaring(double glare) {
            return new Shot(tilt, turn, glare, noise, blur, contrast, quality);
        }

        public Shot noisy(double noise) {
            return new Shot(tilt, turn, glare, noise, blur, contrast, quality);
        }

        public Shot blurred(int blur) {
            return new Shot(tilt, turn, glare, noise, blur, contrast, quality);
        }

        public Shot pale(double contrast) {
            return new Shot(tilt, turn, glare, noise, blur, contrast, quality);
        }

        public Shot squeezed(float quality) {
            return new Shot(tilt, turn, glare, noise, blur, contrast, quality);
        }
    }

    private final int width;
    private final int height;
    private final Random random;
    private final double[] shades;

    private PhotoStudio(int width, int height, long seed) {
        this.width = width;
        this.height = height;
        this.random = new Random(seed);
        this.shades = new double[width * height];
    }

    /** Stickers side by side, each in a place of its own. */
    public static BufferedImage picture(int width, int height, long seed, Shot shot, List<String> texts) {
        var studio = new PhotoStudio(width, height, seed);
        studio.counter();
        int columns = Math.max(1, (int) Math.ceil(Math.sqrt(texts.size())));
        int rows = (texts.size() + columns - 1) / columns;
        for (int i = 0; i < texts.size(); i++) {
            double cellWidth = (double) width / columns;
            double cellHeight = (double) height / rows;
            studio.sticker(
                    QrSymbol.of(texts.get(i)),
                    (i % columns + 0.5) * cellWidth,
                    (i / columns + 0.5) * cellHeight,
                    Math.min(cellWidth, cellHeight) * 0.62,
                    shot);
        }
        studio.light(shot);
        return studio.develop(shot);
    }

    public static byte[] jpeg(int width, int height, long seed, Shot shot, List<String> texts) {
        return jpeg(picture(width, height, seed, shot, texts), shot.quality());
    }

    static byte[] jpeg(BufferedImage picture, float quality) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            var param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.write(null, new IIOImage(picture, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A wooden counter. */
    private void counter() {
        double grain = random.nextDouble() * 10;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                shades[y * width + x] =
                        130 + 25 * Math.sin(y / 23.0 + Math.sin(x / 190.0 + grain) * 3) + 10 * Math.sin(y / 3.1);
            }
        }
    }

    private void sticker(QrSymbol symbol, double centreX, double centreY, double side, Shot shot) {
        double angle = Math.toRadians((random.nextDouble() * 2 - 1) * shot.turn());
        var x = new double[4];
        var y = new double[4];
        double[] cornersX = {-0.5, 0.5, 0.5, -0.5};
        double[] cornersY = {-0.5, -0.5, 0.5, 0.5};
        boolean fromTheSide = random.nextBoolean();
        for (int i = 0; i < 4; i++) {
            double farther = 1 - shot.tilt() * 0.45 * ((fromTheSide ? cornersX[i] : cornersY[i]) + 0.5);
            double cx = cornersX[i] * side * (fromTheSide ? 1 - shot.tilt() * 0.3 : farther);
            double cy = cornersY[i] * side * (fromTheSide ? farther : 1 - shot.tilt() * 0.3);
            x[i] = centreX + cx * Math.cos(angle) - cy * Math.sin(angle);
            y[i] = centreY + cx * Math.sin(angle) + cy * Math.cos(angle);
        }
        var toSymbol = inverse(squareToQuad(x, y));
        int modules = symbol.size() + 2 * QrSymbol.QUIET_ZONE;
        int left = (int) Math.max(0, min(x));
        int right = (int) Math.min(width - 1, max(x) + 1);
        int top = (int) Math.max(0, min(y));
        int bottom = (int) Math.min(height - 1, max(y) + 1);
        for (int py = top; py <= bottom; py++) {
            for (int px = left; px <= right; px++) {
                double sum = 0;
                int inside = 0;
                for (int sub = 0; sub < 4; sub++) {
                    double sx = px + 0.25 + 0.5 * (sub & 1);
                    double sy = py + 0.25 + 0.5 * (sub >> 1);
                    double w = toSymbol[6] * sx + toSymbol[7] * sy + toSymbol[8];
                    double u = (toSymbol[0] * sx + toSymbol[1] * sy + toSymbol[2]) / w;
                    double v = (toSymbol[3] * sx + toSymbol[4] * sy + toSymbol[5]) / w;
                    if (u >= 0 && u < 1 && v >= 0 && v < 1) {
                        inside++;
                        boolean dark = symbol.isDark(
                                (int) (u * modules) - QrSymbol.QUIET_ZONE, (int) (v * modules) - QrSymbol.QUIET_ZONE);
                        sum += dark ? 20 : 240;
                    }
                }
                if (inside > 0) {
                    int at = py * width + px;
                    shades[at] = (sum + shades[at] * (4 - inside)) / 4;
                }
            }
        }
    }

    private void light(Shot shot) {
        double lampX = random.nextDouble() * width;
        double lampY = random.nextDouble() * height;
        double reach = Math.min(width, height) * 0.35;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                double near = Math.exp(-(square(x - lampX) + square(y - lampY)) / square(reach));
                double shade = 128 + (shades[at] - 128) * shot.contrast();
                shades[at] = shade + (250 - shade) * shot.glare() * near + random.nextGaussian() * shot.noise();
            }
        }
    }

    private BufferedImage develop(Shot shot) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int shade = (int) Math.clamp(shades[y * width + x], 0, 255);
                // A little warm, as lamps are.
                row[x] = new Color(shade, shade, shade * 9 / 10).getRGB();
            }
            picture.setRGB(0, y, width, 1, row, 0, width);
        }
        return shot.blur() > 1 ? Hardships.blurred(picture, shot.blur()) : picture;
    }

    /** The map of the unit square onto four corners (Heckbert 1989), row by row. */
    private static double[] squareToQuad(double[] x, double[] y) {
        double sumX = x[0] - x[1] + x[2] - x[3];
        double sumY = y[0] - y[1] + y[2] - y[3];
        double dx1 = x[1] - x[2];
        double dx2 = x[3] - x[2];
        double dy1 = y[1] - y[2];
        double dy2 = y[3] - y[2];
        double below = dx1 * dy2 - dx2 * dy1;
        double g = (sumX * dy2 - dx2 * sumY) / below;
        double h = (dx1 * sumY - sumX * dy1) / below;
        return new double[] {
            x[1] - x[0] + g * x[1],
            x[3] - x[0] + h * x[3],
            x[0],
            y[1] - y[0] + g * y[1],
            y[3] - y[0] + h * y[3],
            y[0],
            g,
            h,
            1
        };
    }

    private static double[] inverse(double[] m) {
        return new double[] {
            m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
        };
    }

    private static double min(double[] values) {
        return Math.min(Math.min(values[0], values[1]), Math.min(values[2], values[3]));
    }

    private static double max(double[] values) {
        return Math.max(Math.max(values[0], values[1]), Math.max(values[2], values[3]));
    }

    private static double square(double value) {
        return value * value;
    }
}
