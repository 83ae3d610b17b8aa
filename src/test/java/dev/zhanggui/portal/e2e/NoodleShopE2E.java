package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demo's noodle shop on a desktop: its pages, and its nine terminals' screens. */
class NoodleShopE2E extends BrowserTest {

    @Test
    void theOwnerSeesTheShopOnADesktopAndItsTerminalsOnTheirScreens() {
        var page = desktop();
        page.navigate(stack.portal() + "/merchant");
        signInByPhone(page, stack.account("OWNER").get("login").asString());
        page.navigate(stack.portal() + "/merchant");
        assertThat(page.getByText("柜台 1").first()).isVisible();
        assertAccessible(page);
        picture(page, "home-desktop");
        page.navigate(stack.portal() + "/merchant/hours");
        assertThat(page.getByText("接下来 30 天").first()).isVisible();
        picture(page, "hours-desktop");
        page.navigate(stack.portal() + "/merchant/codes");
        assertThat(page.getByText("外卖口").first()).isVisible();
        picture(page, "codes-desktop");

        var screens = desktop();
        screens.navigate(stack.screens());
        assertThat(screens.getByText("门口点餐机")
                        .or(screens.getByText(Pattern.compile("自助终端")))
                        .first())
                .isVisible();
        picture(screens, "terminals", true);
    }
}
