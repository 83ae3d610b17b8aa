package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.internal.CodeText.Code;
import dev.zhanggui.portal.acceptance.internal.CodeText.Elsewhere;
import dev.zhanggui.portal.acceptance.internal.CodeText.OurAddress;
import dev.zhanggui.portal.acceptance.internal.CodeText.Sign;
import dev.zhanggui.portal.qrcode.emv.DataObject;
import dev.zhanggui.portal.qrcode.emv.EmvPayload;
import dev.zhanggui.portal.qrcode.emv.MerchantCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTextTest {

    private static final String OURS = "https://zg.example.cn";
    private static final String CODE = "1123456789abcdefghjkmn";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://zg.example.cn/q/" + CODE,
                "http://zg.example.cn/q/" + CODE,
                "HTTPS://ZG.EXAMPLE.CN/q/" + CODE,
                "https://zg.example.cn:443/q/" + CODE,
                "https://zg.example.cn/q/" + CODE + "?lang=en",
                "zg.example.cn/q/" + CODE,
                "  https://zg.example.cn/q/" + CODE + "\n",
                CODE,
                "1123456 789abcd efghjkm n",
                "1123456-789ABCD-EFGHJKM-N",
                "ii23456 789abcd efghjkm n",
            })
    void our_codes_are_known_however_they_are_written(String text) {
        assertThat(CodeText.read(text, OURS)).isEqualTo(new Code(CODE));
    }

    static Stream<Arguments> elsewhere() {
        return Stream.of(
                Arguments.of("https://pay-x.example/q/" + CODE, "pay-x.example"),
                Arguments.of("https://zg.example.cn.pay-x.example/q/" + CODE, "zg.example.cn.pay-x.example"),
                Arguments.of("https://zg.example.cn@pay-x.example/q/" + CODE, "pay-x.example"),
                Arguments.of("https://zg.exämple.cn/q/" + CODE, "zg.xn--exmple-cua.cn"),
                Arguments.of("https://zg.example.cn\\@pay-x.example/q/" + CODE, ""),
                Arguments.of("https://zg.example.cn:8443/q/" + CODE, "zg.example.cn:8443"),
                Arguments.of("wxp://f2f0abcdef", "wxp:"),
                Arguments.of("alipays://platformapi/startapp", "alipays:"),
                Arguments.of("javascript:alert(1)", "javascript:"),
                Arguments.of("WIFI:S:shop;T:WPA;P:12345678;;", "wifi:"),
                Arguments.of("你好", ""),
                Arguments.of("", ""),
                Arguments.of("https://" + "a".repeat(63) + ".example/", "a".repeat(59) + "…"),
                Arguments.of("https://zg.example.cn/q/" + "a".repeat(2_000), ""));
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void what_leads_away_says_where_to_and_no_trick_makes_it_ours(String text, String to) {
        assertThat(CodeText.read(text, OURS)).isEqualTo(new Elsewhere(to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://zg.example.cn",
                "https://zg.example.cn/",
                "https://zg.example.cn/q/",
                "https://zg.example.cn/q/" + CODE + "/pay",
                "https://zg.example.cn/x/../q/" + CODE,
                "https://zg.example.cn/q/%2e%2e",
                "https://zg.example.cn/login",
                "https://someone@zg.example.cn/q/" + CODE,
            })
    void our_address_with_anything_else_behind_it_is_no_code(String text) {
        assertThat(CodeText.read(text, OURS))
                .isIn(new OurAddress(), new Elsewhere("zg.example.cn"))
                .isNotInstanceOf(Code.class);
    }

    @Test
    void the_sign_on_the_door_is_no_code() {
        assertThat(CodeText.read("https://zg.example.cn/s/01ARZ3NDEKTSV4RRFFQ69G5FAV", OURS))
                .isEqualTo(new Sign("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
    }

    @Test
    void a_public_address_with_a_path_is_taken_with_it() {
        assertThat(CodeText.read("https://cn.example/zg/q/" + CODE, "https://cn.example/zg"))
                .isEqualTo(new Code(CODE));
        assertThat(CodeText.read("https://cn.example/q/" + CODE, "https://cn.example/zg"))
                .isEqualTo(new OurAddress());
    }

    @Test
    void a_payload_is_ours_only_when_no_other_account_stands_in_it() {
        var ours = new MerchantCode("面馆", null, "成都", "5812", OURS + "/q/" + CODE, null, null, null, null).payload();
        assertThat(CodeText.read(ours.text(), OURS)).isEqualTo(new Code(CODE));

        List<DataObject> mixed = new ArrayList<>(ours.objects());
        mixed.add(2, new DataObject("15", "0001000000010000898000012345678"));
        assertThat(CodeText.read(new EmvPayload(mixed).text(), OURS)).isEqualTo(new Elsewhere(""));
    }
}
