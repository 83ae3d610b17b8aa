package dev.zhanggui.nemesis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can happen, as one of four saw it: the portal (what it committed), the broker (what passed), each terminal (its own log), and
 * the one who makes the faults. A history is judged by these and by nothing else, so a run against a model and one against the real
 * processes are judged by the same rules.
 */
public sealed interface Happened {

    /** The terminal it is about; empty when it is about none. */
    default String tid() {
        return "";
    }

    /** In plain words, without the moment. */
    String words();

    // What the portal committed

    /**
     * An edit that concerns this terminal was committed: from then on it must not be lost.
     *
     * @param edit number of the edit, ascending over all
     */
    record Edited(String tid, String merchant, long edit) implements Happened {
        @Override
        public String words() {
            return "the portal committed edit " + edit + " of merchant " + merchant + " for " + tid;
        }
    }

    /** A manifest was signed. Nothing is decided yet: the transaction may fail. */
    record Signed(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return "the portal signed " + version + " for " + tid;
        }
    }

    /**
     * A generation was committed.
     *
     * @param edit the newest edit that is in it
     * @param rollout the staged change that it belongs to; null for a merchant's own edit
     */
    record Committed(
            String tid,
            String merchant,
            Version version,
            long edit,
            @Nullable String rollout) implements Happened {
        @Override
        public String words() {
            return "the portal committed " + version + " for " + tid + " with edit " + edit
                    + (rollout == null ? "" : ", of roll-out " + rollout);
        }
    }

    /** It may be handed out: the terminal is connected and has not got it. */
    record Due(String tid, String merchant, Version version) implements Happened {
        @Override
        public String words() {
            return version + " is due for " + tid + " of merchant " + merchant;
        }
    }

    /** @param atBirth in answer to its birth, which costs nobody else a turn */
    record HandedOut(String tid, String merchant, Version version, String bridge, boolean atBirth) implements Happened {
        @Override
        public String words() {
            return "the portal handed out " + version + " for " + tid + " to bridge " + bridge;
        }
    }

    /** The portal no longer counts the terminal among the connected. */
    record Absent(String tid) implements Happened {
        @Override
        public String words() {
            return "the portal holds " + tid + " for gone";
        }
    }

    /**
     * A birth or report that the portal took.
     *
     * @param tid whom it speaks for
     * @param from whose connection it came by; empty when nobody knows
     */
    record Taken(String tid, String from, String stage, Version version) implements Happened {
        @Override
        public String words() {
            return "the portal took " + stage + " of " + version + " for " + tid
                    + (from.isEmpty() || from.equals(tid) ? "" : " from " + from);
        }
    }

    /** The portal says APPLIED. */
    record Believed(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return "the portal says that " + tid + " applied " + version;
        }
    }

    /** The portal no longer says so. */
    record Corrected(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return "the portal takes back that " + tid + " applied " + version;
        }
    }

    /** The database came back from a backup; every edit after this one is gone with it, by no fault of the bridge's. */
    record Restored(long edit) implements Happened {
        @Override
        public String words() {
            return "the database came back as it was after edit " + edit;
        }
    }

    /** These terminals may get the change now, in addition to those before. */
    record Released(String rollout, List<String> tids) implements Happened {
        @Override
        public String words() {
            return "roll-out " + rollout + " was released for " + String.join(", ", tids);
        }
    }

    /** Nobody more may get the change. */
    record Stopped(String rollout) implements Happened {
        @Override
        public String words() {
            return "roll-out " + rollout + " was stopped";
        }
    }

    // What passed the broker

    /**
     * A manifest on its way down.
     *
     * @param tid whose topic it was on
     * @param names whom the manifest itself is for
     * @param by the bridge, or the attacker
     */
    record Carried(String tid, String names, Version version, String by) implements Happened {
        @Override
        public String words() {
            return by + " sent " + version + (names.equals(tid) ? "" : " of " + names) + " to " + tid;
        }
    }

    // What the terminal's own log says

    /** @param runs what it brought up; null for nothing */
    record Booted(String tid, String boot, @Nullable Version runs) implements Happened {
        @Override
        public String words() {
            return tid + " started and runs " + Version.words(runs);
        }
    }

    record Received(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return tid + " received " + version;
        }
    }

    /** Signature, address, number and all documents are right. */
    record Verified(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return tid + " verified " + version;
        }
    }

    /** The floor is at this version now. */
    record Raised(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return tid + " has its floor at " + version;
        }
    }

    record Activated(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return tid + " activated " + version;
        }
    }

    /** It stood its soak: last-known-good from now on. */
    record Proven(String tid, Version version) implements Happened {
        @Override
        public String words() {
            return tid + " holds " + version + " for good";
        }
    }

    record Rejected(String tid, Version version, int code) implements Happened {
        @Override
        public String words() {
            return tid + " rejected " + version + " with code " + code;
        }
    }

    /** @param runs what it runs instead; null for nothing */
    record RolledBack(
            String tid, Version version, int code, @Nullable Version runs) implements Happened {
        @Override
        public String words() {
            return tid + " gave up " + version + " with code " + code + " and runs " + Version.words(runs);
        }
    }

    // What the one says who makes the faults

    record Fault(String tid, String fault) implements Happened {
        @Override
        public String words() {
            return "fault: " + fault + (tid.isEmpty() ? "" : " (" + tid + ")");
        }
    }

    /** A promise that the bridge does not make for this terminal: one that lies, one whose credential somebody else has. */
    record Excused(String tid, Invariant invariant, String why) implements Happened {
        @Override
        public String words() {
            return tid + " is excused from " + invariant + ": " + why;
        }
    }

    /** A measure of something that must stay bounded. */
    record Sized(String thing, long size, long most) implements Happened {
        @Override
        public String words() {
            return thing + " holds " + size + ", at most " + most + " allowed";
        }
    }

    /** The last fault was taken away. */
    record Quiet() implements Happened {
        @Override
        public String words() {
            return "no more faults";
        }
    }

    /** Everything came to rest, or nobody waited longer. */
    record Ended(List<String> reachable) implements Happened {
        @Override
        public String words() {
            return "the end, with " + reachable.size() + " terminals connected";
        }
    }
}
