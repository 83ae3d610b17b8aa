package dev.zhanggui.portal.qrcode.internal;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.CodePicture;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.shared.ExifOrientation;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of a photo: what they are by their first bytes, whether they are whole, and their light. The reader is chosen here
 * and never by what else the bytes may pass for; it stops at the picture's own end, so a second file in the tail is not looked
 * at.
 */
final class PhotoFile {

    /** The light of more is thrown away while reading. */
    private static final long KEPT_PIXELS = 16_000_000;
    /** A camera's progressive JPEG has about ten scans; a hostile one can repeat empty scans of all its pixels. */
    private static final long MOST_SCANNED_PIXELS = 600_000_000;

    private static final Set<String> HEIC_BRANDS =
            Set.of("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis");

    private enum Format {
        JPEG,
        PNG,
        WEBP
    }

    private final byte[] content;

    PhotoFile(byte[] content) {
        this.content = content;
    }

    /** Thrown inside this package only, to get out of the middle of a file. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Reason reason;

        RefusedException(Reason reason) {
            super(reason.name());
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    /** What is made of the pixels once they are known to be harmless. */
    private interface Decoding<T> {

        T of(ImageReader reader, ImageReadParam param, Format format) throws IOException;
    }

    /** The whole picture in shades of grey, with at most 16 million pixels. */
    Light light() throws RefusedException {
        return decoded((reader, param, format) -> {
            int step = (long) reader.getWidth(0) * reader.getHeight(0) > KEPT_PIXELS ? 2 : 1;
            param.setSourceSubsampling(step, step, 0, 0);
            // The first band of a JPEG is its brightness already, and it saves the way over colours.
            return format == Format.JPEG && reader.canReadRaster()
                    ? firstBand(reader.readRaster(0, param))
                    : grey(reader.read(0, param));
        });
    }

    /** Upright and small, with the codes' places turned with it. */
    CodePicture redrawn(List<FoundCode> codes) throws RefusedException {
        return decoded((reader, param, format) -> {
            int longest = Math.max(reader.getWidth(0), reader.getHeight(0));
            int step = Math.max(1, longest / CodePhotos.SHOWN_SIDE);
            param.setSourceSubsampling(step, step, 0, 0);
            return new Redrawing(ExifOrientation.of(content)).of(colours(reader, param), codes);
        });
    }

    /** A print shop's JPEG has colours that Java cannot read: in grey it is still the same picture. */
    private static BufferedImage colours(ImageReader reader, ImageReadParam param) throws IOException {
        try {
            return reader.read(0, param);
        } catch (IIOException e) {
            if (!reader.canReadRaster()) {
                throw e;
            }
            var light = firstBand(reader.readRaster(0, param));
            var picture = new BufferedImage(light.width(), light.height(), BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setDataElements(0, 0, light.width(), light.height(), light.shades());
            return picture;
        }
    }

    private <T> T decoded(Decoding<T> decoding) throws RefusedException {
        if (content.length > CodePhotos.MOST_BYTES) {
            throw new RefusedException(Reason.TOO_LARGE);
        }
        var format = format();
        try {
            int scans = switch (format) {
                case JPEG -> jpegScans();
                case PNG -> pngChunks();
                case WEBP -> webpHeader();
            };
            return decode(format, scans, decoding);
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged files with unchecked exceptions too.
            throw new RefusedException(Reason.BROKEN);
        }
    }

    private Format format() throws RefusedException {
        if (startsWith(0, "\u00ff\u00d8\u00ff")) {
            return Format.JPEG;
        }
        if (startsWith(0, "\u0089PNG\r\n\u001a\n")) {
            return Format.PNG;
        }
        if (startsWith(0, "RIFF") && startsWith(8, "WEBP")) {
            return Format.WEBP;
        }
        boolean heic = startsWith(4, "ftyp") && content.length >= 12 && HEIC_BRANDS.contains(text(8));
        throw new RefusedException(heic ? Reason.HEIC : Reason.UNSUPPORTED);
    }

    /** Walks to the end mark; how often the decoder would go over all pixels. */
    private int jpegScans() throws RefusedException {
        int scans = 0;
        int at = 2;
        while (true) {
            while (unsigned(at) == 0xff && unsigned(at + 1) == 0xff) {
                at++;
            }
            if (unsigned(at) != 0xff) {
                throw new RefusedException(Reason.BROKEN);
            }
            int marker = unsigned(at + 1);
            at += 2;
            if (marker == 0xd9) {
                return scans;
            }
            if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd7) {
                continue;
            }
            at += unsigned(at) << 8 | unsigned(at + 1);
            if (marker == 0xda) {
                scans++;
                at = endOfScan(at);
            }
        }
    }

