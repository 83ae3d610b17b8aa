package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk.Dossier;
import dev.zhanggui.portal.uikit.Meaning;

/**
 * What the machine found about one part.
 *
 * @param meaning OPEN needs no decision, ATTEND needs a look, STOP is wrong
 */
record DeskCheck(Meaning meaning, String text) {

    static DeskCheck of(Component in, Dossier dossier, ApplicationPart part) {
        var application = dossier.application();
        if (!application.complete(part)) {
            return new DeskCheck(Meaning.STOP, missing(in, application, part));
        }
        return switch (part) {
            case DocumentKind _ -> new DeskCheck(Meaning.ATTEND, in.getTranslation("desk.check.look"));
            case Field field -> of(in, dossier, field);
        };
    }

    private static DeskCheck of(Component in, Dossier dossier, Field field) {
        var same = dossier.duplicates().stream()
                .filter(duplicate -> duplicate.field() == field)
                .findFirst();
        if (same.isPresent()) {
            return new DeskCheck(
                    Meaning.ATTEND,
                    in.getTranslation(
                            "desk.check.duplicate", same.get().number().value()));
        }
        var application = dossier.application();
        if (field == Field.BUSINESS_NAME
                && !application.text(Field.BUSINESS_NAME).equals(application.text(Field.STORE_NAME))) {
            return new DeskCheck(Meaning.ATTEND, in.getTranslation("desk.check.otherName"));
        }
        return new DeskCheck(
                Meaning.OPEN,
                in.getTranslation(
                        switch (field) {
                            case RESIDENT_ID -> "desk.check.residentId";
                            case USCC -> "desk.check.uscc";
                            case BANK_CARD -> "desk.check.bankCard";
                            case CONTACT_PHONE -> "desk.check.phone";
                            case KIND,
                                    LEGAL_NAME,
                                    BUSINESS_NAME,
                                    SCENE,
                                    STORE_NAME,
                                    INDUSTRY,
                                    REGION,
                                    ADDRESS,
                                    WEB_LINK,
                                    DEVICE,
                                    CORPORATE_ACCOUNT -> "desk.check.filled";
                        }));
    }

    private static String missing(Component in, Application application, ApplicationPart part) {
        if (part instanceof Field field) {
            var value = application.fields().get(field);
            if (value != null && value.problem() != null) {
                return Labels.problem(in, field, value.problem());
            }
        }
        return in.getTranslation("desk.check.missing");
    }
}
