package dev.zhanggui.portal.acceptance;

import java.time.Instant;

/**
 * An answer, and how long the clock leaves it alone.
 *
 * @param at when it was read
 * @param until before this moment neither the answer nor the words for its days and hours change by themselves; {@code at} for an
 *     answer that must not be kept
 */
public record Look(Answer answer, Instant at, Instant until) {}
