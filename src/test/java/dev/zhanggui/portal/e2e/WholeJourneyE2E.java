package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** From the first look at the start page to a closed store on the terminal's screen: as applicant, staff, and merchant. */
class WholeJourneyE2E extends BrowserTest {

    /** Somebody new at every run. */
    private static final String APPLICANT = "136%08d".formatted(System.nanoTime() / 1000 % 100_000_000);

    private static final String TRACKING = "SF%013d".formatted(System.nanoTime() % 10_000_000_000_000L);
    private static final String STORE = "桥头烤冷面";
    private static final Pattern OFFER = Pattern.compile("推荐(.+)，出价格单");

    @TempDir
    Path folder;

    @Test
    void aStallKeeperAppliesGetsATerminalAndClosesTheStore() throws IOException {
        var applicant = phone();
        var application = apply(applicant);

        var service = desktop();
        signInStaff(service, "SERVICE", "/desk/" + application);
        var model = verifyAndRecommend(service);

        sign(applicant);

        var reviewer = desktop();
        signInStaff(reviewer, "REVIEWER", "/desk/" + application);
        approve(reviewer);

        var serial = "ZE" + System.nanoTime() % 10_000_000_000L;
        var warehouse = desktop();
        signInStaff(warehouse, "WAREHOUSE", "/warehouse/stock-in");
        send(warehouse, model, serial);

        activate(applicant, serial, classOf(model));
        runTheStore(applicant, serial);
    }

    // ---- the applicant

    private String apply(Page page) throws IOException {
        page.navigate(stack.portal());
        assertThat(heading(page, "申请一台收款机")).isVisible();
        assertAccessible(page);
        picture(page, "start-phone");
        page.getByText("开始申请", new Page.GetByTextOptions().setExact(true)).click();
        signInByPhone(page, APPLICANT);

        // The sign-in phone is taken over; the first open question is the next one.
        assertThat(heading(page, "您用什么身份收钱？")).isVisible();
        pick(page, "个人");
        next(page, "您的姓名");
        fill(page, "姓名", "周小满");
        next(page, "您的身份证号码");
        fill(page, "身份证号码", "110105194912310021");
        assertThat(page.getByText("有一位输错了").first()).isVisible();
        fill(page, "身份证号码", "11010519491231002X");
        assertThat(page.getByText("刚刚已保存")).isVisible();
        assertAccessible(page);
        picture(page, "apply-phone");

        // Closes the tab half-way; the draft is there, at the question where it stopped.
        var again = page.context().newPage();
        page.close();
        again.navigate(stack.portal() + "/apply");
        assertThat(heading(again, "您在哪儿收钱？")).isVisible();
        return finish(again);
    }

    private Page applicantPage;

