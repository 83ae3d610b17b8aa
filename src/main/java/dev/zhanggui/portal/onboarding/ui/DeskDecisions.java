package dev.zhanggui.portal.onboarding.ui;

import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a reviewer has decided so far on the parts of one application, and which part the keys act on. Nothing is sent yet. */
final class DeskDecisions {

    private final List<ApplicationPart> parts;
    private final Map<ApplicationPart, String> fixes = new HashMap<>();
    private final Set<ApplicationPart> passed = new HashSet<>();
    private int cursor;

    DeskDecisions(List<ApplicationPart> parts) {
        this.parts = List.copyOf(parts);
    }

    Optional<ApplicationPart> current() {
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.get(cursor));
    }

    /** Up or down, stopping at the ends. */
    void move(int steps) {
        cursor = Math.clamp((long) cursor + steps, 0, Math.max(0, parts.size() - 1));
    }

    void goTo(ApplicationPart part) {
        cursor = Math.max(0, parts.indexOf(part));
    }

    void pass(ApplicationPart part) {
        fixes.remove(part);
        passed.add(part);
    }

    /** @param sentence what the customer will read; while it is blank the part is not sent back */
    void giveBack(ApplicationPart part, String sentence) {
        passed.remove(part);
        fixes.put(part, sentence);
    }

    boolean isPassed(ApplicationPart part) {
        return passed.contains(part);
    }

    Optional<String> fix(ApplicationPart part) {
        return Optional.ofNullable(fixes.get(part));
    }

    /** In the order of the parts, without those whose sentence is still missing. */
    List<Fix> fixes() {
        return parts.stream()
                .filter(part -> !fixes.getOrDefault(part, "").isBlank())
                .map(part -> new Fix(part, fixes.getOrDefault(part, "").strip()))
                .toList();
    }
}
