package dev.zhanggui.portal.onboarding.ui;

import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.Branch;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Parts that are looked at together: a photo and the fields it proves. Texts: {@code desk.group.<NAME>}. */
enum DeskGroup {
    IDENTITY(Field.LEGAL_NAME, Field.RESIDENT_ID, Field.CONTACT_PHONE),
    LICENCE(DocumentKind.LICENCE, Field.BUSINESS_NAME, Field.USCC),
    PLACE(
            DocumentKind.SHOP_FRONT,
            DocumentKind.STALL,
            Field.STORE_NAME,
            Field.INDUSTRY,
            Field.REGION,
            Field.ADDRESS,
            Field.WEB_LINK),
    MONEY(Field.DEVICE, Field.BANK_CARD, Field.CORPORATE_ACCOUNT);

    private final List<ApplicationPart> parts;

    DeskGroup(ApplicationPart... parts) {
        this.parts = List.of(parts);
    }

    List<ApplicationPart> parts(Branch branch) {
        return parts.stream().filter(part -> part.asked(branch)).toList();
    }

    Optional<DocumentKind> document(Branch branch) {
        return parts(branch).stream()
                .filter(DocumentKind.class::isInstance)
                .map(DocumentKind.class::cast)
                .findFirst();
    }

    /** All parts of an application in the order they are looked at. */
    static List<ApplicationPart> all(Branch branch) {
        return Arrays.stream(values())
                .flatMap(group -> group.parts(branch).stream())
                .toList();
    }

    static Stream<DeskGroup> of(Branch branch) {
        return Arrays.stream(values()).filter(group -> !group.parts(branch).isEmpty());
    }
}
