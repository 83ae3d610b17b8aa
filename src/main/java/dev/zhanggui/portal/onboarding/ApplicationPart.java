package dev.zhanggui.portal.onboarding;

import java.util.Optional;

/** A part of an application that can be missing, wrong, or sent back for a fix: a field or a document. */
public sealed interface ApplicationPart permits Field, DocumentKind {

    /** Stable code, as stored; fields and documents never share one. */
    String name();

    /** Whether an application of this kind and scene has this part at all. An unanswered branch asks for nothing of it. */
    boolean asked(Branch branch);

    static Optional<ApplicationPart> of(String name) {
        for (Field field : Field.values()) {
            if (field.name().equals(name)) {
                return Optional.of(field);
            }
        }
        for (DocumentKind kind : DocumentKind.values()) {
            if (kind.name().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
