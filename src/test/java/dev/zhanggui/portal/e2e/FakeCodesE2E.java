package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A sticker over a plate: found out by a photo, reported, followed up, and read about by its merchant. */
class FakeCodesE2E extends BrowserTest {

    private static final String FOREIGN = "https://pay-x.example/a";
    private static final Pattern NUMBER = Pattern.compile("JB[0-9]{6}-[0-9A-Z]{6}");
    private static final Shot IN_A_HURRY = new Shot(0.15, 10, 0.2, 6, 1, 0.9, 0.85f);

    @Test
    void aMerchantFindsAStickerByAPhotoAndReadsWhatItWas() {
        var owner = phone();
        owner.navigate(stack.portal() + "/login");
        signInByPhone(owner, stack.account("OWNER").get("login").asString());
        owner.navigate(stack.portal() + "/merchant/codes");
        button(owner, "这是我的码吗？拍一下").click();
        assertThat(heading(owner, "这是我的码吗？")).isVisible();
        assertAccessible(owner);

        owner.locator("vaadin-upload input[type=file]").first().setInputFiles(photo(plate(), FOREIGN));
        assertThat(heading(owner, "这不是您的码")).isVisible();
        assertThat(heading(owner, "是您的码，在用")).isVisible();
        assertThat(owner.locator("main")).containsText("pay-x.example，不是掌柜");
        assertAccessible(owner);

        button(owner, "举报这张假码").click();
        assertThat(owner.locator("main")).containsText(Pattern.compile("已举报，举报号 " + NUMBER.pattern()));
        var number = NUMBER.matcher(owner.locator("main").innerText())
                .results()
                .findFirst()
                .orElseThrow()
                .group();

        var staff = desktop();
        signInStaff(staff, "ADMIN", "/fake-reports/" + number);
        assertThat(staff.getByAltText("举报人拍的照片")).isVisible();
        button(staff, "我来查").click();
        staff.getByLabel("确是假码").check();
        fill(staff, "凭什么这么说", "照片上是贴纸");
        assertAccessible(staff);
        button(staff, "结案").click();
        assertThat(staff.locator("main")).containsText("照片上是贴纸");

        owner.navigate(stack.portal() + "/merchant/codes/reports");
        assertThat(owner.locator("main")).containsText("结论：照片上是贴纸");
        assertThat(owner.getByText("确是假码").first()).isVisible();
    }

    @Test
    void aPayerLooksACodeUpAndReportsAFakeWithoutAnAccount() {
        var payer = phone();
        payer.navigate(stack.portal() + "/check");
        payer.locator("#photo").setInputFiles(photo(plate()));
        button(payer, "查一下").click();
        assertThat(payer.locator("main")).containsText("是真码");

        payer.navigate(stack.portal() + "/check");
        payer.locator("#photo").setInputFiles(photo(FOREIGN));
        button(payer, "查一下").click();
        assertThat(payer.getByRole(AriaRole.ALERT)).containsText("别付款");
        button(payer, "举报这张码").click();
        assertThat(payer.locator("#code")).hasValue(FOREIGN);

        button(payer, "送出举报").click();
        assertThat(payer.getByRole(AriaRole.ALERT)).hasText("请选一下怎么了。");
        payer.getByLabel("钱已经付了，觉得被骗").check();
        payer.getByLabel("在哪里看到的").fill("解放路的面馆");
        button(payer, "送出举报").click();
        assertThat(payer.locator("main")).containsText(Pattern.compile("收到了.*" + NUMBER.pattern(), Pattern.DOTALL));
        assertAccessible(payer);
    }

    private static String plate() {
        return stack.portal() + "/q/" + stack.demo().get("qrCodes").get(0).asString();
    }

    private static FilePayload photo(String... texts) {
        return new FilePayload(
                "IMG_0001.jpg", "image/jpeg", PhotoStudio.jpeg(1200, 900, 7, IN_A_HURRY, List.of(texts)));
    }
}
