package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The precedence of answers, without a database. */
class AcceptanceRulesTest {

    private static final Store STORE = new Store(
            new StoreId(2),
            "01",
            new MerchantId(3),
            "面",
            "面",
            null,
            "510105",
            "",
            ZoneId.of("Asia/Shanghai"),
            "retail",
            0);

    @Test
    void a_stopped_code_of_a_frozen_merchant_is_stopped_first() {
        var code = code(new QrCode.Revocation(RevocationReason.LOST, null, Instant.EPOCH));
        assertThat(AcceptanceRules.answer(new Scanned.Known(code), it -> STORE, it -> merchant("查"), never()))
                .isEqualTo(new Answer.Stopped(code, STORE));
    }

    @Test
    void a_frozen_merchant_collects_nothing_whatever_the_hours() {
        var code = code(null);
        var answer = AcceptanceRules.answer(new Scanned.Known(code), it -> STORE, it -> merchant("查"), never());
        assertThat(answer).isEqualTo(new Answer.Frozen(code, STORE));
        assertThat(answer.decision()).isEqualTo(Decision.DENY);
        assertThat(answer.reason()).isEqualTo("MERCHANT_FROZEN");
        assertThat(answer.alternatives()).containsExactly(Alternative.CASH);
    }

    @Test
    void forged_and_unregistered_read_the_same_and_look_up_nothing() {
        for (var scanned : new Scanned[] {new Scanned.Forged(), new Scanned.Unregistered()}) {
            assertThat(AcceptanceRules.answer(scanned, never(), never(), never()))
                    .isEqualTo(new Answer.NotOurs());
        }
    }

    private static QrCode code(QrCode.@Nullable Revocation revocation) {
        return new QrCode(
                new QrCodeId(1),
                "c",
                "https://zg.example/q/c",
                QrCodeKind.STORE,
                STORE.id(),
                STORE.merchantId(),
                1,
                "柜台",
                Instant.EPOCH,
                revocation,
                0);
    }

    private static Merchant merchant(String frozen) {
        return new Merchant(new MerchantId(3), "01", "面", MerchantKind.INDIVIDUAL, null, frozen, null, 0);
    }

    private static <T> Function<QrCode, T> never() {
        return code -> {
            throw new AssertionError("must not be looked up");
        };
    }
}
