package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.foureyes.Stamp;
import dev.zhanggui.portal.foureyes.Version;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to many terminals that goes out in groups, each after the one before has proved itself.
 *
 * @param detail the year of a CALENDAR, the industry of a PACK; else empty
 * @param target whose terminals; ALL but for RESEND
 * @param words what SCREEN shows; null for nothing, and for the other kinds
 * @param before what SCREEN showed before
 * @param reason why it was proposed, in the proposer's words
 * @param planned whether every terminal has its group
 * @param group the one that is open, from 1; 0 before the first
 * @param proposed of CALENDAR and PACK the approver of the publication
 * @param decided null while it waits
 * @param halt why it halted by itself; null unless HALTED
 * @param said the words of the last step's reason; empty when nobody had to give one
 * @param by who made the last step
 * @param since the last step
 * @param rate terminals that proved it, a minute
 * @param version of the decisions about it; groups that open do not count
 */
public record Rollout(
        RolloutId id,
        RolloutKind kind,
        String detail,
        RestrictionTarget target,
        @Nullable Words words,
        @Nullable Words before,
        String reason,
        RolloutState state,
        boolean planned,
        int group,
        List<Group> groups,
        Stamp proposed,
        @Nullable Stamp decided,
        @Nullable Halt halt,
        String said,
        String by,
        Instant since,
        int rate,
        @Nullable Instant endedAt,
        int version)
        implements Version {

    public Rollout {
        groups = List.copyOf(groups);
    }

    @Override
    public boolean waits() {
        return state == RolloutState.WAITING;
    }

    public int terminals() {
        return groups.stream().mapToInt(Group::members).sum();
    }

    /** Terminals in a state, over all groups. */
    public int in(Turn turn) {
        return groups.stream().mapToInt(it -> it.in(turn)).sum();
    }

    /** Terminals that go by the new word, or are on their way to it. */
    public int given() {
        return groups.stream().mapToInt(Group::given).sum();
    }

    /** Why it halted by itself. */
    public enum Halt {
        REFUSED,
        SILENT,
        /** Terminals proved it and then went away. */
        GONE,
        /** Too few had proved it by the end of the time. */
        LATE
    }

    /** Where a terminal stands. */
    public enum Turn {
        /** Not its turn yet, or away, or half of its store is on its way. */
        WAITING,
        /** On its way. */
        SENDING,
        /** Proved that it runs it. */
        APPLIED,
        /** Nothing is different for it. */
        UNCHANGED,
        REFUSED,
        /** Connected, and no proof in time. */
        SILENT,
        /** Went away before it proved it, and its shop is closed: it is looked at again when that opens. */
        RESTING,
        /** Went away before it proved it, while its shop is open. */
        DARK,
        /** Proved it and went away, while its shop is open. */
        GONE,
        /** Was told the earlier word again. */
        RETURNED;

        /** What somebody should look at. */
        public boolean isFailure() {
            return this == REFUSED || this == SILENT || this == DARK || this == GONE;
        }
    }

    /**
     * Terminals that have their turn together.
     *
     * @param number from 1
     * @param share of the fleet that has had its turn with it, in percent
     * @param openedAt null before
     * @param passedAt null until every gate let it through
     */
    public record Group(
            int number,
            int share,
            int members,
            @Nullable Instant openedAt,
            @Nullable Instant passedAt,
            Map<Turn, Integer> turns) {

        public Group {
            var copy = new EnumMap<Turn, Integer>(Turn.class);
            copy.putAll(turns);
            turns = copy;
        }

        public int in(Turn turn) {
            return turns.getOrDefault(turn, 0);
        }

        public int given() {
            return turns.values().stream().mapToInt(Integer::intValue).sum() - in(Turn.WAITING) - in(Turn.RETURNED);
        }

        /** Proved, or with nothing to prove. */
        public int confirmed() {
            return in(Turn.APPLIED) + in(Turn.UNCHANGED) + in(Turn.GONE);
        }

        public int silent() {
            return in(Turn.SILENT) + in(Turn.DARK);
        }
    }

    /**
     * What a group must show before the next one opens; shares in 1/10,000.
     *
     * @param confirmed at least, of those given
     * @param refused at most, of the members
     * @param silent at most, of the members; those that went dark are among them
     * @param gone at most, of the members
     * @param silence without proof for this long is a failure
     * @param observe for at least
     * @param limit then it halts
     * @param away then it halts even if all that lacks is terminals that are off because their shops are closed
     */
    public record Gates(
            int confirmed,
            int refused,
            int silent,
            int gone,
            Duration silence,
            Duration observe,
            Duration limit,
            Duration away) {

        /** How many of the members may fail. */
        public static int allowed(int share, int members) {
            return (int) ((long) share * members / 10_000);
        }
    }
}
