package dev.zhanggui.portal.configuration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** For how long terminals believe the key that signs now. */
public interface SigningTerm {

    /** A root takes people who hold its keys, a deployment, and then half a lease for terminals to hear of it. */
    Duration REPLACED_BEFORE = Duration.ofDays(56);

    /** Empty where no root limits it. */
    Optional<Instant> until();

    /** Since the next key should have been named; 0 while there is time. */
    default double overdueDays(Instant now) {
        return until().map(end -> Duration.between(end.minus(REPLACED_BEFORE), now))
                .filter(Duration::isPositive)
                .map(late -> late.toMinutes() / 1440.0)
                .orElse(0.0);
    }
}
