package dev.zhanggui.portal.onboarding;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.terminal.ModelId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The staff's side: SERVICE, REVIEWER and ADMIN act, AUDITOR looks. Everyone else meets
 * {@link dev.zhanggui.portal.shared.NotAllowedException}. Whoever acts must hold the application's lease; every action renews it.
 */
public interface ReviewDesk {

    enum Queue {
        /** Everything it is our turn with. */
        ALL,
        /** What this member of staff holds. */
        MINE,
        /** What nobody holds. */
        FREE,
        /** Ended or waiting for the applicant, newest first. */
        DONE
    }

    /**
     * A row of the queue, without personal data.
     *
     * @param title the store's name, or the number while there is none
     * @param overdue whether {@code dueAt} has passed
     */
    record Row(
            ApplicationNumber number,
            String title,
            Branch branch,
            ApplicationState state,
            int submission,
            Instant stateSince,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable String claimedBy,
            boolean mine) {}

    /**
     * Everything about one application, personal data masked.
     *
     * @param calls newest first
     * @param facts what the applicant said about the business; null before anything was noted
     * @param duplicates other applications with the same resident id, card or phone
     * @param barred whether the decision that is next is barred to who reads this, because they made the one before (four eyes)
     */
    record Dossier(
            Timeline timeline,
            List<Attempt> calls,
            @Nullable CallFacts facts,
            List<Duplicate> duplicates,
            Eligibility eligibility,
            boolean barred) {

        public Application application() {
            return timeline.application();
        }
    }

    /** @param result null while the call is still to be made */
    record Attempt(
            int seq,
            String code,
            String agent,
            Instant plannedAt,
            @Nullable CallResult result,
            String notes,
            @Nullable Instant recordedAt) {}

    record Duplicate(Field field, ApplicationNumber number, ApplicationState state) {}

    enum CallResult {
        /** Spoke with the applicant, and the facts are right. */
        VERIFIED,
        NO_ANSWER,
        RESCHEDULED,
        /** Spoke with somebody, and something is not right: stays in verification for a fix or a refusal. */
        NOT_RIGHT
    }

    /** What became of a desk action. */
    sealed interface Outcome {

        record Done(Application application) implements Outcome {}

        /** The state does not allow it. */
        record NotNow(ApplicationState state) implements Outcome {}

        /** Somebody else holds the lease. */
        record HeldBy(String nickname, Instant until) implements Outcome {}

        /** Nobody holds the lease: claim it first. */
        record ClaimFirst() implements Outcome {}

        /** Four eyes: who recommended does not approve, who refused does not hear the appeal; {@code by} did the step before. */
        record FourEyes(String by) implements Outcome {}

        /** An appeal is heard by REVIEWER or ADMIN. */
        record ForReviewers() implements Outcome {}

        /** A refusal, a fix, or a recommendation without a reason. */
        record ReasonMissing() implements Outcome {}

        /** The catalogue has no such model for sale. */
        record UnknownModel(ModelId model) implements Outcome {}

        /** The model is not for this kind of merchant; the rules' names. */
        record NotEligible(List<Eligibility.Refused> reasons) implements Outcome {}
    }

    /** The queue, most urgent first; at most 200 rows. */
    List<Row> queue(Actor actor, Queue queue);

    /** Reads without claiming. */
    Dossier dossier(Actor actor, ApplicationNumber number);

    /**
     * Takes or renews the lease (20 minutes); a SUBMITTED application gets its call and the call's code. An APPEALED one goes to a
     * reviewer who is not the one who refused it.
     */
    Outcome claim(Actor actor, ApplicationNumber number);

    Outcome release(Actor actor, ApplicationNumber number);

    /** CALL_SCHEDULED: VERIFIED and NOT_RIGHT lead to VERIFYING; the others plan another call with a new code. */
    Outcome recordCall(Actor actor, ApplicationNumber number, CallResult result, String notes);

    /** Keeps what the applicant says about the business, as it is typed: a call that breaks off, or a colleague, goes on from there. */
    Outcome note(Actor actor, ApplicationNumber number, CallFacts facts);

    /** Sends parts back, each with the sentence the applicant reads. */
    Outcome askForFix(Actor actor, ApplicationNumber number, List<Application.Fix> fixes);

    /** VERIFYING: offers a model of the catalogue at its price of this moment, frozen from now on. */
    Outcome recommend(Actor actor, ApplicationNumber number, ModelId model, List<String> reasons);

    /** RECOMMENDED: takes the offer back to make another. */
    Outcome takeBack(Actor actor, ApplicationNumber number, String reason);

    /** OFFER_ACCEPTED: opens merchant and store, places the order. REVIEWER or ADMIN only, and not who recommended. */
    Outcome approve(Actor actor, ApplicationNumber number);

    /** APPEALED: the appeal is right, and verification goes on; {@link #reject} upholds the refusal. */
    Outcome reopen(Actor actor, ApplicationNumber number);

    /** @param part what it is bound to; null when it concerns the whole */
    Outcome reject(Actor actor, ApplicationNumber number, @Nullable ApplicationPart part, String reason);

    /** A personal value in clear. The read is audited; an empty reason is an {@link IllegalArgumentException}. */
    String unmask(Actor actor, ApplicationNumber number, Field field, String reason);

    /** A photo. The read is audited. */
    DocumentContent document(Actor actor, ApplicationNumber number, DocumentKind kind);
}