    private String finish(Page page) throws IOException {
        applicantPage = page;
        pick(page, "流动摊位");
        next(page, "您的店叫什么？");
        fill(page, "店名", STORE);
        choose(page, "行业", "夜市小吃");
        next(page, "店在什么地方？");
        choose(page, "省", "湖南省");
        choose(page, "市", "长沙市");
        choose(page, "区、县", "芙蓉区");
        fill(page, "街道和门牌", "解放路 12 号桥头");
        next(page, "拍一张摊位");
        page.locator("vaadin-upload input[type=file]").setInputFiles(notAPhoto());
        assertThat(page.getByText(Pattern.compile("这个文件不是照片|这张照片坏了|传不上来")).first())
                .isVisible();
        page.locator("vaadin-upload input[type=file]").setInputFiles(photo());
        assertThat(page.getByText("照片存好了")).isVisible();
        next(page, "想要哪种机器？");
        pick(page, "帮我挑");
        next(page, "钱到哪张卡？");
        fill(page, "储蓄卡号", "6217001234567898841");
        assertThat(page.getByText("有一位输错了").first()).isVisible();
        fill(page, "储蓄卡号", "6217001234567898844");
        next(page, "看一遍，没问题就提交");
        assertThat(page.locator("body")).not().containsText("11010519491231002X");
        assertAccessible(page);
        button(page, "提交申请").click();
        assertThat(page.getByText("我们给您打电话").first()).isVisible();
        assertAccessible(page);
        picture(page, "timeline-phone");
        var url = page.url();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private void sign(Page ignored) {
        var page = applicantPage;
        // No reload: the price sheet comes by itself.
        assertThat(page.getByText("您看价格，签字").first()).isVisible();
        assertThat(page.getByText("第一年一共").first()).isVisible();
        assertAccessible(page);
        picture(page, "offer-phone");
        page.getByRole(AriaRole.CHECKBOX).check();
        button(page, "同意这个价格，签字").click();
        assertThat(page.getByText("我们审核").first()).isVisible();
    }

    private void activate(Page ignored, String serial, String deviceClass) {
        var page = applicantPage;
        assertThat(page.getByText("您等快递，收到后确认").first()).isVisible();
        assertThat(page.getByText(TRACKING).first()).isVisible();
        button(page, "我收到机器了").click();
        stack.powerOn(serial, deviceClass);
        var code = page.getByLabel("机器屏幕上的码");
        assertThat(code).isVisible();
        code.fill("ABCD-EFGH");
        button(page, "激活").click();
        assertThat(page.getByRole(AriaRole.ALERT).first()).isVisible();
        code.fill(stack.shownCode(serial));
        button(page, "激活").click();
        assertThat(page.getByText("机器激活好了，您已经是商户").first()).isVisible();
        picture(page, "activated-phone");
        button(page, "去我的店").click();
        assertThat(page.getByText(STORE).first()).isVisible();
    }

    // ---- the merchant

    private void runTheStore(Page ignored, String serial) throws IOException {
        var page = applicantPage;
        page.navigate(stack.portal() + "/merchant/hours");
        button(page, "24 小时").click();
        button(page, "保存").click();
        assertThat(page.getByText("已同步到收银机").first()).isVisible();
        assertThat(page.getByText(Pattern.compile("第 \\d+ 版 \\d\\d:\\d\\d:\\d\\d"))
                        .first())
                .isVisible();
        assertAccessible(page);
        stack.awaitTerminal(serial, screen -> screen.path("open").asBoolean(false));

        page.navigate(stack.portal() + "/merchant/codes");
        button(page, "做一张新码").first().click();
        page.getByLabel("放在哪里").fill("柜台");
        button(page, "做码").click();
        assertThat(page.getByText("编号 001").first()).isVisible();
        assertAccessible(page);
        picture(page, "codes-phone");
        page.getByLabel(Pattern.compile("^打印")).first().click();
        for (var shape : new String[] {"图片 PNG", "矢量图 SVG", "桌卡"}) {
            choose(page, "做成什么", shape);
            assertThat(page.getByAltText("样张：" + shape)).isVisible();
            Download download =
                    page.waitForDownload(() -> button(page, "下载").first().click());
            assertThat(Files.size(download.path())).isGreaterThan(500);
        }
        button(page, "关上").click();
        var screen = stack.awaitTerminal(
                serial, look -> !look.path("qrUrl").asString("").isEmpty());
        var scan = phone();
        scan.navigate(screen.path("qrUrl").asString());
        assertThat(scan.getByText("营业中").first()).isVisible();
        assertAccessible(scan);

        page.navigate(stack.portal() + "/merchant");
        assertThat(page.getByText("营业中").first()).isVisible();
        picture(page, "home-phone");
        button(page, "现在打烊").click();
        page.getByText("30 分钟", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        assertThat(page.getByText("已打烊").first()).isVisible();
        assertAccessible(page);

        // The open scan page turns by itself, and so does the terminal.
        assertThat(scan.getByText(Pattern.compile("临时打烊|已打烊")).first()).isVisible();
        picture(scan, "scan-phone");
        var closed = stack.awaitTerminal(serial, look -> !look.path("open").asBoolean(true));
        assertThat(closed.path("text").asString("")).isNotBlank();
    }

    // ---- staff

    private String verifyAndRecommend(Page page) {
        button(page, "领这一件").click();
        assertThat(page.getByText("先报这四个数，客户页面上也有")).isVisible();
        assertAccessible(page);
        picture(page, "desk-desktop");
        var code = page.locator(".desk-code .code").textContent().strip();
        assertThat(applicantPage.getByLabel(Pattern.compile("核对码")).first()).isVisible();
        assertThat(applicantPage.locator("body")).containsText(Pattern.compile(String.join("\\s*", code.split(""))));
        page.locator("vaadin-button")
                .filter(new Locator.FilterOptions().setHasText("核实了"))
                .click();
        var offer = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(OFFER));
        assertThat(offer).isVisible();
        var matcher = OFFER.matcher(offer.textContent());
        assertThat(matcher.find()).isTrue();
        offer.click();
        assertThat(page.getByText("现在轮到客户").first()).isVisible();
        return matcher.group(1);
    }

    private void approve(Page page) {
        var claim = button(page, "领这一件");
        var approve = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("通过，下单寄机器"));
        assertThat(claim.or(approve).first()).isVisible();
        if (claim.isVisible()) {
            claim.click();
        }
        approve.click();
        assertThat(page.getByText(Pattern.compile("通过了")).first()).isVisible();
    }