    /** Where the next marker stands: not a stuffed byte, not a restart. */
    private int endOfScan(int from) {
        int at = from;
        while (true) {
            if (unsigned(at) == 0xff) {
                int next = unsigned(at + 1);
                if (next != 0 && (next < 0xd0 || next > 0xd7) && next != 0xff) {
                    return at;
                }
            }
            at++;
        }
    }

    private int pngChunks() throws RefusedException {
        int at = 8;
        while (true) {
            long length = (long) unsigned(at) << 24 | unsigned(at + 1) << 16 | unsigned(at + 2) << 8 | unsigned(at + 3);
            var type = text(at + 4);
            if (at + 12 + length > content.length) {
                throw new RefusedException(Reason.BROKEN);
            }
            if (type.equals("acTL")) {
                throw new RefusedException(Reason.ANIMATED);
            }
            if (type.equals("IEND")) {
                return 1;
            }
            at += 12 + (int) length;
        }
    }

    /** The frame inside may claim more pixels than the canvas around it: both are judged. */
    private int webpHeader() throws RefusedException {
        long end = 8 + little(4, 4);
        if (end > content.length) {
            throw new RefusedException(Reason.BROKEN);
        }
        long at = 12;
        while (at + 8 <= end) {
            int data = (int) at + 8;
            long length = little((int) at + 4, 4);
            if (data + length > end) {
                throw new RefusedException(Reason.BROKEN);
            }
            switch (text((int) at)) {
                case "VP8X" -> {
                    if ((unsigned(data) & 0b10) != 0) {
                        throw new RefusedException(Reason.ANIMATED);
                    }
                    requirePixels(little(data + 4, 3) + 1, little(data + 7, 3) + 1);
                }
                case "VP8L" -> {
                    long sides = little(data + 1, 4);
                    requirePixels((sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1);
                }
                case "VP8 " -> requirePixels(little(data + 6, 2) & 0x3fff, little(data + 8, 2) & 0x3fff);
                case "ANIM", "ANMF" -> throw new RefusedException(Reason.ANIMATED);
                default -> {}
            }
            at = data + length + length % 2;
        }
        return 1;
    }

    private static void requirePixels(long width, long height) throws RefusedException {
        if (width * height > CodePhotos.MOST_PIXELS) {
            throw new RefusedException(Reason.TOO_MANY_PIXELS);
        }
    }

    /** The lowest byte first. */
    private long little(int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | unsigned(at + i);
        }
        return value;
    }

    private <T> T decode(Format format, int scans, Decoding<T> decoding) throws IOException, RefusedException {
        var reader = reader(format);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            requirePixels(width, height);
            if ((long) width * height * scans > MOST_SCANNED_PIXELS) {
                throw new RefusedException(Reason.TOO_MANY_PIXELS);
            }
            return decoding.of(reader, reader.getDefaultReadParam(), format);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(Format format) throws IOException {
        return switch (format) {
            case JPEG -> ImageIO.getImageReadersByFormatName("jpeg").next();
            case PNG -> ImageIO.getImageReadersByFormatName("png").next();
            case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
        };
    }

    private static Light firstBand(Raster raster) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        var light = new byte[width * height];
        var row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                light[y * width + x] = (byte) row[x];
            }
        }
        return new Light(light, width, height);
    }

    /** On white where it is transparent. */
    private static Light grey(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        var light = new byte[width * height];
        var strip = new BufferedImage(width, 1, BufferedImage.TYPE_INT_RGB);
        var row = new int[width];
        var pen = strip.createGraphics();
        pen.setBackground(Color.WHITE);
        for (int y = 0; y < height; y++) {
            pen.clearRect(0, 0, width, 1);
            pen.drawImage(picture, 0, -y, null);
            strip.getRGB(0, 0, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int rgb = row[x];
                light[y * width + x] = (byte) (((rgb >> 16 & 0xff) + 2 * (rgb >> 8 & 0xff) + (rgb & 0xff)) / 4);
            }
        }
        pen.dispose();
        return new Light(light, width, height);
    }

    /** Throws {@link IndexOutOfBoundsException} beyond the end: the file is cut off there. */
    private int unsigned(int at) {
        return content[at] & 0xff;
    }

    private String text(int at) {
        return new String(content, at, 4, StandardCharsets.ISO_8859_1);
    }

    private boolean startsWith(int at, String bytes) {
        return content.length >= at + bytes.length()
                && new String(content, at, bytes.length(), StandardCharsets.ISO_8859_1).equals(bytes);
    }
}
