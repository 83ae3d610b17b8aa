package dev.zhanggui.portal.configuration;

import dev.zhanggui.portal.account.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What bridges carry to terminals. For the system only, which a bridge acts for. */
public interface DueWork {

    /**
     * The most urgent work, each terminal's newest manifest only, no terminal twice while another hand-out may still bring
     * fruit. Waits up to {@code wait} for some; woken at once when there is.
     */
    List<HandOut> take(Actor actor, String bridge, int most, Duration wait);

    /** The signed documents among these that the terminal's present manifest pins, by digest. */
    Map<String, String> documents(Actor actor, String publicId, Collection<String> digests);

    /** Terminals that were unbound at or after the moment: whoever still lets them in must stop. */
    List<String> unboundSince(Actor actor, Instant since);

    /**
     * One manifest to carry.
     *
     * @param digest of the manifest's JWS
     * @param token names this hand-out
     */
    record HandOut(
            String publicId, ConfigurationVersion version, Lane lane, String digest, String manifest, String token) {}
}
