package dev.zhanggui.portal.onboarding;

import dev.zhanggui.portal.account.Actor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The applicant's side. Everyone reaches their own applications only: another person's number meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}, as does one that does not exist.
 */
public interface Applications {

    /** The open application, or a new draft: a person has at most one. */
    Application start(Actor actor);

    /** The open application, or else the newest. */
    Optional<Application> latest(Actor actor);

    /** All of this person's applications, newest first; at most 50. */
    List<Application> mine(Actor actor);

    Application find(Actor actor, ApplicationNumber number);

    /**
     * Keeps what was typed, even while it is not right yet, so that nothing typed is ever lost.
     *
     * @param expectedVersion the version the screen was built from; 0 when the field was empty
     */
    SaveOutcome save(Actor actor, ApplicationNumber number, Field field, String typed, int expectedVersion);

    /** The applicant's own value in clear, to look at or correct it; empty when there is none. */
    String own(Actor actor, ApplicationNumber number, Field field);

    UploadOutcome upload(Actor actor, ApplicationNumber number, DocumentKind kind, byte[] content);

    DocumentContent document(Actor actor, ApplicationNumber number, DocumentKind kind);

    Eligibility eligibility(Actor actor, ApplicationNumber number);

    /** A first submission, or the one after a fix. Asking twice submits once. */
    SubmitOutcome submit(Actor actor, ApplicationNumber number);

    Timeline timeline(Actor actor, ApplicationNumber number);

    /**
     * The applicant's signature under offer and agreement, exactly as they were shown.
     *
     * @param quoteSha256 of the quote on the screen
     * @param agreementSha256 of the agreement on the screen
     */
    AcceptOutcome accept(Actor actor, ApplicationNumber number, String quoteSha256, String agreementSha256);

    /** @param reason in the applicant's words; may be left out */
    WithdrawOutcome withdraw(Actor actor, ApplicationNumber number, @Nullable String reason);

    /**
     * REJECTED: asks another reviewer to look again, once.
     *
     * @param reason in the applicant's words; must not be blank
     */
    AppealOutcome appeal(Actor actor, ApplicationNumber number, String reason);

    /** The agreement of a version that was ever in force. */
    Agreement agreement(String version);
}
