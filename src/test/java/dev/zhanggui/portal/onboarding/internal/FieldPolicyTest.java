package dev.zhanggui.portal.onboarding.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Numbers;
import dev.zhanggui.portal.shared.Checked;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FieldPolicyTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private static Checked<String> check(Field field, String typed) {
        return FieldPolicy.check(field, typed, TODAY);
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void everyFieldRefusesNothingAndTooMuch(Field field) {
        assertThat(check(field, "  ")).isEqualTo(Checked.invalid("empty"));
        assertThat(check(field, "9".repeat(field.maxLength() + 1))).isEqualTo(Checked.invalid("long"));
    }

    @Test
    void aPersonIsAdultFromTheMorningOfTheEighteenthBirthday() {
        assertThat(check(Field.RESIDENT_ID, "11010519491231002X")).isEqualTo(Checked.valid("11010519491231002X"));
        // Born 2008-11-23 and 2008-11-24.
        assertThat(check(Field.RESIDENT_ID, Numbers.residentId("20081123")))
                .isEqualTo(Checked.valid(Numbers.residentId("20081123")));
        assertThat(check(Field.RESIDENT_ID, Numbers.residentId("20081124"))).isEqualTo(Checked.invalid("minor"));
    }

    @Test
    void aTypedBlankAndALowerCaseXAreTidiedAway() {
        assertThat(check(Field.RESIDENT_ID, " 110105 19491231 002x ")).isEqualTo(Checked.valid("11010519491231002X"));
        assertThat(check(Field.CONTACT_PHONE, "+86 138-1234-5678")).isEqualTo(Checked.valid("13812345678"));
    }

    @ParameterizedTest
    @CsvSource({
        "LEGAL_NAME, 陈, short",
        "LEGAL_NAME, 陈1, characters",
        "LEGAL_NAME, <script>, characters",
        "RESIDENT_ID, 110105194912310021, checksum",
        "RESIDENT_ID, 110105490101002, old15",
        "CONTACT_PHONE, 12345678901, notMobile",
        "KIND, INSTITUTE, unknown",
        "SCENE, shop, unknown",
        "DEVICE, PHONE, unknown",
        "INDUSTRY, casino, unknown",
        "STORE_NAME, 面, short",
        "REGION, 430100, unknown",
        "ADDRESS, 街, short",
        "USCC, 91350100M000100Y44, checksum",
        "WEB_LINK, 我的店, grammar",
        "WEB_LINK, javascript:alert(1), grammar",
        "CORPORATE_ACCOUNT, 1234567, length",
        "CORPORATE_ACCOUNT, 12345678a, characters",
        "BANK_CARD, 6222021234567890123, checksum",
    })
    void whatIsNotRightIsNamed(Field field, String typed, String problem) {
        assertThat(check(field, typed)).isEqualTo(Checked.invalid(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "LEGAL_NAME, 阿不都热依木·买买提, 阿不都热依木·买买提",
        "LEGAL_NAME, 欧阳•娜, 欧阳·娜",
        "USCC, 91350100m000100y43, 91350100M000100Y43",
        "REGION, 430104, 430104",
        "WEB_LINK, shop.example.cn/42, https://shop.example.cn/42",
        "CORPORATE_ACCOUNT, 1234 5678 90, 1234567890",
        "STORE_NAME, 巷口牛肉面, 巷口牛肉面",
    })
    void whatIsRightIsKeptInItsNormalForm(Field field, String typed, String normal) {
        assertThat(check(field, typed)).isEqualTo(Checked.valid(normal));
    }

    @ParameterizedTest
    @CsvSource({
        "LEGAL_NAME, 陈小明, 陈*",
        "CONTACT_PHONE, 13812346688, 138****6688",
        "RESIDENT_ID, 11010519491231002X, 110***********002X",
        "CORPORATE_ACCOUNT, 1234567890, **** **78 90",
        "ADDRESS, 解放路 21 号, 解放路****",
        "STORE_NAME, 巷口牛肉面, 巷口牛肉面",
    })
    void personalDataIsShownMasked(Field field, String value, String shown) {
        assertThat(FieldPolicy.shown(field, value, true)).isEqualTo(shown);
    }

    @Test
    void aHalfTypedNumberShowsTwoOfItsDigits() {
        assertThat(FieldPolicy.shown(Field.RESIDENT_ID, "1101051949", false)).isEqualTo("11********");
        assertThat(FieldPolicy.shown(Field.LEGAL_NAME, "陈", false)).isEqualTo("**");
    }
}
