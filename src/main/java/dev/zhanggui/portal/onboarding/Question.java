package dev.zhanggui.portal.onboarding;

import java.util.Arrays;
import java.util.List;

/** One screen of the application: what is asked together. A fix reopens exactly the question of its part. */
public enum Question {
    PHONE(Step.PHONE, Field.CONTACT_PHONE),
    KIND(Step.WHO, Field.KIND),
    NAME(Step.WHO, Field.LEGAL_NAME),
    RESIDENT_ID(Step.WHO, Field.RESIDENT_ID),
    LICENCE(Step.WHO, Field.BUSINESS_NAME, Field.USCC),
    SCENE(Step.WHERE, Field.SCENE),
    STORE(Step.WHERE, Field.STORE_NAME, Field.INDUSTRY),
    ADDRESS(Step.WHERE, Field.REGION, Field.ADDRESS),
    WEB_LINK(Step.WHERE, Field.WEB_LINK),
    LICENCE_PHOTO(Step.PHOTOS, DocumentKind.LICENCE),
    SHOP_PHOTO(Step.PHOTOS, DocumentKind.SHOP_FRONT),
    STALL_PHOTO(Step.PHOTOS, DocumentKind.STALL),
    DEVICE(Step.MACHINE, Field.DEVICE),
    CARD(Step.MACHINE, Field.BANK_CARD, Field.CORPORATE_ACCOUNT);

    /** The named stretches of the way, at most five. */
    public enum Step {
        PHONE,
        WHO,
        WHERE,
        PHOTOS,
        MACHINE
    }

    private final Step step;
    private final List<ApplicationPart> parts;

    Question(Step step, ApplicationPart... parts) {
        this.step = step;
        this.parts = List.of(parts);
    }

    public Step step() {
        return step;
    }

    /** The parts this branch is asked for on this screen; empty when the screen is left out. */
    public List<ApplicationPart> parts(Branch branch) {
        return parts.stream().filter(part -> part.asked(branch)).toList();
    }

    /** The screens of a branch, in order. */
    public static List<Question> of(Branch branch) {
        return Arrays.stream(values())
                .filter(question -> !question.parts(branch).isEmpty())
                .toList();
    }

    /** The screen that asks for a part. */
    public static Question asking(ApplicationPart part) {
        return Arrays.stream(values())
                .filter(question -> question.parts.contains(part))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No question asks for " + part.name()));
    }
}
