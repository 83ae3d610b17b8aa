package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What only a real browser shows of the hours page: edges that are dragged, keys, and a draft that outlives a reload. */
class HoursEditorE2E extends BrowserTest {

    @Test
    void anEdgeIsDraggedAKeyMovesItOnAndTheDraftOutlivesAReload() {
        var page = ownersHours(desktop());
        var friday = page.locator(".zg-week-column[data-day=FRIDAY]");
        drag(page, friday.locator(".handle[data-edge=END] .hold").last(), -60);
        assertThat(page.getByText(Pattern.compile("周五少开")).first()).isVisible();
        // The click that ends a drag asks nothing.
        assertThat(page.locator(".zg-why-panel")).isHidden();
        var shown = page.locator(".zg-hours-sentence");
        var dragged = shown.innerText();
        var head = friday.locator("button.day");
        head.press("ArrowUp");
        assertThat(shown).not().hasText(dragged);
        assertThat(page.locator(".zg-week .zg-sr")).containsText("星期五");
        assertThat(head).isFocused();
        var sentence = shown.innerText();

        page.reload();
        assertThat(page.getByText("接着上次没保存的改动").first()).isVisible();
        assertThat(page.locator(".zg-hours-sentence")).hasText(sentence);
        page.keyboard().press("Control+z");
        assertThat(button(page, "保存")).isHidden();
        page.reload();
        assertThat(page.getByText("接下来 30 天").first()).isVisible();
        assertThat(page.getByText("接着上次没保存的改动")).isHidden();
    }

    @Test
    void aMinuteOnTheGridSaysWhyAndItsAddressDoesToo() {
        var page = ownersHours(desktop());
        page.locator(".zg-week-column[data-day=SUNDAY] .column").click();
        assertThat(page.locator(".zg-why-panel")).isVisible();
        assertThat(page.locator(".zg-why-panel")).containsText("按哪条算");
        assertAccessible(page);
        page.navigate(stack.portal() + "/merchant/hours?at=2026-10-01T10:30");
        assertThat(page.locator(".zg-why-panel")).containsText("国庆");
    }

    @Test
    void whatWasChangedIsThereAgainAfterTheSessionEndedAndTheOwnerSignedInAgain() {
        var page = ownersHours(desktop());
        var head = page.locator(".zg-week-column[data-day=MONDAY] button.day");
        var shown = page.locator(".zg-hours-sentence");
        var saved = shown.innerText();
        head.press("ArrowUp");
        assertThat(shown).not().hasText(saved);
        var changed = shown.innerText();

        // The server forgets the session; this page does not know it yet.
        var other = page.context().newPage();
        other.navigate(stack.portal() + "/merchant");
        button(other, "退出登录").click();
        assertThat(other.getByText("有哪些机器")).isVisible();
        head.press("ArrowUp");
        page.getByText("登录时间到了").click();

        signInByPhone(page, stack.account("OWNER").get("login").asString());
        assertThat(page.getByText("接着上次没保存的改动").first()).isVisible();
        assertThat(page.locator(".zg-hours-sentence")).hasText(changed);
        button(page, "放弃改动").click();
        assertThat(page.locator(".zg-hours-sentence")).hasText(saved);
    }

    @Test
    void aBreakIsMadeAndMovedOnTheGridByKeyAndARealWeekAskedByKey() {
        var page = ownersHours(desktop());
        var head = page.locator(".zg-week-column[data-day=SATURDAY] button.day");
        var said = page.locator(".zg-week .zg-sr").first();
        head.press("b");
        assertThat(said).containsText("、");
        head.press("PageDown");
        head.press("PageDown");
        assertThat(said).containsText("第 1 段到");
        assertThat(page.locator(".zg-week-column[data-day=SATURDAY] .handle.chosen"))
                .hasCount(1);
        var broken = page.locator(".zg-hours-sentence").innerText();
        head.press("ArrowUp");
        assertThat(page.locator(".zg-hours-sentence")).not().hasText(broken);
        head.press("Delete");
        assertThat(said).not().containsText("、");
        assertThat(head).isFocused();
        // Back where it began: there is nothing to save.
        assertThat(button(page, "保存")).isHidden();

        page.locator(".zg-segments button").nth(1).click();
        var sunday = page.locator(".zg-week.dated .zg-week-column button.day").last();
        sunday.press("ArrowUp");
        assertThat(page.locator(".zg-why-panel")).containsText("周日");
        assertThat(page.locator(".zg-week.dated .zg-week-column .asked")).hasCount(1);
        assertAccessible(page);
    }

    private static Page ownersHours(Page page) {
        page.navigate(stack.portal() + "/merchant/hours");
        signInByPhone(page, stack.account("OWNER").get("login").asString());
        page.navigate(stack.portal() + "/merchant/hours");
        assertThat(page.getByText("接下来 30 天").first()).isVisible();
        return page;
    }

    private static void drag(Page page, Locator handle, int down) {
        handle.scrollIntoViewIfNeeded();
        var box = handle.boundingBox();
        double x = box.x + box.width / 4;
        double y = box.y + box.height / 2;
        page.mouse().move(x, y);
        page.mouse().down();
        page.mouse().move(x, y + down, new Mouse.MoveOptions().setSteps(6));
        page.mouse().up();
    }
}
