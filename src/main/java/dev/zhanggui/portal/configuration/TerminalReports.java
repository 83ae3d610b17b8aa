package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What bridges heard from terminals. For the system only, which a bridge acts for. */
public interface TerminalReports {

    /**
     * Records all of it in one transaction; the same batch again changes nothing. Entries of unknown terminals are skipped. Whether a
     * terminal is connected is believed of the bridge that has it; only a birth moves it to another.
     *
     * @param fence as in {@link Bridges#standing}
     */
    Recorded record(Actor actor, String bridge, @Nullable Long fence, Batch batch);

    /** As {@link #record(Actor, String, Long, Batch)}, for a bridge that knows no fences. */
    default List<DueWork.HandOut> record(Actor actor, String bridge, Batch batch) {
        return record(actor, bridge, null, batch) instanceof Recorded.Done(var work) ? work : List.of();
    }

    sealed interface Recorded {

        /** @param work the newest manifest for each terminal that was born running something else */
        record Done(List<DueWork.HandOut> work) implements Recorded {}

        /** The bridge's life is over; nothing was recorded. */
        record Fenced() implements Recorded {}
    }

    record Batch(List<Delivery> deliveries, List<Presence> presences, List<Birth> births, List<Report> reports) {

        public Batch {
            deliveries = List.copyOf(deliveries);
            presences = List.copyOf(presences);
            births = List.copyOf(births);
            reports = List.copyOf(reports);
        }
    }

    /** What became of a hand-out; not published means that the terminal was not connected. */
    record Delivery(String publicId, String token, boolean published) {}

    /** A terminal came or went; the boot tells the late word of an earlier life. */
    record Presence(String publicId, boolean online, String bootId) {}

    /**
     * A terminal's first word after connecting.
     *
     * @param running {@link ConfigurationVersion#NONE} when it runs nothing yet
     * @param digest of the manifest it runs; null when it runs nothing yet
     */
    record Birth(
            String publicId,
            ConfigurationVersion running,
            @Nullable String digest,
            String firmware,
            String bootId) {}

    /** @param code 0 when nothing is wrong */
    record Report(String publicId, ConfigurationVersion version, String digest, ReportStage stage, int code) {}
}
