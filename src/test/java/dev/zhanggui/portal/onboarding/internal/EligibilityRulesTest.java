package dev.zhanggui.portal.onboarding.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Eligibility.Allowed;
import dev.zhanggui.portal.onboarding.Eligibility.Refused;
import dev.zhanggui.portal.onboarding.Eligibility.Undecided;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.onboarding.internal.EligibilityRules.Conditions;
import dev.zhanggui.portal.onboarding.internal.EligibilityRules.Facts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EligibilityRulesTest {

    private static final Conditions ANYBODY = new Conditions(false, false);

    private static Facts facts(
            @Nullable MerchantKind kind,
            @Nullable Scene scene,
            @Nullable Conditions device,
            @Nullable String idProblem) {
        return new Facts(kind, scene, device, idProblem, idProblem == null, true, true);
    }

    @Test
    void aStallKeeperWithIdAndCardMayHaveAMachineForAnybody() {
        assertThat(EligibilityRules.judge(facts(MerchantKind.INDIVIDUAL, Scene.STALL, ANYBODY, null))
                        .verdicts())
                .allMatch(Allowed.class::isInstance)
                .hasSize(6);
    }

    @Test
    void aMinorIsRefusedByTheRuleThatSaysSo() {
        assertThat(EligibilityRules.judge(facts(MerchantKind.INDIVIDUAL, Scene.STALL, ANYBODY, "minor"))
                        .refusals())
                .containsExactly(new Refused("adult", Field.RESIDENT_ID));
    }

    @Test
    void aMachineForLicensedMerchantsIsRefusedToAPersonAndAllowedToASoleTrader() {
        var licensed = new Conditions(true, false);
        assertThat(EligibilityRules.judge(facts(MerchantKind.INDIVIDUAL, Scene.SHOP, licensed, null))
                        .refusals())
                .containsExactly(new Refused("deviceNeedsLicence", Field.DEVICE));
        assertThat(EligibilityRules.judge(facts(MerchantKind.SOLE_TRADER, Scene.SHOP, licensed, null))
                        .refusals())
                .isEmpty();
    }

    @Test
    void aMachineThatStandsIsRefusedToAStallAndAllowedInAShop() {
        var standing = new Conditions(false, true);
        assertThat(EligibilityRules.judge(facts(MerchantKind.SOLE_TRADER, Scene.STALL, standing, null))
                        .refusals())
                .containsExactly(new Refused("deviceNeedsPlace", Field.DEVICE));
        assertThat(EligibilityRules.judge(facts(MerchantKind.SOLE_TRADER, Scene.SHOP, standing, null))
                        .refusals())
                .isEmpty();
    }

    @Test
    void nothingIsRefusedForAnAnswerThatIsOnlyMissing() {
        var nothing = new Facts(null, null, null, null, false, false, false);
        assertThat(EligibilityRules.judge(nothing).verdicts())
                .containsExactly(
                        new Undecided("adult", Field.RESIDENT_ID),
                        new Undecided("identity", Field.RESIDENT_ID),
                        new Undecided("account", Field.BANK_CARD),
                        new Undecided("licence", Field.KIND),
                        new Undecided("deviceNeedsLicence", Field.DEVICE),
                        new Undecided("deviceNeedsPlace", Field.DEVICE));
    }

    @Test
    void aCompanyIsWaitedForUntilItsAccountIsThere() {
        var facts = new Facts(MerchantKind.COMPANY, Scene.SHOP, ANYBODY, null, true, false, true);
        assertThat(EligibilityRules.judge(facts).verdicts())
                .contains(new Undecided("account", Field.CORPORATE_ACCOUNT));
    }
}
