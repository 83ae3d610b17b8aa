package dev.zhanggui.portal.readiness;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import java.util.List;
import java.util.Locale;

/**
 * Training of a merchant's staff in collecting by code. CASHIER reads and answers; MANAGER writes the material and sees who has
 * passed. Another merchant meets {@link dev.zhanggui.portal.shared.NotFoundException}, too low a role
 * {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface Training {

    /** @param locale of the platform's own material; what a merchant wrote stays in its language */
    Material material(Actor actor, MerchantId merchant, Locale locale);

    /**
     * Writes a new version; whoever passed an older one must read again.
     *
     * @param expectedVersion the version that the writer saw; 0 for the platform's own
     */
    MaterialOutcome change(Actor actor, MerchantId merchant, MaterialDraft draft, int expectedVersion);

    /**
     * A person's answers; passed when all are right, and they may be tried again.
     *
     * @param mark of the material that was read
     * @param answers the places chosen, in the order of the questions; -1 for none
     */
    QuizOutcome answer(Actor actor, MerchantId merchant, String mark, List<Integer> answers);

    TrainingStatus mine(Actor actor, MerchantId merchant);

    /** All members, owners first; at most 200. */
    List<StaffTraining> staff(Actor actor, MerchantId merchant);

    /** {@link #staff} as CSV for a spreadsheet (RFC 4180, with a byte order mark); the export is on record. */
    String csv(Actor actor, MerchantId merchant, Locale locale);

    /** Whether {@link #change} would be allowed to this person. */
    boolean mayWrite(Actor actor, MerchantId merchant);
}