    private void send(Page page, String model, String serial) {
        choose(page, "型号", model);
        page.getByLabel("序列号").pressSequentially(serial + "\n" + serial);
        button(page, "先看看有没有问题").click();
        assertThat(page.getByText("这批里重复了")).isVisible();
        button(page, "1 台入库").click();
        assertThat(page.getByText("1 台入库了")).isVisible();

        page.navigate(stack.portal() + "/warehouse");
        page.getByText(STORE).first().click();
        scan(page, serial);
        assertThat(page.getByText("接着装箱核对")).isVisible();
        scan(page, "ZS01261000099");
        assertThat(page.getByText("不是这台").first()).isVisible();
        assertAccessible(page);
        picture(page, "warehouse-desktop");
        scan(page, serial);
        assertThat(page.getByText("对上了").first()).isVisible();
        page.getByLabel("快递单条码").pressSequentially(TRACKING);
        page.getByLabel("快递单条码").press("Enter");
        assertThat(page.getByLabel("快递单号")).hasValue(TRACKING);
        button(page, "寄出，告诉客户").click();
        assertThat(page.getByText("寄出了").first()).isVisible();
    }

    private static void scan(Page page, String text) {
        var field = page.getByLabel("扫码输入");
        field.pressSequentially(text);
        field.press("Enter");
    }

    private static String classOf(String modelName) throws IOException {
        for (var model :
                JsonMapper.shared().readTree(Files.readString(Path.of("src/main/resources/catalogue/models.json")))) {
            if (model.get("name").get("zh").asString().equals(modelName)) {
                return model.get("deviceClass").asString();
            }
        }
        throw new IllegalArgumentException("no model " + modelName);
    }

    // ---- small things

    private static void next(Page page, String heading) {
        button(page, "下一题").click();
        assertThat(heading(page, heading)).isVisible();
    }

    private static void pick(Page page, String choice) {
        page.locator("vaadin-radio-button")
                .filter(new Locator.FilterOptions().setHasText(choice))
                .first()
                .click();
        assertThat(page.getByText("刚刚已保存")).isVisible();
    }

    private Path photo() throws IOException {
        var image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(0xcfd8dc));
        graphics.fillRect(0, 0, 1200, 900);
        graphics.setColor(new Color(0x8d3b2a));
        graphics.fillRect(200, 200, 800, 180);
        graphics.dispose();
        var file = folder.resolve("stall.jpg");
        ImageIO.write(image, "jpg", file.toFile());
        return file;
    }

    private Path notAPhoto() throws IOException {
        var file = folder.resolve("broken.jpg");
        Files.writeString(file, "this is no picture at all, whatever its name says");
        return file;
    }
}
