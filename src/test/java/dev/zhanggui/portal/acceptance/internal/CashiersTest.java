package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionId;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CashiersTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void the_payers_app_chooses_the_acquirer_and_the_first_one_named_wins() {
        var acquirers = new LinkedHashMap<String, Cashiers.Acquirer>();
        acquirers.put("wx", new Cashiers.Acquirer("https://pay.wx.example/c", SECRET, List.of("wechat"), List.of()));
        acquirers.put("all", new Cashiers.Acquirer("https://pay.all.example/c", SECRET, List.of(), List.of()));
        var cashiers = new Cashiers(false, acquirers);
        assertThat(cashiers.of(PayerApp.WECHAT)).contains("wx");
        assertThat(cashiers.of(PayerApp.ALIPAY)).contains("all");
        assertThat(cashiers.origins()).containsExactlyInAnyOrder("https://pay.wx.example", "https://pay.all.example");
    }

    @Test
    void who_was_chosen_for_a_merchant_takes_its_payments_and_nobody_in_its_place() {
        var acquirers = new LinkedHashMap<String, Cashiers.Acquirer>();
        acquirers.put("all", new Cashiers.Acquirer("https://pay.all.example/c", SECRET, List.of(), List.of()));
        acquirers.put("wx", new Cashiers.Acquirer("https://pay.wx.example/c", SECRET, List.of("wechat"), List.of()));
        var cashiers = new Cashiers(true, acquirers);
        assertThat(cashiers.of(PayerApp.WECHAT, Optional.empty())).contains("all");
        assertThat(cashiers.of(PayerApp.WECHAT, Optional.of("wx"))).contains("wx");
        assertThat(cashiers.of(PayerApp.ALIPAY, Optional.of("wx"))).isEmpty();
        assertThat(cashiers.of(PayerApp.WECHAT, Optional.of("gone"))).isEmpty();
    }

    @Test
    void keys_are_long_their_own_and_nowhere_in_print() {
        assertRefused(
                new Cashiers.Acquirer("https://pay.example", SECRET, List.of(), List.of("short")), "32 characters");
        assertRefused(
                new Cashiers.Acquirer("https://pay.example", SECRET, List.of(), List.of(SECRET)),
                "must not be the secret");
        var key = SECRET.toUpperCase(Locale.ROOT);
        var acquirer = new Cashiers.Acquirer("https://pay.example/c", SECRET, List.of(), List.of(key));
        assertThat(new Cashiers(false, Map.of("lakala", acquirer)).toString())
                .contains("https://pay.example/c")
                .doesNotContain(SECRET, key);
    }

    @Test
    void without_an_acquirer_only_an_allowed_sandbox_takes_payers() {
        assertThat(new Cashiers(false, Map.of()).of(PayerApp.WECHAT)).isEmpty();
        assertThat(new Cashiers(true, Map.of()).of(PayerApp.WECHAT)).contains("sandbox");
    }

    @Test
    void an_acquirer_cannot_pass_for_the_sandbox_nor_have_a_name_that_no_payment_can_keep() {
        for (var name : List.of("sandbox", "Sandbox")) {
            assertThatThrownBy(() -> named(name))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("kept for the sandbox");
        }
        for (var name : List.of("", "a".repeat(21), "拉卡拉")) {
            assertThatThrownBy(() -> named(name))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a name has 1 to 20 letters");
        }
        assertThat(named("a".repeat(20)).of(PayerApp.WECHAT)).contains("a".repeat(20));
    }

    private static Cashiers named(String name) {
        return new Cashiers(
                true, Map.of(name, new Cashiers.Acquirer("https://pay.example/c", SECRET, List.of(), List.of())));
    }

    @Test
    void the_link_says_what_is_paid_and_its_signature_covers_every_letter_of_it() throws Exception {
        var cashiers = new Cashiers(
                false, Map.of("lakala", new Cashiers.Acquirer("https://pay.example/c", SECRET, List.of(), List.of())));
        var link = cashiers.address(collection("lakala"), "01STORE", "https://zg.example/cashier/01TOKEN?x=1&y=2");

        var query = link.substring(link.indexOf('?') + 1, link.indexOf("&sig="));
        assertThat(query)
                .isEqualTo("order=01PUBLIC&amount=3800&store=01STORE&expires=900&app=wechat"
                        + "&return=https%3A%2F%2Fzg.example%2Fcashier%2F01TOKEN%3Fx%3D1%26y%3D2");
        var hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(link)
                .startsWith("https://pay.example/c?")
                .endsWith("&sig=" + HexFormat.of().formatHex(hmac.doFinal(query.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_setting_that_would_send_payers_astray_stops_the_start() {
        assertRefused(new Cashiers.Acquirer("http://pay.example", SECRET, List.of(), List.of()), "https");
        assertRefused(new Cashiers.Acquirer("https://pay.example?a=b", SECRET, List.of(), List.of()), "https");
        assertRefused(new Cashiers.Acquirer("https://pay.example", "short", List.of(), List.of()), "32 characters");
        assertRefused(
                new Cashiers.Acquirer("https://pay.example", SECRET, List.of("wechta"), List.of()),
                "there is no wechta");
    }

    private static void assertRefused(Cashiers.Acquirer acquirer, String why) {
        assertThatThrownBy(() -> new Cashiers(false, Map.of("lakala", acquirer)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("zhanggui.cashier.acquirers.lakala")
                .hasMessageContaining(why);
    }

    private static Collection collection(String cashier) {
        return new Collection(
                new CollectionId(1),
                "01PUBLIC",
                "01TOKEN",
                new QrCodeId(1),
                new MerchantId(1),
                new StoreId(1),
                Money.yuan(38),
                cashier,
                PayerApp.WECHAT,
                CollectionState.OFFERED,
                null,
                Instant.EPOCH,
                Instant.ofEpochSecond(900),
                null,
                null,
                0);
    }
}
