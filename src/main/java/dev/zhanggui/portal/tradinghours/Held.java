package dev.zhanggui.portal.tradinghours;

import java.time.Instant;

/**
 * A time during which nothing new became known about a place, and the answers that held.
 *
 * @param until not included
 */
public record Held(Instant from, Instant until, HoursEvaluator hours) {}
