package dev.zhanggui.portal.qrcode.emv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zhanggui.portal.shared.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerchantCodeTest {

    private static final String URL = "https://zg.example.cn/q/0123456789abcdefghjkm";
    private static final MerchantCode.UnionPay UNION_PAY =
            new MerchantCode.UnionPay("01020304", "00010000", "822651058120001");

    @Test
    void aStaticCodeHasNoAmountAndSaysWhatThePlateSays() {
        var payload = code("巷口牛肉面（解放路店）", null, null);

        assertThat(payload.text())
                .startsWith("000201" + "010211" + "1531" + "0102030400010000822651058120001"
                        + "26650012dev.zhanggui0145" + URL + "52045812" + "5303156" + "5802CN"
                        + "5922XIANG KOU NIU ROU MIAN" + "6007CHENGDU" + "62190304S0010707A600866"
                        + "64270002ZH0111巷口牛肉面（解放路店）"
                        + "0202成都" + "6304");
        assertThat(payload.amount()).isEmpty();
        assertThat(payload.pointOfInitiation()).contains(PointOfInitiation.STATIC);
        assertThat(payload.currency().getCurrencyCode()).isEqualTo("CNY");
        assertThat(payload.accounts())
                .contains(
                        new MerchantAccount.Template("26", MerchantCode.OUR_GUID, List.of(new DataObject("01", URL))));
        assertThat(payload.additionalData("03")).contains("S001");
        assertThat(payload.additionalData("07")).contains("A600866");
    }

    @Test
    void anOrderIsDynamicWithItsAmountInYuanAndItsNumber() {
        var payload = code("巷口牛肉面", null, new MerchantCode.Order(new Money(1_234_50), "ZG2603-0001"));

        assertThat(payload.pointOfInitiation()).contains(PointOfInitiation.DYNAMIC);
        assertThat(payload.amountText()).contains("1234.50");
        assertThat(payload.amount()).contains(new BigDecimal("1234.50"));
        assertThat(payload.additionalData("01")).contains("ZG2603-0001");
    }

    @Test
    void withoutUnionPayAndLabelsOnlyOurTemplateIsLeft() {
        var payload = new MerchantCode("面馆", null, "成都市", "5812", URL, null, null, null, null).payload();

        assertThat(payload.accounts()).singleElement().isInstanceOf(MerchantAccount.Template.class);
        assertThat(payload.additionalData()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "最佳运输 | ZUI JIA YUN SHU",
                "厦门音乐银行 | XIA MEN YIN YUE YIN HANG",
                "重庆长寿火锅 | CHONG QING CHANG SHOU HUO",
                "绿茶女装 | LYU CHA NYU ZHUANG",
                "李记煎饼·总店 | LI JI JIAN BING ZONG DIAN",
                "Café 24小时 | CAFE 24 XIAO SHI",
                "ＫＦＣ（人民南路店） | KFC (REN MIN NAN LU DIAN)",
                "四川省成都市青羊区非常有名的老字号巷口红烧牛肉面馆 | SI CHUAN SHENG CHENG DU",
                "巷口牛肉面（解放路店） | XIANG KOU NIU ROU MIAN",
                "\ud842\udfb7野家 | YE JIA",
                "吃了吗? | CHI LE MA?",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZABC | ABCDEFGHIJKLMNOPQRSTUVWXY",
                "\ud83c\udf5c | MERCHANT",
            })
    void namesAreSpelledInPinyinAndCutWhereAReaderWouldCut(String chinese, String latin) {
        assertThat(code(chinese, null, null).name()).isEqualTo(latin);
    }

    @ParameterizedTest
    @CsvSource({
        "成都市,CHENGDU,成都市",
        "重庆,CHONGQING,重庆",
        "厦门市,XIAMEN,厦门市",
        "吕梁市,LYULIANG,吕梁市",
        "恩施土家族苗族自治州,ENSHITUJIAZU,恩施土家族苗族自治州",
        "沙市,SHASHI,沙市",
        "Hong Kong,HONG KONG,Hong Kong",
    })
    void citiesAreOneWord(String city, String latin, String shown) {
        var payload = new MerchantCode("面馆", null, city, "5812", URL, null, null, null, null).payload();

        assertThat(payload.city()).isEqualTo(latin);
        assertThat(payload.alternateName()).contains(new AlternateName("ZH", "面馆", shown));
    }

    @Test
    void aLatinNameOfItsOwnWins() {
        assertThat(code("巷口牛肉面", "Alley Beef Noodles, by Mr. Wang", null).name())
                .isEqualTo("ALLEY BEEF NOODLES, BY");
    }

    @Test
    void theChineseNameIsCutAndComposed() {
        var payload = code("四川省成都市青羊区非常有名的老字号巷口（人民南路四段旗舰店）", null, null);
        assertThat(payload.alternateName().orElseThrow().name()).isEqualTo("四川省成都市青羊区非常有名的老字号巷口");
        assertThat(code("Cafe\u0301\u0007", null, null)
                        .alternateName()
                        .orElseThrow()
                        .name())
                .isEqualTo("Caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "巷口牛肉面",
                "\u0000\u0001",
                "\ud800",
                "e\u0301\u0301\u0301\u0301",
                "（",
                "  x ",
                "𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝𰻝",
                "ﷺﷺﷺﷺﷺﷺ",
                "ſßﬀ"
            })
    void whateverTheNameThePayloadKeepsTheRules(String name) {
        var payload = new MerchantCode(
                        name,
                        null,
                        name,
                        "5812",
                        URL + "x".repeat(25),
                        UNION_PAY,
                        "S".repeat(25),
                        "T".repeat(25),
                        new MerchantCode.Order(new Money(999_999_999_999L), "N".repeat(25)))
                .payload();

        assertThat(EmvPayload.read(payload.text())).isEqualTo(new EmvReading.Read(payload, List.of()));
        assertThat(payload.text().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(EmvPayload.MOST_BYTES);
    }

    @Test
    void whatCannotStandInAPayloadIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code(" ", null, null))
                .withMessage("name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MerchantCode("x", null, "x", "58", URL, null, null, null, null))
                .withMessage("category");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MerchantCode("x", null, "x", "5812", "https://掌柜.cn", null, null, null, null))
                .withMessage("url");
        for (var label : List.of("", " x", "店", "x".repeat(26), "***")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new MerchantCode("x", null, "x", "5812", URL, null, label, null, null))
                    .withMessage("storeLabel");
        }
        for (long fen : new long[] {0, -1, 1_000_000_000_000L}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new MerchantCode.Order(new Money(fen), "1"))
                    .withMessage("amount");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MerchantCode.UnionPay("1234567", "12345678", "1".repeat(15)))
                .withMessage("acquirer");
    }

    private static EmvPayload code(String name, @Nullable String latin, MerchantCode.@Nullable Order order) {
        return new MerchantCode(name, latin, "成都", "5812", URL, UNION_PAY, "S001", "A600866", order).payload();
    }
}
