package dev.zhanggui.portal.onboarding.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PhotosTest {

    @Test
    void aPhotoIsKeptAsAPlainJpegOfTheSameSize() throws IOException {
        var outcome = Photos.redraw(picture(640, 480, "png"));

        assertThat(outcome).isInstanceOfSatisfying(Photos.Outcome.Picture.class, picture -> {
            assertThat(picture.width()).isEqualTo(640);
            assertThat(picture.height()).isEqualTo(480);
            assertThat(picture.jpeg()).startsWith(0xff, 0xd8);
        });
    }

    @Test
    void nothingButPixelsSurvives() throws IOException {
        var tagged = withExif(picture(640, 480, "jpeg"), 1);
        assertThat(new String(tagged, StandardCharsets.ISO_8859_1))
                .contains("Exif")
                .contains("GPS-HERE");

        var kept = ((Photos.Outcome.Picture) Photos.redraw(tagged)).jpeg();

        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .doesNotContain("Exif")
                .doesNotContain("GPS-HERE");
    }

    @Test
    void aPhotoTakenSidewaysStandsUpright() throws IOException {
        // Left half red as stored; the camera says: turn it a quarter clockwise to see it, so red comes to the top.
        var turned = ((Photos.Outcome.Picture) Photos.redraw(withExif(picture(800, 400, "jpeg"), 6)));

        assertThat(turned.width()).isEqualTo(400);
        assertThat(turned.height()).isEqualTo(800);
        var image = ImageIO.read(new ByteArrayInputStream(turned.jpeg()));
        assertThat(new Color(image.getRGB(200, 100)).getRed()).isGreaterThan(200);
        assertThat(new Color(image.getRGB(200, 700)).getBlue()).isGreaterThan(200);
    }

    @Test
    void aVeryLargePhotoIsMadeSmaller() throws IOException {
        var outcome = (Photos.Outcome.Picture) Photos.redraw(picture(5000, 2500, "jpeg"));
        assertThat(outcome.width()).isEqualTo(2000);
        assertThat(outcome.height()).isEqualTo(1000);
    }

    @Test
    void whatOnlyCallsItselfAPictureIsRefusedByWhatItIs() {
        assertThatObject(Photos.redraw("%PDF-1.7 ...".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Photos.Outcome.NotAPicture("application/pdf"));
        assertThatObject(Photos.redraw("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(Photos.Outcome.NotAPicture.class);
        assertThatObject(Photos.redraw(new byte[0])).isInstanceOf(Photos.Outcome.NotAPicture.class);
    }

    @Test
    void aPhotoThatBreaksOffIsRefused() throws IOException {
        var whole = picture(640, 480, "png");
        assertThatObject(Photos.redraw(Arrays.copyOf(whole, whole.length / 2))).isEqualTo(new Photos.Outcome.Broken());
    }

    @Test
    void aThumbnailIsRefused() throws IOException {
        assertThatObject(Photos.redraw(picture(640, 299, "png"))).isEqualTo(new Photos.Outcome.TooSmall());
    }

    @Test
    void moreThanTenMegabytesAreRefusedUnread() {
        assertThatObject(Photos.redraw(new byte[Photos.MAX_BYTES + 1])).isEqualTo(new Photos.Outcome.TooLarge());
    }

    /** Left half red, right half blue. */
    static byte[] picture(int width, int height, String format) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var g = image.createGraphics();
        g.setColor(Color.RED);
        g.fillRect(0, 0, width / 2, height);
        g.setColor(Color.BLUE);
        g.fillRect(width / 2, 0, width - width / 2, height);
        g.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** Puts an EXIF block with an orientation and a marker text behind the start of a JPEG. */
    private static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] tiff = {
            'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0
        };
        var text = "GPS-HERE".getBytes(StandardCharsets.US_ASCII);
        int length = 2 + 6 + tiff.length + text.length;
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
        out.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
        out.writeBytes(tiff);
        out.writeBytes(text);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
