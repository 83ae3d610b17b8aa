package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Industries;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.uikit.DeviceIcon;
import java.util.Arrays;

/** The words for parts and for values that are stored as keys. */
final class Labels {

    private Labels() {}

    static String part(Component in, ApplicationPart part) {
        return in.getTranslation("onboarding.part." + part.name());
    }

    /** A value as people read it; text that is no key stays as it is. */
    static String value(Component in, Field field, String value) {
        return switch (field) {
            case KIND -> known(in, "onboarding.kind.", value, "INDIVIDUAL", "SOLE_TRADER", "COMPANY", "INSTITUTION");
            case SCENE -> known(in, "onboarding.scene.", value, "SHOP", "STALL", "ONLINE");
            case DEVICE -> device(in, value);
            case INDUSTRY -> known(in, "onboarding.industry.", value, Industries.KEYS.toArray(String[]::new));
            case REGION -> Regions.fullName(value).orElse(value);
            case CONTACT_PHONE,
                    LEGAL_NAME,
                    RESIDENT_ID,
                    BUSINESS_NAME,
                    USCC,
                    STORE_NAME,
                    ADDRESS,
                    WEB_LINK,
                    BANK_CARD,
                    CORPORATE_ACCOUNT -> value;
        };
    }

    static String problem(Component in, Field field, String problem) {
        return in.getTranslation(
                switch (problem) {
                    case "empty" -> "onboarding.check.empty";
                    case "long" -> "onboarding.check.long";
                    default -> "onboarding.check." + field.name() + "." + problem;
                });
    }

    private static String device(Component in, String value) {
        if (value.equals(Field.ADVISE)) {
            return in.getTranslation("onboarding.device.ADVISE");
        }
        return Arrays.stream(DeviceClass.values())
                .filter(device -> device.name().equals(value))
                .findFirst()
                .map(device -> in.getTranslation(DeviceIcon.nameKey(device)))
                .orElse(value);
    }

    private static String known(Component in, String prefix, String value, String... keys) {
        return Arrays.asList(keys).contains(value) ? in.getTranslation(prefix + value) : value;
    }
}
