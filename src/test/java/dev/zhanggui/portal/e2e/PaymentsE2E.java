package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the plate on the counter to the money on the owner's page, by payers with phones. */
class PaymentsE2E extends BrowserTest {

    private static final String ALWAYS = """
            {"zone":"Asia/Shanghai","weekly":{"mon":[%1$s],"tue":[%1$s],"wed":[%1$s],"thu":[%1$s],"fri":[%1$s],"sat":[%1$s],
            "sun":[%1$s]},"outside":{"policy":"DENY"}}""".formatted("\"00:00-24:00\"");

    private static final String NEVER = """
            {"zone":"Asia/Shanghai","weekly":{"mon":[],"tue":[],"wed":[],"thu":[],"fri":[],"sat":[],"sun":[]},
            "outside":{"policy":"%s"%s}}""";

    private String before = "";

    @BeforeEach
    void keepTheHours() {
        before = stack.hours();
    }

    /** The journeys after this one find the shop as it was. */
    @AfterEach
    void giveThemBack() {
        stack.changeHours(before);
    }

    @Test
    void moneyPaidByAPlateIsOnTheOwnersPageAtOnceAndOutsideHoursTheRulesDecide() {
        stack.changeHours(ALWAYS);
        var owner = owner("/merchant/collections");
        var plate = stack.portal() + "/q/" + stack.demo().get("qrCodes").get(0).asString();
        var payer = phone();
        payer.navigate(plate);
        assertThat(payer.locator("body")).containsText("营业中");
        assertElderFriendly(payer);
        assertAccessible(payer);
        picture(payer, "scan-phone");

        pay(payer, "三十八");
        assertThat(payer.getByRole(AriaRole.ALERT)).hasText("金额只填数字，例如 38 或 38.50。");
        assertThat(payer.getByLabel("付多少")).hasValue("三十八");
        pay(payer, "36.61");
        assertThat(payer.locator("body")).containsText("这是演示用的收银台");
        assertElderFriendly(payer);
        assertAccessible(payer);
        button(payer, "确认付 ¥36.61").click();
        assertThat(payer.locator("body")).containsText("付款成功");
        assertElderFriendly(payer);
        assertAccessible(payer);
        picture(payer, "paid-phone");
        assertThat(owner.getByText("¥36.61").first()).isVisible();

        // Closed, but up to 200 yuan are welcome.
        stack.changeHours(NEVER.formatted("ALLOW_CAPPED", ",\"capFen\":20000"));
        payer.navigate(plate);
        assertThat(payer.locator("body")).containsText("已打烊");
        pay(payer, "200.01");
        assertThat(payer.getByRole(AriaRole.ALERT)).containsText("每笔 ¥200 以内");
        pay(payer, "36.62");
        button(payer, "确认付 ¥36.62").click();
        assertThat(payer.locator("body")).containsText("付款成功");
        assertThat(owner.getByText("¥36.62").first()).isVisible();

        // A clerk must agree: the payer waits, and sees it as soon as it is done.
        stack.changeHours(NEVER.formatted("CONFIRM", ""));
        payer.navigate(plate);
        pay(payer, "36.63");
        button(payer, "确认付 ¥36.63").click();
        assertThat(payer.locator("body")).containsText("等店员确认");
        button(owner, "收下 ¥36.63").click();
        assertThat(payer.locator("body")).containsText("付款成功");

        // Closed to everybody; a page that was open before turns by itself.
        stack.changeHours(ALWAYS);
        payer.navigate(plate);
        assertThat(payer.locator("body")).containsText("营业中");
        stack.changeHours(NEVER.formatted("DENY", ""));
        assertThat(payer.locator("body")).containsText("已打烊");
        assertThat(payer.locator("body")).containsText("付现金");
        assertThat(button(payer, "去付款")).hasCount(0);
    }

    @Test
    void anOrderIsPaidOnceWhoeverScansItsCode() throws IOException {
        stack.changeHours(ALWAYS);
        var owner = owner("/merchant/codes");
        button(owner, "出订单码").click();
        var dialog = dialog(owner);
        dialog.getByLabel("订单号").fill("N-3661");
        dialog.getByLabel("金额").fill("66.6");
        button(dialog, "出码").click();
        assertThat(dialog.getByText("¥66.60")).isVisible();
        assertAccessible(owner);
        picture(owner, "order-code");
        var url = Codes.read(dialog.getByRole(AriaRole.IMG));

        var payer = phone();
        var friend = phone();
        for (var page : new Page[] {payer, friend}) {
            page.navigate(url);
            assertThat(page.locator("body")).containsText("订单 N-3661");
            button(page, "去付款").click();
            assertThat(button(page, "确认付 ¥66.60")).isVisible();
        }
        button(payer, "确认付 ¥66.60").click();
        assertThat(payer.locator("body")).containsText("付款成功");
        assertThat(dialog).containsText("已付");
        button(friend, "确认付 ¥66.60").click();
        assertThat(friend.locator("body")).containsText("这一单已经付过，不用再付。");
        friend.navigate(url);
        assertThat(friend.locator("body")).containsText("已付过");
        assertElderFriendly(friend);
    }

    @Test
    void aPromotionIsShownToPayersUntilItIsStopped() throws IOException {
        stack.changeHours(ALWAYS);
        var owner = owner("/merchant/codes/promotions");
        button(owner, "做一个活动").first().click();
        var dialog = dialog(owner);
        dialog.getByLabel("活动名").fill("掌柜店庆");
        dialog.getByLabel("优惠").fill("满 50 减 5");
        assertAccessible(owner);
        button(dialog, "开始活动").click();
        assertThat(owner.getByText("进行中").first()).isVisible();
        assertAccessible(owner);
        picture(owner, "promotions");

        owner.navigate(stack.portal() + "/merchant/codes");
        var card = owner.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText("活动码"));
        var url = Codes.read(card.last());
        var payer = phone();
        payer.navigate(url);
        assertThat(payer.locator("body")).containsText("满 50 减 5");
        assertElderFriendly(payer);
        picture(payer, "promotion-phone");

        owner.navigate(stack.portal() + "/merchant/codes/promotions");
        button(owner, "停止「掌柜店庆」").click();
        owner.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("停止活动"))
                .click();
        assertThat(payer.locator("body")).containsText("活动已停止");
    }

    private Page owner(String path) {
        var page = desktop();
        page.navigate(stack.portal() + path);
        signInByPhone(page, stack.account("OWNER").get("login").asString());
        page.navigate(stack.portal() + path);
        return page;
    }

    private static void pay(Page payer, String amount) {
        payer.getByLabel(Pattern.compile("^付多少")).fill(amount);
        button(payer, "去付款").click();
    }

    private static Locator dialog(Page page) {
        return page.getByRole(AriaRole.DIALOG);
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Nothing smaller than 16 pixels, and what is pressed or typed into at least 20. */
    private static void assertElderFriendly(Page page) {
        assertThat(page.evaluate("""
                        () => [...document.querySelectorAll('body *')]
                            .filter(it => it.matches('button,input:not([type=hidden])')
                                || [...it.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
                            .filter(it => !it.matches('script,style'))
                            .map(it => [it.tagName, it.textContent.trim(), parseFloat(getComputedStyle(it).fontSize)])
                            .filter(([tag, text, size]) => size < (/BUTTON|INPUT/.test(tag) ? 20 : 16))
                            .map(it => it.join(' '))""").toString())
                .as("small words on " + page.url())
                .isEqualTo("[]");
    }
}
