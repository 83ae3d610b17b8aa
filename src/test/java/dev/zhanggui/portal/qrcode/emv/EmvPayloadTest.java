package dev.zhanggui.portal.qrcode.emv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.zhanggui.portal.qrcode.emv.EmvFinding.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter 4 of the specification, requirement by requirement. */
class EmvPayloadTest {

    /** Annex B of the specification. */
    private static final String PUBLISHED =
            "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678"
                    + "520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***"
                    + "0708A60086670902ME91320016A0112233449988770708123456786304A13A";

    /** The least that is allowed, without the CRC. */
    private static final List<String> LEAST = List.of(
            "000201",
            "15310000000100000002ABCDEFGHIJKLMNO",
            "52045812",
            "5303156",
            "5802CN",
            "5904CAFE",
            "6007CHENGDU");

    @Test
    void theCrcIsThatOfTheSpecification() {
        assertThat(Crc16.of("123456789")).isEqualTo("29B1");
        assertThat(Crc16.of(PUBLISHED.substring(0, PUBLISHED.length() - 4))).isEqualTo("A13A");
        assertThat(Crc16.of("")).isEqualTo("FFFF");
    }

    @Test
    void thePublishedExampleIsReadToTheLastField() {
        var read = (EmvReading.Read) EmvPayload.read(PUBLISHED);
        var payload = read.payload();

        assertThat(read.remarks()).isEmpty();
        assertThat(payload.text()).isEqualTo(PUBLISHED);
        assertThat(payload.pointOfInitiation()).contains(PointOfInitiation.DYNAMIC);
        assertThat(payload.accounts())
                .containsExactly(
                        new MerchantAccount.Template("29", "D15600000000", List.of(new DataObject("05", "A93FO3230Q"))),
                        new MerchantAccount.Template("31", "D15600000001", List.of(new DataObject("03", "12345678"))));
        assertThat(payload.merchantCategory()).isEqualTo("4111");
        assertThat(payload.country()).isEqualTo("CN");
        assertThat(payload.name()).isEqualTo("BEST TRANSPORT");
        assertThat(payload.city()).isEqualTo("BEIJING");
        assertThat(payload.alternateName()).contains(new AlternateName("ZH", "最佳运输", "北京"));
        assertThat(payload.amount()).contains(new BigDecimal("23.72"));
        assertThat(payload.currency().getCurrencyCode()).isEqualTo("CNY");
        assertThat(payload.fee()).isEqualTo(new Fee.AskTip());
        assertThat(payload.additionalData())
                .containsExactly(
                        new DataObject("03", "1234"),
                        new DataObject("06", "***"),
                        new DataObject("07", "A6008667"),
                        new DataObject("09", "ME"));
        assertThat(payload.unreserved())
                .containsExactly(new MerchantAccount.Template(
                        "91", "A011223344998877", List.of(new DataObject("07", "12345678"))));
        assertThat(payload.postalCode()).isEmpty();
        assertThat(payload.reserved()).isEmpty();
        assertThat(payload.needsUtf8()).isTrue();
    }

    @Test
    void theLeastThatIsAllowedIsRead() {
        var payload = ((EmvReading.Read) EmvPayload.read(with())).payload();

        assertThat(payload.pointOfInitiation()).isEmpty();
        assertThat(payload.amount()).isEmpty();
        assertThat(payload.fee()).isEqualTo(new Fee.None());
        assertThat(payload.accounts())
                .containsExactly(new MerchantAccount.Primitive(
                        "15", MerchantAccount.Scheme.UNIONPAY, "0000000100000002ABCDEFGHIJKLMNO"));
        assertThat(payload.needsUtf8()).isFalse();
    }

    @ParameterizedTest(name = "without {0}")
    @CsvSource({"00,00", "15,02-51", "52,52", "53,53", "58,58", "59,59", "60,60"})
    void everyMandatoryObjectIsMissed(String id, String path) {
        var text = signed(LEAST.stream().filter(it -> !it.startsWith(id)).toList());

        assertThat(errors(text)).containsExactly("MISSING " + path + " " + text.length());
    }

