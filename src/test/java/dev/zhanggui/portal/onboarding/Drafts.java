package dev.zhanggui.portal.onboarding;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.MerchantKind;
import java.util.EnumMap;
import java.util.Map;

/** Drafts that are complete and right. */
public final class Drafts {

    private Drafts() {}

    /** Everything this branch is asked for, typed once each. */
    public static ApplicationNumber fill(Applications applications, Actor applicant, MerchantKind kind, Scene scene) {
        var draft = applications.start(applicant);
        var values = new EnumMap<Field, String>(Map.ofEntries(
                Map.entry(Field.LEGAL_NAME, "陈小明"),
                Map.entry(Field.RESIDENT_ID, Numbers.residentId("19920506")),
                Map.entry(Field.BUSINESS_NAME, "岳麓区巷口牛肉面馆"),
                Map.entry(Field.USCC, "91350100M000100Y43"),
                Map.entry(Field.STORE_NAME, "巷口牛肉面"),
                Map.entry(Field.INDUSTRY, "restaurant"),
                Map.entry(Field.REGION, "430104"),
                Map.entry(Field.ADDRESS, "解放路 21 号"),
                Map.entry(Field.WEB_LINK, "shop.example.cn/42"),
                Map.entry(Field.DEVICE, Field.ADVISE),
                Map.entry(Field.BANK_CARD, Numbers.bankCard("621700123456789012")),
                Map.entry(Field.CORPORATE_ACCOUNT, "4301 0012 3456 7890")));
        applications.save(applicant, draft.number(), Field.KIND, kind.name(), 0);
        applications.save(applicant, draft.number(), Field.SCENE, scene.name(), 0);
        var branch = new Branch(kind, scene);
        for (var question : Question.of(branch)) {
            for (var part : question.parts(branch)) {
                switch (part) {
                    case Field field
                    when values.containsKey(field) ->
                        applications.save(applicant, draft.number(), field, values.get(field), 0);
                    case Field asked -> {}
                    case DocumentKind document ->
                        applications.upload(applicant, draft.number(), document, Pictures.png(640, 480));
                }
            }
        }
        return draft.number();
    }
}
