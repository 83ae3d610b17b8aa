package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A real Chromium before the whole stack. Every wait is a retrying assertion on what the page shows. */
abstract class BrowserTest {

    /** Generous: a loaded build machine is slow, and no test here judges speed. */
    private static final double PATIENCE_MS = 45_000;

    private static final Path PICTURES = Path.of(System.getProperty("e2e.pictures", "target/pictures"));

    private static Playwright playwright;
    private static Browser browser;

    protected static Stack stack;

    private final List<BrowserContext> contexts = new ArrayList<>();

    @BeforeAll
    static void startBrowser() {
        stack = Stack.get();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--no-first-run")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
        playwright.close();
    }

    /** Leaves how every page looked at the end in target/e2e, for whoever wonders why. */
    @AfterEach
    void closeContexts() {
        int number = 0;
        for (var context : contexts) {
            for (var page : context.pages()) {
                var picture = Path.of("target", "e2e", getClass().getSimpleName() + "-" + number++ + ".png");
                page.screenshot(new Page.ScreenshotOptions().setPath(picture));
            }
            context.close();
        }
    }

    /** A phone as a stall keeper holds it: 360 by 780 points, touch. */
    protected Page phone() {
        return open(new Browser.NewContextOptions()
                .setViewportSize(360, 780)
                .setDeviceScaleFactor(2)
                .setHasTouch(true)
                .setIsMobile(true)
                .setLocale("zh-CN")
                .setTimezoneId("Asia/Shanghai"));
    }

    protected Page desktop() {
        return open(new Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setAcceptDownloads(true)
                .setLocale("zh-CN")
                .setTimezoneId("Asia/Shanghai"));
    }

    private Page open(Browser.NewContextOptions options) {
        var context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE_MS);
        contexts.add(context);
        return context.newPage();
    }

    protected static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    protected static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    protected static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    protected static void fill(Page page, String label, String text) {
        var field = page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        field.fill(text);
        field.press("Tab");
    }

    protected static void choose(Page page, String label, String item) {
        page.locator("vaadin-select:not([disabled])")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(label, new Page.GetByTextOptions().setExact(true))))
                .click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(item))
                .first()
                .click();
    }

    /** By phone and the code that the demo's outbox holds; ends where the person wanted to go. */
    protected static void signInByPhone(Page page, String number) {
        assertThat(heading(page, "用手机号登录")).isVisible();
        page.getByLabel("手机号").fill(number);
        button(page, "获取验证码").click();
        assertThat(page.getByLabel("验证码", new Page.GetByLabelOptions().setExact(true)))
                .isVisible();
        page.getByLabel("验证码", new Page.GetByLabelOptions().setExact(true)).fill(stack.codeFor(number));
        button(page, "登录").click();
        assertThat(heading(page, "用手机号登录")).isHidden();
    }

    protected static void signInStaff(Page page, String role, String target) {
        var account = stack.account(role);
        page.navigate(stack.portal() + "/staff/login");
        page.getByLabel("工号").fill(account.get("login").asString());
        // Exactly: the button that shows what was typed is named after it.
        page.getByLabel("密码", new Page.GetByLabelOptions().setExact(true))
                .fill(account.get("secret").asString());
        button(page, "下一步").click();
        assertThat(heading(page, "工作人员登录")).isHidden();
        page.navigate(stack.portal() + target);
    }

    /** No violation that a machine can see (WCAG 2.1 A and AA). */
    protected static void assertAccessible(Page page) {
        assertThat(violations(page)).as("axe on " + page.url()).isEmpty();
    }

    /** What a machine finds wrong, with the elements it finds it at. */
    protected static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(node -> node.getTarget() + " " + node.getHtml())
                                        .toList())
                        .toList();
    }

    /** A picture for the README; {@code bin/test --pictures} puts it there. */
    protected static void picture(Page page, String name) {
        picture(page, name, false);
    }

    /** @param whole also what lies below the window */
    protected static void picture(Page page, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(whole).setPath(PICTURES.resolve(name + ".png")));
    }
}
