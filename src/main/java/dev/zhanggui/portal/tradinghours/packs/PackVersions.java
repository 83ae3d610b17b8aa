package dev.zhanggui.portal.tradinghours.packs;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is usual in the industries: one person proposes a new version, another looks at what it does to the stores and
 * publishes. ADMIN proposes; ADMIN and REVIEWER decide; both and AUDITOR read. A published version holds in every portal within
 * about a second. An industry without a pack meets {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
public interface PackVersions {

    /** In characters. */
    int LONGEST_OWNER = 80;

    /** In characters, also of the reason of a rejection. */
    int LONGEST_REASON = 500;

    /**
     * A wish to publish.
     *
     * @param industry of the pack
     * @param rules our own document with a week, day kinds and {@code outside}, or a sentence about the week
     * @param suggestion our own document with a week only, or a sentence; blank for none
     * @param reason why it says what it says
     * @param reviewBy when it must have been looked at again; after today
     */
    record NewPack(
            String industry,
            String rules,
            String suggestion,
            String owner,
            String reason,
            @Nullable LocalDate reviewBy) {}

    /** A wish as it was read. */
    sealed interface Draft {
        /** @param warnings what a sentence left to be assumed, to be seen before it is proposed */
        record Ready(IndustryPack pack, List<Finding> warnings) implements Draft {
            public Ready {
                warnings = List.copyOf(warnings);
            }
        }

        record Refused(Refusal why) implements Draft {}
    }

    /** Why a wish is refused. */
    sealed interface Refusal {
        /** @param errors places begin with {@code rules} or {@code suggestion}; at least one */
        record Unreadable(List<Finding> errors) implements Refusal {}

        /** A week of its own would close stores that never said when they trade; only institutions have one. */
        record WouldCloseShops() implements Refusal {}

        /** All is as it holds now. */
        record NothingNew() implements Refusal {}

        /** @param field owner, reason or reviewBy: missing, too long, or not ahead */
        record Invalid(String field) implements Refusal {}
    }

    /** What proposing led to. */
    sealed interface Proposal {
        record Proposed(PackVersion version) implements Proposal {}

        /** One version of an industry waits at a time. */
        record AlreadyWaiting(PackVersion waiting) implements Proposal {}

        record Refused(Refusal why) implements Proposal {}
    }

    /**
     * One industry as it stands.
     *
     * @param waiting what waits for a decision; null if nothing
     * @param institution whether it may have a week that holds where nobody said anything
     * @param stores how many are of this industry
     */
    record Line(PackVersion current, @Nullable PackVersion waiting, boolean institution, int stores) {}

    /** All industries with a pack, in the order of the program's own list. */
    List<Line> list(Actor actor);

    Line line(Actor actor, String industry);

    /** Versions of an industry, newest first, the one that comes with the program last; at most 100. */
    List<PackVersion> history(Actor actor, String industry);

    /** Reads a wish and keeps nothing. ADMIN. */
    Draft draft(Actor actor, NewPack wish);

    /** What would change for the stores if this held from now on. */
    PackEffect effect(Actor actor, IndustryPack pack);

    Proposal propose(Actor actor, NewPack wish);

    /** Publishes, with its audit entry and {@code IndustryPackPublished}, in one transaction. */
    Ruling<PackVersion> publish(Actor actor, PackVersionId id);

    Ruling<PackVersion> reject(Actor actor, PackVersionId id, String reason);

    /** By the proposer only: {@link dev.zhanggui.portal.shared.NotAllowedException} for others. */
    Ruling<PackVersion> withdraw(Actor actor, PackVersionId id);

    /** Whether {@link #publish} and {@link #reject} are open to this person for this version. */
    boolean mayDecide(Actor actor, PackVersion version);
}
