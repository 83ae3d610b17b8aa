package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.Branch;
import dev.zhanggui.portal.onboarding.Eligibility;
import dev.zhanggui.portal.onboarding.Eligibility.Allowed;
import dev.zhanggui.portal.onboarding.Eligibility.Refused;
import dev.zhanggui.portal.onboarding.Eligibility.Undecided;
import dev.zhanggui.portal.onboarding.Eligibility.Verdict;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Model;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may have what: a list of named rules, each a pure function of the facts. Shown before applying, asked again at submit. */
final class EligibilityRules {

    /** What the wished class of machine asks for. @param licence no model of the class is for people without a licence */
    record Conditions(boolean licence, boolean place) {

        /** Machines that stand on a counter for good: somebody must be able to bring and fetch them (H5). */
        private static final Set<DeviceClass> NEED_A_PLACE =
                EnumSet.of(DeviceClass.KIOSK, DeviceClass.TOUCH_POS, DeviceClass.CLOUD_POS);

        static Conditions of(DeviceClass wished, Catalogue catalogue) {
            return new Conditions(
                    catalogue.models().stream()
                            .filter(model -> model.deviceClass() == wished)
                            .allMatch(Model::needsLicence),
                    NEED_A_PLACE.contains(wished));
        }
    }

    /**
     * @param device null while no machine is wished for
     * @param residentIdProblem why the number is not right; null when it is, or is missing
     * @param accountThere the card, or the account of a company
     */
    record Facts(
            @Nullable MerchantKind kind,
            @Nullable Scene scene,
            @Nullable Conditions device,
            @Nullable String residentIdProblem,
            boolean residentIdThere,
            boolean accountThere,
            boolean licenceThere) {

        static Facts of(Application application, Catalogue catalogue) {
            var branch = application.branch();
            var id = application.fields().get(Field.RESIDENT_ID);
            return new Facts(
                    branch.kind(),
                    branch.scene(),
                    application
                            .right(Field.DEVICE)
                            .filter(wished -> !wished.equals(Field.ADVISE))
                            .map(wished -> Conditions.of(DeviceClass.valueOf(wished), catalogue))
                            .orElse(null),
                    id == null ? null : id.problem(),
                    application.complete(Field.RESIDENT_ID),
                    application.complete(branch.corporate() ? Field.CORPORATE_ACCOUNT : Field.BANK_CARD),
                    application.complete(Field.USCC));
        }
    }

    private interface Rule {
        Verdict judge(String name, Facts facts);
    }

    private record Named(String name, Rule rule) {}

    private static final List<Named> RULES = List.of(
            new Named("adult", EligibilityRules::adult),
            new Named("identity", EligibilityRules::identity),
            new Named("account", EligibilityRules::account),
            new Named("licence", EligibilityRules::licence),
            new Named("deviceNeedsLicence", EligibilityRules::deviceNeedsLicence),
            new Named("deviceNeedsPlace", EligibilityRules::deviceNeedsPlace));

    private EligibilityRules() {}

    static Eligibility judge(Facts facts) {
        return new Eligibility(RULES.stream()
                .map(named -> named.rule().judge(named.name(), facts))
                .toList());
    }

    /** Why a model cannot be offered to this branch, whatever was wished for. */
    static List<Refused> forModel(Branch branch, Model model) {
        var reasons = new ArrayList<Refused>();
        if (model.needsLicence() && !branch.licensed()) {
            reasons.add(new Refused("deviceNeedsLicence", Field.KIND));
        }
        if (model.needsCorporateAccount() && !branch.corporate()) {
            reasons.add(new Refused("deviceNeedsCorporateAccount", Field.KIND));
        }
        return reasons;
    }

    private static Verdict adult(String name, Facts facts) {
        if ("minor".equals(facts.residentIdProblem())) {
            return new Refused(name, Field.RESIDENT_ID);
        }
        return facts.residentIdThere() ? new Allowed(name) : new Undecided(name, Field.RESIDENT_ID);
    }

    private static Verdict identity(String name, Facts facts) {
        return facts.residentIdThere() ? new Allowed(name) : new Undecided(name, Field.RESIDENT_ID);
    }

    private static Verdict account(String name, Facts facts) {
        boolean corporate = facts.kind() == MerchantKind.COMPANY || facts.kind() == MerchantKind.INSTITUTION;
        ApplicationPart part = corporate ? Field.CORPORATE_ACCOUNT : Field.BANK_CARD;
        return facts.accountThere() ? new Allowed(name) : new Undecided(name, part);
    }

    private static Verdict licence(String name, Facts facts) {
        if (facts.kind() == null) {
            return new Undecided(name, Field.KIND);
        }
        return facts.kind() == MerchantKind.INDIVIDUAL || facts.licenceThere()
                ? new Allowed(name)
                : new Undecided(name, Field.USCC);
    }

    private static Verdict deviceNeedsLicence(String name, Facts facts) {
        if (facts.device() == null) {
            return new Undecided(name, Field.DEVICE);
        }
        if (!facts.device().licence()) {
            return new Allowed(name);
        }
        if (facts.kind() == null) {
            return new Undecided(name, Field.KIND);
        }
        return facts.kind() == MerchantKind.INDIVIDUAL ? new Refused(name, Field.DEVICE) : new Allowed(name);
    }

    private static Verdict deviceNeedsPlace(String name, Facts facts) {
        if (facts.device() == null) {
            return new Undecided(name, Field.DEVICE);
        }
        if (!facts.device().place()) {
            return new Allowed(name);
        }
        if (facts.scene() == null) {
            return new Undecided(name, Field.SCENE);
        }
        return facts.scene() == Scene.SHOP ? new Allowed(name) : new Refused(name, Field.DEVICE);
    }
}
