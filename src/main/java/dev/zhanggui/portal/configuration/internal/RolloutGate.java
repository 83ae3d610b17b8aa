package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.configuration.Rollout.Gates;
import dev.zhanggui.portal.configuration.Rollout.Group;
import dev.zhanggui.portal.configuration.Rollout.Halt;
import dev.zhanggui.portal.configuration.Rollout.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Judges an open group: pure, time passed in. */
final class RolloutGate {

    private RolloutGate() {}

    /** Failures that a person saw when letting the rollout go on. */
    record Forgiven(int refused, int silent, int gone) {}

    sealed interface Verdict {
        record Wait() implements Verdict {}

        record Pass() implements Verdict {}

        record Stop(Halt why) implements Verdict {}
    }

    /**
     * @param watchedFrom when the group opened, or was let go on
     * @param somebodyCanGo whether a connected terminal still waits for its turn, asked only when all else is well
     */
    static Verdict judge(
            Group group,
            Gates gates,
            Forgiven forgiven,
            @Nullable Instant watchedFrom,
            Instant now,
            BooleanSupplier somebodyCanGo) {
        if (group.members() == 0) {
            return new Verdict.Pass();
        }
        int refused = group.in(Turn.REFUSED) - forgiven.refused();
        int silent = group.silent() - forgiven.silent();
        int gone = group.in(Turn.GONE) - forgiven.gone();
        if (refused > Gates.allowed(gates.refused(), group.members())) {
            return new Verdict.Stop(Halt.REFUSED);
        }
        if (silent > Gates.allowed(gates.silent(), group.members())) {
            return new Verdict.Stop(Halt.SILENT);
        }
        if (gone > Gates.allowed(gates.gone(), group.members())) {
            return new Verdict.Stop(Halt.GONE);
        }
        var watched = watchedFrom == null ? Duration.ZERO : Duration.between(watchedFrom, now);
        // What was forgiven cannot prove itself any more and must not keep the others waiting.
        long asked = group.given() - (long) forgiven.refused() - forgiven.silent();
        boolean confirmed = (long) group.confirmed() * 10_000 >= asked * gates.confirmed();
        boolean enough = group.given() > 0 && group.given() * 2L >= group.members();
        if (enough && confirmed && watched.compareTo(gates.observe()) >= 0 && !somebodyCanGo.getAsBoolean()) {
            return new Verdict.Pass();
        }
        boolean shopsAreClosed =
                ((long) group.confirmed() + group.in(Turn.RESTING)) * 10_000 >= asked * gates.confirmed();
        var limit = shopsAreClosed ? gates.away() : gates.limit();
        return watched.compareTo(limit) >= 0 ? new Verdict.Stop(Halt.LATE) : new Verdict.Wait();
    }
}
