package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.qrcode.QrCodes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Somebody's sign: a small PNG or JPEG. How large it is unpacked is asked before it is unpacked. */
final class LogoFile {

    private static final int SIDE_MOST = 4_000;
    private static final Set<String> FORMATS = Set.of("png", "jpeg");

    private LogoFile() {}

    static Optional<BufferedImage> read(byte[] content) {
        if (content.length > QrCodes.LOGO_MOST) {
            return Optional.empty();
        }
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            var reader = readers.next();
            try {
                if (!FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                    return Optional.empty();
                }
                reader.setInput(in, true, true);
                return reader.getWidth(0) > SIDE_MOST || reader.getHeight(0) > SIDE_MOST
                        ? Optional.empty()
                        : Optional.of(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Decoders answer damaged files with unchecked exceptions too.
            return Optional.empty();
        }
    }
}
