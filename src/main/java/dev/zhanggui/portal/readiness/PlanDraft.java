package dev.zhanggui.portal.readiness;

import java.time.LocalDate;
import java.util.List;

/**
 * What a contingency plan says.
 *
 * @param steps in order, one thing to do each; 1 to {@link #STEPS_MOST}
 * @param alternatives how customers pay meanwhile
 * @param owner who keeps the plan right: a role or a nickname
 * @param contacts whom to call; may be empty
 * @param reviewOn when somebody must look at it again
 */
public record PlanDraft(
        List<String> steps, String alternatives, String owner, List<Contact> contacts, LocalDate reviewOn) {

    public static final int STEPS_MOST = 12;
    public static final int STEP_MOST = 200;
    public static final int ALTERNATIVES_MOST = 300;
    public static final int OWNER_MOST = 60;
    public static final int CONTACTS_MOST = 10;

    public PlanDraft {
        steps = steps.stream()
                .map(step -> step.replaceAll("\\s+", " ").strip())
                .filter(step -> !step.isEmpty())
                .toList();
        alternatives = alternatives.strip();
        owner = owner.strip();
        contacts = List.copyOf(contacts);
    }

    PlanDraft masked() {
        return new PlanDraft(
                steps,
                alternatives,
                owner,
                contacts.stream().map(Contact::masked).toList(),
                reviewOn);
    }
}
