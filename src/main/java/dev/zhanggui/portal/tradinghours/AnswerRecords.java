package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Answers as papers to keep or to hand on. Printed by whoever has a press; this module only asks. */
public interface AnswerRecords {

    /**
     * The saved answer for a moment with its reasons, as a paper, and in the audit log: for members of the merchant and for staff.
     * Drafts are not asked. Empty, and nothing logged, when no font of this machine can show the words.
     *
     * @param at any moment; for one to come the answer is that of what is known now
     * @param locale Chinese unless its language is English
     */
    Optional<Kept> keep(Actor actor, StoreId store, Instant at, Locale locale);

    /**
     * A PDF of one page.
     *
     * @param number names it in the audit log
     * @param fileName ASCII
     */
    record Kept(String number, String fileName, byte[] content) {}
}
