package dev.zhanggui.portal.configuration;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document says, before it gets its form on the wire. Nothing in it may depend on the moment of compiling, or every
 * compilation would be a new version.
 */
public sealed interface ConfigurationDocument {

    DocumentKind kind();

    /** Ready to show, in both languages. */
    record Words(String zh, String en) {}

    /**
     * What a terminal does with a payment outside trading hours.
     *
     * @param policy ALLOW, ALLOW_CAPPED, CONFIRM, BOOKING_ONLY or DENY
     * @param capFen with ALLOW_CAPPED the most per payment
     */
    record Outside(String policy, @Nullable Long capFen) {}

    /**
     * Trading hours compiled to moments: the terminal needs no time-zone database.
     *
     * @param offsets of local time, ascending, the first at or before {@code from}
     * @param until exclusive
     * @param transitions ascending, the first at or before {@code from}
     */
    record Hours(
            String storePublicId,
            ZoneId zone,
            List<Offset> offsets,
            Instant from,
            Instant until,
            List<Transition> transitions,
            Outside outside)
            implements ConfigurationDocument {

        public Hours {
            offsets = List.copyOf(offsets);
            transitions = List.copyOf(transitions);
        }

        @Override
        public DocumentKind kind() {
            return DocumentKind.HOURS;
        }

        /** The same for a shorter time: the first transitions only, at least one. */
        public Hours first(int most) {
            if (most >= transitions.size()) {
                return this;
            }
            int kept = Math.max(1, most);
            return new Hours(
                    storePublicId,
                    zone,
                    offsets,
                    from,
                    transitions.get(kept).at(),
                    transitions.subList(0, kept),
                    outside);
        }

        /** From {@code from} on local time is UTC plus {@code seconds}. */
        public record Offset(Instant from, int seconds) {}

        /**
         * @param nextChangeAt when trading changes next; null when that is not within sight
         * @param terms what a payment may do meanwhile, where that is not what {@code open} says: all while open, the
         *     document's {@code outside} while not
         */
        public record Transition(
                Instant at,
                boolean open,
                String reasonCode,
                Words words,
                @Nullable Instant nextChangeAt,
                @Nullable Outside terms) {}
    }

    /** Codes in use, the one to show first. */
    record Codes(List<Code> codes) implements ConfigurationDocument {

        public Codes {
            codes = List.copyOf(codes);
        }

        @Override
        public DocumentKind kind() {
            return DocumentKind.CODES;
        }

        public record Code(String code, String url, String label, String kind) {}
    }

    /**
     * Whether the terminal may collect at all.
     *
     * @param frozenWords why it may not; present when frozen
     * @param alternatives what a customer can do instead, in order
     */
    record Acceptance(boolean frozen, @Nullable Words frozenWords, Outside outside, List<Words> alternatives)
            implements ConfigurationDocument {

        public Acceptance {
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public DocumentKind kind() {
            return DocumentKind.ACCEPTANCE;
        }
    }

    /** What the screen says besides. */
    record Screen(
            String storeName,
            @Nullable String storeNameEn,
            String seat,
            @Nullable Words notice) implements ConfigurationDocument {

        @Override
        public DocumentKind kind() {
            return DocumentKind.SCREEN;
        }
    }
}
