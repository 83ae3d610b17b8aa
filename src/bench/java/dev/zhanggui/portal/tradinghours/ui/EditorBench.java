package dev.zhanggui.portal.tradinghours.ui;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server takes for each touch in the hours editor, in a real browser on the page of a chain's store. The time is the
 * browser's own: from the request's first byte out to the answer's first byte in, so it holds the loopback, too. In the same run,
 * as the reference: round trips of the same page in which nobody did anything.
 *
 * <pre>java … EditorBench DATA [ROUNDS]</pre>
 */
public final class EditorBench {

    private static final int WARM_UP = 10;
    private static final int SAVE_EVERY = 5;
    private static final String SENT =
            "performance.getEntriesByType('resource').filter(e => e.name.includes('v-r=uidl'))";
    private static final String IDLE = "Object.values(Vaadin.Flow.clients).every(c => !c.isActive || !c.isActive())";

    private final JsonNode demo;
    private final String portal;
    private final Page page;
    private final Map<String, List<Double>> took = new LinkedHashMap<>();
    private boolean measuring;

    private EditorBench(Path data, Page page) throws IOException {
        demo = JsonMapper.shared().readTree(Files.readString(data.resolve("demo.json")));
        portal = demo.path("portal").asString();
        this.page = page;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        try (var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(
                                        List.of("--no-sandbox", "--disable-quic", "--disable-background-networking")));
                var context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setLocale("zh-CN")
                        .setViewportSize(1440, 900))) {
            var bench = new EditorBench(Path.of(arguments[0]), context.newPage());
            bench.signIn();
            bench.run(rounds);
        }
    }

    private void signIn() throws Exception {
        var phone = login("CHAIN_OWNER");
        page.navigate(portal + "/login");
        page.getByLabel("手机号").fill(phone);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("获取验证码"))
                .click();
        var code = page.getByLabel("验证码", new Page.GetByLabelOptions().setExact(true));
        code.waitFor();
        code.fill(latestCode(phone));
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("登录").setExact(true))
                .click();
        page.waitForURL(url -> !url.contains("/login"));
    }

    private String login(String role) {
        for (var account : demo.path("accounts")) {
            if (account.path("role").asString().equals(role)) {
                return account.path("login").asString();
            }
        }
        throw new IllegalStateException("demo.json knows no " + role);
    }

    private String latestCode(String phone) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var outbox = http.send(
                            HttpRequest.newBuilder(URI.create(portal + "/demo/outbox.json?phone=" + phone))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            for (var message : JsonMapper.shared().readTree(outbox)) {
                var code = message.at("/params/code").asString("");
                if (!code.isEmpty()) {
                    return code;
                }
            }
        }
        throw new IllegalStateException("no code for " + phone);
    }

    private void run(int rounds) {
        page.navigate(portal + "/merchant/hours?store="
                + demo.path("chainStores").get(1).asString());
        page.locator(".zg-hours-sentence").waitFor();
        page.evaluate("performance.setResourceTimingBufferSize(100000)");
        for (int i = 0; i < WARM_UP + rounds; i++) {
            measuring = i >= WARM_UP;
            round(i);
        }
        var all = new ArrayList<Double>();
        took.forEach((what, times) -> {
            print(what, times.stream().sorted().toList());
            if (!what.equals(NOTHING)) {
                all.addAll(times);
            }
        });
        var ours = all.stream().sorted().toList();
        var reference = took.get(NOTHING).stream().sorted().toList();
        print("all touches", ours);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"editor\",\"ours\":%.1f,\"reference\":%.1f,\"ratio\":%.1f,\"unit\":\"ms\",\"settings\":"
                        + "{\"roundTrips\":%d,\"p50\":%.1f,\"p99\":%.1f,\"max\":%.1f,\"emptyP50\":%.1f,\"emptyP99\":%.1f}}%n",
                at(ours, 0.99),
                at(reference, 0.99),
                at(ours, 0.99) / at(reference, 0.99),
                ours.size(),
                at(ours, 0.5),
                at(ours, 0.99),
                ours.getLast(),
                at(reference, 0.5),
                at(reference, 0.99));
    }

    private static final String NOTHING = "nothing (reference)";

    /** What somebody does who tries things out. Every second save takes the one before back. */
    private void round(int number) {
        timed(NOTHING, () -> page.evaluate("Object.values(Vaadin.Flow.clients).find(c => c.poll).poll()"));
        boolean later = number / SAVE_EVERY % 2 == 0;
        timed("move an edge by key", () -> day("周三").press(later ? "ArrowRight" : "ArrowLeft"));
        timed("undo", () -> press("撤销"));
        timed("move an edge by key", () -> day("周三").press(later ? "ArrowRight" : "ArrowLeft"));
        timed(
                "look at a day",
                () -> page.locator(".zg-strip-day").nth(1 + number % 25).click());
        timed(
                "ask why",
                () -> page.locator(".zg-strip-detail")
                        .getByRole(AriaRole.BUTTON)
                        .click());
        timed("preset", () -> press("24 小时"));
        timed("discard", () -> press("放弃改动"));
        if (number % SAVE_EVERY == SAVE_EVERY - 1) {
            timed("move an edge by key", () -> day("周三").press(later ? "ArrowRight" : "ArrowLeft"));
            timed("save", () -> press("保存"));
        }
    }

    private com.microsoft.playwright.Locator day(String name) {
        return page.locator("button[aria-label^='" + name + "：']:visible").first();
    }

    private void press(String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    /** All round trips that the touch leads to. */
    private void timed(String what, Runnable touch) {
        page.waitForFunction(IDLE);
        var before = ((Number) page.evaluate(SENT + ".length")).intValue();
        touch.run();
        page.waitForFunction("before => " + SENT + ".length > before && " + IDLE, before);
        if (measuring) {
            var times = (List<?>) page.evaluate(
                    "before => " + SENT + ".slice(before).map(e => e.responseStart - e.requestStart)", before);
            times.forEach(
                    time -> took.computeIfAbsent(what, key -> new ArrayList<>()).add(((Number) time).doubleValue()));
        }
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }

    private static void print(String what, List<Double> sorted) {
        System.out.printf(
                Locale.ROOT,
                "  %-24s %5d round trips   half within %6.1f ms   99 %% within %6.1f ms   slowest %6.1f ms%n",
                what,
                sorted.size(),
                at(sorted, 0.5),
                at(sorted, 0.99),
                sorted.getLast());
    }
}
