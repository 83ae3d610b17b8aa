package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Without a mouse and without touch: only Tab, Enter, the arrows, and what is typed. */
class KeyboardE2E extends BrowserTest {

    private static final String SOMEBODY = "135%08d".formatted(System.nanoTime() / 1000 % 100_000_000);
    private static final int LONGEST_WAY = 60;

    /** The words of what has the focus, as a screen reader finds them. */
    private static final String FOCUSED = """
            () => {
              let focused = document.activeElement;
              while (focused && focused.shadowRoot && focused.shadowRoot.activeElement) focused = focused.shadowRoot.activeElement;
              if (!focused || focused === document.body) return '';
              const named = focused.getAttribute('aria-label');
              if (named) return named;
              if (focused.labels && focused.labels.length) return [...focused.labels].map(label => label.textContent).join(' ');
              const by = focused.getAttribute('aria-labelledby');
              if (by) return by.split(/\\s+/).map(id => document.getElementById(id)?.textContent ?? '').join(' ');
              return focused.textContent.trim();
            }""";

    @Test
    void somebodyAppliesWithTheKeyboardAlone() {
        var page = desktop();
        page.navigate(stack.portal() + "/apply");
        signIn(page, SOMEBODY);

        assertThat(heading(page, "您用什么身份收钱？")).isVisible();
        tabTo(page, "个人");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowUp");
        assertThat(page.getByText("刚刚已保存")).isVisible();
        tabTo(page, "下一题");
        page.keyboard().press("Enter");

        assertThat(heading(page, "您的姓名")).isVisible();
        tabTo(page, "姓名");
        page.keyboard().type("周小满");
        page.keyboard().press("Enter");
        tabTo(page, "下一题");
        page.keyboard().press("Enter");
        assertThat(heading(page, "您的身份证号码")).isVisible();
    }

    @Test
    void anOwnerSetsHoursAndClosesWithTheKeyboardAlone() {
        var page = desktop();
        page.navigate(stack.portal() + "/merchant/hours");
        signIn(page, stack.account("OTHER_OWNER").get("login").asString());

        page.navigate(stack.portal() + "/merchant/hours");
        assertThat(heading(page, "营业时间")).isVisible();
        tabTo(page, "24 小时");
        page.keyboard().press("Enter");
        // The bar comes with the answer to the key.
        assertThat(button(page, "保存")).isVisible();
        tabTo(page, "保存");
        page.keyboard().press("Enter");
        assertThat(button(page, "保存")).isHidden();

        page.navigate(stack.portal() + "/merchant");
        assertThat(page.getByText("营业中").first()).isVisible();
        tabTo(page, "现在打烊");
        page.keyboard().press("Enter");
        assertThat(page.getByText("30 分钟").first()).isVisible();
        tabTo(page, "30 分钟");
        page.keyboard().press("Enter");
        assertThat(page.getByText("已打烊").first()).isVisible();
        tabTo(page, "重新开门");
        page.keyboard().press("Enter");
        assertThat(page.getByText("营业中").first()).isVisible();
    }

    private static void signIn(Page page, String phone) {
        assertThat(heading(page, "用手机号登录")).isVisible();
        tabTo(page, "手机号");
        page.keyboard().type(phone);
        page.keyboard().press("Enter");
        assertThat(page.getByText(Pattern.compile("验证码发到")).first()).isVisible();
        tabTo(page, "验证码");
        page.keyboard().type(stack.codeFor(phone));
        page.keyboard().press("Enter");
        assertThat(heading(page, "用手机号登录")).isHidden();
    }

    /** Presses Tab until what is called so has the focus; everything on the way may be reached, nothing is skipped. */
    private static void tabTo(Page page, String name) {
        for (int pressed = 0; pressed < LONGEST_WAY; pressed++) {
            if (page.evaluate(FOCUSED).toString().strip().startsWith(name)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab does not reach " + name + " on " + page.url());
    }
}
