package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stall keeper with a phone and nobody to ask: real hours are set, and a refused payment is explained. */
class HoursOnThePhoneE2E extends BrowserTest {

    private static final String PLAIN = """
            {"zone":"Asia/Shanghai","weekly":{"mon":[%1$s],"tue":[%1$s],"wed":[%1$s],"thu":[%1$s],"fri":[%1$s],"sat":[%1$s],
            "sun":[%1$s]},"dayKinds":{},"dates":[%2$s],"seasons":[],"outside":{"policy":"DENY"}}""";

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
    void realHoursAreSetWithThePhoneAloneAndTheTerminalsTakeThem() {
        stack.changeHours(PLAIN.formatted("\"09:00-21:00\"", ""));
        var page = ownersHours();

        bar(page, "周一").click();
        var monday = dialog(page);
        time(monday, "打烊", 0, "12:00");
        monday.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("再加一段"))
                .click();
        time(monday, "开门", 1, "13:00");
        time(monday, "打烊", 1, "21:00");
        for (var day : new String[] {"周二", "周三", "周四", "周五"}) {
            monday.getByLabel(day, new Locator.GetByLabelOptions().setExact(true))
                    .check();
        }
        use(monday);
        assertThat(sentence(page)).containsText("周一到周五 9 点开门，12 点到 13 点午休，21 点打烊");

        bar(page, "周六").click();
        var saturday = dialog(page);
        time(saturday, "开门", 0, "18:00");
        time(saturday, "打烊", 0, "02:00");
        assertThat(saturday.getByText("到次日")).isVisible();
        use(saturday);
        assertThat(sentence(page)).containsText("周六 18 点到次日 2 点");

        // The Spring Festival and the other holidays: one rule for all of them.
        page.getByText("法定假日", new Page.GetByTextOptions().setExact(true)).click();
        var holidays = dialog(page);
        holidays.getByLabel("打烊", new Locator.GetByLabelOptions().setExact(true))
                .check();
        use(holidays);
        assertThat(sentence(page)).containsText("法定假日休息");

        // One Saturday off: its night into Sunday goes with it, and that is said before it is saved.
        button(page, "加一天").click();
        var day = dialog(page);
        day.locator("vaadin-date-picker").first().click();
        tapDate(
                page,
                LocalDate.now(ZoneId.of("Asia/Shanghai"))
                        .plusDays(8)
                        .with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY)));
        day.getByLabel(Pattern.compile("给客人看的原因|原因")).fill("回老家");
        use(day);
        assertThat(page.getByText(Pattern.compile("那晚平常开到次日 .*，这次没有了"))).isVisible();
        assertAccessible(page);
        picture(page, "hours-phone-unsaved");

        button(page, "保存").click();
        assertThat(page.getByText("已同步到收银机").first()).isVisible();
        assertThat(page.getByText(Pattern.compile("第 \\d+ 版 \\d\\d:\\d\\d:\\d\\d"))
                        .first())
                .isVisible();
    }

    @Test
    void aRefusalIsExplainedWithWhatItBeatAndTheScanPageSaysTheSame() throws IOException {
        var today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        stack.changeHours(PLAIN.formatted(
                "\"00:00-24:00\"",
                "{\"from\":\"%s\",\"to\":\"%s\",\"periods\":[],\"reason\":\"店里盘点\"}"
                        .formatted(today, today.plusDays(1))));

        var scan = phone();
        scan.navigate(
                stack.portal() + "/q/" + stack.demo().get("qrCodes").get(0).asString());
        assertThat(scan.locator("body")).containsText("店里盘点");
        assertThat(scan.locator("body")).containsText("已打烊");

        var page = ownersHours();
        page.locator(".zg-segments button").nth(1).click();
        // The name of the day asks about now; the bar beside it about any minute.
        page.locator(".zg-week.dated .zg-week-bar.today .day").click();
        var why = page.locator(".zg-why-panel");
        assertThat(why).containsText("已打烊");
        assertThat(why).containsText("店里盘点");
        assertThat(why.locator(".zg-beaten").first()).containsText("24 小时营业");
        assertThat(why).containsText("特别日期排在前面");
        assertThat(why).containsText("接下来");
        assertThat(why).containsText("开门");
        assertThat(page.locator(".zg-week.dated .zg-week-bar.today .asked")).isVisible();
        assertAccessible(page);
        picture(page, "hours-phone-why");
        var paper = page.waitForDownload(() -> why.getByText("存成凭证").click());
        assertThat(paper.suggestedFilename()).startsWith("answer-");
        assertThat(Files.size(paper.path())).isGreaterThan(1_000);
    }

    private Page ownersHours() {
        var page = phone();
        page.navigate(stack.portal() + "/merchant/hours");
        signInByPhone(page, stack.account("OWNER").get("login").asString());
        page.navigate(stack.portal() + "/merchant/hours");
        assertThat(page.getByText("接下来 30 天").first()).isVisible();
        return page;
    }

    private static Locator bar(Page page, String day) {
        return page.locator(".zg-week-bar").filter(new Locator.FilterOptions().setHasText(day));
    }

    private static Locator sentence(Page page) {
        return page.locator(".zg-hours-sentence").first();
    }

    private static Locator dialog(Page page) {
        var dialog = page.locator("vaadin-dialog[opened]").last();
        assertThat(apply(dialog)).isVisible();
        return dialog;
    }

    private static Locator apply(Locator dialog) {
        return dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("就用这个"));
    }

    private static void time(Locator dialog, String label, int shift, String at) {
        var field = dialog.getByLabel(label, new Locator.GetByLabelOptions().setExact(true))
                .nth(shift);
        field.fill(at);
        field.press("Enter");
        assertThat(field).hasValue(at);
    }

    /** As a thumb does: no typing, the calendar opens over the whole screen. */
    private static void tapDate(Page page, LocalDate date) {
        var month = Pattern.compile("^" + date.getMonthValue() + "月\\s*" + date.getYear());
        page.locator("vaadin-month-calendar")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("[part~=month-header]")
                                .filter(new Locator.FilterOptions().setHasText(month))))
                .locator("[part~=date]")
                .filter(new Locator.FilterOptions()
                        .setHasText(Pattern.compile("^\\s*" + date.getDayOfMonth() + "\\s*$")))
                .click();
    }

    private static void use(Locator dialog) {
        apply(dialog).click();
        assertThat(apply(dialog)).isHidden();
    }
}
