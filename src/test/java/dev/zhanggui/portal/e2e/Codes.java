package dev.zhanggui.portal.e2e;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.microsoft.playwright.Locator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** What a payer's phone reads. */
final class Codes {

    private Codes() {}

    static String read(BufferedImage picture) {
        try {
            return new QRCodeMultiReader()
                            .decodeMultiple(
                                    new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(picture))),
                                    Map.of(DecodeHintType.TRY_HARDER, true))[0]
                            .getText();
        } catch (NotFoundException e) {
            throw new AssertionError("no code to be read", e);
        }
    }

    /** Where it stands on the screen. */
    static String read(Locator shown) throws IOException {
        shown.waitFor();
        return read(ImageIO.read(new ByteArrayInputStream(shown.screenshot())));
    }
}
