package dev.zhanggui.portal.onboarding;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An application as its owner and staff see it: personal data masked.
 *
 * @param fields what was typed so far, at most one entry a field
 * @param documents the current photo of each kind, without its bytes
 * @param fixes what was sent back and is not yet submitted again; empty unless NEEDS_FIX
 * @param submission how often it was submitted; 0 for a draft
 * @param dueAt until when whoever's turn it is should act; null when nobody is waited for
 * @param claimedBy the nickname of the member of staff who holds it now; null when nobody does
 * @param merchant opened at approval
 * @param store opened at approval, from the application's address
 * @param orderNumber placed at approval
 */
public record Application(
        ApplicationNumber number,
        AccountId applicant,
        ApplicationState state,
        Map<Field, FieldValue> fields,
        Map<DocumentKind, DocumentInfo> documents,
        List<Fix> fixes,
        int submission,
        Instant startedAt,
        Instant stateSince,
        @Nullable Instant dueAt,
        @Nullable String claimedBy,
        @Nullable Instant claimedUntil,
        @Nullable MerchantId merchant,
        @Nullable StoreId store,
        @Nullable String orderNumber,
        int version) {

    /**
     * @param shown the text for screens: masked when the field holds personal data
     * @param problem ends a message key {@code check.<field>.<problem>}; null when the value is right
     * @param version grows with every save; 1 for the first
     */
    public record FieldValue(String shown, @Nullable String problem, int version, Instant savedAt) {}

    /** @param size bytes of the stored picture */
    public record DocumentInfo(
            DocumentKind kind, String mediaType, int width, int height, int size, int version, Instant uploadedAt) {}

    /** A part sent back, with the sentence that tells the applicant what to do. */
    public record Fix(ApplicationPart part, String sentence) {}

    public Branch branch() {
        return new Branch(
                right(Field.KIND).map(MerchantKind::valueOf).orElse(null),
                right(Field.SCENE).map(Scene::valueOf).orElse(null));
    }

    /** What screens show of a field whose value is right; empty otherwise. */
    public Optional<String> right(Field field) {
        return complete(field) ? text(field) : Optional.empty();
    }

    /** What screens show of a field; empty when it was never filled in. */
    public Optional<String> text(Field field) {
        return Optional.ofNullable(fields.get(field)).map(FieldValue::shown);
    }

    /** Whether this part is there and right. */
    public boolean complete(ApplicationPart part) {
        return switch (part) {
            case Field field -> {
                var value = fields.get(field);
                yield value != null && value.problem() == null;
            }
            case DocumentKind kind -> documents.containsKey(kind);
        };
    }

    /** The parts this branch asks for that are missing or wrong, in the order they are asked. */
    public List<ApplicationPart> missing() {
        return Question.of(branch()).stream()
                .flatMap(question -> question.parts(branch()).stream())
                .filter(part -> !complete(part))
                .toList();
    }
}