    @Test
    void theCrcIsMissed() {
        var text = String.join("", LEAST);
        assertThat(errors(text)).containsExactly("MISSING 63 " + text.length());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // Point of initiation (4.7.2).
                "010211 |",
                "010212 |",
                "010213 | RESERVED_VALUE 01 85",
                "010200 | RESERVED_VALUE 01 85",
                "0101A  | NOT_DIGITS 01 85",
                "0103011 | WRONG_LENGTH 01 85",
                // Amount (4.7.4).
                "540598.73 |",
                "540298 |",
                "540398. |",
                "54040.01 |",
                "5413999999999999. |",
                "540598,73 | BAD_AMOUNT 54 85",
                "54053 705 | BAD_AMOUNT 54 85",
                "5403.98 | BAD_AMOUNT 54 85",
                "5401. | BAD_AMOUNT 54 85",
                "54051.2.3 | BAD_AMOUNT 54 85",
                "5402-1 | BAD_AMOUNT 54 85",
                "54031e3 | BAD_AMOUNT 54 85",
                "54010 | ZERO 54 85",
                "54040.00 | ZERO 54 85",
                "541412345678901234 | TOO_LONG 54 85",
                "5401１ | NOT_ASCII 54 85",
                // Tip or fee (4.7.6 to 4.7.8): every pair of 55 with 56 and 57.
                "550201 |",
                "55020156041.50 | FORBIDDEN 56 87",
                "550201570503.00 | FORBIDDEN 57 87",
                "550202 | MISSING 56 95",
                "55020256041.50 |",
                "550202570503.00 | MISSING 56 104; FORBIDDEN 57 87",
                "55020256041.50570503.00 | FORBIDDEN 57 95",
                "550203 | MISSING 57 95",
                "550203570503.00 |",
                "55020356041.50 | MISSING 57 103; FORBIDDEN 56 87",
                "55020356041.50570503.00 | FORBIDDEN 56 87",
                "56041.50 | FORBIDDEN 56 81",
                "570503.00 | FORBIDDEN 57 81",
                "56041.50570503.00 | FORBIDDEN 56 81; FORBIDDEN 57 89",
                "550204 | RESERVED_VALUE 55 85",
                "55020456041.50 | RESERVED_VALUE 55 85; FORBIDDEN 56 87",
                "55020256040.00 | ZERO 56 91",
                "55020256041,50 | BAD_AMOUNT 56 91",
                "550203570500.01 |",
                "550203570599.99 |",
                "55020357011 |",
                "55020357022. |",
                "550203570500.00 | BAD_PERCENTAGE 57 91",
                "5502035703100 | BAD_PERCENTAGE 57 91",
                "55020357023% | BAD_AMOUNT 57 91",
                "5502035706100.00 | TOO_LONG 57 91",
                // Postal code.
                "6106610000 |",
                "611012345ABCDE |",
                "611112345ABCDEF | TOO_LONG 61 85",
                // Account templates (4.7.11).
                "26080004ab.c |",
                "26140010D840000000 |",
                "26360032581b314e257f41bfbbdc6384daa31d16 |",
                "26210017com.merchant.name |",
                "51080004ab.c |",
                "26110107123.456 | MISSING 26.00 96",
                "26070003abc | BAD_GUID 26.00 89",
                "26120008A0000001 | BAD_GUID 26.00 89",
                "26150011A0000000001 | BAD_GUID 26.00 89",
                "26160012com..company | BAD_GUID 26.00 89",
                "26080004com. | BAD_GUID 26.00 89",
                "26080004.com | BAD_GUID 26.00 89",
                "26070003北.京 | NOT_ASCII 26.00 89",
                "26370033D84000000012345678901234567890123 | TOO_LONG 26.00 89",
                "26130004ab.c0101x |",
                "26180004ab.c0101x0101y | DUPLICATE 26.01 98",
                "26080005ab.c | CUT_OFF 26.00 89",
                "2601x | BAD_ID 26 85",
                "26030x1 | BAD_ID 26 85",
                "260400xx | BAD_LENGTH 26.00 87",
                "26040000 | BAD_LENGTH 26.00 87",
                // Additional data (4.8).
                "62050101x |",
                "62290125ABCDEFGHIJKLMNOPQRSTUVWXY |",
                "62300126ABCDEFGHIJKLMNOPQRSTUVWXYZ | TOO_LONG 62.01 89",
                "62060702店一 | NOT_ASCII 62.07 89",
                "62070203*** |",
                "62070803*** |",
                "62050901A |",
                "62070903AME |",
                "62070903EMA |",
                "62060902AA | BAD_REQUEST 62.09 89",
                "62070903MAM | BAD_REQUEST 62.09 89",
                "62050901X | BAD_REQUEST 62.09 89",
                "62070903*** | BAD_REQUEST 62.09 89",
                "62080904AMEA | TOO_LONG 62.09 89",
                "621250080004ab.c |",
                "620950050101x | MISSING 62.50.00 94",
                "62100101x0101y | DUPLICATE 62.01 90",
                // The language template (4.9).
                "64130002ZH0103牛肉面 |",
                "64130002zh0103牛肉面 |",
                "64190002ZH0103牛肉面0202成都 |",
                "64070103牛肉面 | MISSING 64.00 92",
                "64060002ZH | MISSING 64.01 91",
                "64120002ZH0202成都 | MISSING 64.01 97",
                "64130002XX0103牛肉面 | UNKNOWN_LANGUAGE 64.00 89",
                "64130002中文0103牛肉面 | NOT_ASCII 64.00 89",
                "64140003ZHO0103牛肉面 | WRONG_LENGTH 64.00 89",
                "64360002ZH0126二十六个字的店名二十六个字的店名二十六个字的店名二六 | TOO_LONG 64.01 95",
                "64330002ZH0103牛肉面0216十六个字的城市名十六个字的城市名 | TOO_LONG 64.02 102",
                // Unreserved templates (4.11).
                "80080004ab.c |",
                "99080004ab.c |",
                "80050101x | MISSING 80.00 90",
                "8005hello | BAD_ID 80 85",
            })
    void everyConditionHolds(String more, String errors) {
        var found = errors(with(more));
        if (errors == null) {
            assertThat(found).isEmpty();
            assertThat(((EmvReading.Read) EmvPayload.read(with(more))).remarks())
                    .isEmpty();
        } else {
            assertThat(found).containsExactlyInAnyOrder(errors.split("; "));
        }
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "000201,000202,RESERVED_VALUE 00 4",
        "000201,00011,WRONG_LENGTH 00 4",
        "000201,0002AB,NOT_DIGITS 00 4",
        "52045812,5203581,WRONG_LENGTH 52 45",
        "52045812,52045A12,NOT_DIGITS 52 45",
        "5303156,5303CNY,NOT_DIGITS 53 53",
        "5303156,5303000,UNKNOWN_CURRENCY 53 53",
        "5303156,5303123,UNKNOWN_CURRENCY 53 53",
        "5303156,530215,WRONG_LENGTH 53 53",
        "5802CN,5802cn,UNKNOWN_COUNTRY 58 60",
        "5802CN,5802ZZ,UNKNOWN_COUNTRY 58 60",
        "5802CN,5803CHN,WRONG_LENGTH 58 60",
        "5802CN,5802中国,NOT_ASCII 58 60",
        "5904CAFE,5904CAFÉ,NOT_ASCII 59 66",
        "5904CAFE,5926ABCDEFGHIJKLMNOPQRSTUVWXYZ,TOO_LONG 59 66",
        "6007CHENGDU,6016ABCDEFGHIJKLMNOP,TOO_LONG 60 74",
        "6007CHENGDU,6002成都,NOT_ASCII 60 74",
    })
    void everyMandatoryObjectHasItsFormat(String right, String wrong, String error) {
        var objects = new ArrayList<>(LEAST);
        objects.set(objects.indexOf(right), wrong);

        assertThat(errors(signed(objects))).containsExactly(error);
    }

    @Test
    void theFormatIndicatorComesFirstAndTheCrcLastAndTheRestAnywhere() {
        var turned = new ArrayList<>(LEAST.subList(1, LEAST.size()).reversed());
        turned.addFirst("000201");
        assertThat(errors(signed(turned))).isEmpty();

        turned.addLast(turned.removeFirst());
        assertThat(errors(signed(turned))).containsExactly("NOT_FIRST 00 75");

        assertThat(errors(with() + "0102" + "11")).containsExactly("CRC_NOT_LAST 63 81");
        assertThat(errors(with() + "6304ABCD")).containsExactlyInAnyOrder("CRC_NOT_LAST 63 81", "DUPLICATE 63 89");
    }

    @Test
    void nothingIsThereTwice() {
        for (var object : LEAST) {
            var id = object.substring(0, 2);
            assertThat(errors(with(object))).as(id).contains("DUPLICATE " + id + " 81");
        }
    }

    @Test
    void theCrcIsFourHexadecimalDigitsInCapitalsAndThatOfTheText() {
        var right = with();
        var text = right.substring(0, right.length() - 4);
        var crc = right.substring(right.length() - 4);
        var other = crc.equals("0000") ? "0001" : "0000";

        assertThat(errors(text + crc.toLowerCase(Locale.ROOT))).containsExactly("BAD_CRC 63 85");
        assertThat(errors(text + "12G4")).containsExactly("BAD_CRC 63 85");
        assertThat(EmvPayload.read(text + other))
                .isEqualTo(new EmvReading.Refused(List.of(new EmvFinding(Kind.CHECKSUM, "63", 85, crc))));
        assertThat(errors(text.substring(0, text.length() - 2) + "03" + crc.substring(1)))
                .containsExactly("BAD_CRC 63 85");
    }

    @Test
    void lengthsAndPositionsCountCharactersNotBytesNorHalvesOfThem() {
        var rare = "64120002ZH0102\ud842\udfb7店";
        assertThat(errors(with(rare))).isEmpty();
        assertThat(errors(with(rare, "61013x"))).containsExactly("BAD_ID  102");
        assertThat(((EmvReading.Read) EmvPayload.read(with(rare))).payload().alternateName())
                .contains(new AlternateName("ZH", "\ud842\udfb7店", null));
    }

    @Test
    void stringsAreComposedAndDefined() {
        assertThat(errors(with("64110002FR0101\u00e9"))).isEmpty();
        for (var wrong : List.of("e\u0301", "a\u0007", "a\ud800", "a\u0378", "a\ue000", "a\n")) {
            assertThat(errors(with("64120002FR0102" + wrong))).containsExactly("NOT_PRECOMPOSED 64.01 95");
        }
        assertThat(errors(with("26140004ab.c0102e\u0301"))).containsExactly("NOT_PRECOMPOSED 26.01 97");
    }

    @Test
    void whatLaterVersionsMayMeanIsCarriedAlongAndRemarked() {
        for (var reserved : List.of(
                "6501x", "7901牛", "0601x", "2501x", "62051001x", "62054901x", "62050001x", "64180002ZH0103牛肉面0301x")) {
            var text = with(reserved);
            var read = (EmvReading.Read) EmvPayload.read(text);
            assertThat(read.remarks()).as(reserved).extracting(EmvFinding::kind).containsExactly(Kind.RESERVED_ID);
            assertThat(read.payload().text()).isEqualTo(text);
        }
        assertThat(((EmvReading.Read) EmvPayload.read(with("54051.234"))).remarks())
                .containsExactly(new EmvFinding(Kind.DECIMALS, "54", 85, "2"));
    }

    @Test
    void aPayloadHasAtMost512BytesInUtf8() {
        assertThat(errors("0".repeat(513))).containsExactly("PAYLOAD_TOO_LONG  0");
        assertThat(errors("店".repeat(171))).containsExactly("PAYLOAD_TOO_LONG  0");
        assertThat(errors("")).containsExactly("EMPTY  0");
        var long8 = "80" + "99" + "0004ab.c" + "0187" + "x".repeat(87);
        var objects = new ArrayList<>(LEAST);
        for (int i = 80; i < 84; i++) {
            objects.add(i + long8.substring(2));
        }
        var text = signed(objects);
        assertThat(text.length()).isEqualTo(81 + 4 * 103 + 8);
        assertThat(errors(text)).isEmpty();
        objects.add("6107" + "x".repeat(7));
        assertThat(errors(signed(objects))).isEmpty();
        objects.set(objects.size() - 1, "6108" + "x".repeat(8));
        assertThat(signed(objects)).hasSize(513);
        assertThat(errors(signed(objects))).containsExactly("PAYLOAD_TOO_LONG  0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "00",
                "0002",
                "00020",
                "https://zg.example.cn/q/0123",
                "wxp://f2f0abc",
                "000201 010211",
                " 000201",
                "٠٠٠٢٠١",
                "\u0000",
                "０００２０１"
            })
    void nonsenseIsRefused(String text) {
        assertThat(EmvPayload.read(text)).isInstanceOf(EmvReading.Refused.class);
    }

    @Test
    void objectsThatBreakARuleCannotBecomeAPayload() {
        var objects = new ArrayList<>(
                ((EmvReading.Read) EmvPayload.read(with())).payload().objects());
        assertThat(new EmvPayload(objects).text()).isEqualTo(with());
        objects.add(new DataObject("54", "0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmvPayload(objects))
                .withMessage("ZERO 54");
        assertThatIllegalArgumentException().isThrownBy(() -> new EmvPayload(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new DataObject("5", "0"));
        assertThatIllegalArgumentException().isThrownBy(() -> new DataObject("54", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new DataObject("54", "0".repeat(100)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyFindingIsSaidInBothLanguages(Kind kind) {
        var finding = new EmvFinding(kind, "62.07", 12, "x");
        var chinese = finding.words(Locale.SIMPLIFIED_CHINESE);
        var english = finding.words(Locale.ENGLISH);

        assertThat(chinese).matches(".*\\p{IsHan}.*").doesNotContain("{");
        assertThat(english).matches("[\\x20-\\x7e“”]+").doesNotContain("{");
    }

    @Test
    void aFindingNamesTheObjectInWordsWhereItHasAName() {
        assertThat(new EmvFinding(Kind.MISSING, "59", 0, "").words(Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("缺少 59（商户名称）");
        assertThat(new EmvFinding(Kind.TOO_LONG, "62.07", 0, "25").words(Locale.ENGLISH))
                .isEqualTo("62.07 (terminal label) is too long: at most 25 characters");
        assertThat(new EmvFinding(Kind.MISSING, "80.00", 0, "").words(Locale.ENGLISH))
                .isEqualTo("80.00 is missing");
    }

    private static String with(String... more) {
        var objects = new ArrayList<>(LEAST);
        objects.addAll(Arrays.asList(more));
        return signed(objects);
    }

    private static String signed(List<String> objects) {
        var text = String.join("", objects) + "6304";
        return text + Crc16.of(text);
    }

    /** As {@code KIND path position}. */
    private static List<String> errors(String text) {
        return switch (EmvPayload.read(text)) {
            case EmvReading.Read read -> List.of();
            case EmvReading.Refused(var errors) ->
                errors.stream()
                        .map(it -> it.kind() + " " + it.path() + " " + it.position())
                        .toList();
        };
    }
}
