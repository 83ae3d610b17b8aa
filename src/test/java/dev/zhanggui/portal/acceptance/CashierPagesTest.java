package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.shared.Money;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The way of a payer over the pages, by real HTTP: scan, amount, cashier, result. */
class CashierPagesTest extends ScannedStoreTest {

    @Autowired
    private Collections collections;

    @Test
    void a_payer_pays_and_sees_that_it_worked() throws Exception {
        var cashier = location(post("/q/" + code.code() + "/pay?lang=zh", "amount=38.5&once=a"));
        assertThat(cashier).startsWith("/cashier/").endsWith("?lang=zh");
        var page = get(cashier, "zh");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("¥38.50", "确认付 ¥38.50", "不动真钱", "巷口 &lt;牛肉面&gt;");

        var paid = location(post(action(cashier, "pay"), ""));
        assertThat(get(paid, "zh").body()).contains("付款成功", "¥38.50").doesNotContain("确认付");
        // The second press finds how it ended.
        assertThat(get(location(post(action(cashier, "pay"), "")), "zh").body()).contains("付款成功");
        assertThat(collections.list(owner, store, "", 10))
                .singleElement()
                .satisfies(it -> assertThat(it.app()).isEqualTo(PayerApp.WECHAT));
    }

    @Test
    void what_was_typed_wrongly_comes_back_with_a_word_about_it() throws Exception {
        var back = location(post("/q/" + code.code() + "/pay?lang=zh", "amount=38.505&once=a"));
        assertThat(back).isEqualTo("/q/" + code.code() + "?pay=38.505&lang=zh");
        assertThat(get(back, "zh").body()).contains("value=\"38.505\"", "小数点后最多两位", "aria-invalid=\"true\"");

        var script = location(post("/q/" + code.code() + "/pay", "amount=%3Cscript%3E&once=a"));
        assertThat(get(script, "zh").body())
                .contains("value=\"&lt;script&gt;\"")
                .doesNotContain("<script>alert");
    }

    @Test
    void too_much_outside_hours_is_told_with_the_amount_that_works() throws Exception {
        clock.advance(Duration.ofHours(13));
        var back = location(post("/q/" + code.code() + "/pay?lang=zh", "amount=201&once=a"));
        assertThat(get(back, "zh").body())
                .contains("value=\"201\"", "不在营业时间，每笔 ¥200 以内", "付多少（¥200 以内）")
                .contains("去付款");
    }

    @Test
    void the_cashier_refuses_with_the_reason_when_the_store_closed_meanwhile() throws Exception {
        var cashier = location(post("/q/" + code.code() + "/pay?lang=zh", "amount=38&once=a"));
        setHours("DENY", 0);
        closeNow("去医院一趟");
        var end = get(location(post(action(cashier, "pay"), "")), "zh");
        assertThat(end.body()).contains("没有付成", "没有扣钱", "回到这家店的付款页").doesNotContain("付款成功");
    }

    @Test
    void the_payers_open_page_learns_at_once_that_the_clerk_agreed() throws Exception {
        clock.advance(Duration.ofHours(13));
        setHours("CONFIRM", 0);
        var cashier = location(post("/q/" + code.code() + "/pay?lang=zh", "amount=38&once=a"));
        var waiting = get(location(post(action(cashier, "pay"), "")), "zh").body();
        assertThat(waiting).contains("等店员确认");
        var path = cashier.replace("?lang=zh", "");
        var held = http.sendAsync(request(path + "/state?seen=" + seen(waiting), "zh"), text());
        assertThat(held.isDone()).isFalse();

        var wish = collections.waiting(owner, store).getFirst();
        collections.agree(owner, wish.publicId());

        assertThat(held.get(5, TimeUnit.SECONDS).body()).contains("SUCCEEDED");
        assertThat(get(cashier, "zh").body()).contains("付款成功");
    }

    @Test
    void an_order_code_shows_its_amount_and_lets_nobody_type_another() throws Exception {
        var order = ((OrderCodeOutcome.Issued) codes.issueOrder(
                        owner,
                        store,
                        new NewOrderCode("A-88", Money.yuan(66), OrderFlow.BOOKED_ONLINE, Duration.ofHours(1))))
                .code();
        assertThat(get("/q/" + order.code(), "zh").body())
                .contains("订单 A-88", "¥66.00")
                .doesNotContain("inputmode");
        var cashier = location(post("/q/" + order.code() + "/pay?lang=zh", "amount=1&once=a"));
        assertThat(get(cashier, "zh").body()).contains("确认付 ¥66.00");
        post(action(cashier, "pay"), "");
        assertThat(get("/q/" + order.code(), "zh").body()).contains("已付过", "不用再付");
    }

    @Test
    void pages_of_a_payment_are_private_small_and_load_nothing_else() throws Exception {
        var cashier = location(post("/q/" + code.code() + "/pay?lang=en", "amount=38&once=a"));
        var page = get(cashier, "en");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "form-action 'self'")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(page.body()).doesNotContain("src=").hasSizeLessThan(20 * 1024);
        assertThat(get("/cashier/" + "0".repeat(26), "zh").statusCode()).isEqualTo(404);
        assertThat(location(post("/cashier/nonsense/pay", ""))).isEqualTo("/cashier/unknown");
    }

    /** Where the form of the page leads. */
    private static String action(String cashier, String act) {
        return cashier.replace("?lang=zh", "") + "/" + act + "?lang=zh";
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(303);
        return response.headers().firstValue("Location").orElseThrow();
    }
}
