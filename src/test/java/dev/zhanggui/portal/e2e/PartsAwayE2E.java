package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A part of Zhanggui stands still: what people see, that nothing is lost, and that all goes on by itself. */
class PartsAwayE2E extends BrowserTest {

    /** More than the pool waits for a connection, twice; far less than a person waits. */
    private static final Duration FEW_SECONDS = Duration.ofSeconds(20);

    @Test
    void anEditMadeWhileTheBridgeIsAwayIsKeptAndArrivesWithoutAReload() {
        var page = ownersHours();
        assertThat(page.getByText("联系不上同步服务")).isHidden();

        var bridge = stack.pidOf("bridge");
        Stack.signal("STOP", bridge);
        try {
            assertThat(page.getByText("联系不上同步服务").first()).isVisible();
            assertThat(page.getByText("您的改动已经保存，恢复后自动送到").first()).isVisible();
            assertAccessible(page);
            var admin = desktop();
            signInStaff(admin, "SERVICE", "/desk");
            assertThat(admin.getByText("检查 device-bridge 进程").first()).isVisible();

            changeHours(page);
            assertThat(page.getByText("已保存，连上后自动更新").first()).isVisible();
        } finally {
            Stack.signal("CONT", bridge);
        }

        assertThat(page.getByText("已同步到收银机").first()).isVisible();
        assertThat(page.getByText(Pattern.compile("第 \\d+ 版 \\d\\d:\\d\\d:\\d\\d"))
                        .first())
                .isVisible();
        assertThat(page.getByText("联系不上同步服务")).isHidden();
    }

    @Test
    void aDatabaseThatStandsStillIsSaidAndNothingTypedIsLost() {
        var database = stack.databasePid();
        assumeTrue(database.isPresent(), "an external server is not ours to stop");
        var page = ownersHours();
        var hours = stack.api("/stores/" + stack.store() + "/hours");
        var ready = HttpRequest.newBuilder(URI.create(stack.portal() + "/actuator/health/readiness"));
        assertThat(Stack.exchange(hours).statusCode()).isEqualTo(200);
        var code = stack.demo().get("qrCodes").get(0).asString();
        var scan = HttpRequest.newBuilder(URI.create(code.startsWith("http") ? code : stack.portal() + "/q/" + code));
        button(page, "只周末").click();
        assertThat(button(page, "保存")).isEnabled();

        Stack.signal("STOP", database.get());
        try {
            var asked = System.nanoTime();
            var answer = Stack.await(hours, it -> it.statusCode() == 503);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(FEW_SECONDS);
            assertThat(answer.body()).contains("database-away", "Repeat after");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            Stack.await(ready, it -> it.statusCode() == 503);
            assertThat(Stack.await(scan, it -> it.statusCode() == 503).body()).contains("现在查不到这家店");

            button(page, "保存").click();
            assertThat(page.getByText("我们的系统暂时取不到数据").first()).isVisible();
            assertThat(button(page, "保存")).isVisible();

            var other = desktop();
            assertThat(other.navigate(stack.portal() + "/s/" + stack.store()).status())
                    .isEqualTo(503);
        } finally {
            Stack.signal("CONT", database.get());
        }

        Stack.await(ready, it -> it.statusCode() == 200);
        Stack.await(hours, it -> it.statusCode() == 200);
        button(page, "保存").click();
        assertThat(page.getByText("已同步到收银机").first()).isVisible();
    }

    private Page ownersHours() {
        var page = phone();
        page.navigate(stack.portal() + "/merchant/hours");
        signInByPhone(page, stack.account("OWNER").get("login").asString());
        page.navigate(stack.portal() + "/merchant/hours");
        assertThat(page.getByText("接下来 30 天").first()).isVisible();
        return page;
    }

    private static void changeHours(Page page) {
        button(page, "午休").click();
        button(page, "保存").click();
    }
}
