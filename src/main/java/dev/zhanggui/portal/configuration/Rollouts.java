package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes to many terminals. SERVICE, REVIEWER, ADMIN and AUDITOR read; ADMIN proposes, another person with ADMIN or REVIEWER
 * decides; SERVICE and ADMIN pause and stop, ADMIN lets go on and reverts. Others meet
 * {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface Rollouts {

    int MOST = 100;
    int LONGEST_REASON = 200;

    /** Of a line on the screen in Chinese, in characters. */
    int LONGEST_ZH = 40;

    /** Of a line on the screen in English, in characters. */
    int LONGEST_EN = 80;

    int LONGEST_TEXT = 64;

    /** Newest first; at most {@link #MOST}. */
    Page list(Actor actor, Filter filter, @Nullable RolloutId after, int limit);

    /** {@link dev.zhanggui.portal.shared.NotFoundException} when there is none. */
    Rollout rollout(Actor actor, RolloutId id);

    /** What goes wrong, most frequent first; at most 50. */
    List<Failure> failures(Actor actor, RolloutId id);

    /** The terminals behind a number, by id; at most {@link #MOST}. */
    TerminalPage terminals(Actor actor, RolloutId id, Which which, @Nullable TerminalId after, int limit);

    Rollout.Gates gates(Actor actor);

    Proposal propose(Actor actor, NewRollout wish);

    Ruling<Rollout> approve(Actor actor, RolloutId id);

    Ruling<Rollout> reject(Actor actor, RolloutId id, String reason);

    Ruling<Rollout> withdraw(Actor actor, RolloutId id);

    boolean mayDecide(Actor actor, Rollout rollout);

    boolean mayPropose(Actor actor);

    /**
     * @param version the one that was read
     * @param reason 1 to {@link #LONGEST_REASON} characters
     */
    Stepped step(Actor actor, RolloutId id, Step step, int version, String reason);

    /** Whether {@link #step} is open to this person in the rollout's state. */
    boolean may(Actor actor, Rollout rollout, Step step);

    /** What a person does to a rollout. */
    enum Step {
        /** Nobody else has a turn until it goes on. */
        PAUSE(RolloutState.PAUSED),
        /** Goes on; failures seen so far count no more. */
        RESUME(RolloutState.RUNNING),
        /** For good: who has it keeps it, nobody else gets it. */
        STOP(RolloutState.STOPPED),
        /** All go back to the earlier word at once. */
        REVERT(RolloutState.REVERTED);

        private final RolloutState leadsTo;

        Step(RolloutState leadsTo) {
            this.leadsTo = leadsTo;
        }

        public RolloutState leadsTo() {
            return leadsTo;
        }
    }

    sealed interface Stepped {
        record Done(Rollout now) implements Stepped {}

        record ReasonNeeded() implements Stepped {}

        /** Somebody, or the rollout itself, was faster. */
        record ChangedMeanwhile(Rollout now) implements Stepped {}

        /** Its state or kind does not allow it, or a newer word about the same has begun. */
        record NotPossible(Rollout now) implements Stepped {}
    }

    /**
     * SCREEN or RESEND.
     *
     * @param words of SCREEN; null takes the line away
     * @param target of RESEND: ALL, a region or a model; of SCREEN ALL
     */
    record NewRollout(RolloutKind kind, @Nullable Words words, RestrictionTarget target, String reason) {}

    sealed interface Proposal {
        record Proposed(Rollout rollout) implements Proposal {}

        /** One about the same waits for its decision already. */
        record OtherWaits() implements Proposal {}

        /** @param field kind, words, target or reason */
        record Invalid(String field) implements Proposal {}

        /** The screens show this already, or nothing as it is. */
        record NothingNew() implements Proposal {}
    }

    /** What a list shows. */
    enum Band {
        WAITING,
        ACTIVE,
        ENDED
    }

    /**
     * @param band null for all
     * @param text part of the words, the reason, the detail or of who proposed it; empty for all
     */
    record Filter(@Nullable Band band, String text) {}

    record Page(List<Rollout> rollouts, @Nullable RolloutId next) {}

    /** @param code of REFUSED; else null */
    record Failure(Rollout.Turn turn, @Nullable Integer code, int terminals) {}

    /**
     * @param group null for all
     * @param code null for all
     */
    record Which(
            Rollout.Turn turn,
            @Nullable Integer group,
            @Nullable Integer code) {}

    record TerminalPage(List<Row> rows, @Nullable TerminalId next) {}

    record Row(
            Terminal terminal,
            Store store,
            int group,
            @Nullable Integer code) {}
}
