package dev.zhanggui.portal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13812345678",
                "+86 138-1234-5678",
                "008613812345678",
                "16512345678",
                "19212345678",
                "19712345678"
            })
    void mobileNumbersThatOperatorsHandOutAreAccepted(String text) {
        assertThat(Phone.check(text)).isInstanceOf(Checked.Valid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "1381234567, length",
        "138123456789, length",
        "15412345678, notMobile",
        "12345678901, notMobile",
        "02112345678, notMobile",
        "1381234567a, length"
    })
    void otherPhonesAreRefusedWithTheReason(String text, String reason) {
        assertThat(Phone.check(text)).isEqualTo(Checked.invalid(reason));
    }

    @Test
    void aPhoneIsKeptInE164AndShownMasked() {
        var phone = Phone.check("138 1234 6688").orThrow();
        assertThat(phone.e164()).isEqualTo("+8613812346688");
        assertThat(phone).hasToString("138****6688");
    }

    @Test
    void theStandardsOwnCreditCodeHoldsAndItsNeighbourDoesNot() {
        assertThat(Uscc.check("91350100m000100y43")).isEqualTo(Checked.valid(new Uscc("91350100M000100Y43")));
        assertThat(Uscc.check("91350100M000100Y4Z")).isEqualTo(Checked.invalid("characters"));
        assertThat(Uscc.check("91350100M000100Y44")).isEqualTo(Checked.invalid("checksum"));
        assertThat(Uscc.check("91350211M00013FA1N")).isEqualTo(Checked.invalid("checksum"));
        assertThat(Uscc.check("310104600123456")).isEqualTo(Checked.invalid("old15"));
        assertThat(Uscc.check("")).isEqualTo(Checked.invalid("empty"));
        assertThat(Uscc.check("9135010")).isEqualTo(Checked.invalid("length"));
    }

    @Test
    void aCardIsJudgedByItsLuhnDigit() {
        assertThat(BankCard.check("4111111111111111")).isEqualTo(Checked.valid(new BankCard("4111111111111111")));
        assertThat(BankCard.check("4111111111111112")).isEqualTo(Checked.invalid("checksum"));
        assertThat(BankCard.check("411111111111")).isEqualTo(Checked.invalid("length"));
        assertThat(BankCard.check("41111111111111112222")).isEqualTo(Checked.invalid("length"));
        assertThat(BankCard.check("4111x11111111111")).isEqualTo(Checked.invalid("characters"));
        assertThat(BankCard.check(" ")).isEqualTo(Checked.invalid("empty"));
    }

    @Test
    void aCardShowsItsFirstSixAndLastFourInTheCardsOwnGroups() {
        assertThat(new BankCard("6217001234567898841").masked()).isEqualTo("6217 00** **** ***8 841");
    }

    @Test
    void aCompanysAccountHasEightToThirtyTwoDigitsAndNoCheckDigit() {
        assertThat(CorporateAccount.check("4301 0012-3456 7890"))
                .isEqualTo(Checked.valid(new CorporateAccount("4301001234567890")));
        assertThat(CorporateAccount.check("4111111111111112"))
                .as("no Luhn digit")
                .isInstanceOf(Checked.Valid.class);
        assertThat(CorporateAccount.check("1".repeat(8))).isInstanceOf(Checked.Valid.class);
        assertThat(CorporateAccount.check("1".repeat(32))).isInstanceOf(Checked.Valid.class);
        assertThat(CorporateAccount.check("1".repeat(7))).isEqualTo(Checked.invalid("length"));
        assertThat(CorporateAccount.check("1".repeat(33))).isEqualTo(Checked.invalid("length"));
        assertThat(CorporateAccount.check("1234567x")).isEqualTo(Checked.invalid("characters"));
        assertThat(CorporateAccount.check("１２３４５６７８")).isEqualTo(Checked.invalid("characters"));
        assertThat(CorporateAccount.check(" - ")).isEqualTo(Checked.invalid("empty"));
    }

    @Test
    void aCompanysAccountShowsItsLastFourAlone() {
        assertThat(new CorporateAccount("430100123456789")).hasToString("**** **** ***6 789");
        assertThat(new CorporateAccount("12345678").masked()).isEqualTo("**** 5678");
    }

    @Test
    void moneyIsWrittenAsPeopleWriteIt() {
        assertThat(new Money(123450).text()).isEqualTo("¥1,234.50");
        assertThat(new Money(-5).text()).isEqualTo("-¥0.05");
        assertThat(Money.yuan(60).shortText()).isEqualTo("¥60");
        assertThat(new Money(6050).shortText()).isEqualTo("¥60.50");
    }

    @Test
    void idsGrowAndNeverRepeat() {
        var seen = new HashSet<Long>();
        long last = 0;
        for (int i = 0; i < 100_000; i++) {
            long id = Ids.next();
            assertThat(id > last).isTrue();
            seen.add(id);
            last = id;
        }
        assertThat(seen).hasSize(100_000);
        assertThat(Ids.ulid()).matches("[0-7][0-9A-HJKMNP-TV-Z]{25}").isNotEqualTo(Ids.ulid());
    }
}
