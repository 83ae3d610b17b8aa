package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.shared.ExifOrientation;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.tika.Tika;

/**
 * Turns whatever was uploaded into a plain JPEG of ours: decoded and drawn anew, so that nothing but pixels survives (no
 * EXIF with the place it was taken, no second file in its tail).
 */
final class Photos {

    static final int MAX_BYTES = 10 * 1024 * 1024;
    /** The shorter side; below it nobody reads a sign. */
    static final int MIN_PIXELS = 300;

    private static final long MOST_PIXELS = 80_000_000;
    private static final int LONGEST_SIDE = 2000;
    private static final Set<String> READABLE = Set.of("image/jpeg", "image/png");
    private static final Tika SNIFFER = new Tika();

    sealed interface Outcome {
        record Picture(byte[] jpeg, int width, int height) implements Outcome {}

        record TooLarge() implements Outcome {}

        record NotAPicture(String sniffedType) implements Outcome {}

        record Broken() implements Outcome {}

        record TooSmall() implements Outcome {}
    }

    private Photos() {}

    static Outcome redraw(byte[] content) {
        if (content.length > MAX_BYTES) {
            return new Outcome.TooLarge();
        }
        String type = SNIFFER.detect(content);
        if (!READABLE.contains(type)) {
            return new Outcome.NotAPicture(type);
        }
        try {
            var decoded = decode(content);
            if (decoded == null) {
                return new Outcome.TooLarge();
            }
            if (Math.min(decoded.getWidth(), decoded.getHeight()) < MIN_PIXELS) {
                return new Outcome.TooSmall();
            }
            var upright = upright(decoded, ExifOrientation.of(content));
            return new Outcome.Picture(encode(upright), upright.getWidth(), upright.getHeight());
        } catch (IOException | RuntimeException e) {
            // ImageIO answers damaged files with unchecked exceptions too.
            return new Outcome.Broken();
        }
    }

    /** Reads only as many pixels as are kept; null when the picture claims more pixels than a camera has. */
    private static @org.jspecify.annotations.Nullable BufferedImage decode(byte[] content) throws IOException {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("no reader");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MOST_PIXELS) {
                    return null;
                }
                int step = Math.max(1, Math.max(width, height) / (LONGEST_SIDE * 2));
                ImageReadParam param = reader.getDefaultReadParam();
                param.setSourceSubsampling(step, step, 0, 0);
                return reader.read(0, param);
            } finally {
                reader.dispose();
            }
        }
    }

    /** Turned as the camera was held, shrunk to the longest side, on white where it was transparent. */
    private static BufferedImage upright(BufferedImage source, ExifOrientation orientation) {
        int w = source.getWidth();
        int h = source.getHeight();
        double scale = Math.min(1.0, (double) LONGEST_SIDE / Math.max(w, h));
        int turnedW = orientation.sideways() ? h : w;
        int turnedH = orientation.sideways() ? w : h;
        var out = new BufferedImage(
                Math.max(1, (int) Math.round(turnedW * scale)),
                Math.max(1, (int) Math.round(turnedH * scale)),
                BufferedImage.TYPE_INT_RGB);
        var g = out.createGraphics();
        try {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, out.getWidth(), out.getHeight());
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            var transform = AffineTransform.getScaleInstance(scale, scale);
            transform.concatenate(orientation.transform(w, h));
            g.drawImage(source, transform, null);
        } finally {
            g.dispose();
        }
        return out;
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            var param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.85f);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
