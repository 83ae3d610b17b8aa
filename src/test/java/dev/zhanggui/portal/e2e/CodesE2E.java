package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The life of a plate: made, printed, photographed on the counter, stopped. */
class CodesE2E extends BrowserTest {

    private static final String PLACE = "结账台";

    @Test
    void aPlateIsMadeAndPrintedRecognisedInAPhotoBesideAForeignStickerAndStopped() throws IOException, WriterException {
        var owner = phone();
        owner.navigate(stack.portal() + "/merchant/codes");
        signInByPhone(owner, stack.account("OWNER").get("login").asString());
        owner.navigate(stack.portal() + "/merchant/codes");
        button(owner, "做一张新码").click();
        owner.getByLabel("放在哪里").fill(PLACE);
        button(owner, "做码").click();
        var card = owner.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText(PLACE));
        assertThat(card).isVisible();

        var printed = printed(owner);
        var url = Codes.read(printed);
        assertThat(url).startsWith(stack.portal() + "/q/");

        var payer = phone();
        payer.navigate(url);
        assertThat(payer.locator("body")).containsText(PLACE);

        // Both lie on the counter: the plate, and a sticker that somebody brought.
        var sticker = MatrixToImageWriter.toBufferedImage(
                new QRCodeWriter().encode("https://pay-x.example/8341", BarcodeFormat.QR_CODE, 400, 400));
        owner.navigate(stack.portal() + "/merchant/codes/check");
        photograph(owner, photo(printed, sticker));
        assertThat(owner.getByText("这不是您的码").first()).isVisible();
        assertThat(owner.getByText("是您的码").first()).isVisible();
        assertThat(owner.locator("body")).containsText("pay-x.example");
        assertAccessible(owner);
        picture(owner, "check-phone", true);

        photograph(owner, "not a picture".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(owner.getByText("这张照片看不了")).isVisible();

        owner.navigate(stack.portal() + "/merchant/codes");
        button(owner, "停用「" + PLACE + "」的码").click();
        owner.getByText("丢了", new Page.GetByTextOptions().setExact(true)).click();
        owner.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName("停用「" + PLACE + "」的码")
                                .setExact(true))
                .click();
        // The page that the payer has open turns by itself.
        assertThat(payer.locator("body")).containsText("别付款");
        assertThat(payer.locator("body")).containsText("这张码已停用");
        assertAccessible(payer);

        owner.navigate(stack.portal() + "/merchant/codes/check");
        photograph(owner, photo(printed, sticker));
        assertThat(owner.getByText("这是您的旧码，停用了").or(owner.getByText("已经停用")).first())
                .isVisible();
    }

    private static BufferedImage printed(Page owner) throws IOException {
        owner.getByLabel(Pattern.compile("打印「" + PLACE + "」")).click();
        var dialog = owner.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByAltText("样张：立牌 A6")).isVisible();
        assertAccessible(owner);
        picture(owner, "print-phone");
        choose(owner, "做成什么", "图片 PNG");
        assertThat(dialog.getByAltText("样张：图片 PNG")).isVisible();
        var download = owner.waitForDownload(
                () -> dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("下载"))
                        .click());
        assertThat(download.suggestedFilename()).endsWith(".png");
        var again = owner.context().request().get(download.url());
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.text()).contains("下载链接已经失效", "再点一次「打印」");
        return ImageIO.read(Files.newInputStream(download.path()));
    }

    private static void photograph(Page owner, byte[] photo) {
        owner.locator("vaadin-upload input[type=file]")
                .first()
                .setInputFiles(new FilePayload("counter.jpg", "image/jpeg", photo));
    }

    /** A counter from above, nothing quite straight. */
    private static byte[] photo(BufferedImage plate, BufferedImage sticker) throws IOException {
        var counter = new BufferedImage(2400, 1800, BufferedImage.TYPE_INT_RGB);
        var pen = counter.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setColor(new Color(150, 110, 70));
        pen.fillRect(0, 0, 2400, 1800);
        pen.rotate(Math.toRadians(6));
        pen.drawImage(plate, 300, 400, 700, 700, null);
        pen.rotate(Math.toRadians(-15));
        pen.drawImage(sticker, 1300, 700, 600, 600, null);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(counter, "jpg", bytes);
        return bytes.toByteArray();
    }
}
