package dev.zhanggui.portal.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.vaadin.flow.component.Svg;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrPictureTest {

    private static final int DOTS = 6;
    private static final String SECRET =
            "otpauth://totp/%E6%8E%8C%E6%9F%9C:xiaosuanpan?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=%E6%8E%8C%E6%9F%9C";

    @Test
    void whatACameraReadsIsTheText() throws Exception {
        var picture = new QrPicture(SECRET, "二维码");

        assertThat(read(picture)).isEqualTo(SECRET);
    }

    @Test
    void whoCannotSeeItHearsWhatItIsAndNotWhatItSays() {
        var picture = new QrPicture(SECRET, "二维码");

        assertThat(picture.getElement().getAttribute("role")).isEqualTo("img");
        assertThat(picture.getElement().getAttribute("aria-label")).isEqualTo("二维码");
        assertThat(svg(picture)).doesNotContain("JBSWY3DP");
    }

    private static String svg(QrPicture picture) {
        return ((Svg) picture.getComponentAt(0)).getElement().getProperty("innerHTML", "");
    }

    /** Draws the modules as a browser would, and reads the picture. */
    private static String read(QrPicture picture) throws Exception {
        var svg = svg(picture);
        var box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        if (!box.find()) {
            throw NotFoundException.getNotFoundInstance();
        }
        int side = Integer.parseInt(box.group(1));
        var image = new BufferedImage(side * DOTS, side * DOTS, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, side * DOTS, side * DOTS);
        graphics.setColor(Color.BLACK);
        var module = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (module.find()) {
            graphics.fillRect(
                    Integer.parseInt(module.group(1)) * DOTS, Integer.parseInt(module.group(2)) * DOTS, DOTS, DOTS);
        }
        graphics.dispose();
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image))))
                .getText();
    }
}
