package dev.zhanggui.portal.readiness;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A plan that was tried out.
 *
 * @param planVersion the version that was tried
 * @param participants who took part, as they call themselves
 * @param learnt what went well and what did not
 */
public record Drill(
        Trigger trigger,
        int planVersion,
        LocalDate heldOn,
        String participants,
        String learnt,
        Instant recordedAt,
        String recordedBy) {}
